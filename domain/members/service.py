"""Use cases of members. Each does one thing, in the transaction it is given; none commits."""

from dataclasses import asdict, replace

from domain.kit.context import TenantContext
from domain.kit.errors import NOT_FOUND
from domain.kit.identifiers import next_id
from domain.members import repository, rules
from domain.members.model import Member, Role
from domain.members.repository import TEAM
from domain.members.tables import FIRST_MEMBER_ID, members

SUBJECT = "User"


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


def list_roles(ctx: TenantContext) -> list[Role]:
    """All roles."""
    return list(ctx.warm.get(TEAM).roles.values())


def get_role(ctx: TenantContext, role_id: int) -> Role:
    """The role.

    Raises:
        NOT_FOUND: no such role.

    """
    role = ctx.warm.get(TEAM).roles.get(role_id)
    if role is None:
        raise NOT_FOUND()
    return role


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
    ctx.audit("created", SUBJECT, member.id, after=asdict(member))
    return member


def set_member_role(ctx: TenantContext, member_id: int, role_id: int) -> Member:
    """Give a member another role.

    Raises:
        NOT_FOUND, ROLE_NOT_FOUND; CANNOT_DELETE_LAST_USER: the last administrator would be demoted.

    """
    member, team = get_member(ctx, member_id), ctx.warm.get(TEAM)
    role = rules.check_role(team, role_id)
    if not role.unrestricted:
        rules.check_administrator_remains(team, member)
    return _change(ctx, "edited", member, replace(member, role_id=role_id, updated_at=ctx.now()))


def switch_member(ctx: TenantContext, member_id: int, *, active: bool) -> Member:
    """Activate or inactivate a member; an inactive one is refused everything.

    Raises:
        NOT_FOUND, USER_ALREADY_ACTIVE, USER_ALREADY_INACTIVE; CANNOT_DELETE_LAST_USER: nobody could administer.

    """
    member = get_member(ctx, member_id)
    if member.active is active:
        raise rules.USER_ALREADY_ACTIVE() if active else rules.USER_ALREADY_INACTIVE()
    if not active:
        rules.check_administrator_remains(ctx.warm.get(TEAM), member)
    action = "activated" if active else "inactivated"
    return _change(ctx, action, member, replace(member, active=active, updated_at=ctx.now()))


def _change(ctx: TenantContext, action: str, before: Member, after: Member) -> Member:
    repository.update_member(ctx, after)
    ctx.audit(action, SUBJECT, after.id, before=asdict(before), after=asdict(after))
    return after
