"""Manual journals: postings that people write themselves, line by line."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from domain.kit.text import fold_text

NUMBER_LENGTH_MAX = 255
NUMBER_KEY_LENGTH_MAX = 3 * NUMBER_LENGTH_MAX
"""Folding can make several characters of one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ManualJournalEntry:
    """One line as entered, in the currency of its journal. Both sides may be given."""

    id: int
    index: int
    account_id: int
    debit: Decimal
    credit: Decimal
    note: str | None = None
    contact_id: int | None = None
    branch_id: int | None = None
    project_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ManualJournal:
    """A journal with its lines by index. A draft (`published_at` is None) is not in the ledger."""

    id: int
    journal_number: str
    reference: str | None
    journal_type: str | None
    amount: Decimal
    """Σ credit, in `currency_code`."""
    currency_code: str
    exchange_rate: Decimal
    published_at: date | None  # before `date`, whose name hides the type from there on
    date: date
    description: str | None
    user_id: int | None
    branch_id: int | None
    created_at: datetime
    updated_at: datetime
    entries: tuple[ManualJournalEntry, ...]

    @property
    def is_published(self) -> bool:
        """Whether it is in the ledger."""
        return self.published_at is not None


def number_key(number: str) -> str:
    """What makes a journal number unique: letter case and accents do not tell two journals apart, whatever the database compares."""
    return fold_text(number)[:NUMBER_KEY_LENGTH_MAX]
