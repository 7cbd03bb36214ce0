"""Agings, balance summaries and transactions of contacts of the worked examples (reports-tables.md sections I to K)."""

from datetime import date
from typing import Any

from domain.contacts.model import ContactService
from domain.contacts.repository_names import ContactName
from domain.reports.contacts import lines_of
from domain.reports.sheet import Books
from domain.reports.sheets import aging, contact_balances
from domain.reports.sheets.contact_transactions import statements as contact_transactions
from tests.domain.reports.factories import acme_books, make_posting
from tests.domain.reports.listing_factories import AllWords, make_words, words_of
from tests.domain.reports.rendering.factories import Prepared

CUSTOMER, VENDOR = ContactService
ACME, BETA, ZED = (ContactName(id_, name, CUSTOMER) for id_, name in ((101, "Acme"), (102, "Beta"), (103, "Zed")))
SUPPLIER = ContactName(201, "Supplier", VENDOR)
CUSTOMERS = [ACME, BETA, ZED]


def owed(number: int, day: str, amount: int, contact: int | None = 101, account: int = 3, **changes: Any):
    """What a contact owes more, or less, from a day on."""
    return make_posting(number, day, (account, amount), (9, -amount), contact_id=contact, **changes)


def summary():
    return [
        owed(1, "2022-12-28", 200), owed(2, "2023-01-01", 50), owed(3, "2023-01-15", 1100), owed(4, "2023-01-20", -300),
        owed(5, "2022-11-01", 75, contact=102), owed(6, "2023-01-02", -500, contact=201, account=6),
        owed(7, "2023-01-05", -2000, contact=201, account=6), owed(8, "2023-01-25", 800, contact=201, account=6),
    ]  # fmt: skip


OPEN = [
    owed(1, "2023-03-31", 65), owed(2, "2023-03-21", 100), owed(3, "2023-03-01", 50), owed(4, "2023-02-28", 70),
    owed(5, "2022-12-31", 20), owed(6, "2023-04-10", 40),
]  # fmt: skip


def balances(people=CUSTOMERS, postings=None, **options):
    query = contact_balances.Query(**{"service": CUSTOMER, "as_date": date(2023, 1, 31)} | options)
    lines = lines_of(acme_books(summary() if postings is None else postings), query)
    return contact_balances.build(lines, people, query)


def aged(postings, people=(ACME, BETA), **options):
    query = aging.Query(**{"service": CUSTOMER, "as_date": date(2023, 3, 31)} | options)
    return aging.build(lines_of(acme_books(postings), query), people, query)


def prepared_aging(**options: Any) -> Prepared:
    return Prepared(aged(OPEN, **options))


def prepared_balances(**options: Any) -> Prepared:
    return Prepared(balances(**options), percentages=frozenset({"percentage_column"}))


def statements_of(held: Books, words: AllWords, people, **options: Any) -> contact_transactions.ContactTransactions:
    query = contact_transactions.Query(**{"from_date": date(2023, 1, 1), "to_date": date(2023, 1, 31)} | options)
    lines = contact_transactions.needed(held, query)
    return contact_transactions.build(held, lines, words_of(words, lines), people, query)


def summary_books() -> tuple[Books, AllWords]:
    """The postings of the balance summaries with their words."""
    changes = summary()
    return acme_books(changes), make_words(changes)
