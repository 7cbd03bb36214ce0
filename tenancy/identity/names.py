"""What people are called in the books of their organizations.

A tenant keeps a copy of its members' names: they stand in its lists and its audit trail, and its administrators may correct them there.
Who changes their own name changes it everywhere. The registry notes, in the same transaction, that each of their organizations is to be
told (`names_due`); the scheduler tells them one after the other (`actors.name_courier`), wakes those that sleep, and takes
the note away when the tenant has answered. So nothing is lost with a process, the newest name arrives last, and telling twice is telling
once. Inactive memberships wait until they are active again.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, literal, select, update

from domain.kit.tables import UtcDateTime
from tenancy.system_tables import memberships, names_due, tenants, users

DUE_MAX = 20
"""Organizations told at a time."""
RETRY_PAUSE = timedelta(seconds=20)


@dataclass(frozen=True, slots=True, kw_only=True)
class NameDue:
    """One organization that is to be told what one person is called."""

    user_id: int
    tenant_id: int
    email: str
    first_name: str | None
    last_name: str | None
    accepted_at: datetime | None
    due_at: datetime


def tell_names(connection: Connection, user_id: int, now: datetime, *, but_tenant_id: int | None = None) -> None:
    """Have all organizations of a person told what they are called; but one, which knows."""
    connection.execute(delete(names_due).where(names_due.c.user_id == user_id))
    places = select(memberships.c.user_id, memberships.c.tenant_id, literal(now, UtcDateTime())).where(
        memberships.c.user_id == user_id
    )
    if but_tenant_id is not None:
        places = places.where(memberships.c.tenant_id != but_tenant_id)
    connection.execute(insert(names_due).from_select(["user_id", "tenant_id", "due_at"], places))


def find_due(connection: Connection, now: datetime) -> list[NameDue]:
    """Whom to tell now, longest due first; at most 20. Organizations without books are told when they have some."""
    due = names_due.c
    statement = (
        select(
            due.user_id, due.tenant_id, due.due_at, users.c.email, users.c.first_name, users.c.last_name,
            users.c.invite_accepted_at.label("accepted_at"),
        )
        .join(users, users.c.id == due.user_id)
        .join(tenants, tenants.c.id == due.tenant_id)
        .join(memberships, (memberships.c.user_id == due.user_id) & (memberships.c.tenant_id == due.tenant_id))
        .where(due.due_at <= now, memberships.c.active.is_(True), tenants.c.built_at.is_not(None))
        .order_by(due.due_at)
        .limit(DUE_MAX)
    )  # fmt: skip
    return [NameDue(**row) for row in connection.execute(statement).mappings()]


def name_told(connection: Connection, told: NameDue, *, retry_at: datetime | None = None) -> None:
    """The organization knows, or is told again later. Nothing happens where the name was changed meanwhile: that is due anew."""
    due = names_due.c
    same = (due.user_id == told.user_id) & (due.tenant_id == told.tenant_id) & (due.due_at == told.due_at)
    if retry_at is None:
        connection.execute(delete(names_due).where(same))
    else:
        connection.execute(update(names_due).where(same).values(due_at=retry_at))
