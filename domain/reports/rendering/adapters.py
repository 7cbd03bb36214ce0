"""Statements as tables (reports-tables.md sections C to E and H). Only this file and `contact_tables.py` know accounting here.

How another sheet plugs in: write a function `Statement → Table` beside these (or in a file of its own) and name it in the endpoint
(see `negotiation.respond`). It gives `table(statement, columns, rows)` its columns in the order of the wire, and rows whose first
cell is the name; `money`, `words` and `total_row` make what most rows need. Rows may come from a generator.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Protocol

from domain.kit.currencies import symbol
from domain.kit.money import from_scaled
from domain.reports import cells
from domain.reports.layout import Column as LayoutColumn
from domain.reports.number_format import NumberFormat, Style
from domain.reports.rendering.table import Cell, Column, Emphasis, Heading, Kind, NumberStyle, Row, Table
from domain.reports.sheet import Node, Sheet
from domain.reports.trial_balance import TrialBalance, TrialLine

_CLOSING = {"ASSETS", "LIABILITY_EQUITY", "CASH_END_PERIOD"}


class Statement(Protocol):
    """What an adapter reads of what a use case answers."""

    @property
    def meta(self) -> dict[str, Any]:
        """Who, what, and over which period."""

    @property
    def sheet(self) -> Any:
        """The sheet, of the type that the adapter is for."""

    @property
    def numbers(self) -> NumberFormat:
        """How amounts are written."""

    @property
    def percentages(self) -> frozenset[str]:
        """The percentages asked for."""


class _Headed(Protocol):
    @property
    def meta(self) -> dict[str, Any]: ...

    @property
    def numbers(self) -> NumberFormat: ...


def table(statement: _Headed, columns: Sequence[Column], rows: Iterable[Row], *, indexed: bool = True) -> Table:
    """A table under the heading of its statement."""
    style = style_of(statement.numbers)
    return Table(heading=Heading.of(statement.meta), columns=tuple(columns), rows=rows, numbers=style, indexed=indexed)


def style_of(numbers: NumberFormat) -> NumberStyle:
    """How a reader's program is to write what we write so."""
    return NumberStyle(
        places=numbers.precision,
        sign=symbol(numbers.currency),
        parentheses=numbers.parentheses,
        thousands=numbers.divide_on_1000,
        red=numbers.red,
    )


def words(key: str, text: str | None) -> Cell:
    """A cell of words; empty for none."""
    return Cell(key, text or "")


def money(key: str, scaled: int, numbers: NumberFormat, style: Style) -> Cell:
    """A cell of an amount in base currency."""
    return Cell(key, numbers.text(scaled, style), from_scaled(scaled), Kind.MONEY)


def total_row(of: Row, *, closing: bool = False) -> Row:
    """The row that a group ends with: "Total" and the group's name, its figures, its id."""
    name = of.cells[0]
    total = replace(name, text=f"Total {name.text}")
    return Row((total, *of.cells[1:]), ("TOTAL",), of.id, (), Emphasis.CLOSING if closing else Emphasis.TOTAL)


def figure(key: str, cell: cells.Cell) -> Cell:
    """A cell of a statement under its key on the wire."""
    if isinstance(cell.value, str):
        return Cell(key, cell.text)
    return Cell(key, cell.text, cell.value, Kind(cell.kind.value))


# ---- trial balance

_TRIAL_COLUMNS = (
    Column("account", "Account"),
    Column("debit", "Debit", Kind.MONEY),
    Column("credit", "Credit", Kind.MONEY),
    Column("total", "Total", Kind.MONEY),
)


def trial_balance(statement: Statement) -> Table:
    """The trial balance; no rows where nothing was posted."""
    sheet: TrialBalance = statement.sheet
    numbers = statement.numbers

    def figures(line: TrialLine | TrialBalance, style: Style) -> Iterator[Cell]:
        sums = line.sums if isinstance(line, TrialLine) else line.total
        for key, scaled in (("debit", sums.debit), ("credit", sums.credit), ("total", sums.movement)):
            yield money(key, scaled, numbers, style)

    def row(line: TrialLine) -> Row:
        account = line.account
        name = words("account", f"{account.name} - {account.code}" if account.code else account.name)
        return Row((name, *figures(line, Style.ROW)), ("ACCOUNT",), account.id, tuple(row(child) for child in line.children))

    rows = [row(line) for line in sheet.lines]
    if rows:
        rows.append(Row((words("account", ""), *figures(sheet, Style.TOTAL)), ("TOTAL",), "total", (), Emphasis.CLOSING))
    return table(statement, _TRIAL_COLUMNS, rows)


# ---- statements of nodes


def balance_sheet(statement: Statement) -> Table:
    """The balance sheet."""
    sheet: Sheet = statement.sheet
    rules = cells.CellRules(sheet.layout, statement.numbers)
    rows = [
        _row(node, _cells(rules, cells.balance_percentages(node, statement.percentages)), lambda found: (found.kind,))
        for node in sheet.nodes
    ]
    # The keys and labels of the columns are those of any top-level line, also where there is none.
    percentages = cells.balance_percentages(Node("", "", "", ()), statement.percentages)
    return table(statement, _columns(sheet, percentages), rows)


def profit_loss(statement: Statement) -> Table:
    """The profit and loss sheet."""
    sheet: Sheet = statement.sheet
    rules = cells.CellRules(sheet.layout, statement.numbers, signed_shares=True)
    percentages = cells.profit_percentages(sheet, statement.percentages)
    line = _cells(rules, percentages)

    def types(node: Node) -> tuple[str, ...]:
        return ("TOTAL",) if node.kind == "EQUATION" else (node.kind,)

    rows = [_row(node, line, types) for node in sheet.nodes]
    return table(statement, _columns(sheet, percentages), rows)


_NodeCells = Callable[[Node], tuple[Cell, ...]]


def _row(node: Node, line: _NodeCells, types: Callable[[Node], tuple[str, ...]]) -> Row:
    row = Row(line(node), types(node), node.id, (), _emphasis(node))
    if not node.children:
        return row
    below = tuple(_row(child, line, types) for child in node.children)
    return replace(row, children=(*below, total_row(row, closing=node.id in _CLOSING)), emphasis=Emphasis.HEADING)


def _emphasis(node: Node) -> Emphasis:
    if node.kind == "EQUATION":
        return Emphasis.CLOSING if node.id == "NET_INCOME" else Emphasis.TOTAL
    return Emphasis.NONE


_COMPARED = ("previous_year", "previous_period")


def _columns(sheet: Sheet, percentages: Sequence[cells.Percentage]) -> tuple[Column, ...]:
    """The name and, for the total or each period, a column, or a group of the amount, its percentages and comparisons."""
    columns = [Column("name", "Account name")]
    for column in sheet.layout.shown:
        rest = [Column(item.column_key, item.label, Kind.PERCENT) for item in percentages]
        rest += _comparisons(sheet, column)
        children = (Column("total", "Total", Kind.MONEY), *rest) if rest else ()
        columns.append(Column(column.key, column.label, Kind.MONEY, children))
    return tuple(columns)


def _comparisons(sheet: Sheet, column: LayoutColumn) -> Iterator[Column]:
    compare = sheet.layout.compare
    for comparison, parts, mark in (
        (column.previous_year, compare.year_parts, "PY"),
        (column.previous_period, compare.period_parts, "PP"),
    ):
        if comparison is None:
            continue
        for part in parts:
            if part.endswith("_percentage"):
                yield Column(part, f"% Change ({mark})", Kind.PERCENT)
            elif part.endswith("_change"):
                yield Column(part, f"Change ({mark})", Kind.MONEY)
            else:
                yield Column(part, f"{comparison.shown.last.isoformat()} ({mark})", Kind.MONEY)


_OF = {"percentage_column": "percentage_of_column", "percentage_row": "percentage_of_row"}


def _cells(rules: cells.CellRules, percentages: Sequence[cells.Percentage]) -> _NodeCells:
    """What writes the cells of a line. Keys of percentages differ by statement, and by period, as on the wire."""

    def key(name: str, column: LayoutColumn) -> str:
        if name == "total":
            return column.key
        if not name.startswith("percentage_"):
            return name
        if column is rules.layout.total:
            return name if rules.signed_shares else _OF[name]
        return f"{_OF.get(name, name)}-{column.key.removeprefix('date-range-')}"

    def line(node: Node) -> tuple[Cell, ...]:
        found = [Cell("name", node.label)]
        for column in rules.layout.shown:
            found += [figure(key(name, column), cell) for name, cell in rules.cells(node, column, percentages).items()]
        return tuple(found)

    return line


def cash_flow(statement: Statement) -> Table:
    """The statement of cash flow: its sections end with their footers, and the overall total is the last column."""
    sheet: Sheet = statement.sheet
    layout, numbers = sheet.layout, statement.numbers
    shown = (*(layout.periods or ()), layout.total)

    def row(node: Node) -> Row:
        figures = (figure(column.key, cells.cash_cell(node, column, layout, numbers)) for column in shown)
        line = (words("name", node.label), *figures)
        types = _CASH_TYPES.get(node.kind, (node.kind,))
        id_ = node.id if node.account is None else f"account-{node.id}"
        if not node.children:
            closing = Emphasis.CLOSING if node.id in _CLOSING else Emphasis.TOTAL
            return Row(line, types, id_, (), closing if types == ("TOTAL",) else Emphasis.NONE)
        below = tuple(row(child) for child in node.children)
        footer = words("name", node.footer or f"Total {node.label}")
        return Row(line, types, id_, (*below, Row((footer, *line[1:]), ("TOTAL",), emphasis=Emphasis.TOTAL)), Emphasis.HEADING)

    columns = (Column("name", "Account name"), *(Column(column.key, column.label, Kind.MONEY) for column in shown))
    return table(statement, columns, [row(node) for node in sheet.nodes], indexed=False)


_CASH_TYPES = {"NET_INCOME": ("NET_INCOME", "TOTAL"), "CASH_AT_BEGINNING": ("AGGREGATE",)}
