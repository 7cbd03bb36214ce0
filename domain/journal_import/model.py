"""What an import makes of a journal file, and what it did in the end."""

from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - the field is called date
from decimal import Decimal

from domain.journal_files.accounts import AccountPlan
from domain.journal_files.model import JournalTransaction


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """One line of a journal to post: a signed amount in the journal's currency, positive is a debit; never zero."""

    ledger_account: str
    amount: Decimal
    note: str = ""


@dataclass(frozen=True, slots=True)
class PlannedJournal:
    """One journal to post, in one currency; its lines sum to exactly zero. `rate` is base currency per unit of `currency`."""

    date: Date
    currency: str
    rate: Decimal
    lines: tuple[PlannedLine, ...]
    description: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class PlannedEntry:
    """A transaction that is to be posted, and under which key it is known afterwards."""

    key: str
    transaction: JournalTransaction
    journal: PlannedJournal


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import is to do."""

    accounts: AccountPlan
    entries: tuple[PlannedEntry, ...]
    """What was not imported before, in the order of the file."""
    already_there: int
    """Transactions that an earlier import brought in."""
    empty: tuple[JournalTransaction, ...]
    """Transactions without amounts: nothing is posted for them."""

    @property
    def lines(self) -> int:
        """Lines to post."""
        return sum(len(entry.journal.lines) for entry in self.entries)

    def currencies_by_account(self) -> dict[str, set[str]]:
        """The currencies of the journals that are posted to, by ledger account."""
        used: dict[str, set[str]] = {}
        for entry in self.entries:
            for line in entry.journal.lines:
                used.setdefault(line.ledger_account, set()).add(entry.journal.currency)
        return used

    def first_uses(self) -> dict[str, JournalTransaction]:
        """The first transaction that posts to it, by ledger account."""
        first: dict[str, JournalTransaction] = {}
        for entry in self.entries:
            for line in entry.journal.lines:
                first.setdefault(line.ledger_account, entry.transaction)
        return first


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much one import may post."""

    transactions_max: int
    lines_max: int


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did."""

    accounts_created: tuple[str, ...]
    """Names, in the order of the file."""
    journals_created: int
    already_there: int
    """Transactions that an earlier import brought in."""
    left_out: tuple[str, ...]
    """`file:line: why`, for transactions without amounts and for what the reader of the file passed over."""

    @property
    def changed(self) -> bool:
        """Whether the books are different now."""
        return bool(self.accounts_created or self.journals_created)
