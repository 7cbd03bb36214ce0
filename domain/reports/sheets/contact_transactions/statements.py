"""Transactions by customers and by vendors: every contact with its opening balance, its lines on the control accounts with the balance
after each, and its closing balance (reports.md section 19). Pure.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np

from domain.accounts.model import Normal
from domain.contacts.model import ContactService
from domain.contacts.repository_names import ContactName
from domain.ledger.columns import LedgerView
from domain.ledger.repository_words import Words
from domain.reports.entries import Entries, Entry, Lines, choose
from domain.reports.sheet import Books


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """`contacts` lists exactly these, whatever the two filters say; None is all. Unknown ids select nothing."""

    service: ContactService
    from_date: date
    to_date: date
    contacts: frozenset[int] | None = None
    none_zero: bool = False
    """Hide contacts whose closing balance is zero."""
    none_transactions: bool = True
    """Hide contacts without lines in the period."""


class ContactRow(NamedTuple):
    """A line and the contact's balance after it, on the contact's normal side."""

    entry: Entry
    running: int


@dataclass(frozen=True, slots=True)
class ContactStatement:
    """One contact. Amounts are scaled base currency, on the contact's normal side."""

    contact: ContactName
    opening: int
    entries: Entries
    closing: int

    def rows(self) -> Iterator[ContactRow]:
        """The lines, each with the balance after it."""
        running, sign = self.opening, _sign(self.contact.service)
        for entry in self.entries:
            running += sign * entry.movement
            yield ContactRow(entry, running)


@dataclass(frozen=True, slots=True)
class ContactTransactions:
    """The contacts in the order in which they were given."""

    service: ContactService
    from_date: date
    to_date: date
    contacts: tuple[ContactStatement, ...]


def needed(books: Books, query: Query) -> Lines:
    """The lines whose words the sheet needs."""
    lines = choose(
        books.ledger,
        since=query.from_date,
        until=query.to_date,
        accounts=_control_accounts(books, query),
        contacts=query.contacts,
    )
    return lines if query.contacts is not None else lines.with_contact()


def build(books: Books, lines: Lines, words: Words, contacts: Sequence[ContactName], query: Query) -> ContactTransactions:
    """The statements of the given contacts of the kind, from the lines that they need and their words."""
    rows = lines.entries(words, by="contact").parts("contact_id")
    opening = _balances(books.ledger, _control_accounts(books, query), query.from_date - timedelta(days=1))
    sign = _sign(query.service)
    statements = (_statement(contact, sign * opening.get(contact.id, 0), rows.get(contact.id, _NONE)) for contact in contacts)
    return ContactTransactions(
        query.service, query.from_date, query.to_date, tuple(item for item in statements if _shows(item, query))
    )


_NONE = Entries((), 0, 0)


def _sign(service: ContactService) -> int:
    return 1 if service.normal is Normal.DEBIT else -1


def _control_accounts(books: Books, query: Query) -> frozenset[int]:
    return frozenset(account.id for account in books.chart if account.account_type == query.service.control_type)


def _balances(view: LedgerView, accounts: frozenset[int], until: date) -> dict[int, int]:
    """Debit less credit by contact, over all lines of some accounts up to a day."""
    kept = ~view.removed & (view.columns["day"] <= until.toordinal()) & (view.columns["contact"] != 0)
    places = np.flatnonzero(kept)
    wanted = np.fromiter(accounts, dtype=np.int64, count=len(accounts))
    places = places[np.isin(view.columns["account"][places], wanted)]
    contacts, groups = np.unique(view.columns["contact"][places], return_inverse=True)
    totals = np.zeros(len(contacts), dtype=np.int64)
    np.add.at(totals, groups, view.columns["debit"][places] - view.columns["credit"][places])
    return dict(zip(contacts.tolist(), totals.tolist(), strict=True))


def _statement(contact: ContactName, opening: int, entries: Entries) -> ContactStatement:
    return ContactStatement(contact, opening, entries, opening + _sign(contact.service) * entries.movement)


def _shows(statement: ContactStatement, query: Query) -> bool:
    if query.contacts is not None:
        return statement.contact.id in query.contacts
    return not (query.none_zero and not statement.closing) and not (query.none_transactions and not len(statement.entries))
