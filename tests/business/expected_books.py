"""What the books should say, computed from the documents alone, in the simplest way: nothing here is kept up step by step."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

BASE = "USD"
CENT = Decimal("0.01")


def cents(value: Decimal) -> Decimal:
    """Half away from zero."""
    return value.quantize(CENT, ROUND_HALF_UP)


@dataclass
class Line:
    """A posting line; positive is a debit."""

    account_id: int
    foreign: Decimal
    base: Decimal
    contact_id: int | None = None


@dataclass
class Document:
    """A journal, an expense or an opening balance: what would be posted, and whether it is."""

    day: date
    currency: str
    lines: list[Line]
    published: bool
    number: str | None = None
    body: dict[str, Any] = field(default_factory=dict)


@dataclass
class ExpectedAccount:
    """An account of the chart."""

    id: int
    type: str
    debit_normal: bool
    currency: str
    predefined: bool = False
    active: bool = True
    touched: bool = False
    """Whether its stored balance is a number, as it is from the first posting on."""


@dataclass
class ExpectedContact:
    """A customer or vendor."""

    id: int
    customer: bool
    currency: str
    opening: Document | None = None
    active: bool = True

    @property
    def module(self) -> str:
        """Whose lock counts for its opening balance."""
        return "sales" if self.customer else "purchases"


@dataclass
class Lock:
    """The lock of a module."""

    to: date
    active: bool = True
    open_from: date | None = None
    open_to: date | None = None

    def covers(self, day: date) -> bool:
        if not self.active or day > self.to:
            return False
        return not (self.open_from and self.open_to and self.open_from <= day <= self.open_to)


class ExpectedBooks:
    """Everything that was agreed to, and what follows from it."""

    def __init__(self) -> None:
        self.accounts: dict[int, ExpectedAccount] = {}
        self.journals: dict[int, Document] = {}
        self.expenses: dict[int, Document] = {}
        self.contacts: dict[int, ExpectedContact] = {}
        self.tax_codes: dict[int, str] = {}
        self.locks: dict[str, Lock] = {}
        self.locking_type = "partial"
        self.journals_created = 0

    # -- locks ---------------------------------------------------------------------------------------------------------------

    def locked(self, module: str, *days: date) -> bool:
        """Whether a document of the module and of one of the days is refused."""
        lock = self.locks.get("all" if self.locking_type == "all" else module)
        return lock is not None and any(lock.covers(day) for day in days)

    # -- what is posted ------------------------------------------------------------------------------------------------------

    def documents(self) -> Iterator[Document]:
        """Everything that is posted."""
        openings = (contact.opening for contact in self.contacts.values() if contact.opening)
        for document in (*self.journals.values(), *self.expenses.values(), *openings):
            if document.published:
                yield document

    def amounts(self) -> dict[int, Decimal | None]:
        """The balance of each account in its own currency, on its normal side."""
        sums: dict[int, Decimal] = defaultdict(Decimal)
        for document in self.documents():
            for line in document.lines:
                account = self.accounts[line.account_id]
                account.touched = True
                if account.currency == BASE:
                    sums[account.id] += line.base
                elif account.currency == document.currency:
                    sums[account.id] += line.foreign
        return {
            item.id: (sums[item.id] if item.debit_normal else -sums[item.id]) if item.touched else None
            for item in self.accounts.values()
        }

    def balances(self) -> dict[int, Decimal]:
        """What each contact owes, or is owed, in the contact's currency."""
        sums: dict[int, Decimal] = dict.fromkeys(self.contacts, Decimal(0))
        for document in self.documents():
            for line in document.lines:
                if line.contact_id is None or self.accounts[line.account_id].type not in CONTROL:
                    continue
                contact = self.contacts[line.contact_id]
                if contact.currency == BASE:
                    sums[contact.id] += line.base
                elif contact.currency == document.currency:
                    sums[contact.id] += line.foreign
        return {key: value if self.contacts[key].customer else -value for key, value in sums.items()}

    def control_sums(self) -> dict[tuple[str, str], tuple[Decimal, Decimal]]:
        """For each control type and currency: the accounts' balance and that of the contacts. They must be equal."""
        amounts, balances = self.amounts(), self.balances()
        return {
            (kind, currency): (
                sum((amounts[item.id] or Decimal(0) for item in self.of_type(kind, currency)), Decimal(0)),
                sum((balances[item.id] for item in self._contacts(kind, currency)), Decimal(0)),
            )
            for kind in CONTROL
            for currency in {item.currency for item in self.accounts.values() if item.type == kind}
        }

    def of_type(self, kind: str, currency: str) -> list[ExpectedAccount]:
        """Accounts of a type in a currency, the lowest id first."""
        found = [item for item in self.accounts.values() if (item.type, item.currency) == (kind, currency)]
        return sorted(found, key=lambda item: item.id)

    def _contacts(self, kind: str, currency: str) -> list[ExpectedContact]:
        customer = kind == "accounts-receivable"
        return [item for item in self.contacts.values() if (item.customer, item.currency) == (customer, currency)]

    def account_used(self, account_id: int) -> bool:
        """Whether any document, posted or draft, refers to the account."""
        everything = (*self.journals.values(), *self.expenses.values(), *(item.opening for item in self.contacts.values()))
        return any(line.account_id == account_id for document in everything if document for line in document.lines)

    def contact_used(self, contact_id: int) -> bool:
        """Whether a document other than its own opening balance refers to the contact."""
        everything = (*self.journals.values(), *self.expenses.values())
        return any(line.contact_id == contact_id for document in everything for line in document.lines)

    # -- how documents are posted --------------------------------------------------------------------------------------------

    @staticmethod
    def journal_lines(entries: Iterable[dict[str, Any]], rate: Decimal) -> list[Line]:
        """Each entry times the rate; what is left over goes on the largest line, the first of equals."""
        lines = []
        for entry in entries:
            foreign = Decimal(str(entry.get("debit") or 0)) - Decimal(str(entry.get("credit") or 0))
            lines.append(Line(entry["account_id"], foreign, cents(foreign * rate), entry.get("contact_id")))
        residue = sum((line.base for line in lines), Decimal(0))
        if residue:
            largest = max(lines, key=lambda line: abs(line.base))
            largest.base -= residue
        return lines

    @staticmethod
    def expense_lines(body: dict[str, Any], rate: Decimal) -> list[Line]:
        """Each category times the rate; the payment account gives what they come to together."""
        lines = []
        for category in body["categories"]:
            foreign = Decimal(str(category["amount"]))
            lines.append(Line(category["expense_account_id"], foreign, cents(foreign * rate)))
        foreign, base = (sum((getattr(line, side) for line in lines), Decimal(0)) for side in ("foreign", "base"))
        return [Line(body["payment_account_id"], -foreign, -base), *lines]

    def opening(self, contact: ExpectedContact, amount: Decimal, day: date, rate: Decimal, equity: int) -> Document:
        """Receivable or payable against Opening Balance Equity."""
        kind = "accounts-receivable" if contact.customer else "accounts-payable"
        control = self.of_type(kind, contact.currency)[0].id
        foreign = amount if contact.customer else -amount
        base = cents(foreign * rate)
        lines = [Line(control, foreign, base, contact.id), Line(equity, -foreign, -base)]
        return Document(day, contact.currency, lines, published=True, body={"rate": rate})


CONTROL = ("accounts-receivable", "accounts-payable")
