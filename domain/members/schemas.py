"""Wire models of members and roles (`platform.md` 8.1, 9.1, 9.2)."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from domain.kit.schemas import Email, Flag, OptionalLongText, OptionalText, RecordId, RequiredText, WireModel

PERMISSIONS_MAX = 500


class MemberEditIn(WireModel):
    """A changed member, as this organization knows them. The person's sign-in email stays their own."""

    first_name: RequiredText
    last_name: RequiredText
    email: Email
    role_id: RecordId


class RolePermissionIn(WireModel):
    """One ability on one subject, given or denied."""

    subject: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    ability: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    value: Flag


class RoleIn(WireModel):
    """A new or changed role; the permissions replace all that it had."""

    role_name: RequiredText
    role_description: OptionalLongText = None
    permissions: Annotated[list[RolePermissionIn], Field(min_length=1, max_length=PERMISSIONS_MAX)]


class MemberSavedOut(WireModel):
    """The answer of a change of a member."""

    id: int
    message: str


class RoleIdOut(WireModel):
    """Which role."""

    id: int


class RoleSavedOut(WireModel):
    """The answer of a change of a role."""

    data: RoleIdOut
    message: str


class NamedPersonIn(WireModel):
    """An invitation as the registry of people passes it on, with the id that it gave the person."""

    system_user_id: RecordId
    email: Email
    role_id: RecordId


class PersonNameIn(WireModel):
    """What a person is called from now on, and when they accepted their invitation."""

    first_name: OptionalText = None
    last_name: OptionalText = None
    accepted_at: datetime | None = None


class MemberOut(WireModel):
    """A member of the organization. `id` is the membership's, `system_user_id` the person's."""

    id: int
    first_name: str | None
    last_name: str | None
    full_name: str
    email: str
    active: bool
    status: Literal["invited", "active", "inactive"]
    role_id: int | None
    system_user_id: int
    invited_at: datetime | None
    invite_accepted_at: datetime | None
    is_invite_accepted: bool
    created_at: datetime
    updated_at: datetime


class InvitedOut(WireModel):
    """An invitation is on its way."""

    invited_user: MemberOut
    message: str


class ReinvitedOut(WireModel):
    """An invitation is on its way again."""

    user: MemberOut
    message: str


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
