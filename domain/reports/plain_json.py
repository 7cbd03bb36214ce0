"""What the lines of statements have in common as plain JSON (reports.md section 4)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from domain.kit.wire import iso_day
from domain.reports.cells import Cell, CellKind, CellRules, Percentage
from domain.reports.layout import Column, Layout
from domain.reports.sheet import Node


class Lines(NamedTuple):
    """What all lines of a sheet share."""

    rules: CellRules
    percentages: Sequence[Percentage]
    days: Sequence[Mapping[str, Any]]
    """The days of each period: see `days_of`."""

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


def days_of(layout: Layout) -> list[dict[str, Any]]:
    """The first and last day of each period, and of what it is compared with."""
    return [_days(column) for column in layout.periods or ()]


def _days(column: Column) -> dict[str, Any]:
    form = {}
    spans = (("", column), ("previous_year_", column.previous_year), ("previous_period_", column.previous_period))
    for prefix, part in spans:
        if part is not None and part.shown is not None:
            form[f"{prefix}from_date"] = _day(part.shown.first)
            form[f"{prefix}to_date"] = _day(part.shown.last)
    return form


def _day(day: date) -> dict[str, str]:
    return {"formatted_date": day.isoformat(), "date": iso_day(day)}


def cell_object(cell: Cell, currency: str) -> dict[str, Any]:
    """The amount object of a cell; a percentage has no currency."""
    form = {"amount": cell.value, "formatted_amount": cell.text}
    if cell.kind is CellKind.MONEY:
        form["currency_code"] = currency
    return form
