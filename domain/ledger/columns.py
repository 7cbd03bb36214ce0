"""The columnar copy of the ledger in memory, for one tenant (DESIGN 6): statements are functions of it, no SQL.

One thread publishes committed changes (`LedgerColumns.follow`), any number of threads read. A reader takes a `LedgerView`, which
never changes: lines are only appended behind it, removed lines are marked in a fresh mask, arrays that grow are replaced.
A view belongs to reads; a command that has posted does not find its own lines here before its commit.
"""

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from domain.kit.context import LedgerChange
from domain.kit.money import to_scaled
from domain.kit.warm import WarmKey
from domain.ledger.daily import DailyBalances, Numbers, Sums, added
from domain.ledger.grid import Grid, Span, grid_of
from domain.ledger.repository_columns import FIELDS, REFERENCE_TYPES, count_lines, read_pages

CAPACITY_MIN = 1024
RECENT_CELLS_MAX = 20_000
"""Changed lines kept beside the daily balances before they are merged into them."""
RECENT_REFERENCES_MAX = 65_536
"""Lines found through a dictionary before they are merged into the sorted index."""
DEAD_SHARE_MAX = 4
"""Removed lines are cleared away when they are more than this fraction (one in …) of all."""

_WIDTHS: Mapping[str, type[np.signedinteger[Any]]] = {
    "debit": np.int64,
    "credit": np.int64,
    "foreign": np.int64,
    "reference_type": np.int16,
}
_REFERENCE_CODES = {value: code for code, value in enumerate(REFERENCE_TYPES, start=1)}
_CELL_FIELDS = [FIELDS.index(name) for name in ("account", "day", "branch", "debit", "credit")]
_ID = FIELDS.index("line_id")

Columns = dict[str, NDArray[Any]]

_COLUMN_BYTES = sum(np.dtype(_WIDTHS.get(name, np.int32)).itemsize for name in FIELDS) + np.dtype(bool).itemsize
_INDEX_BYTES = np.dtype(np.int64).itemsize + np.dtype(np.int32).itemsize
_CELL_BYTES = 4 * np.dtype(np.int64).itemsize + np.dtype(np.int32).itemsize


def memory_bytes(lines: int) -> int:
    """What columns of so many lines take at most: arrays grow by doubling, and each line may be a daily balance of its own."""
    return _capacity(lines) * _COLUMN_BYTES + lines * (_INDEX_BYTES + _CELL_BYTES)


def _capacity(lines: int) -> int:
    return max(CAPACITY_MIN, 1 << max(lines - 1, 0).bit_length())


def currency_code(text: str) -> int:
    """A currency's three letters as one number."""
    return int.from_bytes(text.encode("ascii"), "big")


def currency_text(code: int) -> str:
    """The currency of such a number."""
    return int(code).to_bytes(3, "big").decode("ascii")


@dataclass(frozen=True)
class LedgerView:
    """The ledger as of one moment. Arrays have one element a line, in no promised order; removed lines are not `alive`.

    Amounts are scaled base currency; `foreign` is debit less credit in `currency`. Ids are 0 where the line has none;
    `reference_type` is a position in `REFERENCE_TYPES` plus one.
    """

    version: int
    count: int
    columns: Columns
    removed: NDArray[np.bool_]
    balances: tuple[DailyBalances, ...]

    @property
    def lines(self) -> int:
        """How many lines the ledger has."""
        return self.count - int(np.count_nonzero(self.removed))

    @cached_property
    def alive(self) -> NDArray[np.intp]:
        """Positions of the lines that are there."""
        return np.flatnonzero(~self.removed)

    def column(self, name: str) -> NDArray[Any]:
        """One field of all lines that are there, by `FIELDS` name; a copy where lines were removed."""
        values = self.columns[name]
        return values if len(self.alive) == self.count else values[self.alive]

    def sums(self, *, since: date | None, until: date | None, branches: frozenset[int] | None = None) -> dict[int, Sums]:
        """Gross debit, credit and number of lines by account over a span of days, both included; None is unbounded."""
        first, last = (None if day is None else day.toordinal() for day in (since, until))
        return added(part.sums(since=first, until=last, branches=branches) for part in self.balances)

    def grid(self, spans: Sequence[Span], branches: frozenset[int] | None = None) -> Grid:
        """Gross debit, credit and number of lines by account over many spans of days at once.

        One pass: as many binary searches an account as there are days at the ends of spans, whatever the size of the ledger.
        """
        return grid_of(self.balances, spans, branches)


@dataclass(frozen=True, slots=True)
class HeldLedger:
    """A view that came from another process, in the place of columns. It follows nothing: it is for one read."""

    held: LedgerView

    def view(self) -> LedgerView:
        """The ledger as it was when it was sent."""
        return self.held


class LedgerColumns:
    """The growing columns. Loaded from the database, then kept in step by following the committed changes."""

    def __init__(self, rows: Numbers | None = None) -> None:
        self._lock = threading.Lock()
        self._version = 0
        self._count = 0
        self._dead = 0
        self._columns: Columns = {name: np.empty(CAPACITY_MIN, dtype=_WIDTHS.get(name, np.int32)) for name in FIELDS}
        self._removed: NDArray[np.bool_] = np.zeros(CAPACITY_MIN, dtype=bool)
        self._mask_shared = False
        self._view: LedgerView | None = None
        self._loaded_through = 0
        self._index_keys: Numbers = np.empty(0, dtype=np.int64)
        self._index_rows: NDArray[np.int32] = np.empty(0, dtype=np.int32)
        self._recent_rows: dict[int, list[int]] = {}
        self._recent_count = 0
        self._recent_cells: list[Numbers] = []
        self._balances = DailyBalances.of(np.empty((0, 6), dtype=np.int64))
        if rows is not None:
            self._fill((rows,))

    @classmethod
    def load(cls, connection: Connection) -> "LedgerColumns":
        """Read the whole ledger."""
        columns = cls()
        columns._fill(read_pages(connection))
        return columns

    def _fill(self, pages: Iterable[Numbers]) -> None:
        for page in pages:
            self._append(page)
        count = self._count
        self._loaded_through = int(self._columns["line_id"][:count].max(initial=0))
        self._reindex()
        cells = np.ones((count, 6), dtype=np.int64)
        for place, name in enumerate(("account", "day", "branch", "debit", "credit")):
            cells[:, place] = self._columns[name][:count]
        self._balances = DailyBalances.of(cells)

    def size_bytes(self) -> int:
        """Memory that the columns take at most, removed lines included."""
        return memory_bytes(self._count)

    # ---- reading

    def view(self) -> LedgerView:
        """The ledger as of now. Cheap when nothing changed since the last one."""
        with self._lock:
            if self._view is None:
                self._merge_cells()
                recent = (DailyBalances.of(np.concatenate(self._recent_cells)),) if self._recent_cells else ()
                count = self._count
                self._view = LedgerView(
                    version=self._version,
                    count=count,
                    columns={name: _frozen(values[:count]) for name, values in self._columns.items()},
                    removed=_frozen(self._removed[:count]),
                    balances=(self._balances, *recent),
                )
                self._mask_shared = True
            return self._view

    def _merge_cells(self) -> None:
        if sum(map(len, self._recent_cells)) > RECENT_CELLS_MAX:
            self._balances = self._balances.merged(np.concatenate(self._recent_cells))
            self._recent_cells = []
        elif len(self._recent_cells) > 1:
            self._recent_cells = [np.concatenate(self._recent_cells)]

    # ---- following

    def follow(self, changes: Sequence[LedgerChange]) -> None:
        """Apply the ledger changes of one committed transaction, in order. Changes that were loaded already do no harm."""
        with self._lock:
            for change in changes:
                for reference_type, reference_id in change.removed:
                    self._remove(_reference_key(_REFERENCE_CODES[reference_type], reference_id))
                if change.added:
                    self._add(np.array([_numbers(row) for row in change.added], dtype=np.int64))
            self._version += 1
            self._view = None
            self._tidy()

    def _remove(self, key: int) -> None:
        rows = self._rows_of(key)
        if not len(rows):
            return
        if self._mask_shared:
            self._removed = self._removed.copy()
            self._mask_shared = False
        self._removed[rows] = True
        self._dead += len(rows)
        self._note_cells(np.stack([self._columns[FIELDS[place]][rows] for place in _CELL_FIELDS], axis=1), sign=-1)

    def _add(self, rows: Numbers) -> None:
        if rows[:, _ID].min() <= self._loaded_through:
            rows = self._not_loaded(rows)
            if not len(rows):
                return
        start = self._count
        self._append(rows)
        for place, key in enumerate(
            _reference_keys(rows[:, FIELDS.index("reference_type")], rows[:, FIELDS.index("reference_id")])
        ):
            self._recent_rows.setdefault(int(key), []).append(start + place)
        self._recent_count += len(rows)
        self._note_cells(rows[:, _CELL_FIELDS], sign=1)

    def _not_loaded(self, rows: Numbers) -> Numbers:
        keys = _reference_keys(rows[:, FIELDS.index("reference_type")], rows[:, FIELDS.index("reference_id")])
        present: set[int] = set()
        for key in set(keys.tolist()):
            present.update(self._columns["line_id"][self._rows_of(key)].tolist())
        return rows[[line_id not in present for line_id in rows[:, _ID].tolist()]]

    def _rows_of(self, key: int) -> NDArray[np.intp]:
        low = int(np.searchsorted(self._index_keys, key, side="left"))
        high = int(np.searchsorted(self._index_keys, key, side="right"))
        indexed = self._index_rows[low:high]
        rows = np.concatenate((indexed, self._recent_rows.get(key, []))).astype(np.intp)
        return rows[~self._removed[rows]]

    def _note_cells(self, cells: NDArray[Any], *, sign: int) -> None:
        signed = np.empty((len(cells), 6), dtype=np.int64)
        signed[:, :3] = cells[:, :3]
        signed[:, 3:5] = sign * cells[:, 3:5].astype(np.int64)
        signed[:, 5] = sign
        self._recent_cells.append(signed)

    def _append(self, rows: Numbers) -> None:
        start, end = self._count, self._count + len(rows)
        if end > len(self._removed):
            self._grow(end)
        for place, name in enumerate(FIELDS):
            self._columns[name][start:end] = rows[:, place]
        self._removed[start:end] = False
        self._count = end

    def _grow(self, needed: int) -> None:
        capacity, count = _capacity(needed), self._count
        for name, values in self._columns.items():
            larger = np.empty(capacity, dtype=values.dtype)
            larger[:count] = values[:count]
            self._columns[name] = larger
        mask = np.zeros(capacity, dtype=bool)
        mask[:count] = self._removed[:count]
        self._removed, self._mask_shared = mask, False

    def _tidy(self) -> None:
        if self._dead > CAPACITY_MIN and self._dead * DEAD_SHARE_MAX > self._count:
            self._compact()
        elif self._recent_count > RECENT_REFERENCES_MAX:
            self._merge_index()
        if len(self._recent_cells) > RECENT_CELLS_MAX:
            self._merge_cells()

    def _compact(self) -> None:
        alive = np.flatnonzero(~self._removed[: self._count])
        self._columns = {name: values[alive] for name, values in self._columns.items()}
        self._removed, self._mask_shared = np.zeros(len(alive), dtype=bool), False
        self._count, self._dead = len(alive), 0
        self._reindex()

    def _reindex(self) -> None:
        count = self._count
        keys = _reference_keys(self._columns["reference_type"][:count], self._columns["reference_id"][:count])
        order = np.argsort(keys, kind="stable")
        self._index_keys, self._index_rows = keys[order], order.astype(np.int32)
        self._recent_rows, self._recent_count = {}, 0

    def _merge_index(self) -> None:
        pairs = sorted((key, row) for key, rows in self._recent_rows.items() for row in rows)
        keys = np.array([key for key, _ in pairs], dtype=np.int64)
        places = np.searchsorted(self._index_keys, keys, side="right")
        self._index_keys = np.insert(self._index_keys, places, keys)
        self._index_rows = np.insert(self._index_rows, places, np.array([row for _, row in pairs], dtype=np.int32))
        self._recent_rows, self._recent_count = {}, 0


def _frozen(values: NDArray[Any]) -> NDArray[Any]:
    part = values.view()
    part.flags.writeable = False
    return part


def _reference_key(code: int, reference_id: int) -> int:
    return (code << 32) | reference_id


def _reference_keys(codes: NDArray[Any], ids: NDArray[Any]) -> Numbers:
    keys: Numbers = (codes.astype(np.int64) << 32) | ids
    return keys


def _numbers(row: Mapping[str, Any]) -> tuple[int, ...]:
    """One stored row as the numbers of `FIELDS`."""
    return (
        row["id"],
        row["date"].toordinal(),
        row["account_id"],
        row["contact_id"] or 0,
        row["branch_id"] or 0,
        row["item_id"] or 0,
        row["tax_rate_id"] or 0,
        _REFERENCE_CODES[row["reference_type"]],
        row["reference_id"],
        currency_code(row["currency_code"]),
        to_scaled(row["debit"]),
        to_scaled(row["credit"]),
        to_scaled(row["foreign_debit"] - row["foreign_credit"]),
    )


def measure(connection: Connection) -> int:
    """Bytes that the ledger of this database would take as columns."""
    return memory_bytes(count_lines(connection))


LEDGER: WarmKey[LedgerColumns] = WarmKey("ledger.columns", LedgerColumns.load, measure)
"""The ledger in memory, loaded by the first report."""
