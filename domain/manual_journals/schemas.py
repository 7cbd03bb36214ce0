"""Wire models of manual journals (accounting.md 6.1 and 6.2)."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from domain.accounts.schemas import AccountOut
from domain.branches.schemas import BranchOut
from domain.kit.money import parse_decimal
from domain.kit.schemas import (
    ID_MAX,
    Day,
    OptionalCurrency,
    OptionalFlag,
    OptionalId,
    OptionalLongText,
    OptionalPositiveAmount,
    OptionalRate,
    OptionalText,
    RecordId,
    RequiredText,
    WireModel,
    blank_to_none,
)

ENTRIES_MAX = 2000
ATTACHMENTS_MAX = 100


def _position(value: Any) -> int:
    number = parse_decimal(value)
    if number != number.to_integral_value() or not 0 <= number <= ID_MAX:
        raise ValueError(f"must be an integer number from 0 to {ID_MAX}")
    return int(number)


OptionalIndex = Annotated[Annotated[int, BeforeValidator(_position)] | None, BeforeValidator(blank_to_none)]
"""Place among the lines; where it is absent, the position counts, from 1 (DECISIONS 28)."""


class AttachmentIn(WireModel):
    """An attachment of a document, by its key."""

    key: RequiredText


Attachments = Annotated[list[AttachmentIn] | None, Field(max_length=ATTACHMENTS_MAX)]


class ManualJournalEntryIn(WireModel):
    """One line. Its id, if sent, does not count: an edit replaces all entries."""

    index: OptionalIndex = None
    account_id: RecordId
    debit: OptionalPositiveAmount = None
    credit: OptionalPositiveAmount = None
    note: OptionalLongText = None
    contact_id: OptionalId = None
    branch_id: OptionalId = None
    project_id: OptionalId = None


class ManualJournalIn(WireModel):
    """A new or changed journal. On edits, absent keys keep their value; entries are always all of them."""

    date: Day
    journal_number: OptionalText = None
    journal_type: OptionalText = None
    reference: OptionalText = None
    description: OptionalText = None
    currency_code: OptionalCurrency = None
    exchange_rate: OptionalRate = None
    branch_id: OptionalId = None
    publish: OptionalFlag = None
    attachments: Attachments = None
    entries: Annotated[list[ManualJournalEntryIn], Field(max_length=ENTRIES_MAX)]

    @property
    def attachment_keys(self) -> list[str]:
        """The keys of the named attachments."""
        return [item.key for item in self.attachments or ()]


class ManualJournalEntryOut(WireModel):
    """One line as entered."""

    id: int
    manual_journal_id: int
    index: int
    account_id: int
    debit: Decimal
    credit: Decimal
    note: str | None
    contact_id: int | None
    branch_id: int | None
    project_id: int | None


class ManualJournalOut(WireModel):
    """A journal as stored."""

    id: int
    journal_number: str
    reference: str | None
    journal_type: str | None
    amount: Decimal
    currency_code: str
    exchange_rate: Decimal
    date: str
    description: str | None
    published_at: str | None
    attachment_file: str | None
    user_id: int | None
    branch_id: int | None
    created_at: datetime
    updated_at: datetime
    is_published: bool
    entries: list[ManualJournalEntryOut]


class ManualJournalEntryRowOut(ManualJournalEntryOut):
    """A line in a list, with its account."""

    account: AccountOut


class ManualJournalEntryDetailOut(ManualJournalEntryRowOut):
    """A line of one journal, with all it refers to."""

    contact: dict[str, Any] | None
    branch: BranchOut | None


class _FormattedOut(ManualJournalOut):
    formatted_amount: str
    amount_formatted: str
    formatted_date: str
    formatted_published_at: str
    formatted_created_at: str
    attachments: list[dict[str, Any]]


class ManualJournalRowOut(_FormattedOut):
    """A journal in the list."""

    entries: list[ManualJournalEntryRowOut]  # type: ignore[assignment]


class ManualJournalDetailOut(_FormattedOut):
    """One journal with its ledger lines (none for a draft)."""

    entries: list[ManualJournalEntryDetailOut]  # type: ignore[assignment]
    transactions: list[dict[str, Any]]


class ManualJournalListOut(WireModel):
    """`GET /manual-journals`."""

    manual_journals: list[ManualJournalRowOut]
    pagination: dict[str, int]
    filter_meta: dict[str, Any]


class ManualJournalEditedOut(WireModel):
    """The journal after and before."""

    manual_journal: ManualJournalOut
    old_manual_journal: ManualJournalOut


class ManualJournalDeletedOut(WireModel):
    """The journal that is no more."""

    old_manual_journal: ManualJournalOut
