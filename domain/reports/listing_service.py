"""Use cases of the listings: choose the lines from the ledger in memory, read their words, build the sheet."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from domain.contacts.model import ContactService
from domain.contacts.repository_names import names_by_id, names_of_kind
from domain.kit.context import TenantContext
from domain.kit.endpoint import Answer
from domain.kit.exchange import JSON_HEADERS
from domain.kit.formatting import format_date
from domain.kit.money import from_scaled, to_scaled
from domain.ledger.repository_words import read_words
from domain.reports import (
    cash_transactions,
    contact_transactions,
    general_ledger,
    journal,
    listing_table_json,
    listing_tables,
    reference_transactions,
)
from domain.reports.cash_transactions import CashRow
from domain.reports.entries import Entry, day_texts
from domain.reports.listing_json import ContactTransactionsWriter, GeneralLedgerWriter, JournalWriter, envelope
from domain.reports.listing_schemas import (
    CashTransactionsQuery,
    CustomerTransactionsQuery,
    GeneralLedgerQuery,
    JournalQuery,
    ListingQuery,
    ReferenceQuery,
    VendorTransactionsQuery,
)
from domain.reports.number_format import NumberFormat
from domain.reports.rendering.table import Table
from domain.reports.rules import fiscal_month, report_period
from domain.reports.schemas import NumberFormatIn
from domain.reports.service import BASIS, books
from domain.settings.service import setting

_DAY = "YYYY/MM/DD"


@dataclass(frozen=True)
class Listing:
    """A listing beside its query and meta. `data` is its plain JSON in pieces, written while it is read, once."""

    query: dict[str, Any]
    meta: dict[str, Any]
    data: Iterator[str]
    table: Callable[[], Table]
    """What the renderers of files start from."""
    table_json: Callable[[], bytes]
    """The answer in form of a table as JSON, without the detour by `table`: listings are long."""

    def table_answer(self) -> Answer:
        """As a table in JSON."""
        return Answer(self.table_json(), media_type=JSON_HEADERS["content-type"])

    def answer(self) -> Answer:
        """As plain JSON."""
        return Answer(envelope(self.query, self.data, self.meta), media_type=JSON_HEADERS["content-type"])


def general_ledger_listing(ctx: TenantContext, query: GeneralLedgerQuery) -> Listing:
    """The general ledger of a period.

    Raises:
        DATE_RANGE_INVERTED.

    """
    from_date, to_date = _period(ctx, query)
    asked = general_ledger.Query(
        from_date=from_date,
        to_date=to_date,
        accounts=frozenset(query.accounts_ids) or None,
        branches=frozenset(query.branches_ids) or None,
        none_transactions=query.none_transactions,
    )
    held = books(ctx)
    lines = general_ledger.needed(held, asked)
    ctx.expect_rows(len(lines.line_ids))
    sheet = general_ledger.build(held, lines, read_words(ctx.db, lines.line_ids), asked)
    numbers = query.number_format.settings(ctx.base_currency)
    writer = GeneralLedgerWriter(numbers, names_by_id(ctx.db, lines.contact_ids))
    meta = _meta(ctx, "General Ledger", from_date, to_date)
    echo = _echo(query, from_date, to_date, numbers)
    return Listing(
        echo,
        meta,
        writer.data(sheet),
        partial(listing_tables.general_ledger, sheet, meta, numbers),
        partial(listing_table_json.general_ledger, sheet, echo, meta, numbers),
    )


def journal_listing(ctx: TenantContext, query: JournalQuery) -> Listing:
    """The journal of a period.

    Raises:
        DATE_RANGE_INVERTED.

    """
    from_date, to_date = _period(ctx, query)
    asked = journal.Query(
        from_date=from_date,
        to_date=to_date,
        branches=frozenset(query.branches_ids) or None,
        reference_type=query.transaction_type,
        reference_id=query.transaction_id,
        amount_min=_scaled(query.from_range),
        amount_max=_scaled(query.to_range),
    )
    held = books(ctx)
    lines = journal.needed(held, asked)
    ctx.expect_rows(len(lines.line_ids))
    sheet = journal.build(lines, read_words(ctx.db, lines.line_ids), asked)
    numbers = query.number_format.settings(ctx.base_currency)
    writer = JournalWriter(numbers, held.chart, names_by_id(ctx.db, lines.contact_ids))
    meta = _meta(ctx, "Journal Sheet", from_date, to_date)
    echo = _echo(query, from_date, to_date, numbers)
    return Listing(
        echo,
        meta,
        writer.data(sheet),
        partial(listing_tables.journal, sheet, held.chart, meta, numbers),
        partial(listing_table_json.journal, sheet, held.chart, echo, meta, numbers),
    )


def customer_transactions_listing(ctx: TenantContext, query: CustomerTransactionsQuery) -> Listing:
    """Transactions by customers.

    Raises:
        DATE_RANGE_INVERTED.

    """
    return _contact_listing(ctx, query, ContactService.CUSTOMER, query.customers_ids, "Transactions By Customers")


def vendor_transactions_listing(ctx: TenantContext, query: VendorTransactionsQuery) -> Listing:
    """Transactions by vendors.

    Raises:
        DATE_RANGE_INVERTED.

    """
    return _contact_listing(ctx, query, ContactService.VENDOR, query.vendors_ids, "Transactions By Vendor")


def _contact_listing(
    ctx: TenantContext,
    query: CustomerTransactionsQuery | VendorTransactionsQuery,
    service: ContactService,
    contact_ids: tuple[int, ...],
    sheet_name: str,
) -> Listing:
    from_date, to_date = _period(ctx, query)
    asked = contact_transactions.Query(
        service=service,
        from_date=from_date,
        to_date=to_date,
        contacts=frozenset(contact_ids) or None,
        none_zero=query.none_zero,
        none_transactions=query.none_transactions,
    )
    held = books(ctx)
    lines = contact_transactions.needed(held, asked)
    ctx.expect_rows(len(lines.line_ids))
    words = read_words(ctx.db, lines.line_ids)
    sheet = contact_transactions.build(held, lines, words, names_of_kind(ctx.db, service), asked)
    numbers = query.number_format.settings(ctx.base_currency)
    writer = ContactTransactionsWriter(numbers, held.chart)
    meta = _meta(ctx, sheet_name, from_date, to_date)
    echo = _echo(query, from_date, to_date, numbers)
    return Listing(
        echo,
        meta,
        writer.data(sheet),
        partial(listing_tables.contact_transactions, sheet, held.chart, meta, numbers),
        partial(listing_table_json.contact_transactions, sheet, held.chart, echo, meta, numbers),
    )


def transactions_by_reference(ctx: TenantContext, query: ReferenceQuery) -> dict[str, Any]:
    """The ledger lines of one document; none for an unknown one."""
    asked = reference_transactions.Query(reference_type=query.reference_type, reference_id=query.reference_id)
    held = books(ctx)
    lines = reference_transactions.needed(held, asked)
    entries = reference_transactions.build(lines, read_words(ctx.db, lines.line_ids))
    contacts = names_by_id(ctx.db, lines.contact_ids)
    numbers = _plain_numbers(ctx)
    forms = []
    for entry in entries:
        contact_type = contacts[entry.contact_id].service.value if entry.contact_id else None
        account = held.chart.accounts[entry.account_id]
        forms.append(
            {
                **_reference_form(entry, numbers),
                "contact_id": entry.contact_id or None,
                "contact_type": contact_type,
                "formatted_contact_type": contact_type or "",
                "contactTypeFormatted": contact_type or "",
                "account_name": account.name,
                "account_code": account.code,
                "account_id": account.id,
            }
        )
    return {"transactions": forms}


def _reference_form(entry: Entry, numbers: NumberFormat) -> dict[str, Any]:
    day = day_texts(entry.day)[0]
    return {
        "id": entry.line_id,
        "date": {"formatted_date": day, "date": f"{day}T00:00:00.000Z"},
        "formatted_date": day,
        "credit": numbers.amount(entry.credit, total=False),
        "debit": numbers.amount(entry.debit, total=False),
        "reference_type": entry.reference_type,
        "reference_id": entry.reference_id,
        "formatted_reference_type": entry.label,
    }


def cash_account_transactions(ctx: TenantContext, query: CashTransactionsQuery) -> dict[str, Any]:
    """One page of an account's transactions, newest first, with the balance after each; none for an unknown account."""
    asked = cash_transactions.Query(account_id=query.account_id, page=query.page, page_size=query.page_size)
    page = cash_transactions.needed(books(ctx), asked)
    sheet = cash_transactions.build(page, read_words(ctx.db, page.lines.line_ids), {})
    numbers = _plain_numbers(ctx)
    return {
        "transactions": [_cash_form(row, numbers) for row in sheet.rows],
        "pagination": {"total": sheet.total, "page": query.page, "page_size": query.page_size},
    }


def _cash_form(row: CashRow, numbers: NumberFormat) -> dict[str, Any]:
    entry = row.entry
    day = day_texts(entry.day)[0]
    balance, balance_text = from_scaled(row.balance), numbers.row(row.balance)
    return {
        "id": entry.line_id,
        "date": f"{day}T00:00:00.000Z",
        "formatted_date": day,
        "withdrawal": from_scaled(entry.credit),
        "deposit": from_scaled(entry.debit),
        "formatted_deposit": numbers.row(entry.debit),
        "formatted_withdrawal": numbers.row(entry.credit),
        "reference_id": entry.reference_id,
        "reference_type": entry.reference_type,
        "formatted_transaction_type": entry.label,
        "transaction_number": entry.transaction_number,
        "reference_number": entry.reference_number,
        "running_balance": balance,
        "formatted_running_balance": balance_text,
        "balance": balance,
        "formatted_balance": balance_text,
        "status": row.match.status,
        "formatted_status": row.match.status.capitalize(),
        "uncategorized_transaction_id": row.match.feed_line_id,
    }


def _plain_numbers(ctx: TenantContext) -> NumberFormat:
    """Without a currency's sign, zeros hidden."""
    return NumberFormatIn().settings(ctx.base_currency)


def _scaled(amount: Decimal | None) -> int | None:
    return None if amount is None else to_scaled(round(amount, 4))


def _period(ctx: TenantContext, query: ListingQuery) -> tuple[date, date]:
    first_month = fiscal_month(ctx.organization.fiscal_year)
    return report_period(query.from_date, query.to_date, today=ctx.today(), first_month=first_month)


def _echo(query: ListingQuery, from_date: date, to_date: date, numbers: NumberFormat) -> dict[str, Any]:
    """The query with its defaults, as it was understood."""
    echo = query.model_dump()
    echo |= {"from_date": from_date.isoformat(), "to_date": to_date.isoformat()}
    echo["number_format"]["precision"] = numbers.precision
    return echo


def _meta(ctx: TenantContext, sheet_name: str, from_date: date, to_date: date) -> dict[str, Any]:
    first, last = format_date(from_date, _DAY), format_date(to_date, _DAY)
    return {
        "organization_name": ctx.organization.name,
        "base_currency": ctx.base_currency,
        "date_format": ctx.organization.date_format,
        "is_cost_compute_running": setting(ctx, "inventory", "cost_compute_running") is True,
        "basis": BASIS,
        "sheet_name": sheet_name,
        "formatted_from_date": first,
        "formatted_to_date": last,
        "formatted_date_range": f"From {first} | To {last}",
    }
