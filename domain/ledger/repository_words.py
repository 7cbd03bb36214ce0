"""What the columns of the ledger do not hold: the words and positions of chosen lines, read in bulk by their ids."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, String, cast, select

from domain.ledger.tables import ledger_lines

IDS_AT_ONCE_MAX = 500
"""Ids named in one statement, below any server's limit of parameters."""
STRETCH_LINES = 5_000
"""Lines looked at together: a dense stretch of ids is read as one range of the primary key."""
SPARSE_FROM = 4
"""A stretch is dense while at least one line in … of its range is wanted."""

_lines = ledger_lines.c
_WORDS = select(
    _lines.id,
    _lines.line_index,
    _lines.index_group,
    _lines.transaction_type,
    _lines.transaction_number,
    _lines.reference_number,
    _lines.note,
    cast(_lines.created_at, String(26)),
).order_by(_lines.id)


class Words(NamedTuple):
    """The words of some ledger lines, by ascending line id: one element a line in each list.

    Columns, not an object a line: the collector would walk hundreds of thousands of those while others wait.
    `created_at` is UTC, `YYYY-MM-DD hh:mm:ss.ffffff`: it compares as text.
    """

    line_id: Sequence[int]
    line_index: Sequence[int]
    index_group: Sequence[int | None]
    transaction_type: Sequence[str | None]
    transaction_number: Sequence[str | None]
    reference_number: Sequence[str | None]
    note: Sequence[str | None]
    created_at: Sequence[str]


class LedgerMovedError(RuntimeError):
    """A line of the columns is not in the database as this transaction sees it: one of the two is a commit ahead. Read again."""


def read_words(connection: Connection, line_ids: Sequence[int]) -> Words:
    """The words of just these lines; ids ascending. A few statements for a stretch of lines, whatever the size of the ledger.

    Raises:
        LedgerMovedError: not all of them are there.

    """
    columns: tuple[list[Any], ...] = tuple([] for _ in Words._fields)
    for start in range(0, len(line_ids), STRETCH_LINES):
        stretch = line_ids[start : start + STRETCH_LINES]
        wanted = set(stretch)
        rows = [row for row in _rows(connection, stretch) if row[0] in wanted]
        if len(rows) != len(wanted):
            msg = f"{len(wanted) - len(rows)} ledger lines from {stretch[0]} to {stretch[-1]} are not in the database"
            raise LedgerMovedError(msg)
        for column, values in zip(columns, zip(*rows, strict=True), strict=True):
            column.extend(values)
    return Words._make(columns)


def _rows(connection: Connection, stretch: Sequence[int]) -> Sequence[Any]:
    if stretch[-1] - stretch[0] < SPARSE_FROM * len(stretch):
        return connection.execute(_WORDS.where(_lines.id.between(stretch[0], stretch[-1]))).fetchall()
    chunks = (stretch[place : place + IDS_AT_ONCE_MAX] for place in range(0, len(stretch), IDS_AT_ONCE_MAX))
    return [row for chunk in chunks for row in connection.execute(_WORDS.where(_lines.id.in_(chunk)))]
