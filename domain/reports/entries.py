"""Ledger lines as statements list them: chosen from the columns, put in order with their words, named by their kind. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from domain.kit.formatting import format_date
from domain.ledger.columns import LedgerView
from domain.ledger.model import REFERENCE_LABELS, ReferenceType
from domain.ledger.repository_columns import REFERENCE_TYPES
from domain.ledger.repository_words import LineWords, Words

_FIELDS = ("line_id", "day", "account", "contact", "reference_type", "reference_id", "debit", "credit")

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

    day: int
    words: LineWords
    account_id: int
    contact_id: int
    reference_type: str
    reference_id: int
    debit: int
    credit: int

    @property
    def label(self) -> str:
        """The kind of the transaction, for display."""
        return transaction_label(self.reference_type, self.words.transaction_type)

    @property
    def movement(self) -> int:
        """Debit less credit."""
        return self.debit - self.credit


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

    def entries(self, words: Words) -> Iterator[Entry]:
        """The lines with their words, by date, then as they were posted (reports.md section 14)."""
        found = [words[line_id] for line_id in self.columns["line_id"].tolist()]
        order = self._order(found)
        ids, days, accounts, contacts, kinds, references, debits, credits_ = (
            self.columns[name][order].tolist() for name in _FIELDS
        )
        types = (None, *REFERENCE_TYPES)
        for line_id, day, account, contact, kind, reference, debit, credit in zip(
            ids, days, accounts, contacts, kinds, references, debits, credits_, strict=True
        ):
            yield Entry(day, words[line_id], account, contact, types[kind] or "", reference, debit, credit)

    def _order(self, words: list[LineWords]) -> NDArray[np.intp]:
        instants = {instant: rank for rank, instant in enumerate(sorted({line.created_at for line in words}))}
        keys = (
            self.columns["line_id"],
            np.array([line.line_index for line in words], dtype=np.int64),
            np.array([line.index_group or 0 for line in words], dtype=np.int64),
            np.array([instants[line.created_at] for line in words], dtype=np.int64),
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
