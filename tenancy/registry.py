"""The registry of tenants and memberships: all SQL on them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select, update
from ulid import ULID

from domain.kit.context import Organization
from domain.kit.tables import folded
from domain.kit.text import fold_text
from tenancy.system_tables import memberships, subscriptions, tenants

_columns = tenants.c
_PROFILE = (
    "name", "base_currency", "location", "industry", "language", "timezone", "date_format", "fiscal_year", "tax_number",
    "primary_color", "logo_key",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class TenantRecord:
    """A tenant as the registry knows it. `profile` is None until the organization was described (at the build)."""

    id: int
    organization_id: str
    database_name: str
    owner_user_id: int
    name: str | None
    initialized_at: datetime | None
    seeded_at: datetime | None
    built_at: datetime | None
    build_job_id: str | None
    upgrade_job_id: str | None
    schema_revision: str | None
    migration_state: str | None
    migration_error: str | None
    migrated_at: datetime | None
    profile: Organization | None
    created_at: datetime
    updated_at: datetime

    @property
    def ready(self) -> bool:
        """Whether its books can be opened."""
        return self.initialized_at is not None and self.seeded_at is not None


@dataclass(frozen=True, slots=True)
class Membership:
    """That a person belongs to a tenant."""

    user_id: int
    tenant_id: int
    role_slug_hint: str | None
    active: bool


def _record(row: RowMapping) -> TenantRecord:
    profile = None
    if row["base_currency"] is not None:
        profile = Organization(
            tenant_id=row["id"],
            organization_id=row["organization_id"],
            address=json.loads(row["address"]) if row["address"] else None,
            **{name: row[name] for name in _PROFILE},
        )
    names = (name for name in TenantRecord.__dataclass_fields__ if name != "profile")
    return TenantRecord(profile=profile, **{name: row[name] for name in names})


def _one(connection: Connection, *conditions: Any) -> TenantRecord | None:
    row = connection.execute(select(tenants).where(*conditions)).mappings().first()
    return None if row is None else _record(row)


def get_tenant(connection: Connection, tenant_id: int) -> TenantRecord | None:
    """By id."""
    return _one(connection, _columns.id == tenant_id)


def find_by_organization_id(connection: Connection, organization_id: str) -> TenantRecord | None:
    """By the organization's public id."""
    return _one(connection, _columns.organization_id == organization_id)


def find_by_name(connection: Connection, name: str) -> list[TenantRecord]:
    """By the organization's name, ignoring letter case and accents: names are not unique. A public id is accepted too."""
    rows = connection.execute(
        select(tenants)
        .where((folded(_columns.name) == fold_text(name)) | (_columns.organization_id == name))
        .order_by(_columns.id)
    ).mappings()
    return [_record(row) for row in rows]


def list_tenants(connection: Connection, *, built_only: bool = True) -> list[TenantRecord]:
    """All tenants, oldest first."""
    statement = select(tenants).order_by(_columns.id)
    if built_only:
        statement = statement.where(_columns.built_at.is_not(None))
    return [_record(row) for row in connection.execute(statement).mappings()]


def insert_tenant(connection: Connection, *, owner_user_id: int, now: datetime, prefix: str) -> TenantRecord:
    """A new tenant without a database, its owner's membership and its subscription."""
    organization_id = str(ULID()).lower()
    values = {
        "organization_id": organization_id,
        "database_name": f"{prefix}{organization_id}",
        "owner_user_id": owner_user_id,
        "created_at": now,
        "updated_at": now,
    }
    tenant_id = connection.execute(insert(tenants).values(**values)).inserted_primary_key
    if tenant_id is None:
        raise RuntimeError("the database gave no id to a new tenant")
    new_id = int(tenant_id[0])
    add_membership(connection, user_id=owner_user_id, tenant_id=new_id, role_slug="admin", now=now)
    connection.execute(insert(subscriptions).values(tenant_id=new_id, slug="main", starts_at=now, created_at=now, updated_at=now))
    record = get_tenant(connection, new_id)
    if record is None:
        raise RuntimeError("a new tenant vanished")
    return record


def _set(connection: Connection, tenant_id: int, now: datetime, **values: Any) -> None:
    connection.execute(update(tenants).where(_columns.id == tenant_id).values(updated_at=now, **values))


def update_profile(connection: Connection, tenant_id: int, profile: Organization, now: datetime) -> None:
    """Store the copy of the organization's profile."""
    values = {name: getattr(profile, name) for name in _PROFILE}
    values["address"] = json.dumps(profile.address, ensure_ascii=False) if profile.address is not None else None
    _set(connection, tenant_id, now, **values)


def set_build_job(connection: Connection, tenant_id: int, job_id: str | None, now: datetime) -> None:
    """The open build job, or none."""
    _set(connection, tenant_id, now, build_job_id=job_id)


def mark_initialized(connection: Connection, tenant_id: int, now: datetime, *, revision: str) -> None:
    """The tenant's database exists and has its schema."""
    _set(connection, tenant_id, now, initialized_at=now, schema_revision=revision, migration_state="current", migrated_at=now)


def mark_built(connection: Connection, tenant_id: int, now: datetime) -> None:
    """The tenant's books are seeded and can be opened; the build job is over."""
    _set(connection, tenant_id, now, seeded_at=now, built_at=now, build_job_id=None)


def mark_migration(
    connection: Connection, tenant_id: int, now: datetime, *, state: str, revision: str | None = None, error: str | None = None
) -> None:
    """How the last migration of a tenant ended: `current` or `failed`."""
    values: dict[str, Any] = {"migration_state": state, "migration_error": error}
    if revision is not None:
        values |= {"schema_revision": revision, "migrated_at": now}
    _set(connection, tenant_id, now, **values)


def _membership(row: RowMapping) -> Membership:
    return Membership(row["user_id"], row["tenant_id"], row["role_slug_hint"], bool(row["active"]))


def memberships_of(connection: Connection, user_id: int) -> list[Membership]:
    """Where a person belongs, oldest first."""
    statement = (
        select(memberships).where(memberships.c.user_id == user_id).order_by(memberships.c.created_at, memberships.c.tenant_id)
    )
    return [_membership(row) for row in connection.execute(statement).mappings()]


def find_membership(connection: Connection, user_id: int, tenant_id: int) -> Membership | None:
    """Whether and how a person belongs to a tenant."""
    row = (
        connection.execute(select(memberships).where(memberships.c.user_id == user_id, memberships.c.tenant_id == tenant_id))
        .mappings()
        .first()
    )
    return None if row is None else _membership(row)


def tenants_of(connection: Connection, user_id: int) -> Sequence[TenantRecord]:
    """The tenants of a person, oldest membership first."""
    statement = (
        select(tenants)
        .join(memberships, memberships.c.tenant_id == _columns.id)
        .where(memberships.c.user_id == user_id)
        .order_by(memberships.c.created_at, _columns.id)
    )
    return [_record(row) for row in connection.execute(statement).mappings()]


def add_membership(connection: Connection, *, user_id: int, tenant_id: int, role_slug: str | None, now: datetime) -> None:
    """Make a person a member."""
    connection.execute(
        insert(memberships).values(user_id=user_id, tenant_id=tenant_id, role_slug_hint=role_slug, active=True, created_at=now)
    )


def set_membership(connection: Connection, user_id: int, tenant_id: int, **values: Any) -> None:
    """Change `active` or `role_slug_hint` of a membership."""
    connection.execute(
        update(memberships).where(memberships.c.user_id == user_id, memberships.c.tenant_id == tenant_id).values(**values)
    )
