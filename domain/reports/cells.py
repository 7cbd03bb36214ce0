"""The cells of a line under a column: its amount, percentages and comparisons, with the text of each (reports.md 5, 8 and 9).

Both plain JSON and tables are made of these, so every renderer shows the same figures.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from enum import StrEnum

from domain.kit.money import ZERO, from_scaled
from domain.reports.cash_flow import CASH_TYPES
from domain.reports.layout import Column, Comparison, Layout
from domain.reports.number_format import NumberFormat, Style, percent_text
from domain.reports.sheet import Figures, Node, Sheet

_RATIO = Context(prec=16)


class CellKind(StrEnum):
    """What a cell holds."""

    TEXT = "text"
    MONEY = "money"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class Cell:
    """One typed value and how it is written: text, an amount in base currency, or a ratio (1 is 100 %)."""

    kind: CellKind
    value: Decimal | str
    text: str


def text_cell(text: str) -> Cell:
    """A cell of words."""
    return Cell(CellKind.TEXT, text, text)


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


BALANCE_PERCENTAGES = ("percentage_of_column", "percentage_of_row")
PROFIT_PERCENTAGES = ("percentage_income", "percentage_expense", "percentage_column", "percentage_row")
"""Parameters that ask for percentages, in the order of the columns."""
_OF_COLUMN, _OF_ROW = "% of Column", "% of Row"


def balance_percentages(top: Node, wanted: Collection[str]) -> tuple[Percentage, ...]:
    """The percentages of the lines below a top-level line of the balance sheet, which is 100 % of a column."""
    known = {
        "percentage_of_column": Percentage("percentage_column", "percentage_of_column", _OF_COLUMN, top.figures),
        "percentage_of_row": Percentage("percentage_row", "percentage_of_row", _OF_ROW, None),
    }
    return tuple(known[key] for key in BALANCE_PERCENTAGES if key in wanted)


def profit_percentages(sheet: Sheet, wanted: Collection[str]) -> tuple[Percentage, ...]:
    """The percentages of the lines of the profit and loss sheet."""
    figures = {node.id: node.figures for node in sheet.nodes}
    zero = (0,) * len(sheet.columns)
    known = {
        "percentage_income": Percentage("percentage_income", "percentage_income", "% of Income", figures.get("INCOME", zero)),
        "percentage_expense": Percentage(
            "percentage_expense", "percentage_expenses", "% of Expenses", figures.get("EXPENSES", zero)
        ),
        "percentage_column": Percentage("percentage_column", "percentage_column", _OF_COLUMN, figures.get("NET_INCOME", zero)),
        "percentage_row": Percentage("percentage_row", "percentage_row", _OF_ROW, None),
    }
    return tuple(known[key] for key in PROFIT_PERCENTAGES if key in wanted)


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
        style = _style(node) if in_total else Style.PERIOD
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


def _style(node: Node) -> Style:
    return Style.TOTAL if node.account is None else Style.ROW


def cash_cell(node: Node, column: Column, layout: Layout, numbers: NumberFormat) -> Cell:
    """A line's amount in the statement of cash flow: cash at the beginning is written as a period also by account."""
    at_beginning = node.account is not None and node.account.account_type in CASH_TYPES
    if node.kind == "NET_INCOME":
        style = Style.ROW
    elif column is not layout.total and (node.account is None or at_beginning):
        style = Style.PERIOD
    else:
        style = _style(node)
    return money_cell(node.figures[column.figure], numbers, style)
