"""The trial balance: gross debits and credits of every account up to a day (reports.md section 13, reports-tables.md section E)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from domain.accounts.model import Account
from domain.kit import permissions
from domain.kit.context import TenantContext
from domain.kit.money import from_scaled
from domain.kit.schemas import WireModel
from domain.ledger.daily import NOTHING, Sums
from domain.reports.number_format import NumberFormat, Style
from domain.reports.rendering.table import Cell, Column, Emphasis, Kind, Row, Table
from domain.reports.report import Pack, Report
from domain.reports.rules import DATE_RANGE_INVERTED
from domain.reports.schemas import Basis, IdList, MetaOut, ReportFlag, StatementQuery
from domain.reports.sheet import Books, Roll, Window
from domain.reports.statement import Statement, books_of, over_days, period_of, statement_of
from domain.reports.statement_table import money, table_of, words


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Figures are cumulative up to `to_date`; `from_date` only names the period. `accounts` keeps these, all below and above them."""

    from_date: date
    to_date: date
    none_zero: bool = False
    none_transactions: bool = True
    only_active: bool = False
    branches: frozenset[int] | None = None
    accounts: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class TrialLine:
    """One account with everything below it."""

    account: Account
    sums: Sums
    children: tuple["TrialLine", ...]


@dataclass(frozen=True, slots=True)
class TrialBalance:
    """The lines, nested and by account id; the total is over the first level, after filtering."""

    lines: tuple[TrialLine, ...]
    total: Sums
    empty: bool
    """Whether nothing was posted up to the day."""


def build(books: Books, query: Query) -> TrialBalance:
    """The trial balance of a day."""
    roll = Roll(books, [Window(None, query.to_date)], query.branches)
    chosen = None if query.accounts is None else _with_descendants(books, query.accounts)
    lines = tuple(
        line for account in books.chart.children.get(None, ()) if (line := _line(roll, account, query, chosen)) is not None
    )
    total = NOTHING
    for line in lines:
        total = total.plus(line.sums)
    return TrialBalance(lines, total, roll.empty)


def _with_descendants(books: Books, accounts: frozenset[int]) -> frozenset[int]:
    return accounts.union(*({below.id for below in books.chart.descendants(account)} for account in accounts))


def _line(roll: Roll, account: Account, query: Query, chosen: frozenset[int] | None) -> TrialLine | None:
    below = roll.chart.children.get(account.id, ())
    children = tuple(line for child in below if (line := _line(roll, child, query, chosen)) is not None)
    (sums,) = roll.rolled(account.id)
    (own,) = roll.own(account.id)
    shown = (
        (chosen is None or account.id in chosen)
        and not (query.none_transactions and not own.lines)
        and not (query.none_zero and not sums.movement)
        and not (query.only_active and not sums.debit and not sums.credit)
    )
    return TrialLine(account, sums, children) if shown or children else None


# ---- the wire


class TrialBalanceQuery(StatementQuery):
    """`GET /reports/trial-balance-sheet`."""

    basis: Basis = "accrual"
    none_transactions: ReportFlag = True
    only_active: ReportFlag = False
    account_ids: IdList = ()


class TrialTotalOut(WireModel):
    """Debit, credit, and debit less credit."""

    credit: Decimal
    debit: Decimal
    balance: Decimal
    currency_code: str
    formatted_credit: str
    formatted_debit: str
    formatted_balance: str


class TrialLineOut(TrialTotalOut):
    """One account with everything below it."""

    id: int
    parent_account_id: int | None
    name: str
    formatted_name: str
    code: str | None
    account_normal: Literal["debit", "credit"]
    children: list["TrialLineOut"]


class TrialBalanceData(WireModel):
    """The lines and their total."""

    accounts: list[TrialLineOut]
    total: TrialTotalOut


class TrialBalanceOut(WireModel):
    """The trial balance."""

    query: dict[str, Any]
    data: TrialBalanceData
    meta: MetaOut


def plain_json(sheet: TrialBalance, numbers: NumberFormat) -> dict[str, Any]:
    """`data`."""
    return {
        "accounts": [_form(line, numbers) for line in sheet.lines],
        "total": _sums(sheet.total, numbers, total=True),
    }


def _form(line: TrialLine, numbers: NumberFormat) -> dict[str, Any]:
    account = line.account
    return {
        "id": account.id,
        "parent_account_id": account.parent_account_id,
        "name": account.name,
        "formatted_name": _name(account),
        "code": account.code,
        "account_normal": account.normal.value,
        **_sums(line.sums, numbers, total=False),
        "children": [_form(child, numbers) for child in line.children],
    }


def _name(account: Account) -> str:
    return f"{account.name} - {account.code}" if account.code else account.name


def _sums(sums: Sums, numbers: NumberFormat, *, total: bool) -> dict[str, Any]:
    text = numbers.total if total else numbers.row
    return {
        "credit": from_scaled(sums.credit),
        "debit": from_scaled(sums.debit),
        "balance": from_scaled(sums.movement),
        "currency_code": numbers.currency,
        "formatted_credit": text(sums.credit),
        "formatted_debit": text(sums.debit),
        "formatted_balance": text(sums.movement),
    }


_COLUMNS = (
    Column("account", "Account"),
    Column("debit", "Debit", Kind.MONEY),
    Column("credit", "Credit", Kind.MONEY),
    Column("total", "Total", Kind.MONEY),
)


def table(statement: Statement) -> Table:
    """For all renderers; no rows where nothing was posted."""
    sheet: TrialBalance = statement.sheet
    numbers = statement.numbers

    def figures(sums: Sums, style: Style) -> Iterator[Cell]:
        for key, scaled in (("debit", sums.debit), ("credit", sums.credit), ("total", sums.movement)):
            yield money(key, scaled, numbers, style)

    def row(line: TrialLine) -> Row:
        cells = (words("account", _name(line.account)), *figures(line.sums, Style.ROW))
        return Row(cells, ("ACCOUNT",), line.account.id, tuple(row(child) for child in line.children))

    rows = [row(line) for line in sheet.lines]
    if rows:
        total = (words("account", ""), *figures(sheet.total, Style.TOTAL))
        rows.append(Row(total, ("TOTAL",), "total", (), Emphasis.CLOSING))
    return table_of(statement, _COLUMNS, rows)


# ---- the report


def make(ctx: TenantContext, query: TrialBalanceQuery) -> Statement:
    """The trial balance as of the end of the period.

    Raises:
        DATE_RANGE_INVERTED.

    """
    from_date, to_date = period_of(ctx, query)
    asked = Query(
        from_date=from_date,
        to_date=to_date,
        none_zero=query.none_zero,
        none_transactions=query.none_transactions,
        only_active=query.only_active,
        branches=query.branches,
        accounts=frozenset(query.account_ids) or None,
    )
    sheet, heading = build(books_of(ctx), asked), over_days(from_date, to_date, " to ")
    return statement_of(ctx, query, "Trial Balance Sheet", sheet, heading, data=plain_json, from_date=from_date, to_date=to_date)


REPORT = Report(
    name="trial-balance",
    operation="trial_balance_sheet",
    title="The trial balance",
    path="/reports/trial-balance-sheet",
    permission=permissions.Report["read-trial-balance-sheet"],
    query=TrialBalanceQuery,
    returns=TrialBalanceOut,
    make=make,
    table=table,
    raises=(DATE_RANGE_INVERTED,),
    warm=True,
    pack=Pack.PERIOD,
    place=30,
)
