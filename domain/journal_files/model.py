"""A journal file as data, in the words of hledger's manual. Quantities are exact decimals; positive is a debit."""

from dataclasses import dataclass, field
from datetime import date as Date  # noqa: N812 - the field is called date
from decimal import Decimal
from typing import Literal

from domain.journal_files.numbers import EXACT

Status = Literal["", "!", "*"]
Tags = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity of a commodity. The quantity keeps the decimal places it was written with; the commodity may be `""`."""

    quantity: Decimal
    commodity: str

    def __str__(self) -> str:
        return f"{self.quantity:f} {self.commodity}".rstrip()

    @property
    def places(self) -> int:
        """Decimal places as written."""
        exponent = self.quantity.as_tuple().exponent
        return max(0, -exponent) if isinstance(exponent, int) else 0


@dataclass(frozen=True, slots=True)
class Cost:
    """What an amount was exchanged for: per unit (`@`) or in total (`@@`)."""

    kind: Literal["@", "@@"]
    amount: Amount

    def weigh(self, quantity: Decimal) -> Amount:
        """The signed worth of so many units. A total takes the sign of the quantity, as in hledger."""
        if self.kind == "@":
            return Amount(EXACT.multiply(quantity, self.amount.quantity), self.amount.commodity)
        if not quantity:
            return Amount(EXACT.multiply(quantity, 0), self.amount.commodity)
        return Amount(EXACT.copy_negate(self.amount.quantity) if quantity < 0 else self.amount.quantity, self.amount.commodity)


@dataclass(frozen=True, slots=True)
class BalanceAssertion:
    """The balance that an account must have after the posting; on a posting without an amount it assigns that balance."""

    amount: Amount
    total: bool = False
    """`==`: the account holds no other commodity."""
    with_subaccounts: bool = False
    """`=*`: the accounts below count too."""
    cost: Cost | None = None
    """Only for an assigned amount."""


@dataclass(frozen=True, slots=True)
class Posting:
    """One line of a transaction. After balancing `amount` and `weight` are always there."""

    account: str
    amount: Amount | None
    cost: Cost | None = None
    assertion: BalanceAssertion | None = None
    status: Status = ""
    comment: str = ""
    tags: Tags = ()
    date: Date | None = None
    """A date of its own (`date:` tag or `[date]`); it orders balance assertions."""
    virtual: bool = False
    """A balanced virtual posting, `[account]`: balances among its like only."""
    weight: Amount | None = None
    """What the posting counts for in the transaction's balance. The weights of a balanced transaction sum to exactly zero."""
    line: int = 0
    file: str = ""


@dataclass(frozen=True, slots=True)
class JournalTransaction:
    """A dated entry and its postings."""

    date: Date
    secondary_date: Date | None
    status: Status
    code: str
    payee: str
    note: str
    """What follows `|` in the description."""
    comment: str
    postings: tuple[Posting, ...]
    file: str
    line: int
    tags: Tags = ()

    @property
    def description(self) -> str:
        """Payee and note as they stood in the file."""
        return f"{self.payee} | {self.note}" if self.note else self.payee


@dataclass(frozen=True, slots=True)
class DeclaredAccount:
    """An `account` directive."""

    name: str
    type: str
    """hledger's account type from the `type:` tag, one of `A L E R X C V`, or `""`."""
    comment: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class DeclaredPrice:
    """A `P` directive: what one unit of a commodity was worth on a day."""

    date: Date
    commodity: str
    price: Amount
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that was read and left out on purpose."""

    message: str
    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


@dataclass(frozen=True, slots=True)
class JournalFile:
    """A whole journal with its included files: every transaction balances and every assertion holds."""

    transactions: tuple[JournalTransaction, ...]
    """In the order of the file."""
    accounts: tuple[DeclaredAccount, ...] = ()
    commodities: tuple[str, ...] = ()
    payees: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    prices: tuple[DeclaredPrice, ...] = ()
    notices: tuple[Notice, ...] = ()
    files: tuple[str, ...] = field(default=())

    def account_names(self) -> tuple[str, ...]:
        """Accounts with postings, by first appearance."""
        return tuple(dict.fromkeys(posting.account for entry in self.transactions for posting in entry.postings))

    def balances(self) -> dict[str, dict[str, Decimal]]:
        """The balance of every account with postings, by commodity (not converted); zeros are left out."""
        sums: dict[str, dict[str, Decimal]] = {}
        for entry in self.transactions:
            for posting in entry.postings:
                held = sums.setdefault(posting.account, {})
                if posting.amount is not None:
                    commodity = posting.amount.commodity
                    held[commodity] = EXACT.add(held.get(commodity, Decimal(0)), posting.amount.quantity)
        return {account: {name: total for name, total in held.items() if total} for account, held in sums.items()}
