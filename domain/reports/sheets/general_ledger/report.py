"""The general ledger over the wire (reports.md section 14)."""

from decimal import Decimal
from functools import partial
from typing import Any

from domain.contacts.repository_names import names_by_id
from domain.kit import permissions
from domain.kit.context import TenantContext
from domain.kit.schemas import WireModel
from domain.ledger.repository_words import read_words
from domain.reports.listing import Listing, as_table, listing_of
from domain.reports.report import Pack, Report
from domain.reports.rules import DATE_RANGE_INVERTED
from domain.reports.schemas import AmountOut, Basis, IdList, MetaOut, PeriodQuery, ReportFlag
from domain.reports.sheets.general_ledger.ledger import Query, build, needed
from domain.reports.sheets.general_ledger.writers import GeneralLedgerWriter, table, table_json
from domain.reports.statement import books_of, period_of


class GeneralLedgerQuery(PeriodQuery):
    """`GET /reports/general-ledger`."""

    basis: Basis = "cash"
    accounts_ids: IdList = ()
    none_transactions: ReportFlag = False
    branches_ids: IdList = ()


class DatedAmountOut(AmountOut):
    """A balance and its day."""

    date: str


class LedgerRowOut(WireModel):
    """A line of the general ledger and the account's balance after it; `reference_type` and `reference_id` name its document."""

    id: int
    date: str
    date_formatted: str
    reference_type: str
    reference_id: int
    transaction_number: str | None
    transaction_type_formatted: str
    contact_name: str | None
    contact_type: str | None
    transaction_type: str
    index: int
    note: str | None
    credit: Decimal
    debit: Decimal
    amount: Decimal
    running_balance: Decimal
    formatted_amount: str
    formatted_credit: str
    formatted_debit: str
    formatted_running_balance: str
    currency_code: str


class LedgerAccountOut(WireModel):
    """An account with its opening balance, its lines and its closing balance, its own and with all accounts below."""

    id: int
    name: str
    code: str | None
    index: int | None
    parent_account_id: int | None
    opening_balance: DatedAmountOut
    transactions: list[LedgerRowOut]
    closing_balance: DatedAmountOut
    closing_balance_subaccounts: DatedAmountOut | None = None
    children: list["LedgerAccountOut"]


class GeneralLedgerOut(WireModel):
    """The general ledger."""

    query: dict[str, Any]
    data: list[LedgerAccountOut]
    meta: MetaOut


def make(ctx: TenantContext, query: GeneralLedgerQuery) -> Listing:
    """The general ledger of a period.

    Raises:
        DATE_RANGE_INVERTED.

    """
    from_date, to_date = period_of(ctx, query)
    asked = Query(
        from_date=from_date,
        to_date=to_date,
        accounts=frozenset(query.accounts_ids) or None,
        branches=frozenset(query.branches_ids) or None,
        none_transactions=query.none_transactions,
    )
    held = books_of(ctx)
    lines = needed(held, asked)
    ctx.expect_rows(len(lines.line_ids))
    sheet = build(held, lines, read_words(ctx.db, lines.line_ids), asked)
    contacts = names_by_id(ctx.db, lines.contact_ids)
    return listing_of(
        ctx,
        query,
        "General Ledger",
        (asked.from_date, asked.to_date),
        data=lambda numbers: GeneralLedgerWriter(numbers, contacts).data(sheet),
        table=partial(table, sheet),
        table_json=partial(table_json, sheet),
    )


REPORT = Report(
    name="general-ledger",
    operation="general_ledger",
    title="The general ledger",
    path="/reports/general-ledger",
    permission=permissions.Report["read-general-ledger"],
    query=GeneralLedgerQuery,
    returns=GeneralLedgerOut,
    make=make,
    table=as_table,
    raises=(DATE_RANGE_INVERTED,),
    pack=Pack.PERIOD,
    place=50,
)
