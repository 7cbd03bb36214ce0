"""Sums by account × span of days: what a statement with many columns is made of, in one pass over the daily balances."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from domain.ledger.daily import NOTHING, DailyBalances, Numbers, Sums

Span = tuple[date | None, date]
"""First and last day, both included; without a first it reaches back to the first posting."""
_BEFORE_ALL = 0


@dataclass(frozen=True)
class Grid:
    """One row an account with postings in any of the spans, one column a span, in scaled base currency."""

    accounts: dict[int, int]
    """Row by account id."""
    debit: Numbers
    credit: Numbers
    lines: Numbers

    @property
    def width(self) -> int:
        """How many spans there are."""
        return int(self.debit.shape[1])

    @property
    def empty(self) -> bool:
        """Whether nothing was posted in any of the spans."""
        return not (self.lines.any() or self.debit.any() or self.credit.any())

    def part(self, first: int, last: int) -> "Grid":
        """Just the columns from `first` up to before `last`."""
        columns = slice(first, last)
        return Grid(self.accounts, self.debit[:, columns], self.credit[:, columns], self.lines[:, columns])

    def sums(self, account_id: int) -> tuple[Sums, ...]:
        """What was posted to one account, by span."""
        row = self.accounts.get(account_id)
        if row is None:
            return (NOTHING,) * self.width
        columns = (amounts[row].tolist() for amounts in (self.debit, self.credit, self.lines))
        return tuple(Sums(*cell) for cell in zip(*columns, strict=True))

    def movements(self) -> dict[int, tuple[int, ...]]:
        """Debit less credit by account and span, for accounts with postings."""
        rows = (self.debit - self.credit).tolist()
        return {account: tuple(rows[row]) for account, row in self.accounts.items()}


def grid_of(parts: Sequence[DailyBalances], spans: Sequence[Span], branches: frozenset[int] | None = None) -> Grid:
    """The grid of the balances taken together."""
    ordinals = [(_BEFORE_ALL if since is None else since.toordinal() - 1, until.toordinal()) for since, until in spans]
    days, places = np.unique(np.array(ordinals, dtype=np.int64).reshape(-1, 2), return_inverse=True)
    places = places.reshape(-1, 2)
    accounts = np.unique(np.concatenate([part.accounts for part in parts]))
    totals = [np.zeros((len(accounts), len(spans)), dtype=np.int64) for _ in range(3)]
    for part in parts:
        rows = np.searchsorted(accounts, part.accounts)
        for total, until in zip(totals, part.at(days.tolist(), branches), strict=True):
            # An inverted span holds nothing, as a search for it would find.
            total[rows] += np.where(places[:, 1] > places[:, 0], until[:, places[:, 1]] - until[:, places[:, 0]], 0)
    return Grid({account: row for row, account in enumerate(accounts.tolist())}, *totals)
