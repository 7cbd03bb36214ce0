"""SQL on the registry that only a person's own requests need."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, or_, select, update

from tenancy.system_tables import subscriptions, tenants, users


def lock_user(connection: Connection, user_id: int, now: datetime) -> None:
    """Have other requests of the person wait for this transaction, so that what it counts stays so. Call it first."""
    connection.execute(update(users).where(users.c.id == user_id).values(updated_at=now))


def set_name(connection: Connection, tenant_id: int, name: str) -> None:
    """A name for an organization that is not described yet."""
    connection.execute(update(tenants).where(tenants.c.id == tenant_id).values(name=name))


def claim_build(connection: Connection, tenant_id: int, *, job_id: str, seen: str | None, now: datetime) -> bool:
    """Store the id of a new build job; False where somebody else did since `seen` was read, or the tenant is built."""
    unchanged = tenants.c.build_job_id.is_(None) if seen is None else tenants.c.build_job_id == seen
    statement = update(tenants).where(tenants.c.id == tenant_id, tenants.c.built_at.is_(None), or_(unchanged))
    return connection.execute(statement.values(build_job_id=job_id, updated_at=now)).rowcount == 1


def subscriptions_of(connection: Connection, tenant_id: int) -> list[dict[str, Any]]:
    """The subscription rows of a tenant."""
    rows = connection.execute(select(subscriptions).where(subscriptions.c.tenant_id == tenant_id).order_by(subscriptions.c.id))
    return [dict(row) for row in rows.mappings()]
