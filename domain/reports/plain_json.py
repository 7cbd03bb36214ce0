"""Statements as plain JSON (reports.md sections 4 and 11 to 13)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from domain.kit.money import from_scaled
from domain.kit.wire import iso_day
from domain.ledger.daily import Sums
from domain.reports.cash_flow import CASH_TYPES, reduces_cash
from domain.reports.cells import Cell, CellKind, CellRules, Percentage, balance_percentages, cash_cell, profit_percentages
from domain.reports.layout import Column, Layout
from domain.reports.number_format import NumberFormat
from domain.reports.schemas import ADJUSTMENTS
from domain.reports.sheet import Node, Sheet
from domain.reports.trial_balance import TrialBalance, TrialLine


def trial_balance(sheet: TrialBalance, numbers: NumberFormat) -> dict[str, Any]:
    """`data` of the trial balance."""
    return {
        "accounts": [_trial_line(line, numbers) for line in sheet.lines],
        "total": _trial_sums(sheet.total, numbers, total=True),
    }


def _trial_line(line: TrialLine, numbers: NumberFormat) -> dict[str, Any]:
    account = line.account
    return {
        "id": account.id,
        "parent_account_id": account.parent_account_id,
        "name": account.name,
        "formatted_name": f"{account.name} - {account.code}" if account.code else account.name,
        "code": account.code,
        "account_normal": account.normal.value,
        **_trial_sums(line.sums, numbers, total=False),
        "children": [_trial_line(child, numbers) for child in line.children],
    }


def _trial_sums(sums: Sums, numbers: NumberFormat, *, total: bool) -> dict[str, Any]:
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


class _Lines(NamedTuple):
    """What all lines of a sheet share."""

    rules: CellRules
    percentages: Sequence[Percentage]
    days: Sequence[Mapping[str, Any]]
    """The days of each period."""

    def figures(self, node: Node) -> dict[str, Any]:
        """The total of a line with what stands beside it, and the same by period as `horizontal_totals`."""
        layout = self.rules.layout
        form = self._cells(node, layout.total)
        if layout.periods is not None:
            form["horizontal_totals"] = [
                {**days, **self._cells(node, column)} for days, column in zip(self.days, layout.periods, strict=True)
            ]
        return form

    def _cells(self, node: Node, column: Column) -> dict[str, Any]:
        currency = self.rules.numbers.currency
        return {key: cell_object(cell, currency) for key, cell in self.rules.cells(node, column, self.percentages).items()}


def balance_sheet(sheet: Sheet, numbers: NumberFormat, wanted: Collection[str] = ()) -> list[dict[str, Any]]:
    """`data` of the balance sheet, with the percentages wanted (`percentage_of_column`, `percentage_of_row`)."""
    rules, days = CellRules(sheet.layout, numbers), [_days(column) for column in sheet.layout.periods or ()]
    return [_balance_node(node, _Lines(rules, balance_percentages(node, wanted), days)) for node in sheet.nodes]


def _balance_node(node: Node, lines: _Lines) -> dict[str, Any]:
    form: dict[str, Any] = {"name": node.label, "id": node.id, "node_type": node.kind}
    if node.account is not None:
        form |= {"index": node.account.index, "code": node.account.code}
    elif node.kind == "AGGREGATE":
        form["type"] = node.kind
    form |= lines.figures(node)
    form["children"] = [_balance_node(child, lines) for child in node.children]
    return form


def profit_loss(sheet: Sheet, numbers: NumberFormat, wanted: Collection[str] = ()) -> list[dict[str, Any]]:
    """`data` of the profit and loss sheet, with the percentages wanted (`percentage_income` and so on)."""
    rules, days = CellRules(sheet.layout, numbers, signed_shares=True), [_days(column) for column in sheet.layout.periods or ()]
    lines = _Lines(rules, profit_percentages(sheet, wanted), days)
    return [_profit_node(node, lines) for node in sheet.nodes]


def _profit_node(node: Node, lines: _Lines) -> dict[str, Any]:
    form: dict[str, Any] = {"id": node.id, "name": node.label, "node_type": node.kind, **lines.figures(node)}
    if node.children or node.kind == "ACCOUNTS":
        form["children"] = [_profit_node(child, lines) for child in node.children]
    return form


def _days(column: Column) -> dict[str, Any]:
    """The first and last day of a period, and of what it is compared with."""
    form = period_days(column)
    for key, comparison in (("previous_year", column.previous_year), ("previous_period", column.previous_period)):
        if comparison is not None:
            form[f"{key}_from_date"] = date_object(comparison.shown.first)
            form[f"{key}_to_date"] = date_object(comparison.shown.last)
    return form


def period_days(column: Column) -> dict[str, Any]:
    """The first and last day of a period."""
    if column.shown is None:
        return {}
    return {"from_date": date_object(column.shown.first), "to_date": date_object(column.shown.last)}


def date_object(day: date) -> dict[str, str]:
    """A day as reports write it."""
    return {"formatted_date": day.isoformat(), "date": iso_day(day)}


def cell_object(cell: Cell, currency: str) -> dict[str, Any]:
    """The amount object of a cell; a percentage has no currency."""
    form = {"amount": cell.value, "formatted_amount": cell.text}
    if cell.kind is CellKind.MONEY:
        form["currency_code"] = currency
    return form


def cash_flow(sheet: Sheet, numbers: NumberFormat) -> list[dict[str, Any]]:
    """`data` of the statement of cash flow."""
    days = [period_days(column) for column in sheet.layout.periods or ()]
    return [_cash_node(node, sheet.layout, numbers, days) for node in sheet.nodes]


def _cash_node(node: Node, layout: Layout, numbers: NumberFormat, days: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    form: dict[str, Any] = {"id": node.id, "label": node.label, "section_type": node.kind}
    if node.account is not None:
        account = node.account
        form |= {"code": account.code, "account_type": account.account_type}
        if account.account_type not in CASH_TYPES:
            form["adjustment_type"] = ADJUSTMENTS[reduces_cash(account.account_type)]
    if node.footer is not None:
        form["footer_label"] = node.footer
    form["total"] = cell_object(cash_cell(node, layout.total, layout, numbers), numbers.currency)
    if layout.periods is not None:
        form["periods"] = [
            {**day, "total": cell_object(cash_cell(node, column, layout, numbers), numbers.currency)}
            for day, column in zip(days, layout.periods, strict=True)
        ]
    if node.account is None and node.kind not in _CHILDLESS:
        form["children"] = [_cash_node(child, layout, numbers, days) for child in node.children]
    return form


_CHILDLESS = {"NET_INCOME", "TOTAL"}
