"""Statements: a sheet beside its query and meta, and what the use cases of all statements share."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from domain.accounts.repository import CHART
from domain.kit.context import TenantContext
from domain.kit.formatting import format_date
from domain.kit.warm import ColdValueError
from domain.ledger.columns import LEDGER
from domain.reports.number_format import NumberFormat
from domain.reports.periods import TOO_MANY_PERIODS, Unit
from domain.reports.rendering import table_json
from domain.reports.rendering.table import Table
from domain.reports.rules import DATE_RANGE_INVERTED, fiscal_month, report_period
from domain.reports.schemas import ColumnsQuery, DayQuery, PeriodQuery, StatementQuery
from domain.reports.sheet import Books, Query, RowFilter, Sheet
from domain.settings.service import setting

BASIS = "accrual"
"""What every sheet is computed on, whatever basis was asked for (DECISIONS 15)."""
_DAY_FORMAT = "YYYY/MM/DD"
FIGURES_A_ROW = 24
"""Figures of a statement that take as long to write as one row of a listing."""
COLUMNS_ERRORS = (DATE_RANGE_INVERTED, TOO_MANY_PERIODS)
"""What `columns_statement` raises."""


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A sheet beside its query and meta: what every renderer starts from."""

    query: dict[str, Any]
    """The query with its defaults, as it was understood."""
    meta: dict[str, Any]
    sheet: Any
    numbers: NumberFormat
    data: Callable[[], Any]
    """The sheet as plain JSON."""
    percentages: frozenset[str] = frozenset()
    """The percentages asked for, by parameter."""
    columns: list[dict[str, Any]] | None = None
    """`columns` of the plain JSON, where it has them."""

    def answer(self) -> dict[str, Any]:
        """As plain JSON."""
        columns = {} if self.columns is None else {"columns": self.columns}
        return {"query": self.query, **columns, "data": self.data(), "meta": self.meta}

    def table_answer(self, table: Callable[["Statement"], Table]) -> dict[str, Any]:
        """As a table in JSON."""
        return {"table": table_json.render(table(self)), "query": self.query, "meta": self.meta}


def books_of(ctx: TenantContext) -> Books:
    """The ledger and the chart that sheets are functions of."""
    ledger = ctx.warm.get(LEDGER).view()
    return Books(ledger=ledger, chart=ctx.warm.get(CHART))


def columns_statement(
    ctx: TenantContext,
    query: ColumnsQuery,
    title: str,
    *,
    build: Callable[[Books, Query], Sheet],
    data: Callable[[Sheet, NumberFormat], Any],
    heading: Callable[[date, date], dict[str, Any]],
) -> Statement:
    """A statement whose columns may be periods: its sheet, its plain JSON, and what its meta says of the days.

    Raises:
        DATE_RANGE_INVERTED, TOO_MANY_PERIODS.

    """
    if query.unit in _MANY_COLUMNS and ctx.connect is None:  # for a reader thread, so that others are answered meanwhile
        raise ColdValueError("a sheet of many columns")
    from_date, to_date = period_of(ctx, query)
    asked = Query(
        from_date=from_date,
        to_date=to_date,
        fiscal_month=fiscal_month(ctx.organization.fiscal_year),
        rows=RowFilter(none_zero=query.none_zero, none_transactions=query.none_transactions),
        branches=query.branches,
        unit=query.unit,
        compare=query.compare,
    )
    sheet = build(books_of(ctx), asked)
    ctx.expect_rows(len(ctx.warm.get(CHART).accounts) * len(sheet.columns) // FIGURES_A_ROW)
    made = statement_of(ctx, query, title, sheet, heading(from_date, to_date), data=data, from_date=from_date, to_date=to_date)
    return replace(made, percentages=query.percentages)


_MANY_COLUMNS = frozenset({Unit.DAY, Unit.WEEK})


def statement_of(
    ctx: TenantContext,
    query: PeriodQuery | DayQuery,
    title: str,
    sheet: Any,
    heading: dict[str, Any],
    *,
    data: Callable[[Any, NumberFormat], Any],
    **days: date,
) -> Statement:
    """A sheet with its query, `days` as they were understood, and its meta; `heading` is what the meta says of the days."""
    numbers = query.number_format.settings(ctx.base_currency)
    return Statement(
        query=echo(query, numbers, **days),
        meta=meta_of(ctx, title) | heading,
        sheet=sheet,
        numbers=numbers,
        data=lambda: data(sheet, numbers),
    )


def period_of(ctx: TenantContext, query: PeriodQuery) -> tuple[date, date]:
    """The first and last day asked for.

    Raises:
        DATE_RANGE_INVERTED.

    """
    first_month = fiscal_month(ctx.organization.fiscal_year)
    return report_period(query.from_date, query.to_date, today=ctx.today(), first_month=first_month)


def echo(query: PeriodQuery | DayQuery, numbers: NumberFormat, **days: date) -> dict[str, Any]:
    """The query with its defaults, as it was understood."""
    understood = query.model_dump() | {name: day.isoformat() for name, day in days.items()}
    understood["number_format"]["precision"] = numbers.precision
    if isinstance(query, StatementQuery) and not query.branches_ids:
        del understood["branches_ids"]
    return understood


def meta_of(ctx: TenantContext, sheet_name: str) -> dict[str, Any]:
    """What the meta of every report begins with."""
    return {
        "organization_name": ctx.organization.name,
        "base_currency": ctx.base_currency,
        "date_format": ctx.organization.date_format,
        "is_cost_compute_running": setting(ctx, "inventory", "cost_compute_running") is True,
        "basis": BASIS,
        "sheet_name": sheet_name,
    }


def over_days(from_date: date, to_date: date, between: str = " | To ") -> dict[str, Any]:
    """What the meta of a report of a period says of its days."""
    first, last = format_date(from_date, _DAY_FORMAT), format_date(to_date, _DAY_FORMAT)
    return {"formatted_from_date": first, "formatted_to_date": last, "formatted_date_range": f"From {first}{between}{last}"}


def as_of_day(day: date) -> dict[str, Any]:
    """What the meta of a report as of a day says of it."""
    text = format_date(day, _DAY_FORMAT)
    return {"formatted_as_date": text, "formatted_date_range": f"As {text}"}
