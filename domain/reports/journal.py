"""The journal sheet: the lines of a period, grouped by the document that posted them (reports.md section 15). Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from domain.ledger.repository_words import Words
from domain.reports.entries import Entries, Entry, Lines, choose, stored_type
from domain.reports.sheet import Books


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """None asks for nothing. `reference_id` counts only beside `reference_type`; amounts are scaled, and bound the posted side."""

    from_date: date
    to_date: date
    branches: frozenset[int] | None = None
    reference_type: str | None = None
    reference_id: int | None = None
    amount_min: int | None = None
    amount_max: int | None = None


@dataclass(frozen=True, slots=True)
class JournalGroup:
    """The listed lines of one document, in order; the date is the first line's."""

    entries: tuple[Entry, ...]

    @property
    def first(self) -> Entry:
        """The line that names the group."""
        return self.entries[0]

    @property
    def debit(self) -> int:
        """Σ of the listed lines."""
        return sum(entry.debit for entry in self.entries)

    @property
    def credit(self) -> int:
        """Σ of the listed lines."""
        return sum(entry.credit for entry in self.entries)


@dataclass(frozen=True, slots=True)
class JournalSheet:
    """The lines, those of a document together at its first line."""

    from_date: date
    to_date: date
    entries: Entries

    def groups(self) -> Iterator[JournalGroup]:
        """The documents, by their first lines."""
        for _, entries in groupby(self.entries, key=lambda entry: (entry.reference_type, entry.reference_id)):
            yield JournalGroup(tuple(entries))


def needed(books: Books, query: Query) -> Lines:
    """The lines whose words the sheet needs."""
    lines = choose(
        books.ledger,
        since=query.from_date,
        until=query.to_date,
        branches=query.branches,
        reference_type=None if query.reference_type is None else stored_type(query.reference_type),
        reference_id=query.reference_id if query.reference_type is not None else None,
    )
    return lines.within(query.amount_min, query.amount_max)


def build(lines: Lines, words: Words, query: Query) -> JournalSheet:
    """The journal of a period, from the lines that it needs and their words."""
    return JournalSheet(query.from_date, query.to_date, lines.entries(words, documents=True))
