"""The cells of a line under a column: its amount, percentages and comparisons, with the text of each (reports.md 5, 8 and 9).

Both plain JSON and tables are made of these, so every renderer shows the same figures.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from enum import StrEnum

from domain.kit.money import ZERO, from_scaled
from domain.reports.layout import Column, Comparison, Layout
from domain.reports.number_format import NumberFormat, Style, percent_text
from domain.reports.sheet import Figures, Node

_RATIO = Context(prec=16)


class CellKind(StrEnum):
    """What a cell holds."""

    MONEY = "money"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class Cell:
    """One typed value and how it is written: an amount in base currency, or a ratio (1 is 100 %)."""

    kind: CellKind
    value: Decimal
    text: str


def money_cell(scaled: int, numbers: NumberFormat, style: Style) -> Cell:
    """An amount."""
    return Cell(CellKind.MONEY, from_scaled(scaled), numbers.text(scaled, style))


def percent_cell(part: int, whole: int, *, zero: bool) -> Cell:
    """One amount as a share of another; nothing is a share of 0. The text of a zero share is hidden unless wanted."""
    share = ratio(part, whole)
    return Cell(CellKind.PERCENT, share, percent_text(share, zero=zero))


def ratio(part: int, whole: int) -> Decimal:
    """The quotient with 16 digits; 0 where the whole is 0."""
    return _RATIO.divide(Decimal(part), Decimal(whole)) if whole and part else ZERO


@dataclass(frozen=True, slots=True)
class Percentage:
    """A percentage that stands beside amounts: its key in a node, key and heading of its column, and what is 100 %.

    `base` holds the figures of the line that is 100 % of each column; None is the line's own overall total.
    """

    key: str
    column_key: str
    label: str
    base: Figures | None


OF_COLUMN, OF_ROW = "% of Column", "% of Row"
"""Headings of percentages."""


@dataclass(frozen=True)
class CellRules:
    """How a statement writes its cells."""

    layout: Layout
    numbers: NumberFormat
    signed_shares: bool = False
    """Whether sections show a percentage of zero in the total column (profit and loss)."""

    def cells(self, node: Node, column: Column, percentages: Sequence[Percentage]) -> Mapping[str, Cell]:
        """The cells of a line under a column, by key, in the order of columns: `total`, percentages, comparisons."""
        in_total = column is self.layout.total
        style = style_of_line(node) if in_total else Style.PERIOD
        figures = node.figures
        amount = figures[column.figure]
        cells = {"total": money_cell(amount, self.numbers, style)}
        shown = self.signed_shares and in_total and node.account is None
        for percentage in percentages:
            whole = figures[0] if percentage.base is None else percentage.base[column.figure]
            cells[percentage.key] = percent_cell(amount, whole, zero=shown)
        compare, plain = self.layout.compare, node.account is not None
        if column.previous_year is not None:
            other = figures[column.previous_year.figure]
            cells |= self._compared(compare.year_parts, amount, other, (plain, plain, plain))
        if column.previous_period is not None:
            other = figures[column.previous_period.figure]
            # The computed lines of equity are written like accounts here, as on the reference (reports.md section 8).
            computed = node.kind in {"NET_INCOME", "RETAINED_EARNINGS"}
            rest = plain or (computed and in_total)
            cells |= self._compared(compare.period_parts, amount, other, (plain or computed, rest, rest))
        return cells

    def headings(self, column: Column, percentages: Sequence[Percentage]) -> tuple[tuple[str, str], ...]:
        """Key and heading of each of these cells, in the same order; a comparison is headed by its last day."""
        headings = [("total", "Total"), *((percentage.column_key, percentage.label) for percentage in percentages)]
        for parts, comparison, mark in (
            (self.layout.compare.year_parts, column.previous_year, "PY"),
            (self.layout.compare.period_parts, column.previous_period, "PP"),
        ):
            if comparison is not None:
                headings += [(part, _heading(part, comparison, mark)) for part in parts]
        return tuple(headings)

    def _compared(self, parts: Sequence[str], amount: int, other: int, plain: tuple[bool, bool, bool]) -> dict[str, Cell]:
        """The amount compared with, the change and its percentage; `plain` says which are written as account lines."""
        cells: dict[str, Cell] = {}
        for part in parts:
            if part.endswith("_percentage"):
                cells[part] = percent_cell(amount - other, other, zero=not plain[2])
            elif part.endswith("_change"):
                cells[part] = money_cell(amount - other, self.numbers, Style.ROW if plain[1] else Style.TOTAL)
            else:
                cells[part] = money_cell(other, self.numbers, Style.ROW if plain[0] else Style.TOTAL)
        return cells


def _heading(part: str, comparison: Comparison, mark: str) -> str:
    if part.endswith("_percentage"):
        return f"% Change ({mark})"
    return f"Change ({mark})" if part.endswith("_change") else f"{comparison.shown.last.isoformat()} ({mark})"


def style_of_line(node: Node) -> Style:
    """How the amounts of a line are written where nothing else is said: accounts plainly, all else as totals."""
    return Style.TOTAL if node.account is None else Style.ROW
