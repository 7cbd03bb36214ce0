"""The lines on control accounts by contact: what contact balances and aging are replayed from, as of any day."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from domain.ledger.columns import LedgerView
from domain.ledger.daily import Numbers


@dataclass(frozen=True)
class ControlLines:
    """One element a line, by contact, then day, then as posted. `contact` is 0 where the line has none."""

    contact: Numbers
    day: Numbers
    movement: Numbers
    """Debit less credit, scaled base currency."""

    @property
    def starts(self) -> NDArray[np.intp]:
        """Where the lines of each contact begin."""
        return np.flatnonzero(np.diff(self.contact, prepend=-1))

    @property
    def contacts(self) -> list[int]:
        """The contacts that have lines."""
        found: list[int] = self.contact[self.starts].tolist()
        return found

    def balances(self) -> dict[int, tuple[int, int]]:
        """Debit less credit, and the number of lines, by contact."""
        starts = self.starts
        if not len(starts):
            return {}
        totals = np.add.reduceat(self.movement, starts)
        counts = np.diff(starts, append=len(self.contact))
        pairs = zip(totals.tolist(), counts.tolist(), strict=True)
        return dict(zip(self.contact[starts].tolist(), pairs, strict=True))


def control_lines(
    view: LedgerView, accounts: Iterable[int], *, until: date, branches: Collection[int] | None = None
) -> ControlLines:
    """The lines on some accounts up to a day; with `branches`, of just these."""
    columns = view.columns
    kept = ~view.removed & (columns["day"] <= until.toordinal())
    kept &= np.isin(columns["account"], np.array(list(accounts), dtype=np.int64))
    if branches is not None:
        kept &= np.isin(columns["branch"], np.array(list(branches), dtype=np.int64))
    places = np.flatnonzero(kept)
    contact, day = columns["contact"][places].astype(np.int64), columns["day"][places].astype(np.int64)
    order = np.lexsort((columns["line_id"][places], day, contact))
    movement = columns["debit"][places] - columns["credit"][places]
    return ControlLines(contact[order], day[order], movement[order])
