"""What the columns of the ledger do not hold: the words and positions of chosen lines, read in bulk by their ids."""

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

import orjson
from sqlalchemy import ColumnElement, Connection, String, cast, func, select, text

from domain.ledger.tables import ledger_lines

IDS_AT_ONCE_MAX = 500
"""Ids named in one statement, below any server's limit of parameters."""
STRETCH_LINES = 5_000
"""Lines looked at together: a dense stretch of ids is read as one range of the primary key."""
SPARSE_FROM = 4
"""A stretch is dense while at least one line in … of its range is wanted."""

TEXT_BYTES_MAX = 12_000_000
"""Longest text of a stretch; where notes are longer than that, its lines come as rows."""

_lines = ledger_lines.c
_FIELDS = (
    _lines.id,
    _lines.line_index,
    _lines.index_group,
    _lines.transaction_type,
    _lines.transaction_number,
    _lines.reference_number,
    _lines.note,
    cast(_lines.created_at, String(26)),
)
_ROWS = select(*_FIELDS).order_by(_lines.id)
# A server's rows cost the driver five times as much as one text that is read as JSON; a file's rows do not.
_TEXT = select(func.group_concat(func.json_array(*_FIELDS)))
_ALLOW_TEXT = text(f"SET SESSION group_concat_max_len = {TEXT_BYTES_MAX}")


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


_Reader = Callable[[Connection, ColumnElement[bool]], Sequence[Any]]


class LedgerMovedError(RuntimeError):
    """A line of the columns is not in the database as this transaction sees it: one of the two is a commit ahead. Read again."""


def read_words(connection: Connection, line_ids: Sequence[int]) -> Words:
    """The words of just these lines; ids ascending. A few statements for a stretch of lines, whatever the size of the ledger.

    Raises:
        LedgerMovedError: not all of them are there.

    """
    columns: tuple[list[Any], ...] = tuple([] for _ in Words._fields)
    as_text = connection.dialect.name != "sqlite" and bool(line_ids)
    if as_text:
        connection.execute(_ALLOW_TEXT)
    for start in range(0, len(line_ids), STRETCH_LINES):
        stretch = line_ids[start : start + STRETCH_LINES]
        rows = _stretch(connection, stretch, _read_text) if as_text else None
        if rows is None:
            rows = _stretch(connection, stretch, _read_rows)
        if rows is None:
            msg = f"of {len(stretch)} ledger lines from {stretch[0]} to {stretch[-1]}, some are not in the database"
            raise LedgerMovedError(msg)
        for column, values in zip(columns, zip(*rows, strict=True), strict=True):
            column.extend(values)
    return Words._make(columns)


def _stretch(connection: Connection, line_ids: Sequence[int], read: _Reader) -> list[Any] | None:
    """The rows of these lines; None where some did not come."""
    if line_ids[-1] - line_ids[0] < SPARSE_FROM * len(line_ids):
        rows = read(connection, _lines.id.between(line_ids[0], line_ids[-1]))
    else:
        chunks = (line_ids[place : place + IDS_AT_ONCE_MAX] for place in range(0, len(line_ids), IDS_AT_ONCE_MAX))
        rows = [row for chunk in chunks for row in read(connection, _lines.id.in_(chunk))]
    wanted = set(line_ids)
    found = [row for row in rows if row[0] in wanted]
    return found if len(found) == len(wanted) else None


def _read_rows(connection: Connection, condition: ColumnElement[bool]) -> Sequence[Any]:
    return connection.execute(_ROWS.where(condition)).fetchall()


def _read_text(connection: Connection, condition: ColumnElement[bool]) -> Sequence[Any]:
    found = connection.execute(_TEXT.where(condition)).scalar()
    try:
        return sorted(orjson.loads(f"[{found or ''}]"), key=itemgetter(0))
    except orjson.JSONDecodeError:  # cut short by the server
        return ()
