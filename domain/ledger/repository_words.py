"""What the columns of the ledger do not hold: the words and positions of chosen lines, read in bulk by their ids."""

from collections.abc import Iterator, Mapping, Sequence
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
)


class LineWords(NamedTuple):
    """The words of one ledger line. `created_at` is UTC, `YYYY-MM-DD hh:mm:ss.ffffff`: it compares as text."""

    line_id: int
    line_index: int
    index_group: int | None
    transaction_type: str | None
    transaction_number: str | None
    reference_number: str | None
    note: str | None
    created_at: str

    @property
    def created_at_iso(self) -> str:
        """The instant as it travels, with milliseconds and `Z`."""
        return f"{self.created_at[:10]}T{self.created_at[11:19]}.{self.created_at[20:23] or '000'}Z"


Words = Mapping[int, LineWords]
"""By line id."""


class LedgerMovedError(RuntimeError):
    """A line of the columns is not in the database as this transaction sees it: one of the two is a commit ahead. Read again."""


def read_words(connection: Connection, line_ids: Sequence[int]) -> Words:
    """The words of these lines; ids ascending. Costs a few statements for a stretch of lines, whatever the size of the ledger.

    Raises:
        LedgerMovedError: not all of them are there.

    """
    wanted = set(line_ids)
    found = {row[0]: LineWords._make(row) for row in _rows(connection, line_ids) if row[0] in wanted}
    if len(found) != len(wanted):
        msg = f"{len(wanted) - len(found)} of {len(wanted)} ledger lines are not in the database"
        raise LedgerMovedError(msg)
    return found


def _rows(connection: Connection, line_ids: Sequence[int]) -> Iterator[Any]:
    for start in range(0, len(line_ids), STRETCH_LINES):
        stretch = line_ids[start : start + STRETCH_LINES]
        if stretch[-1] - stretch[0] < SPARSE_FROM * len(stretch):
            yield from connection.execute(_WORDS.where(_lines.id.between(stretch[0], stretch[-1])))
        else:
            for place in range(0, len(stretch), IDS_AT_ONCE_MAX):
                yield from connection.execute(_WORDS.where(_lines.id.in_(stretch[place : place + IDS_AT_ONCE_MAX])))
