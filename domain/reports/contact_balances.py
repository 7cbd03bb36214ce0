"""Customer and vendor balance summaries (reports.md section 18): what each contact owes, or is owed, as of a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.accounts.model import Normal
from domain.contacts.model import ContactService
from domain.contacts.repository_names import ContactName
from domain.ledger.control import ControlLines, control_lines
from domain.reports.sheet import Books


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """`contacts` lists exactly these, whatever the two filters say; None is all. Unknown ids select nothing."""

    service: ContactService
    as_date: date
    contacts: frozenset[int] | None = None
    branches: frozenset[int] | None = None
    none_zero: bool = False
    """Hide contacts with a balance of zero."""
    none_transactions: bool = True
    """Hide contacts without a line on the control accounts."""


@dataclass(frozen=True, slots=True)
class ContactBalance:
    """One contact; None stands for what was posted to the control accounts without one. Scaled, on the kind's normal side."""

    contact: ContactName | None
    balance: int


@dataclass(frozen=True, slots=True)
class ContactBalances:
    """The contacts shown, by name, and their sum; `listed` is the sum before rows were hidden."""

    service: ContactService
    contacts: tuple[ContactBalance, ...]
    total: int
    listed: int


def lines_of(books: Books, query: Query) -> ControlLines:
    """The lines on the control accounts that the sheet is made of."""
    accounts = (account.id for account in books.chart if account.account_type == query.service.control_type)
    return control_lines(books.ledger, accounts, until=query.as_date, branches=query.branches)


def build(lines: ControlLines, contacts: Sequence[ContactName], query: Query) -> ContactBalances:
    """The balances of the contacts given, in their order. Together they are the balance of the control accounts."""
    sign = 1 if query.service.normal is Normal.DEBIT else -1
    balances = {contact: (sign * movement, count) for contact, (movement, count) in lines.balances().items()}
    listed = [ContactBalance(contact, balances.get(contact.id, (0, 0))[0]) for contact in contacts if _chosen(contact, query)]
    if query.contacts is None:
        stray = without_contact(balances, contacts)
        listed += [ContactBalance(None, stray)] if stray else []
    shown = tuple(item for item in listed if _shows(item, balances, query))
    return ContactBalances(query.service, shown, sum(item.balance for item in shown), sum(item.balance for item in listed))


def without_contact(balances: Mapping[int, tuple[int, int]], contacts: Sequence[ContactName]) -> int:
    """What stands on the control accounts beside the contacts given."""
    known = {contact.id for contact in contacts}
    return sum(balance for contact, (balance, _) in balances.items() if contact not in known)


def _chosen(contact: ContactName, query: Query) -> bool:
    return query.contacts is None or contact.id in query.contacts


def _shows(item: ContactBalance, balances: Mapping[int, tuple[int, int]], query: Query) -> bool:
    if query.contacts is not None or item.contact is None:
        return True
    if query.none_transactions and item.contact.id not in balances:
        return False
    # A contact of the other kind has no place in the list but for what it owes here.
    return bool(item.balance) or (not query.none_zero and item.contact.service is query.service)
