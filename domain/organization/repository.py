"""All SQL of the organization's profile, and the warm value made of it."""

import json
from dataclasses import fields
from typing import Any

from sqlalchemy import Connection, exists, insert, select, update

from domain.accounts.repository import CHART
from domain.accounts.tables import accounts
from domain.kit.context import Organization, TenantContext
from domain.kit.tables import TENANT_METADATA
from domain.kit.warm import WarmKey
from domain.organization.tables import ORGANIZATION_ROW_ID, organization

_FIELDS = [item.name for item in fields(Organization)]
_READ = select(*(organization.c[name] for name in _FIELDS)).where(organization.c.id == ORGANIZATION_ROW_ID)


def _load(connection: Connection) -> Organization:
    row = connection.execute(_READ).mappings().first()
    if row is None:
        raise LookupError("the tenant's database has no organization row: it was never seeded")
    values = dict(row)
    values["address"] = json.loads(values["address"]) if values["address"] else None
    return Organization(**values)


ORGANIZATION: WarmKey[Organization] = WarmKey("organization", _load)


def _stored(profile: Organization) -> dict[str, Any]:
    values = {name: getattr(profile, name) for name in _FIELDS}
    values["address"] = json.dumps(profile.address, ensure_ascii=False) if profile.address is not None else None
    return values


def has_organization(connection: Connection) -> bool:
    """Whether the profile is there."""
    return bool(connection.execute(select(exists().where(organization.c.id == ORGANIZATION_ROW_ID))).scalar())


def insert_organization(ctx: TenantContext, profile: Organization) -> None:
    """Store the profile of a new tenant."""
    now = ctx.now()
    ctx.db.execute(insert(organization).values(id=ORGANIZATION_ROW_ID, **_stored(profile), created_at=now, updated_at=now))
    ctx.warm.put(ORGANIZATION, profile)


def update_organization(ctx: TenantContext, profile: Organization) -> None:
    """Store the changed profile."""
    ctx.db.execute(
        update(organization).where(organization.c.id == ORGANIZATION_ROW_ID).values(**_stored(profile), updated_at=ctx.now())
    )
    ctx.warm.put(ORGANIZATION, profile)


def set_currency_of_accounts(ctx: TenantContext, currency: str) -> None:
    """Put all accounts into a currency."""
    ctx.db.execute(update(accounts).values(currency_code=currency, updated_at=ctx.now()))
    ctx.warm.drop(CHART)


def has_rows(connection: Connection, table_name: str) -> bool:
    """Whether a table of the tenant exists and holds anything."""
    table = TENANT_METADATA.tables.get(table_name)
    return table is not None and connection.execute(select(*table.primary_key.columns).limit(1)).first() is not None
