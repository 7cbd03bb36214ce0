"""A report as a table: what every renderer starts from, and all it knows. Pure, and without accounting.

A sheet becomes a table by a function in its own file, of its statement or listing, that names the columns and yields the rows.
Cells carry both the typed value and its text, so that every renderer shows the same figures.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What a cell holds. All but text and days stand to the right, in figures of equal width."""

    TEXT = "text"
    DATE = "date"
    MONEY = "money"
    """An amount in base currency, in its major unit."""
    QUANTITY = "quantity"
    PERCENT = "percent"
    """A ratio: 1 is 100 %."""

    @property
    def numeric(self) -> bool:
        """Whether it is a figure."""
        return self not in {Kind.TEXT, Kind.DATE}


class Emphasis(StrEnum):
    """How much a row stands out."""

    NONE = "none"
    HEADING = "heading"
    """Begins a group; its figures are those of the group's total row."""
    TOTAL = "total"
    CLOSING = "closing"
    """The last total of a statement: ruled off twice."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column, or a group of columns under one label. `children` is None where the wire has no such key."""

    key: str
    label: str
    kind: Kind = Kind.TEXT
    children: tuple["Column", ...] | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One value under a column, by position. `text` is what people read; empty where the value is hidden or missing."""

    key: str
    text: str
    value: Decimal | int | date | None = None
    """The value behind the text of a figure or a day; None where the text is all."""
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Row:
    """A line with those nested under it. A row may have fewer cells than the table has columns: the rest are empty."""

    cells: tuple[Cell, ...]
    types: tuple[str, ...] = ()
    id: int | str | None = None
    children: tuple["Row", ...] = ()
    emphasis: Emphasis = Emphasis.NONE
    document: tuple[str, int] | None = None
    """The type and id of the document behind a ledger line: with them all its lines can be fetched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What stands above the table on paper."""

    organization: str
    title: str
    period: str
    base_currency: str

    @classmethod
    def of(cls, meta: Mapping[str, Any]) -> "Heading":
        """From the meta of a statement."""
        return cls(
            organization=meta["organization_name"],
            title=meta["sheet_name"],
            period=meta.get("formatted_date_range") or meta.get("formatted_as_date") or "",
            base_currency=meta["base_currency"],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberStyle:
    """How figures are written where the reader's program formats them: decimal places 0 to 5, and the base currency's sign."""

    places: int
    sign: str
    parentheses: bool = False
    """Negative figures in parentheses instead of after a minus."""
    thousands: bool = False
    """Shown in thousands; values stay whole."""
    red: bool = False
    """Negative figures in red, where there is colour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table. `rows` may be made while they are read, once: a listing need not fit in memory as rows."""

    heading: Heading
    columns: tuple[Column, ...]
    rows: Iterable[Row]
    numbers: NumberStyle
    indexed: bool = True
    """Whether the wire tells the place of each column (`cell_index`); some reports never did."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A column that holds cells, with the labels of the groups that it is in, joined; empty for none."""

    group: str
    label: str
    kind: Kind

    @property
    def heading(self) -> str:
        """The heading where there is one line for it."""
        return f"{self.group} / {self.label}" if self.group else self.label


def leaves(columns: Iterable[Column], group: str = "") -> Iterator[Leaf]:
    """The columns that hold cells, from left to right."""
    for column in columns:
        leaf = Leaf(group, column.label, column.kind)
        if column.children:
            yield from leaves(column.children, leaf.heading)
        else:
            yield leaf


@dataclass(frozen=True, slots=True)
class FlatRow:
    """A row with its depth: 1 at the top level."""

    row: Row
    depth: int


def flatten(rows: Iterable[Row], depth: int = 1) -> Iterator[FlatRow]:
    """All rows, a parent before its children."""
    for row in rows:
        yield FlatRow(row, depth)
        if row.children:
            yield from flatten(row.children, depth + 1)


def clean(text: str) -> str:
    """Text that any file may hold: control characters, and halves of surrogate pairs, become spaces."""
    return text if text.isprintable() else "".join(_printable(character) for character in text)


def _printable(character: str) -> str:
    unfit = character < " " or "\x7f" <= character <= "\x9f" or "\ud800" <= character <= "\udfff" or character in "\ufffe\uffff"
    return " " if unfit else character
