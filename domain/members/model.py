"""Members, roles, and the team that they form."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Literal

from domain.kit.context import ActingUser  # house: plain data
from domain.kit.errors import ErrorCode
from domain.kit.permissions import EVERYTHING, Grants, Permission
from domain.kit.text import full_name

USER_INACTIVE = ErrorCode("USER_INACTIVE", "Your membership of this organization is inactive. Ask one of its administrators.")
ADMIN = "admin"
"""Slug of the role that holds everything; its permission rows are not consulted."""
STAFF = "staff"
NOTHING = Grants.of(())
"""What a member without a role may do: read the look-up lists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RolePermission:
    """One ability on one subject that a role was given or denied."""

    id: int
    role_id: int
    subject: str
    ability: str
    value: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A role. `slug` is None for roles that people made."""

    id: int
    slug: str | None
    name: str
    description: str | None
    predefined: bool
    permissions: tuple[RolePermission, ...] = ()

    @property
    def unrestricted(self) -> bool:
        """Whether it holds everything."""
        return self.slug == ADMIN

    @property
    def grants(self) -> Grants:
        """What its holders may do."""
        if self.unrestricted:
            return EVERYTHING
        return Grants.of(Permission(item.subject, item.ability) for item in self.permissions if item.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person as a member of this organization. Names are None until an invitation is accepted."""

    id: int
    system_user_id: int
    first_name: str | None
    last_name: str | None
    email: str
    active: bool
    role_id: int | None
    invited_at: datetime | None = None
    invite_accepted_at: datetime | None = None
    created_at: datetime
    updated_at: datetime

    @property
    def full_name(self) -> str:
        """First and last name; the email where neither is known."""
        return full_name(self.first_name, self.last_name, self.email)

    @property
    def status(self) -> Literal["invited", "active", "inactive"]:
        """How things stand between the member and the organization."""
        if not self.active:
            return "inactive"
        return "active" if self.invite_accepted_at is not None else "invited"


@dataclass(frozen=True)
class Team:
    """All members and roles of an organization. Immutable; a change makes a new team."""

    members: Mapping[int, Member] = field(default_factory=dict)
    roles: Mapping[int, Role] = field(default_factory=dict)

    @cached_property
    def by_system_user(self) -> Mapping[int, Member]:
        """Members by the id of the person in the system database."""
        return {member.system_user_id: member for member in self.members.values()}

    @cached_property
    def by_email(self) -> Mapping[str, Member]:
        """Members by folded email."""
        return {member.email.casefold(): member for member in self.members.values()}

    @cached_property
    def _acting_users(self) -> Mapping[int, ActingUser]:
        grants = {role.id: role.grants for role in self.roles.values()}
        return {
            member.system_user_id: ActingUser(
                user_id=member.system_user_id,
                member_id=member.id,
                name=member.full_name,
                role_slug=role.slug if (role := self.role_of(member)) is not None else None,
                grants=grants[role.id] if role is not None else NOTHING,
            )
            for member in self.members.values()
            if member.active
        }

    def acting_user(self, system_user_id: int) -> ActingUser | None:
        """Who the person is here and what they may do; None for somebody who is no member.

        Raises:
            USER_INACTIVE: the member is inactive.

        """
        user = self._acting_users.get(system_user_id)
        if user is None and system_user_id in self.by_system_user:
            raise USER_INACTIVE()
        return user

    def role_of(self, member: Member) -> Role | None:
        """The member's role."""
        return self.roles.get(member.role_id) if member.role_id is not None else None

    def role_with_slug(self, slug: str) -> Role | None:
        """A predefined role."""
        return next((role for role in self.roles.values() if role.slug == slug), None)

    def administrators(self) -> list[Member]:
        """Active members who may do everything."""
        return [
            member
            for member in self.members.values()
            if member.active and (role := self.role_of(member)) is not None and role.unrestricted
        ]
