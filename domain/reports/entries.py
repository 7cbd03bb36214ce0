"""Ledger lines as statements list them: chosen from the columns, put in order with their words, named by their kind. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from domain.kit.formatting import format_date
from domain.ledger.columns import LedgerView
from domain.ledger.model import REFERENCE_LABELS, ReferenceType
from domain.ledger.repository_columns import REFERENCE_TYPES
from domain.ledger.repository_words import Words

_FIELDS = ("line_id", "day", "account", "contact", "reference_type", "reference_id", "debit", "credit")

REFERENCE_BITS = 32

TRANSACTION_LABELS: Mapping[str, str] = {
    **{kind.value: label for kind, label in REFERENCE_LABELS.items()},
    "ManualJournal": "Manual journal",
    "OwnerContribution": "Owner contribution",
    "OwnerDrawing": "Owner drawing",
    "OtherIncome": "Other income",
    "OtherExpense": "Other expense",
    "TransferToAccount": "Transfer to account",
    "TransferFromAccount": "Transfer from account",
}
"""Display names of kinds of transactions (reports.md section 14)."""


_TYPES_FOLDED = {kind.value.casefold(): kind.value for kind in ReferenceType} | {"manualjournal": ReferenceType.JOURNAL.value}


def stored_type(text: str) -> str:
    """The reference type that a caller means, whatever its letter case; the text itself, which no line has, for an unknown one."""
    return _TYPES_FOLDED.get(text.strip().casefold(), text)


def transaction_label(reference_type: str, transaction_type: str | None) -> str:
    """What a line is called: money transactions by their sub-type, an unknown kind by its raw name."""
    if reference_type == ReferenceType.CASHFLOW_TRANSACTION and transaction_type:
        kind = "".join(part[:1].upper() + part[1:] for part in transaction_type.replace("-", "_").split("_"))
        return TRANSACTION_LABELS.get(kind, transaction_type)
    return TRANSACTION_LABELS.get(reference_type, reference_type)


class Entry(NamedTuple):
    """One ledger line. Amounts are scaled base currency (`kit.money.LEDGER_SCALE`); `contact_id` is 0 without a contact.

    `reference_type` and `reference_id` name the document behind it: with them all its lines can be fetched.
    """

    line_id: int
    day: int
    account_id: int
    contact_id: int
    reference_type: str
    reference_id: int
    debit: int
    credit: int
    line_index: int
    transaction_type: str | None
    transaction_number: str | None
    reference_number: str | None
    note: str | None
    created_at: str

    @property
    def label(self) -> str:
        """The kind of the transaction, for display."""
        return transaction_label(self.reference_type, self.transaction_type)

    @property
    def movement(self) -> int:
        """Debit less credit."""
        return self.debit - self.credit

    @property
    def created_at_iso(self) -> str:
        """The instant as it travels, with milliseconds and `Z`."""
        return iso_of(self.created_at)


def iso_of(created_at: str) -> str:
    """A stored instant as it travels."""
    return f"{created_at[:10]}T{created_at[11:19]}.{created_at[20:23] or '000'}Z"


@dataclass(frozen=True)
class Entries:
    """Lines with their words, in an order, held by columns; an `Entry` is made as it is asked for."""

    columns: tuple[Sequence[Any], ...]
    """One sequence a field of `Entry`."""
    start: int
    stop: int

    def __len__(self) -> int:
        return self.stop - self.start

    def __iter__(self) -> Iterator[Entry]:
        return map(Entry._make, zip(*(column[self.start : self.stop] for column in self.columns), strict=True))

    @property
    def movement(self) -> int:
        """Σ debit less Σ credit."""
        return self.sum("debit") - self.sum("credit")

    def sum(self, name: str) -> int:
        """Σ of a field of numbers."""
        return sum(self._values(name)) if len(self) else 0

    def _values(self, name: str) -> Sequence[Any]:
        return self.columns[Entry._fields.index(name)][self.start : self.stop]

    def part(self, start: int, stop: int) -> "Entries":
        """The lines between two positions of the columns."""
        return Entries(self.columns, start, stop)

    def parts(self, name: str) -> dict[Any, "Entries"]:
        """By the value of a field in which the lines are sorted."""
        parts, start = {}, self.start
        for value, group in groupby(self._values(name)):
            stop = start + sum(1 for _ in group)
            parts[value] = self.part(start, stop)
            start = stop
        return parts


@dataclass(frozen=True)
class Lines:
    """Chosen lines by line id, without their words: one element a line in each array."""

    columns: Mapping[str, NDArray[Any]]

    def __len__(self) -> int:
        return len(self.columns["line_id"])

    @property
    def line_ids(self) -> list[int]:
        """Ids, ascending."""
        return list(self.columns["line_id"].tolist())

    @property
    def contact_ids(self) -> frozenset[int]:
        """The contacts on these lines."""
        return frozenset(np.unique(self.columns["contact"]).tolist()) - {0}

    def at(self, places: NDArray[Any]) -> "Lines":
        """Some of these lines, by their ascending positions."""
        return Lines({name: values[places] for name, values in self.columns.items()})

    def within(self, amount_min: int | None, amount_max: int | None) -> "Lines":
        """The lines whose posted side, debit or credit, is within bounds, both included; None is no bound."""
        amounts = np.maximum(self.columns["debit"], self.columns["credit"])
        kept = np.ones(len(self), dtype=bool)
        if amount_min is not None:
            kept &= amounts >= amount_min
        if amount_max is not None:
            kept &= amounts <= amount_max
        return self.at(np.flatnonzero(kept))

    def with_contact(self) -> "Lines":
        """The lines that carry a contact."""
        return self.at(np.flatnonzero(self.columns["contact"] != 0))

    def entries(self, words: Words, *, by: str | None = None, documents: bool = False) -> Entries:
        """The lines with their words, by date, then as they were posted (reports.md section 14).

        `by` (a column) sorts by account or contact first; `documents` keeps the lines of a document together, at its first line.
        """
        order = self._order(words)
        if documents:
            keys = self.columns["reference_type"].astype(np.int64) << REFERENCE_BITS | self.columns["reference_id"]
            _, firsts, groups = np.unique(keys[order], return_index=True, return_inverse=True)
            order = order[np.argsort(firsts[groups], kind="stable")]
        if by is not None:
            order = order[np.argsort(self.columns[by][order], kind="stable")]
        numbers = {name: values[order].tolist() for name, values in self.columns.items()}
        types = ("", *REFERENCE_TYPES)
        places = order.tolist()
        texts = [[column[place] for place in places] for column in (words.line_index, *words[3:])]
        columns = (
            numbers["line_id"],
            numbers["day"],
            numbers["account"],
            numbers["contact"],
            [types[code] for code in numbers["reference_type"]],
            numbers["reference_id"],
            numbers["debit"],
            numbers["credit"],
            *texts,
        )
        return Entries(columns, 0, len(places))

    def _order(self, words: Words) -> NDArray[np.intp]:
        instants = {instant: rank for rank, instant in enumerate(sorted(set(words.created_at)))}
        count = len(self)
        keys = (
            self.columns["line_id"],
            np.fromiter(words.line_index, dtype=np.int64, count=count),
            np.fromiter((group or 0 for group in words.index_group), dtype=np.int64, count=count),
            np.fromiter((instants[instant] for instant in words.created_at), dtype=np.int64, count=count),
            self.columns["day"],
        )
        return np.lexsort(keys)


def choose(
    view: LedgerView,
    *,
    since: date | None = None,
    until: date | None = None,
    accounts: frozenset[int] | None = None,
    branches: frozenset[int] | None = None,
    contacts: frozenset[int] | None = None,
    reference_type: str | None = None,
    reference_id: int | None = None,
) -> Lines:
    """The lines that meet all conditions; None asks for nothing. Days are included at both ends."""
    kept = ~view.removed
    if since is not None:
        kept = kept & (view.columns["day"] >= since.toordinal())
    if until is not None:
        kept = kept & (view.columns["day"] <= until.toordinal())
    if reference_type is not None:
        code = REFERENCE_TYPES.index(reference_type) + 1 if reference_type in REFERENCE_TYPES else 0
        kept = kept & (view.columns["reference_type"] == code)
    if reference_id is not None:
        kept = kept & (view.columns["reference_id"] == reference_id)
    places = np.flatnonzero(kept)
    for name, wanted in (("account", accounts), ("branch", branches), ("contact", contacts)):
        if wanted is not None:
            places = places[np.isin(view.columns[name][places], np.fromiter(wanted, dtype=np.int64, count=len(wanted)))]
    places = places[np.argsort(view.columns["line_id"][places], kind="stable")]
    return Lines({name: view.columns[name][places] for name in _FIELDS})


_DAYS_KEPT_MAX = 4_096


@lru_cache(maxsize=_DAYS_KEPT_MAX)
def day_texts(ordinal: int) -> tuple[str, str]:
    """A day as `YYYY-MM-DD` and as `YYYY MMM DD` (English)."""
    day = date.fromordinal(ordinal)
    return day.isoformat(), format_date(day, "YYYY MMM DD")
