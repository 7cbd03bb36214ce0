"""What the tables of reports are made of (reports-tables.md): cells, and the rows and columns of statements that have lines.

A sheet's table is `table_of(statement, columns, rows)`: columns in the order of the wire, and rows whose first cell is the name.
Rows may come from a generator.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from domain.kit.currencies import symbol
from domain.kit.money import from_scaled
from domain.reports import cells
from domain.reports.layout import Column as LayoutColumn
from domain.reports.number_format import NumberFormat, Style
from domain.reports.rendering.table import Cell, Column, Emphasis, Heading, Kind, NumberStyle, Row, Table
from domain.reports.sheet import Node


class _Headed(Protocol):
    @property
    def meta(self) -> dict[str, Any]: ...

    @property
    def numbers(self) -> NumberFormat: ...


def table_of(statement: _Headed, columns: Sequence[Column], rows: Iterable[Row], *, indexed: bool = True) -> Table:
    """A table under the heading of its statement."""
    return headed(statement.meta, statement.numbers, columns, rows, indexed=indexed)


def headed(
    meta: Mapping[str, Any], numbers: NumberFormat, columns: Sequence[Column], rows: Iterable[Row], *, indexed: bool
) -> Table:
    """A table under a heading, figures as a reader's program is to write what we write so."""
    style = NumberStyle(
        places=numbers.precision,
        sign=symbol(numbers.currency),
        parentheses=numbers.parentheses,
        thousands=numbers.divide_on_1000,
        red=numbers.red,
    )
    return Table(heading=Heading.of(meta), columns=tuple(columns), rows=rows, numbers=style, indexed=indexed)


def words(key: str, text: str | None) -> Cell:
    """A cell of words; empty for none."""
    return Cell(key, text or "")


def money(key: str, scaled: int, numbers: NumberFormat, style: Style) -> Cell:
    """A cell of an amount in base currency."""
    return Cell(key, numbers.text(scaled, style), from_scaled(scaled), Kind.MONEY)


def figure(key: str, cell: cells.Cell) -> Cell:
    """A cell of a statement under its key on the wire."""
    return Cell(key, cell.text, cell.value, Kind(cell.kind.value))


def total_row(of: Row, emphasis: Emphasis) -> Row:
    """The row that a group ends with: "Total" and the group's name, its figures, its id."""
    name = of.cells[0]
    total = replace(name, text=f"Total {name.text}")
    return Row((total, *of.cells[1:]), ("TOTAL",), of.id, (), emphasis)


# ---- statements of lines with columns beside each other: balance sheet, profit and loss

NodeCells = Callable[[Node], tuple[Cell, ...]]


def node_row(node: Node, line: NodeCells, closing: Collection[int | str]) -> Row:
    """A line with those below it and their total; `closing` are the lines that end the statement."""
    total = Emphasis.CLOSING if node.id in closing else Emphasis.TOTAL
    if node.kind == "EQUATION":
        return Row(line(node), ("TOTAL",), node.id, (), total)
    row = Row(line(node), (node.kind,), node.id)
    if not node.children:
        return row
    below = tuple(node_row(child, line, closing) for child in node.children)
    return replace(row, children=(*below, total_row(row, total)), emphasis=Emphasis.HEADING)


def node_columns(rules: cells.CellRules, percentages: Sequence[cells.Percentage]) -> tuple[Column, ...]:
    """The name and, for the total or each period, a column, or a group of the amount, its percentages and comparisons."""
    columns = [Column("name", "Account name")]
    for column in rules.layout.shown:
        headings = rules.headings(column, percentages)
        group = tuple(Column(key, label, _kind(key)) for key, label in headings) if len(headings) > 1 else ()
        columns.append(Column(column.key, column.label, Kind.MONEY, group))
    return tuple(columns)


def _kind(key: str) -> Kind:
    return Kind.PERCENT if "percentage" in key else Kind.MONEY


_OF = {"percentage_column": "percentage_of_column", "percentage_row": "percentage_of_row"}


def node_cells(rules: cells.CellRules, percentages: Sequence[cells.Percentage]) -> NodeCells:
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
