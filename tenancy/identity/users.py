"""The people: all SQL on them, their reset links and their revoked tokens."""

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from domain.kit.text import full_name
from tenancy.identity.errors import EMAIL_EXISTS
from tenancy.system_tables import password_resets, revoked_tokens, users

EMAIL_LENGTH_MAX = 255
PURGED_MAX = 1000
"""Stale rows deleted at a time, so that no request pays for all of them."""
_columns = users.c


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A person. `credentials_version` stands in every token; raising it revokes them all."""

    id: int
    first_name: str | None
    last_name: str | None
    email: str
    password_hash: str | None
    active: bool
    verified: bool
    verify_token_hash: str | None
    language: str | None
    invite_accepted_at: datetime | None
    last_login_at: datetime | None
    last_tenant_id: int | None
    credentials_version: int
    deleted_at: datetime | None
    created_at: datetime
    updated_at: datetime

    @property
    def invited(self) -> bool:
        """Whether the person was invited and has not accepted: without a password nobody can sign in as them."""
        return self.password_hash is None and self.invite_accepted_at is None

    @property
    def full_name(self) -> str:
        """First and last name; the email where neither is known."""
        return full_name(self.first_name, self.last_name, self.email)


_NAMES = [item.name for item in fields(User)]
_READ = select(*(_columns[name] for name in _NAMES))


def fold_email(email: str) -> str:
    """How emails are compared: without surrounding blanks, ignoring letter case."""
    return email.strip().casefold()


def get_user(connection: Connection, user_id: int) -> User | None:
    """By id; None for a removed person."""
    row = connection.execute(_READ.where(_columns.id == user_id, _columns.deleted_at.is_(None))).mappings().first()
    return None if row is None else User(**row)


def find_by_email(connection: Connection, email: str) -> User | None:
    """By email, ignoring letter case; None for a removed person.

    The database may think two addresses alike that are not (accents): the comparison that counts is made here.
    """
    folded = fold_email(email)
    row = connection.execute(_READ.where(_columns.email_folded == folded, _columns.deleted_at.is_(None))).mappings().first()
    return User(**row) if row is not None and fold_email(row["email"]) == folded else None


def insert_user(
    connection: Connection,
    *,
    email: str,
    first_name: str | None,
    last_name: str | None,
    password_hash: str | None,
    now: datetime,
    verified: bool = True,
    verify_token_hash: str | None = None,
    accepted: bool = True,
) -> User:
    """A new person. `accepted=False` is somebody who was invited.

    Raises:
        EMAIL_EXISTS: the email is taken, also by a person who signs up at the same moment.

    """
    values = {
        "email": email.strip(),
        "email_folded": fold_email(email),
        "first_name": first_name,
        "last_name": last_name,
        "password_hash": password_hash,
        "active": True,
        "verified": verified,
        "verify_token_hash": verify_token_hash,
        "invite_accepted_at": now if accepted else None,
        "credentials_version": 1,
        "created_at": now,
        "updated_at": now,
    }
    try:
        with connection.begin_nested():
            key = connection.execute(insert(users).values(**values)).inserted_primary_key
    except IntegrityError:
        raise EMAIL_EXISTS() from None
    user = get_user(connection, int(key[0])) if key is not None else None
    if user is None:
        raise RuntimeError("a new person vanished")
    return user


def email_taken(connection: Connection, email: str) -> bool:
    """Whether anybody has the email, removed people included."""
    return connection.execute(select(_columns.id).where(_columns.email_folded == fold_email(email))).first() is not None


def change_user(connection: Connection, user_id: int, now: datetime, **values: Any) -> None:
    """Change columns of a person."""
    connection.execute(update(users).where(_columns.id == user_id).values(updated_at=now, **values))


def set_last_tenant(connection: Connection, user_id: int, tenant_id: int) -> None:
    """Remember which organization a person used last."""
    connection.execute(update(users).where(_columns.id == user_id).values(last_tenant_id=tenant_id))


def set_password(connection: Connection, user_id: int, password_hash: str, now: datetime) -> None:
    """A new password. Every token issued before is refused from the commit on."""
    change_user(connection, user_id, now, password_hash=password_hash, credentials_version=_columns.credentials_version + 1)


def end_sessions(connection: Connection, user: User, now: datetime) -> bool:
    """Refuse every token issued before from the commit on. False, and nothing done, where somebody did so since the person was read."""
    statement = update(users).where(_columns.id == user.id, _columns.credentials_version == user.credentials_version)
    return connection.execute(statement.values(credentials_version=user.credentials_version + 1, updated_at=now)).rowcount == 1


def replace_hash(connection: Connection, user: User, password_hash: str, now: datetime) -> None:
    """The same password, hashed anew. Nothing happens where the password was changed meanwhile."""
    connection.execute(
        update(users)
        .where(_columns.id == user.id, _columns.password_hash == user.password_hash)
        .values(password_hash=password_hash, updated_at=now)
    )


# ---- reset links


@dataclass(frozen=True, slots=True)
class PasswordReset:
    """A reset link that was sent."""

    id: int
    user_id: int
    created_at: datetime
    used_at: datetime | None


def put_reset(connection: Connection, user_id: int, token_hash: str, now: datetime) -> None:
    """A new reset link of a person; earlier ones end."""
    connection.execute(delete(password_resets).where(password_resets.c.user_id == user_id))
    connection.execute(insert(password_resets).values(user_id=user_id, token_hash=token_hash, created_at=now))


def find_reset(connection: Connection, token_hash: str) -> PasswordReset | None:
    """The reset link of a token."""
    names = [item.name for item in fields(PasswordReset)]
    statement = select(*(password_resets.c[name] for name in names)).where(password_resets.c.token_hash == token_hash)
    row = connection.execute(statement).mappings().first()
    return None if row is None else PasswordReset(**row)


def use_reset(connection: Connection, reset: PasswordReset, now: datetime) -> bool:
    """Use a reset link up. Of several who do so at once exactly one is told True."""
    statement = update(password_resets).where(password_resets.c.id == reset.id, password_resets.c.used_at.is_(None))
    return connection.execute(statement.values(used_at=now)).rowcount == 1


# ---- revoked tokens


def revoke_token(connection: Connection, token_id: str, *, expires_at: datetime, now: datetime) -> None:
    """Refuse a token from the commit on; revocations of tokens that have expired anyway are forgotten."""
    stale = select(revoked_tokens.c.jti).where(revoked_tokens.c.expires_at < now - timedelta(hours=1)).limit(PURGED_MAX)
    gone = list(connection.execute(stale).scalars())
    if gone:
        connection.execute(delete(revoked_tokens).where(revoked_tokens.c.jti.in_(gone)))
    if not is_revoked(connection, token_id):
        connection.execute(insert(revoked_tokens).values(jti=token_id, expires_at=expires_at))


def is_revoked(connection: Connection, token_id: str) -> bool:
    """Whether the token was signed out."""
    return connection.execute(select(revoked_tokens.c.jti).where(revoked_tokens.c.jti == token_id)).first() is not None
