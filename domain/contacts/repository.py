"""All SQL of contacts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from decimal import Decimal
from typing import Any

from sqlalchemy import Column, Connection, RowMapping, Select, delete, exists, insert, or_, select, update

from domain.contacts.model import Address, Contact, ContactService, OpeningBalance
from domain.contacts.tables import contacts
from domain.kit.context import TenantContext
from domain.kit.lists import Listing, contains, fetch_page
from domain.kit.tables import TENANT_METADATA, folded

_columns = contacts.c
_NESTED = ("opening", "billing", "shipping")
_PLAIN = tuple(item.name for item in fields(Contact) if item.name not in _NESTED)
_ADDRESS = tuple(item.name for item in fields(Address))
IDS_AT_ONCE_MAX = 500
"""Ids named in one statement, below any server's limit of parameters."""


def values_of(contact: Contact) -> dict[str, Any]:
    """The contact as a row: every column by name."""
    values = {name: getattr(contact, name) for name in _PLAIN}
    values["contact_service"] = contact.contact_service.value
    values |= {
        "opening_balance": contact.opening.amount,
        "opening_balance_at": contact.opening.day,
        "opening_balance_exchange_rate": contact.opening.rate,
        "opening_balance_branch_id": contact.opening.branch_id,
    }
    for place, address in (("billing", contact.billing), ("shipping", contact.shipping)):
        values |= {f"{place}_{name}": getattr(address, name) for name in _ADDRESS}
    return values


def contact_of(row: RowMapping) -> Contact:
    """The contact of a row."""
    values = {name: row[name] for name in _PLAIN} | {"contact_service": ContactService(row["contact_service"])}
    opening = OpeningBalance(
        amount=row["opening_balance"],
        day=row["opening_balance_at"],
        rate=row["opening_balance_exchange_rate"],
        branch_id=row["opening_balance_branch_id"],
    )
    billing, shipping = (Address(**{name: row[f"{place}_{name}"] for name in _ADDRESS}) for place in ("billing", "shipping"))
    return Contact(**values, opening=opening, billing=billing, shipping=shipping)


def find_contact(connection: Connection, contact_id: int, service: ContactService | None = None) -> Contact | None:
    """By id, of one kind or of any."""
    statement = select(contacts).where(_columns.id == contact_id)
    if service is not None:
        statement = statement.where(_columns.contact_service == service.value)
    row = connection.execute(statement).mappings().one_or_none()
    return None if row is None else contact_of(row)


def read_contacts(connection: Connection, contact_ids: Iterable[int]) -> Mapping[int, Contact]:
    """The contacts of these ids that exist, by id."""
    found: dict[int, Contact] = {}
    for chunk in _chunks(contact_ids):
        rows = connection.execute(select(contacts).where(_columns.id.in_(chunk))).mappings()
        found |= {row["id"]: contact_of(row) for row in rows}
    return found


def kinds_of(connection: Connection, contact_ids: Iterable[int]) -> Mapping[int, tuple[ContactService, str]]:
    """Kind and currency of the contacts of these ids that exist, by id."""
    found: dict[int, tuple[ContactService, str]] = {}
    for chunk in _chunks(contact_ids):
        statement = select(_columns.id, _columns.contact_service, _columns.currency_code).where(_columns.id.in_(chunk))
        for contact_id, service, currency in connection.execute(statement):
            found[contact_id] = ContactService(service), currency
    return found


def _chunks(contact_ids: Iterable[int]) -> Iterable[Sequence[int]]:
    ids = sorted(set(contact_ids))
    return (ids[start : start + IDS_AT_ONCE_MAX] for start in range(0, len(ids), IDS_AT_ONCE_MAX))


def list_page(
    connection: Connection, service: ContactService, listing: Listing, *, inactive: bool
) -> tuple[list[Contact], dict[str, int]]:
    """One page of the contacts of a kind, active or inactive ones, and the `pagination` object."""
    statement = select(contacts).where(_columns.contact_service == service.value, _columns.active.is_(not inactive))
    rows, pagination = fetch_page(connection, listing, statement)
    return [contact_of(row) for row in rows], pagination


def names_containing(connection: Connection, keyword: str | None, limit: int) -> dict[int, str]:
    """Display names of contacts of both kinds that contain the keyword, by id; no more than the limit, the first by name."""
    name = _columns.display_name
    statement = select(_columns.id, name).order_by(folded(name), _columns.id).limit(limit)
    if keyword:
        statement = statement.where(contains(name)(keyword))
    return {row.id: row.display_name for row in connection.execute(statement)}


def overdue_contact_ids() -> tuple[Select[tuple[int]], ...]:
    """Statements that select the ids of contacts with a document past its due date: one for each kind that falls due.

    Opening balances have no due date, and no other kind of document falls due yet, so nobody is overdue. Invoices and bills add theirs.
    """
    return ()


def insert_contact(ctx: TenantContext, contact: Contact) -> None:
    """Store a new contact."""
    ctx.db.execute(insert(contacts).values(**values_of(contact)))


def update_contact(ctx: TenantContext, contact: Contact) -> None:
    """Store a changed contact; its balance is left to postings."""
    values = {name: value for name, value in values_of(contact).items() if name not in {"id", "balance"}}
    ctx.db.execute(update(contacts).where(_columns.id == contact.id).values(**values))


def add_to_balance(connection: Connection, contact_id: int, delta: Decimal) -> None:
    """Change the stored balance of a contact, in its currency."""
    connection.execute(update(contacts).where(_columns.id == contact_id).values(balance=_columns.balance + delta))


def delete_contact(ctx: TenantContext, contact_id: int) -> None:
    """Remove a contact."""
    ctx.db.execute(delete(contacts).where(_columns.id == contact_id))


def referring_columns() -> list[Column[int]]:
    """All columns of the tenant's tables with a foreign key to contacts, but the ledger's own."""
    return [
        column
        for table in TENANT_METADATA.sorted_tables
        for column in table.columns
        for key in column.foreign_keys
        if key.target_fullname == "contacts.id" and table.name != "ledger_lines"
    ]


def is_used(connection: Connection, contact_id: int) -> bool:
    """Whether any stored record, draft or posted, refers to the contact."""
    referring = [exists().where(column == contact_id) for column in referring_columns()]
    return bool(referring) and bool(connection.execute(select(or_(*referring))).scalar())
