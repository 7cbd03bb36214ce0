"""Daily balances: Σ debit, Σ credit and the number of lines by account, day and branch, as running totals.

A question costs two binary searches an account, whatever the size of the ledger. Amounts are scaled 64-bit integers
(`kit.money.LEDGER_SCALE`); sums of one account stay exact below 9.2·10^14 major units, which is also what the tables hold.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
_DAY_BITS = 32
_DAY_MAX = (1 << 31) - 1


class Sums(NamedTuple):
    """What happened on one account: gross debit and credit in scaled base currency, and the number of lines."""

    debit: int = 0
    credit: int = 0
    lines: int = 0

    @property
    def movement(self) -> int:
        """Debit less credit."""
        return self.debit - self.credit

    def plus(self, other: "Sums") -> "Sums":
        """Both together."""
        return Sums(self.debit + other.debit, self.credit + other.credit, self.lines + other.lines)


NOTHING = Sums()


@dataclass(frozen=True)
class DailyBalances:
    """Cells sorted by account, then day; `debit`, `credit` and `lines` run from the first cell on and begin with a zero."""

    keys: Numbers
    branch: NDArray[np.int32]
    debit: Numbers
    credit: Numbers
    lines: Numbers

    @classmethod
    def of(cls, cells: Numbers) -> "DailyBalances":
        """From rows of account, day, branch, debit, credit, lines, in any order; rows of one cell are added up."""
        keys = (cells[:, 0] << _DAY_BITS) | cells[:, 1]
        branch = cells[:, 2]
        several = bool(branch.size) and bool((branch != branch[0]).any())
        order = np.lexsort((branch, keys)) if several else np.argsort(keys, kind="stable")
        keys, branch = keys[order], branch[order]
        first = np.ones(len(keys), dtype=bool)
        if len(keys):
            first[1:] = (keys[1:] != keys[:-1]) | (branch[1:] != branch[:-1])
        starts = np.flatnonzero(first)
        totals = [_running(cells[:, place][order], starts) for place in (3, 4, 5)]
        return cls(keys[starts], branch[starts].astype(np.int32), *totals)

    def merged(self, cells: Numbers) -> "DailyBalances":
        """These balances with further rows."""
        own = np.empty((len(self.keys), 6), dtype=np.int64)
        own[:, 0], own[:, 1], own[:, 2] = self.keys >> _DAY_BITS, self.keys & _DAY_MAX, self.branch
        for place, running in ((3, self.debit), (4, self.credit), (5, self.lines)):
            own[:, place] = np.diff(running)
        return DailyBalances.of(np.concatenate((own, cells)))

    @cached_property
    def accounts(self) -> Numbers:
        """Ids of the accounts with cells, ascending."""
        return np.unique(self.keys >> _DAY_BITS)

    def _totals(self, branches: frozenset[int] | None) -> tuple[Numbers, Numbers, Numbers]:
        if branches is None:
            return self.debit, self.credit, self.lines
        chosen = np.isin(self.branch, np.fromiter(branches, dtype=np.int64, count=len(branches)))
        debit, credit, lines = (_cumulated(np.where(chosen, np.diff(item), 0)) for item in (self.debit, self.credit, self.lines))
        return debit, credit, lines

    def at(self, days: Sequence[int], branches: frozenset[int] | None = None) -> tuple[Numbers, ...]:
        """Debit, credit and lines of each account (a row each, as in `accounts`) up to and with each of the days (a column each)."""
        ends = (self.accounts[:, None] << _DAY_BITS) | np.asarray(days, dtype=np.int64)[None, :]
        high = np.searchsorted(self.keys, ends, side="right")
        low = np.searchsorted(self.keys, self.accounts << _DAY_BITS, side="left")[:, None]
        return tuple(running[high] - running[low] for running in self._totals(branches))

    def sums(self, *, since: int | None, until: int | None, branches: frozenset[int] | None = None) -> dict[int, Sums]:
        """By account, over the days from `since` to `until`, both included; None is unbounded. Accounts without lines are absent.

        With `branches`, lines of just these; lines without a branch then do not count.
        """
        base = self.accounts << _DAY_BITS
        low = np.searchsorted(self.keys, base | (since or 0), side="left")
        high = np.searchsorted(self.keys, base | (_DAY_MAX if until is None else until), side="right")
        high = np.maximum(low, high)
        columns = [(running[high] - running[low]).tolist() for running in self._totals(branches)]
        return {
            account: Sums(debit, credit, lines)
            for account, debit, credit, lines in zip(self.accounts.tolist(), *columns, strict=True)
            if lines or debit or credit
        }


def _running(values: Numbers, starts: NDArray[np.intp]) -> Numbers:
    return _cumulated(np.add.reduceat(values, starts) if len(starts) else values[:0])


def _cumulated(values: Numbers) -> Numbers:
    running = np.zeros(len(values) + 1, dtype=np.int64)
    np.cumsum(values, out=running[1:])
    return running


def added(parts: Iterable[Mapping[int, Sums]]) -> dict[int, Sums]:
    """Several results together; what cancels out to nothing is left out."""
    totals: dict[int, Sums] = {}
    for part in parts:
        for account, sums in part.items():
            present = totals.get(account)
            totals[account] = sums if present is None else present.plus(sums)
    return {account: sums for account, sums in totals.items() if any(sums)}
