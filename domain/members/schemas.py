"""Wire models of members and roles (`platform.md` 8.1, 9.1, 9.2)."""

from datetime import datetime

from domain.kit.schemas import WireModel


class MemberOut(WireModel):
    """A member of the organization. `id` is the membership's, `system_user_id` the person's."""

    id: int
    first_name: str | None
    last_name: str | None
    full_name: str
    email: str
    active: bool
    role_id: int | None
    system_user_id: int
    invited_at: datetime | None
    invite_accepted_at: datetime | None
    is_invite_accepted: bool
    created_at: datetime
    updated_at: datetime


class MemberListedOut(MemberOut):
    """A member of the list, with the texts of the role."""

    role_name: str | None
    role_description: str | None
    role_slug: str | None


class RolePermissionOut(WireModel):
    """One ability on one subject."""

    id: int
    role_id: int
    subject: str
    ability: str
    value: bool


class RoleOut(WireModel):
    """A role with its permissions."""

    id: int
    name: str
    description: str | None
    slug: str | None
    predefined: bool
    permissions: list[RolePermissionOut]


class AbilityOut(WireModel):
    """One ability; `default` where it is offered ticked in a new role."""

    key: str
    label: str
    default: bool | None = None


class SubjectOut(WireModel):
    """What can be allowed on one subject."""

    subject: str
    subject_label: str
    abilities: list[AbilityOut] | None = None
    extra_abilities: list[AbilityOut] | None = None
