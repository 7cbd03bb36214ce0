"""Inviting people into an organization (`platform.md` 8.2).

An invitation is in two databases, which no transaction spans. The order is: the person with a membership, in the system database; the
member, in the tenant's; the link and the mail, in the system database again. What a process leaves that dies in between:

- A person without a member. They have no password and no link, so nobody can be them, and a membership lets nobody into books whose team
  does not know them. The same organization may invite the address again, which goes on with that person; for everybody else, signing up
  included, the address is free after 24 hours.
- A member without a link. The list shows them as invited. The repeated request, which clients send under the same Idempotency-Key, is
  answered by the tenant from memory, with the effect that makes the link; and "send again" makes one after five minutes.
- A link whose mail was not sent: "send again".

The other way round, a deleted member whose person was not removed, is the first case. What an accepted person is called goes to the
tenant by the note in `names_due`, which is written in the transaction that accepts and stays until the tenant has answered
(`tenancy.identity.names`).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from domain.kit.errors import DomainError
from domain.members.inner_endpoints import INVITE
from domain.members.rules import EMAIL_TAKEN
from tenancy.config import Config
from tenancy.identity import invitation_repository as repository
from tenancy.identity.errors import INVITE_TOKEN_INVALID
from tenancy.identity.invitation_repository import Invitation
from tenancy.identity.mails import invitation_mail
from tenancy.identity.names import tell_names
from tenancy.identity.passwords import hash_password
from tenancy.identity.tokens import digest, random_secret
from tenancy.identity.users import User, change_user, email_taken, find_by_email, get_user, insert_user
from tenancy.mail import Mail
from tenancy.registry import add_membership, find_membership, set_membership
from tenancy.system_context import TENANT_COMMAND, WAKE_SCHEDULER, SystemContext


def invite(ctx: SystemContext, *, email: str, role_id: int) -> User:
    """Begin an invitation: the person, who cannot sign in, and their membership. The tenant's answer is the request's.

    Raises:
        EMAIL.ALREADY.EXISTS: the address is somebody's, here or elsewhere.

    """
    tenant_id, now = ctx.tenant_id, ctx.now()
    user = find_by_email(ctx.db, email)
    if user is not None and user.invited and find_membership(ctx.db, user.id, tenant_id) is not None:
        change_user(ctx.db, user.id, now)
    else:
        user = _new_person(ctx, email, tenant_id, now)
    body = {"system_user_id": user.id, "email": user.email, "role_id": role_id}
    ctx.effects.append((TENANT_COMMAND, {"method": "POST", "path": INVITE, "body": body}))
    return user


def _new_person(ctx: SystemContext, email: str, tenant_id: int, now: datetime) -> User:
    repository.release_address(ctx.db, email, now)
    if email_taken(ctx.db, email):
        raise EMAIL_TAKEN()
    try:
        user = insert_user(ctx.db, email=email, first_name=None, last_name=None, password_hash=None, now=now, accepted=False)
    except DomainError as problem:  # invited or signed up elsewhere at this moment
        raise EMAIL_TAKEN() from problem
    add_membership(ctx.db, user_id=user.id, tenant_id=tenant_id, role_slug=None, now=now)
    return user


def make_link(connection: Connection, config: Config, tenant_id: int, payload: Mapping[str, Any], now: datetime) -> Mail | None:
    """The consequence of an invitation in the tenant: a link, and the mail that carries it. None where that was done before, or where
    the person accepted or was removed meanwhile.
    """
    user = get_user(connection, int(payload["user_id"]))
    if user is None or not user.invited or find_membership(connection, user.id, tenant_id) is None:
        return None
    invited_at = datetime.fromisoformat(payload["invited_at"])
    if repository.invited_since(connection, user.id, invited_at):
        return None
    token = random_secret()
    set_membership(connection, user.id, tenant_id, active=True, role_slug_hint=payload["role_slug"])
    repository.put_invitation(
        connection, user_id=user.id, tenant_id=tenant_id, token_hash=digest(token), now=max(now, invited_at)
    )
    return invitation_mail(config, email=user.email, token=token)


def check(ctx: SystemContext, token: str) -> Invitation:
    """The invitation of a link.

    Raises:
        INVITE_TOKEN_INVALID: no such link, used, or older than 24 hours.

    """
    invitation = ctx.read(lambda connection: repository.find_invitation(connection, digest(token), ctx.now()))
    if invitation is None:
        raise INVITE_TOKEN_INVALID()
    return invitation


def accept(ctx: SystemContext, *, token: str, first_name: str, last_name: str, password: str) -> None:
    """Accept an invitation: from now on the person can sign in. The link works once, also when two use it at the same moment.

    Raises:
        INVITE_TOKEN_INVALID.

    """
    invitation = check(ctx, token)
    password_hash = hash_password(password)  # before the transaction: it takes its time
    now = ctx.now()
    if not repository.use_invitation(ctx.db, invitation) or not repository.accept(
        ctx.db, invitation.user_id, first_name=first_name, last_name=last_name, password_hash=password_hash, now=now
    ):
        raise INVITE_TOKEN_INVALID()
    tell_names(ctx.db, invitation.user_id, now)
    ctx.news.append(invitation.user_id)
    ctx.effects.append((WAKE_SCHEDULER, {}))
