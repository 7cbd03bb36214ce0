"""The invited people and their links: all SQL on them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from tenancy.identity.users import User, change_user, find_by_email
from tenancy.system_tables import memberships, tenants, user_invites, users

INVITATION_LIFE = timedelta(hours=24)
"""How long a link can be used, and how long an address is kept for the organization that invited it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A link that can be used."""

    id: int
    user_id: int
    tenant_id: int
    email: str
    organization_name: str | None


def find_invitation(connection: Connection, token_hash: str, now: datetime) -> Invitation | None:
    """The invitation of a token; None where there is none, it ran out, or the membership was ended or inactivated."""
    statement = (
        select(user_invites.c.id, user_invites.c.user_id, user_invites.c.tenant_id, users.c.email, tenants.c.name)
        .join(users, users.c.id == user_invites.c.user_id)
        .join(tenants, tenants.c.id == user_invites.c.tenant_id)
        .join(memberships, (memberships.c.user_id == users.c.id) & (memberships.c.tenant_id == tenants.c.id))
        .where(
            user_invites.c.token_hash == token_hash,
            user_invites.c.created_at > now - INVITATION_LIFE,
            memberships.c.active.is_(True),
            users.c.active.is_(True),
            users.c.deleted_at.is_(None),
            users.c.password_hash.is_(None),
        )
    )
    row = connection.execute(statement).mappings().first()
    if row is None:
        return None
    return Invitation(
        id=row["id"], user_id=row["user_id"], tenant_id=row["tenant_id"], email=row["email"], organization_name=row["name"]
    )


def use_invitation(connection: Connection, invitation: Invitation) -> bool:
    """Use a link up, and all others of the person. Of several who do so at once exactly one is told True."""
    used = connection.execute(delete(user_invites).where(user_invites.c.id == invitation.id)).rowcount == 1
    connection.execute(delete(user_invites).where(user_invites.c.user_id == invitation.user_id))
    return used


def put_invitation(connection: Connection, *, user_id: int, tenant_id: int, token_hash: str, now: datetime) -> None:
    """A new link of a person; earlier ones end, and the address is kept for the organization for as long as the link lives."""
    connection.execute(delete(user_invites).where(user_invites.c.user_id == user_id))
    connection.execute(insert(user_invites).values(user_id=user_id, tenant_id=tenant_id, token_hash=token_hash, created_at=now))
    change_user(connection, user_id, now)


def invited_since(connection: Connection, user_id: int, instant: datetime) -> bool:
    """Whether a link was made for the person at or after an instant."""
    statement = select(user_invites.c.id).where(user_invites.c.user_id == user_id, user_invites.c.created_at >= instant)
    return connection.execute(statement).first() is not None


def expired_invitation(connection: Connection, email: str, now: datetime) -> User | None:
    """The invited person of an address, if the invitation ran out without an answer: then the address is anybody's again."""
    user = find_by_email(connection, email)
    return user if user is not None and user.invited and user.updated_at + INVITATION_LIFE <= now else None


def release_address(connection: Connection, email: str, now: datetime) -> None:
    """Give an address free whose invitation ran out; otherwise nothing happens."""
    user = expired_invitation(connection, email, now)
    if user is not None:
        remove_invited(connection, user, now)


def remove_invited(connection: Connection, user: User, now: datetime) -> None:
    """Remove somebody who never accepted. The row stays, without the address: no later person gets its id."""
    connection.execute(delete(user_invites).where(user_invites.c.user_id == user.id))
    connection.execute(delete(memberships).where(memberships.c.user_id == user.id))
    gone = f"removed:{user.id}"
    statement = update(users).where(users.c.id == user.id, users.c.password_hash.is_(None))
    connection.execute(statement.values(email=gone, email_folded=gone, active=False, deleted_at=now, updated_at=now))


def accept(connection: Connection, user_id: int, *, first_name: str, last_name: str, password_hash: str, now: datetime) -> bool:
    """Make an invited person one who can sign in; False for anybody else."""
    statement = update(users).where(users.c.id == user_id, users.c.password_hash.is_(None), users.c.deleted_at.is_(None))
    values = {
        "first_name": first_name,
        "last_name": last_name,
        "password_hash": password_hash,
        "verified": True,
        "invite_accepted_at": now,
        "updated_at": now,
    }
    return connection.execute(statement.values(**values)).rowcount == 1
