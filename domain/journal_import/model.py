"""What an import makes of a transaction, and what it did in the end."""

from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - the field is called date
from decimal import Decimal


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
