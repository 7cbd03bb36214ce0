"""Transactions by customers and by vendors over the wire (reports.md section 19)."""

from functools import partial
from typing import Any

from domain.contacts.model import ContactService
from domain.contacts.repository_names import names_of_kind
from domain.kit import permissions
from domain.kit.context import TenantContext
from domain.kit.schemas import WireModel
from domain.ledger.repository_words import read_words
from domain.reports.listing import Listing, as_table, listing_of
from domain.reports.report import Pack, Report
from domain.reports.rules import DATE_RANGE_INVERTED
from domain.reports.schemas import AmountOut, IdList, MetaOut, PeriodQuery, ReportFlag
from domain.reports.sheets.contact_transactions.statements import Query, build, needed
from domain.reports.sheets.contact_transactions.writers import ContactTransactionsWriter, table, table_json
from domain.reports.statement import books_of, period_of


class ContactTransactionsQuery(PeriodQuery):
    """What both transactions by customers and by vendors take."""

    none_zero: ReportFlag = False
    none_transactions: ReportFlag = True


class CustomerTransactionsQuery(ContactTransactionsQuery):
    """`GET /reports/transactions-by-customers`."""

    customers_ids: IdList = ()


class VendorTransactionsQuery(ContactTransactionsQuery):
    """`GET /reports/transactions-by-vendors`."""

    vendors_ids: IdList = ()


class ContactRowOut(WireModel):
    """A line on a control account, and the contact's balance after it."""

    id: int
    credit: AmountOut
    debit: AmountOut
    account_id: int
    account_name: str
    currency_code: str
    transaction_number: str | None
    transaction_type: str
    reference_type: str
    reference_id: int
    date: str
    created_at: str
    running_balance: AmountOut


class ContactStatementOut(WireModel):
    """A contact with its opening balance, its lines and its closing balance."""

    id: int
    opening_balance: AmountOut
    closing_balance: AmountOut
    transactions: list[ContactRowOut]


class CustomerStatementOut(ContactStatementOut):
    """A customer."""

    customer_name: str


class VendorStatementOut(ContactStatementOut):
    """A vendor."""

    vendor_name: str


class CustomerTransactionsOut(WireModel):
    """Transactions by customers."""

    query: dict[str, Any]
    data: list[CustomerStatementOut]
    meta: MetaOut


class VendorTransactionsOut(WireModel):
    """Transactions by vendors."""

    query: dict[str, Any]
    data: list[VendorStatementOut]
    meta: MetaOut


def _make(
    ctx: TenantContext, query: ContactTransactionsQuery, service: ContactService, contact_ids: tuple[int, ...], title: str
) -> Listing:
    from_date, to_date = period_of(ctx, query)
    asked = Query(
        service=service,
        from_date=from_date,
        to_date=to_date,
        contacts=frozenset(contact_ids) or None,
        none_zero=query.none_zero,
        none_transactions=query.none_transactions,
    )
    held = books_of(ctx)
    lines = needed(held, asked)
    ctx.expect_rows(len(lines.line_ids))
    sheet = build(held, lines, read_words(ctx.db, lines.line_ids), names_of_kind(ctx.db, service), asked)
    return listing_of(
        ctx,
        query,
        title,
        (asked.from_date, asked.to_date),
        data=lambda numbers: ContactTransactionsWriter(numbers, held.chart).data(sheet),
        table=partial(table, sheet, held.chart),
        table_json=partial(table_json, sheet, held.chart),
    )


REPORTS = (
    Report(
        name="customer-transactions",
        operation="transactions_by_customers",
        title="Transactions by customers",
        path="/reports/transactions-by-customers",
        permission=permissions.Report["read-customers-transactions"],
        query=CustomerTransactionsQuery,
        returns=CustomerTransactionsOut,
        make=lambda ctx, query: _make(ctx, query, ContactService.CUSTOMER, query.customers_ids, "Transactions By Customers"),
        table=as_table,
        raises=(DATE_RANGE_INVERTED,),
        pack=Pack.PERIOD,
        place=110,
    ),
    Report(
        name="vendor-transactions",
        operation="transactions_by_vendors",
        title="Transactions by vendors",
        path="/reports/transactions-by-vendors",
        aliases={"/financial_statements/transactions-by-vendors": "Transactions by vendors (older path)"},
        permission=permissions.Report["read-vendors-transactions"],
        query=VendorTransactionsQuery,
        returns=VendorTransactionsOut,
        make=lambda ctx, query: _make(ctx, query, ContactService.VENDOR, query.vendors_ids, "Transactions By Vendor"),
        table=as_table,
        raises=(DATE_RANGE_INVERTED,),
        pack=Pack.PERIOD,
        place=120,
    ),
)
