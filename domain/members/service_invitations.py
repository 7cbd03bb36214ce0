"""Use cases of invitations: the tenant's half. Each does one thing, in the transaction it is given; none commits.

The other half, the person and the link, is in the system database (`tenancy.identity.invitations` says in which order both are done).
"""

from dataclasses import asdict, replace
from typing import Any

from domain.kit.context import TenantContext
from domain.members import repository, rules
from domain.members.model import Member
from domain.members.repository import TEAM
from domain.members.schemas import NamedPersonIn, PersonNameIn
from domain.members.service import SUBJECT, add_member

INVITED_EFFECT = "member.invited"
"""Effect after which the system makes a link for the invited person and sends it."""


def invite_member(ctx: TenantContext, body: NamedPersonIn) -> Member:
    """Make an invited person a member who is still to accept.

    Raises:
        ROLE_NOT_FOUND, INVITATIONS_TOO_MANY; EMAIL.ALREADY.INVITED: invited and not accepted yet; EMAIL.ALREADY.EXISTS: a member
        has the email.

    """
    rules.check_invitation(ctx.warm.get(TEAM), system_user_id=body.system_user_id, email=body.email)
    member = add_member(ctx, system_user_id=body.system_user_id, email=body.email, role_id=body.role_id, accepted=False)
    ctx.changes.effects.append((INVITED_EFFECT, _effect(ctx, member)))
    return member


def resend_invitation(ctx: TenantContext, member_id: int) -> Member:
    """Send the invitation again, with a new link; the earlier one ends.

    Raises:
        USER_NOT_FOUND; INVITED_USER_INACTIVE; USER_RECENTLY_INVITED: sent within five minutes, or accepted.

    """
    member = ctx.warm.get(TEAM).members.get(member_id)
    if member is None:
        raise rules.USER_NOT_FOUND()
    now = ctx.now()
    rules.check_resend(member, now)
    changed = replace(member, invited_at=now, updated_at=now)
    repository.update_member(ctx, changed)
    ctx.audit("invited", SUBJECT, member_id, before=asdict(member), after=asdict(changed))
    ctx.changes.effects.append((INVITED_EFFECT, _effect(ctx, changed)))
    return changed


def take_own_name(ctx: TenantContext, body: PersonNameIn) -> Member | None:
    """Call the acting member what they call themselves, and note that they accepted. None where nothing was left to do."""
    member = ctx.warm.get(TEAM).members.get(ctx.user.member_id)
    if member is None:
        return None
    accepted_at = member.invite_accepted_at or body.accepted_at
    changed = replace(member, first_name=body.first_name, last_name=body.last_name, invite_accepted_at=accepted_at)
    if changed == member:
        return None
    changed = replace(changed, updated_at=ctx.now())
    repository.update_member(ctx, changed)
    action = "edited" if member.invite_accepted_at is not None else "accepted"
    ctx.audit(action, SUBJECT, member.id, before=asdict(member), after=asdict(changed))
    return changed


def _effect(ctx: TenantContext, member: Member) -> dict[str, Any]:
    role = ctx.warm.get(TEAM).role_of(member)
    return {
        "user_id": member.system_user_id,
        "invited_at": member.invited_at,
        "role_slug": role.slug if role is not None else None,
    }
