"""The ledger lines behind one document (reports.md section 20). Pure."""

from dataclasses import dataclass

from domain.ledger.repository_words import Words
from domain.reports.entries import Entry, Lines, choose, stored_type
from domain.reports.sheet import Books


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """The document: its kind, in any letter case, and its id. An unknown one has no lines."""

    reference_type: str
    reference_id: int


def needed(books: Books, query: Query) -> Lines:
    """The lines of the document."""
    return choose(books.ledger, reference_type=stored_type(query.reference_type), reference_id=query.reference_id)


def build(lines: Lines, words: Words) -> tuple[Entry, ...]:
    """The lines, in the order in which they were stored."""
    return tuple(sorted(lines.entries(words), key=lambda entry: entry.line_id))
