"""SQL of the comparison of documents with their ledger lines.

A noun whose documents are posted is one `DocumentSource` here. Documents and postings are read side by side, by id, a page at a time.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    Table,
    and_,
    case,
    distinct,
    func,
    literal,
    select,
    union_all,
)

from domain.accounts.model import CONTROL_TYPES
from domain.kit.tables import amount_type
from domain.ledger.model import ReferenceType
from domain.ledger.tables import ledger_lines
from domain.verification.repository import table_of

PAGE_ROWS = 1000
_lines = ledger_lines.c
_AMOUNT = amount_type()


@dataclass(frozen=True, kw_only=True)
class DocumentSource:
    """How one kind of document is stored, and what of it must be in the ledger."""

    reference_type: ReferenceType
    table: str
    date: str
    published: Callable[[Table], ColumnElement[bool]]
    belongs: Callable[[Table], ColumnElement[bool]] | None = None
    """Which rows of the table are of this kind; all where None."""
    entries: Callable[[], Select[Any]] | None = None
    """Expected sums: document id, account id, Σ debit, Σ credit, in the document's currency."""
    entry_table: str | None = None
    number: str | None = None
    """Column of the document's number."""
    settings_group: str | None = None
    """Settings of its number series."""
    aspects: Mapping[str, str] = field(default_factory=lambda: {"currency_code": "currency_code"})
    """Columns of the document that all of its ledger lines repeat, by ledger column."""


def _need(name: str) -> Table:
    table = table_of(name)
    if table is None:
        raise LookupError(name)
    return table


def _journal_entries() -> Select[Any]:
    entries = _need("manual_journal_entries").c
    return _grouped(
        select(
            entries.manual_journal_id.label("document_id"),
            entries.account_id.label("account_id"),
            entries.debit.label("debit"),
            entries.credit.label("credit"),
        )
    )


def _expense_entries() -> Select[Any]:
    expenses, categories = _need("expenses").c, _need("expense_categories").c
    zero = literal(0, _AMOUNT)
    paid = select(
        expenses.id.label("document_id"),
        expenses.payment_account_id.label("account_id"),
        zero.label("debit"),
        expenses.total_amount.label("credit"),
    )
    spent = select(categories.expense_id, categories.expense_account_id, categories.amount, zero.label("credit"))
    return _grouped(union_all(paid, spent))


def _grouped(statement: Any) -> Select[Any]:
    rows = statement.subquery().c
    net = func.sum(rows.debit, type_=_AMOUNT) - func.sum(rows.credit, type_=_AMOUNT)
    return (
        select(rows.document_id, rows.account_id, net.label("net"))
        .group_by(rows.document_id, rows.account_id)
        .order_by(rows.document_id, rows.account_id)
    )


def _opening(reference_type: ReferenceType, service: str) -> DocumentSource:
    return DocumentSource(
        reference_type=reference_type,
        table="contacts",
        date="opening_balance_at",
        published=lambda table: and_(table.c.opening_balance.is_not(None), table.c.opening_balance != 0),
        belongs=lambda table: table.c.contact_service == service,
        aspects={"currency_code": "currency_code", "contact_id": "id"},
    )


_SOURCES: tuple[DocumentSource, ...] = (
    DocumentSource(
        reference_type=ReferenceType.JOURNAL,
        table="manual_journals",
        date="date",
        published=lambda table: table.c.published_at.is_not(None),
        entries=_journal_entries,
        entry_table="manual_journal_entries",
        number="journal_number",
        settings_group="manual_journals",
    ),
    DocumentSource(
        reference_type=ReferenceType.EXPENSE,
        table="expenses",
        date="payment_date",
        published=lambda table: table.c.published_at.is_not(None),
        entries=_expense_entries,
        entry_table="expense_categories",
    ),
    _opening(ReferenceType.CUSTOMER_OPENING_BALANCE, "customer"),
    _opening(ReferenceType.VENDOR_OPENING_BALANCE, "vendor"),
)


def sources() -> list[DocumentSource]:
    """The kinds of documents whose nouns this program has."""
    return [
        source
        for source in _SOURCES
        if all(table_of(name) is not None for name in (source.table, source.entry_table) if name is not None)
    ]


def documents(connection: Connection, source: DocumentSource) -> Iterator[RowMapping]:
    """Id, whether it is published, date and repeated aspects of every document, by id."""
    table = _need(source.table)
    statement = select(
        table.c.id,
        source.published(table).label("published"),
        table.c[source.date].label("date"),
        *(table.c[column].label(f"expected_{name}") for name, column in source.aspects.items()),
    ).order_by(table.c.id)
    if source.belongs is not None:
        statement = statement.where(source.belongs(table))
    return _streamed(connection, statement)


def postings(connection: Connection, source: DocumentSource) -> Iterator[RowMapping]:
    """Reference id, number of lines, span of days and span of the repeated aspects of every posting of the kind, by id."""
    statement = (
        select(
            _lines.reference_id.label("id"),
            func.count().label("lines"),
            func.min(_lines.date).label("first_date"),
            func.max(_lines.date).label("last_date"),
            *(func.min(_lines[name]).label(f"least_{name}") for name in source.aspects),
            *(func.max(_lines[name]).label(f"greatest_{name}") for name in source.aspects),
        )
        .where(_lines.reference_type == source.reference_type.value)
        .group_by(_lines.reference_id)
        .order_by(_lines.reference_id)
    )
    return _streamed(connection, statement)


def expected_sums(connection: Connection, source: DocumentSource) -> Iterator[RowMapping]:
    """What the stored entries of published documents come to, by document and account; zeros left out."""
    if source.entries is None:
        return
    table = _need(source.table)
    sums = source.entries().subquery()
    statement = (
        select(sums.c.document_id, sums.c.account_id, sums.c.net)
        .join(table, table.c.id == sums.c.document_id)
        .where(source.published(table), sums.c.net != 0)
        .order_by(sums.c.document_id, sums.c.account_id)
    )
    yield from _streamed(connection, statement)


def posted_sums(connection: Connection, source: DocumentSource) -> Iterator[RowMapping]:
    """What the ledger lines of the kind come to, by document and account, in their currency; zeros left out."""
    net = func.sum(_lines.foreign_debit, type_=_AMOUNT) - func.sum(_lines.foreign_credit, type_=_AMOUNT)
    sums = (
        select(_lines.reference_id.label("document_id"), _lines.account_id, net.label("net"))
        .where(_lines.reference_type == source.reference_type.value)
        .group_by(_lines.reference_id, _lines.account_id)
        .subquery()
    )
    statement = select(sums).where(sums.c.net != 0).order_by(sums.c.document_id, sums.c.account_id)
    yield from _streamed(connection, statement)


def _streamed(connection: Connection, statement: Select[Any]) -> Iterator[RowMapping]:
    """The rows, a page at a time. The result is buffered by the driver: several may be read side by side on one connection."""
    result = connection.execute(statement).mappings()
    while page := result.fetchmany(PAGE_ROWS):
        yield from page


def other_postings(connection: Connection) -> list[tuple[str, int]]:
    """Reference types that no source describes, and how many postings each has."""
    known = {source.reference_type.value for source in sources()}
    statement = (
        select(_lines.reference_type, func.count(distinct(_lines.reference_id)))
        .where(_lines.reference_type.not_in(known))
        .group_by(_lines.reference_type)
        .order_by(_lines.reference_type)
    )
    return [(str(kind), int(count)) for kind, count in connection.execute(statement)]


def numbers(connection: Connection, source: DocumentSource) -> Iterator[str]:
    """The given numbers of the documents of a kind, drafts included, by id."""
    table = _need(source.table)
    column = table.c[source.number or ""]
    for row in _streamed(
        connection, select(column.label("number")).where(column.is_not(None), column != "").order_by(table.c.id)
    ):
        yield str(row["number"])


def opening_balances(connection: Connection) -> Iterator[RowMapping]:
    """Id, stored opening balance and what is posted for it on control accounts, positive on the contact's usual side, by contact."""
    contacts, accounts = _need("contacts"), _need("accounts")
    customer = contacts.c.contact_service == "customer"
    kind = case((customer, ReferenceType.CUSTOMER_OPENING_BALANCE.value), else_=ReferenceType.VENDOR_OPENING_BALANCE.value)
    movement = func.sum(_lines.foreign_debit, type_=_AMOUNT) - func.sum(_lines.foreign_credit, type_=_AMOUNT)
    posted = (
        select(movement)
        .select_from(ledger_lines.join(accounts, accounts.c.id == _lines.account_id))
        .where(
            _lines.reference_type == kind,
            _lines.reference_id == contacts.c.id,
            accounts.c.account_type.in_(CONTROL_TYPES),
        )
        .scalar_subquery()
    )
    net = func.coalesce(posted, literal(0, _AMOUNT), type_=_AMOUNT)
    statement = select(
        contacts.c.id,
        func.coalesce(contacts.c.opening_balance, literal(0, _AMOUNT), type_=_AMOUNT).label("stored"),
        case((customer, net), else_=-net).label("posted"),
    ).order_by(contacts.c.id)
    yield from _streamed(connection, statement)
