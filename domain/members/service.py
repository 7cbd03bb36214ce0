"""Use cases of members. Each does one thing, in the transaction it is given; none commits."""

from dataclasses import asdict, replace
from typing import Any

from domain.kit.context import TenantContext
from domain.kit.errors import NOT_FOUND
from domain.kit.identifiers import next_id
from domain.members import repository, rules
from domain.members.model import Member
from domain.members.repository import TEAM
from domain.members.schemas import MemberEditIn
from domain.members.tables import FIRST_MEMBER_ID, members

SUBJECT = "User"
MEMBER_EFFECT = "membership.changed"
"""Effect after which the system's membership is brought up to date. Names travel only when members change their own."""


def list_members(ctx: TenantContext) -> list[Member]:
    """All members, in the order in which they joined."""
    return list(ctx.warm.get(TEAM).members.values())


def get_member(ctx: TenantContext, member_id: int) -> Member:
    """The member.

    Raises:
        NOT_FOUND: no such member.

    """
    member = ctx.warm.get(TEAM).members.get(member_id)
    if member is None:
        raise NOT_FOUND()
    return member


def add_member(
    ctx: TenantContext,
    *,
    system_user_id: int,
    email: str,
    role_id: int,
    first_name: str | None = None,
    last_name: str | None = None,
    accepted: bool = True,
) -> Member:
    """Make a person a member. `accepted=False` is an invitation that waits for an answer.

    Raises:
        ROLE_NOT_FOUND, ALREADY_MEMBER, EMAIL_ALREADY_EXISTS.

    """
    team = ctx.warm.get(TEAM)
    rules.check_role(team, role_id)
    rules.check_new_member(team, system_user_id=system_user_id, email=email)
    now = ctx.now()
    member = Member(
        id=next_id(ctx.warm, members, first=FIRST_MEMBER_ID),
        system_user_id=system_user_id,
        first_name=first_name,
        last_name=last_name,
        email=email,
        active=True,
        role_id=role_id,
        invited_at=None if accepted else now,
        invite_accepted_at=now if accepted else None,
        created_at=now,
        updated_at=now,
    )
    repository.insert_member(ctx, member)
    ctx.audit("created" if accepted else "invited", SUBJECT, member.id, after=asdict(member))
    return member


def edit_member(ctx: TenantContext, member_id: int, body: MemberEditIn) -> Member:
    """Change a member's name, email and role, as this organization knows them.

    The person's identity (sign-in email, password) is their own: another organization's administrator cannot change it. Their names
    there follow when they change them themselves.

    Raises:
        NOT_FOUND, ROLE_NOT_FOUND, EMAIL_ALREADY_EXISTS; CANNOT_MUTATE_OWN_ROLE; CANNOT_DELETE_LAST_USER: the last administrator
        would be demoted.

    """
    member, team = get_member(ctx, member_id), ctx.warm.get(TEAM)
    role = rules.check_role(team, body.role_id)
    rules.check_email(team, body.email, own_id=member_id)
    rules.check_role_change(team, member, role, acting_member_id=ctx.user.member_id)
    changed = replace(
        member,
        first_name=body.first_name,
        last_name=body.last_name,
        email=body.email,
        role_id=role.id,
        updated_at=ctx.now(),
    )
    return _change(ctx, "edited", member, changed)


def switch_member(ctx: TenantContext, member_id: int, *, active: bool) -> Member:
    """Activate or inactivate a member; an inactive one is refused everything.

    Raises:
        NOT_FOUND, SAME_AS_ACTING_USER, USER_ALREADY_ACTIVE, USER_ALREADY_INACTIVE; CANNOT_DELETE_LAST_USER: nobody could administer.

    """
    member = get_member(ctx, member_id)
    rules.check_not_self(member, acting_member_id=ctx.user.member_id)
    if member.active is active:
        raise rules.USER_ALREADY_ACTIVE() if active else rules.USER_ALREADY_INACTIVE()
    if not active:
        rules.check_administrator_remains(ctx.warm.get(TEAM), member)
    action = "activated" if active else "inactivated"
    return _change(ctx, action, member, replace(member, active=active, updated_at=ctx.now()))


def delete_member(ctx: TenantContext, member_id: int) -> None:
    """End a membership. The person keeps their sign-in, and what they did keeps their name.

    Raises:
        NOT_FOUND, SAME_AS_ACTING_USER; CANNOT_DELETE_LAST_USER: nobody could administer, or nobody would be left.

    """
    member = get_member(ctx, member_id)
    rules.check_deletable(ctx.warm.get(TEAM), member, acting_member_id=ctx.user.member_id)
    repository.delete_member(ctx, member_id)
    ctx.audit("deleted", SUBJECT, member_id, before=asdict(member))
    ctx.changes.effects.append((MEMBER_EFFECT, {**_effect(ctx, member), "active": False, "deleted": True}))


def _change(ctx: TenantContext, action: str, before: Member, after: Member) -> Member:
    repository.update_member(ctx, after)
    ctx.audit(action, SUBJECT, after.id, before=asdict(before), after=asdict(after))
    ctx.changes.effects.append((MEMBER_EFFECT, _effect(ctx, after)))
    return after


def _effect(ctx: TenantContext, member: Member) -> dict[str, Any]:
    role = ctx.warm.get(TEAM).role_of(member)
    payload: dict[str, Any] = {
        "user_id": member.system_user_id,
        "member_id": member.id,
        "active": member.active,
        "deleted": False,
        "role_slug": role.slug if role is not None else None,
    }
    if member.id == ctx.user.member_id:
        payload |= {"first_name": member.first_name, "last_name": member.last_name}
    return payload
