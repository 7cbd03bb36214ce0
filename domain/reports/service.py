"""Use cases of statements: take the books as they are in memory, build the sheet, put it beside its query and meta."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.accounts.repository import CHART
from domain.kit.context import TenantContext
from domain.kit.formatting import format_date
from domain.kit.warm import ColdValueError
from domain.ledger.columns import LEDGER
from domain.reports import balance_sheet, cash_flow, plain_json, profit_loss, trial_balance
from domain.reports.number_format import NumberFormat
from domain.reports.periods import Unit
from domain.reports.rules import fiscal_month, report_period
from domain.reports.schemas import (
    BalanceSheetQuery,
    CashFlowQuery,
    ColumnsQuery,
    ProfitLossQuery,
    StatementQuery,
    TrialBalanceQuery,
)
from domain.reports.sheet import Books, RowFilter, Sheet
from domain.settings.service import setting

BASIS = "accrual"
"""What every sheet is computed on, whatever basis was asked for (DECISIONS 15)."""
DAY_FORMAT = "YYYY/MM/DD"
FIGURES_A_ROW = 24
"""Figures of a statement that take as long to write as one row of a listing."""


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


def books(ctx: TenantContext) -> Books:
    """The ledger and the chart that sheets are functions of."""
    ledger = ctx.warm.get(LEDGER).view()
    return Books(ledger=ledger, chart=ctx.warm.get(CHART))


def trial_balance_sheet(ctx: TenantContext, query: TrialBalanceQuery) -> Statement:
    """The trial balance as of the end of the period.

    Raises:
        DATE_RANGE_INVERTED.

    """
    from_date, to_date = _period(ctx, query)
    asked = trial_balance.Query(
        from_date=from_date,
        to_date=to_date,
        none_zero=query.none_zero,
        none_transactions=query.none_transactions,
        only_active=query.only_active,
        branches=query.branches,
        accounts=frozenset(query.account_ids) or None,
    )
    sheet = trial_balance.build(books(ctx), asked)
    numbers = query.number_format.settings(ctx.base_currency)
    return Statement(
        query=_echo(ctx, query, from_date, to_date),
        meta=meta_of(ctx, "Trial Balance Sheet") | _range(from_date, to_date, " to "),
        sheet=sheet,
        numbers=numbers,
        data=lambda: plain_json.trial_balance(sheet, numbers),
    )


def balance_sheet_statement(ctx: TenantContext, query: BalanceSheetQuery) -> Statement:
    """The balance sheet as of the end of the period, or of the ends of periods.

    Raises:
        DATE_RANGE_INVERTED, TOO_MANY_PERIODS.

    """
    _leave_loop(ctx, query)
    from_date, to_date = _period(ctx, query)
    asked = balance_sheet.Query(
        from_date=from_date,
        to_date=to_date,
        fiscal_month=fiscal_month(ctx.organization.fiscal_year),
        rows=RowFilter(none_zero=query.none_zero, none_transactions=query.none_transactions),
        branches=query.branches,
        unit=query.unit,
        compare=query.compare,
    )
    numbers = query.number_format.settings(ctx.base_currency)
    sheet = balance_sheet.build(books(ctx), asked)
    _expect(ctx, sheet)
    day = format_date(to_date, DAY_FORMAT)
    meta = meta_of(ctx, "Balance Sheet Statement") | {"formatted_as_date": day, "formatted_date_range": f"As {day}"}
    return Statement(
        query=_echo(ctx, query, from_date, to_date),
        meta=meta,
        sheet=sheet,
        numbers=numbers,
        data=lambda: plain_json.balance_sheet(sheet, numbers, query.percentages),
        percentages=query.percentages,
    )


def profit_loss_sheet(ctx: TenantContext, query: ProfitLossQuery) -> Statement:
    """The profit and loss of the period, or of several.

    Raises:
        DATE_RANGE_INVERTED, TOO_MANY_PERIODS.

    """
    _leave_loop(ctx, query)
    from_date, to_date = _period(ctx, query)
    asked = profit_loss.Query(
        from_date=from_date,
        to_date=to_date,
        fiscal_month=fiscal_month(ctx.organization.fiscal_year),
        rows=RowFilter(none_zero=query.none_zero, none_transactions=query.none_transactions),
        branches=query.branches,
        unit=query.unit,
        compare=query.compare,
    )
    numbers = query.number_format.settings(ctx.base_currency)
    sheet = profit_loss.build(books(ctx), asked)
    _expect(ctx, sheet)
    return Statement(
        query=_echo(ctx, query, from_date, to_date),
        meta=meta_of(ctx, "Profit & Loss Statement") | _range(from_date, to_date, " | To "),
        sheet=sheet,
        numbers=numbers,
        data=lambda: plain_json.profit_loss(sheet, numbers, query.percentages),
        percentages=query.percentages,
    )


def cash_flow_statement(ctx: TenantContext, query: CashFlowQuery) -> Statement:
    """The cash flow of the period, or of several.

    Raises:
        DATE_RANGE_INVERTED, TOO_MANY_PERIODS.

    """
    _leave_loop(ctx, query)
    from_date, to_date = _period(ctx, query)
    asked = cash_flow.Query(
        from_date=from_date,
        to_date=to_date,
        fiscal_month=fiscal_month(ctx.organization.fiscal_year),
        rows=RowFilter(none_zero=query.none_zero, none_transactions=query.none_transactions),
        branches=query.branches,
        unit=query.unit,
    )
    sheet, numbers = cash_flow.build(books(ctx), asked), query.number_format.settings(ctx.base_currency)
    _expect(ctx, sheet)
    return Statement(
        query=_echo(ctx, query, from_date, to_date),
        meta=meta_of(ctx, "Statement of Cash Flow") | _range(from_date, to_date, " | To "),
        sheet=sheet,
        numbers=numbers,
        data=lambda: plain_json.cash_flow(sheet, numbers),
    )


_MANY_COLUMNS = frozenset({Unit.DAY, Unit.WEEK})


def _leave_loop(ctx: TenantContext, query: ColumnsQuery) -> None:
    """Have a sheet of many columns built by a reader thread, so that others are answered meanwhile."""
    if query.unit in _MANY_COLUMNS and ctx.connect is None:
        raise ColdValueError("a sheet of many columns")


def _expect(ctx: TenantContext, sheet: Sheet) -> None:
    """Have a sheet of very many figures written elsewhere."""
    ctx.expect_rows(len(ctx.warm.get(CHART).accounts) * len(sheet.columns) // FIGURES_A_ROW)


def _period(ctx: TenantContext, query: StatementQuery) -> tuple[date, date]:
    first_month = fiscal_month(ctx.organization.fiscal_year)
    return report_period(query.from_date, query.to_date, today=ctx.today(), first_month=first_month)


def _echo(ctx: TenantContext, query: StatementQuery, from_date: date, to_date: date) -> dict[str, Any]:
    """The query with its defaults, as it was understood."""
    echo = query.model_dump()
    echo |= {"from_date": from_date.isoformat(), "to_date": to_date.isoformat()}
    echo["number_format"]["precision"] = query.number_format.settings(ctx.base_currency).precision
    if not query.branches_ids:
        del echo["branches_ids"]
    return echo


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


def _range(from_date: date, to_date: date, between: str) -> dict[str, Any]:
    first, last = format_date(from_date, DAY_FORMAT), format_date(to_date, DAY_FORMAT)
    return {"formatted_from_date": first, "formatted_to_date": last, "formatted_date_range": f"From {first}{between}{last}"}
