"""The words of the lines of small books in memory, and listings as readable text."""

import json
from collections.abc import Iterable, Sequence
from decimal import Decimal

from domain.kit.context import LedgerChange
from domain.ledger.repository_words import Words
from domain.reports.entries import Lines
from domain.reports.number_format import NumberFormat
from domain.reports.sheet import Books
from domain.reports.sheets import cash_transactions, journal
from domain.reports.sheets.general_ledger import ledger as general_ledger
from domain.reports.sheets.general_ledger.writers import GeneralLedgerWriter
from domain.reports.sheets.journal import JournalWriter
from tests.domain.reports.factories import ACME, acme_books, acme_postings, make_ledger

NUMBERS = NumberFormat(currency="USD", precision=2)


AllWords = dict[int, tuple[object, ...]]
"""By line id, in the order of the fields of `Words`."""


def make_words(changes: Iterable[LedgerChange], *, note: str | None = None) -> AllWords:
    """Numbered by reference, in the order of the lines; each posting a minute after the one before."""
    found: AllWords = {}
    for minute, change in enumerate(changes):
        instant = f"2023-04-01 08:{minute % 60:02d}:00.000000"
        for place, row in enumerate(change.added, start=1):
            found[row["id"]] = (row["id"], place, None, None, f"J-{row['reference_id']}", None, note, instant)
    return found


def words_of(words: AllWords, lines: Lines) -> Words:
    """The words that a sheet needs, as they would be read."""
    chosen = [words[line_id] for line_id in lines.line_ids]
    return Words._make(zip(*chosen, strict=True)) if chosen else Words._make([()] * len(Words._fields))


def acme() -> tuple[Books, AllWords]:
    changes = acme_postings()
    return acme_books(changes), make_words(changes)


def books_of(changes: Sequence[LedgerChange], chart=ACME) -> tuple[Books, AllWords]:
    return Books(chart=chart, ledger=make_ledger(changes).view()), make_words(changes)


def read_data(pieces):
    return json.loads("".join(pieces), parse_float=Decimal)


def ledger_sheet(held: Books, words: AllWords, query: general_ledger.Query) -> general_ledger.GeneralLedger:
    lines = general_ledger.needed(held, query)
    return general_ledger.build(held, lines, words_of(words, lines), query)


def ledger_data(held: Books, words: AllWords, query: general_ledger.Query, numbers=NUMBERS):
    return read_data(GeneralLedgerWriter(numbers, {}).data(ledger_sheet(held, words, query)))


def journal_sheet(held: Books, words: AllWords, query: journal.Query) -> journal.JournalSheet:
    lines = journal.needed(held, query)
    return journal.build(lines, words_of(words, lines), query)


def journal_data(held: Books, words: AllWords, query: journal.Query, numbers=NUMBERS):
    return read_data(JournalWriter(numbers, held.chart, {}).data(journal_sheet(held, words, query)))


def ledger_outline(accounts, depth=0):
    """The table of reports-tables.md section F, without empty cells."""
    lines, pad = [], "  " * depth
    for account in accounts:
        name, closing = account["name"], account["closing_balance"]["formatted_amount"]
        lines.append(f"{pad}{name} | {closing}")
        if account["transactions"]:
            lines.append(f"{pad}  Opening | {account['opening_balance']['formatted_amount']}")
        lines += [
            f"{pad}  {row['date_formatted']} | {row['transaction_type_formatted']} | {row['transaction_number']} | "
            f"{row['formatted_credit']} | {row['formatted_debit']} | {row['formatted_amount']} | {row['formatted_running_balance']}"
            for row in account["transactions"]
        ]
        lines.append(f"{pad}  Closing {name} | {closing}")
        lines += ledger_outline(account["children"], depth + 1)
        if account["children"] and "closing_balance_subaccounts" in account:
            lines.append(f"{pad}  With sub-accounts | {account['closing_balance_subaccounts']['formatted_amount']}")
    return lines


def cash_page(held: Books, words: AllWords, **fields: int) -> cash_transactions.CashTransactions:
    page = cash_transactions.needed(held, cash_transactions.Query(**{"account_id": 1, **fields}))
    return cash_transactions.build(page, words_of(words, page.lines), {})
