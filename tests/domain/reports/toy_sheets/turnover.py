"""A toy: how much was posted to each account over a period. All there is of it is this file."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.accounts.model import Account
from domain.kit import permissions
from domain.kit.context import TenantContext
from domain.kit.schemas import WireModel
from domain.reports.number_format import NumberFormat, Style
from domain.reports.rendering.table import Column, Kind, Row, Table
from domain.reports.report import Pack, Report
from domain.reports.rules import DATE_RANGE_INVERTED
from domain.reports.schemas import AmountOut, MetaOut, PeriodQuery
from domain.reports.sheet import Books
from domain.reports.statement import Statement, books_of, over_days, period_of, statement_of
from domain.reports.statement_table import money, table_of, words


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Days are inclusive."""

    from_date: date
    to_date: date


Turnover = tuple[tuple[Account, int], ...]
"""What was debited and credited to each account, scaled."""


def build(books: Books, query: Query) -> Turnover:
    """The turnover of a period."""
    sums = books.ledger.sums(since=query.from_date, until=query.to_date)
    return tuple((books.chart.accounts[account], found.debit + found.credit) for account, found in sorted(sums.items()))


class TurnoverQuery(PeriodQuery):
    """`GET /reports/turnover`."""


class TurnoverLineOut(WireModel):
    """One account."""

    id: int
    name: str
    turnover: AmountOut


class TurnoverOut(WireModel):
    """The turnover."""

    query: dict[str, Any]
    data: list[TurnoverLineOut]
    meta: MetaOut


def plain_json(sheet: Turnover, numbers: NumberFormat) -> list[dict[str, Any]]:
    """`data`."""
    return [{"id": account.id, "name": account.name, "turnover": numbers.amount(scaled)} for account, scaled in sheet]


def table(statement: Statement) -> Table:
    """For all renderers."""
    rows = [
        Row((words("name", account.name), money("turnover", scaled, statement.numbers, Style.ROW)), ("ACCOUNT",), account.id)
        for account, scaled in statement.sheet
    ]
    return table_of(statement, (Column("name", "Account"), Column("turnover", "Turnover", Kind.MONEY)), rows)


def make(ctx: TenantContext, query: TurnoverQuery) -> Statement:
    """The turnover of the period asked for."""
    from_date, to_date = period_of(ctx, query)
    sheet = build(books_of(ctx), Query(from_date=from_date, to_date=to_date))
    heading = over_days(from_date, to_date)
    return statement_of(ctx, query, "Turnover", sheet, heading, data=plain_json, from_date=from_date, to_date=to_date)


REPORT = Report(
    name="turnover",
    operation="turnover",
    title="The turnover of each account",
    path="/reports/turnover",
    permission=permissions.Report["read-general-ledger"],
    query=TurnoverQuery,
    returns=TurnoverOut,
    make=make,
    table=table,
    raises=(DATE_RANGE_INVERTED,),
    warm=True,
    pack=Pack.PERIOD,
)
