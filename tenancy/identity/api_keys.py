"""API keys: `bc_` and 96 hex digits, shown once. Stored are a digest and the first characters."""

import secrets
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from tenancy.identity.tokens import digest
from tenancy.system_tables import api_keys

KEY_PREFIX = "bc_"
KEY_BYTES = 48
KEY_LENGTH = len(KEY_PREFIX) + 2 * KEY_BYTES
SHOWN_LENGTH = 8
KEYS_PER_TENANT_MAX = 100
_columns = api_keys.c


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key: it acts as a person within one organization."""

    id: int
    prefix: str
    name: str | None
    user_id: int
    tenant_id: int
    expires_at: datetime | None
    revoked_at: datetime | None
    created_at: datetime
    updated_at: datetime

    def usable(self, now: datetime) -> bool:
        """Neither revoked nor expired."""
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > now)


_READ = select(*(_columns[item.name] for item in fields(ApiKey)))


def _one(connection: Connection, *conditions: Any) -> ApiKey | None:
    row = connection.execute(_READ.where(*conditions)).mappings().first()
    return None if row is None else ApiKey(**row)


def find_key(connection: Connection, key: str) -> ApiKey | None:
    """The record of a key as it was given out."""
    return _one(connection, _columns.key_hash == digest(key)) if len(key) == KEY_LENGTH else None


def get_key(connection: Connection, tenant_id: int, key_id: int) -> ApiKey | None:
    """A key of the tenant."""
    return _one(connection, _columns.id == key_id, _columns.tenant_id == tenant_id)


def list_keys(connection: Connection, tenant_id: int) -> list[ApiKey]:
    """The tenant's keys that are not revoked, oldest first."""
    statement = _READ.where(_columns.tenant_id == tenant_id, _columns.revoked_at.is_(None)).order_by(_columns.id)
    return [ApiKey(**row) for row in connection.execute(statement.limit(KEYS_PER_TENANT_MAX)).mappings()]


def count_keys(connection: Connection, tenant_id: int) -> int:
    """How many keys of the tenant are not revoked."""
    statement = select(func.count()).where(_columns.tenant_id == tenant_id, _columns.revoked_at.is_(None))
    return int(connection.execute(statement).scalar_one())


def insert_key(connection: Connection, *, user_id: int, tenant_id: int, name: str | None, now: datetime) -> tuple[int, str]:
    """A new key: its id, and the key itself, which is not stored."""
    key = KEY_PREFIX + secrets.token_hex(KEY_BYTES)
    values = {
        "key_hash": digest(key),
        "prefix": key[:SHOWN_LENGTH],
        "name": name,
        "user_id": user_id,
        "tenant_id": tenant_id,
        "created_at": now,
        "updated_at": now,
    }
    inserted = connection.execute(insert(api_keys).values(**values)).inserted_primary_key
    if inserted is None:
        raise RuntimeError("the database gave no id to a new API key")
    return int(inserted[0]), key


def revoke_key(connection: Connection, key_id: int, now: datetime) -> None:
    """Refuse the key from the commit on."""
    connection.execute(
        update(api_keys).where(_columns.id == key_id, _columns.revoked_at.is_(None)).values(revoked_at=now, updated_at=now)
    )
