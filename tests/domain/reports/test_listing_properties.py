"""What holds for any books: listings add up to the ledger, the trial balance and the balances of accounts (LESSONS B3, B4)."""

import itertools
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.accounts.model import ACCOUNT_TYPES, Chart, Normal
from domain.reports.entries import choose
from domain.reports.sheets import journal, trial_balance
from domain.reports.sheets.general_ledger import ledger as general_ledger
from tests.domain.reports.factories import make_account, make_posting
from tests.domain.reports.listing_factories import NUMBERS, books_of, cash_page, journal_sheet, ledger_sheet

ACCOUNTS_MAX = 12
DAY_ZERO = date(2023, 1, 1)


@st.composite
def any_books(draw):
    kinds = draw(st.lists(st.sampled_from(sorted(ACCOUNT_TYPES)), min_size=2, max_size=ACCOUNTS_MAX))
    accounts = {}
    for place, kind in enumerate(kinds, start=1):
        above = [one.id for one in accounts.values() if one.account_type == kind]
        parent = draw(st.sampled_from([None, *above]))
        accounts[place] = make_account(place, f"Account {place}", kind, parent=parent)
    ids = st.integers(1, len(kinds))
    postings = draw(st.lists(st.tuples(st.integers(0, 40), ids, ids, st.integers(1, 10**9), st.integers(0, 2)), max_size=25))
    changes = []
    for number, (day, first, second, cents, branch) in enumerate(postings, start=1):
        amount = NUMBERS.amount(cents, total=False)["amount"]
        when = DAY_ZERO + timedelta(days=day)
        changes.append(make_posting(number, when, (first, amount), (second, -amount), branch_id=branch or None))
    begin = draw(st.integers(-2, 42))
    span = {"from_date": DAY_ZERO + timedelta(days=begin), "to_date": DAY_ZERO + timedelta(days=draw(st.integers(begin, 44)))}
    branches = draw(st.sampled_from([None, frozenset({1}), frozenset({1, 2})]))
    return (*books_of(changes, Chart(accounts)), span, branches)


def every(accounts):
    for item in accounts:
        yield item
        yield from every(item.children)


@given(any_books())
def test_opening_and_movements_make_the_closing_balance(case):
    held, words, span, branches = case
    sheet = ledger_sheet(held, words, general_ledger.Query(**span, branches=branches))
    at_end = held.ledger.sums(since=None, until=span["to_date"], branches=branches)
    assert {item.account.id for item in every(sheet.accounts)} == set(held.chart.accounts)
    for item in every(sheet.accounts):
        sign = 1 if item.account.normal is Normal.DEBIT else -1
        balance = sign * at_end[item.account.id].movement if item.account.id in at_end else 0
        assert item.opening + sum(row.amount for row in item.rows()) == item.closing == balance
        assert (([item.opening] + [row.running for row in item.rows()])[-1]) == balance
        assert item.closing_below == item.closing + sum(child.closing_below for child in item.children)
        assert [row.entry.day for row in item.rows()] == sorted(row.entry.day for row in item.rows())


@given(any_books())
def test_the_general_ledger_adds_up_to_the_trial_balance(case):
    held, words, span, branches = case
    sheet = ledger_sheet(held, words, general_ledger.Query(**span | {"from_date": DAY_ZERO}, branches=branches))
    trial = trial_balance.build(held, trial_balance.Query(**span, branches=branches, none_transactions=False))
    rows = [row.entry for item in every(sheet.accounts) for row in item.rows()]
    assert sum(row.debit for row in rows) == trial.total.debit == trial.total.credit == sum(row.credit for row in rows)
    for line in trial.lines:
        below = {line.account.id, *(one.id for one in held.chart.descendants(line.account.id))}
        assert sum(row.movement for row in rows if row.account_id in below) == line.sums.movement


@given(any_books())
def test_every_line_of_the_journal_is_there_once_and_balanced(case):
    held, words, span, branches = case
    query = journal.Query(**span, branches=branches)
    groups = list(journal_sheet(held, words, query).groups())
    listed = sorted(entry.line_id for group in groups for entry in group.entries)
    assert listed == choose(held.ledger, since=span["from_date"], until=span["to_date"], branches=branches).line_ids
    assert all(group.debit == group.credit for group in groups)


@given(any_books(), st.integers(1, 5))
def test_the_newest_cash_row_shows_the_balance_of_the_account(case, page_size):
    held, words, _, _ = case
    balances = held.ledger.sums(since=None, until=None)
    for account_id in held.chart.accounts:
        pages, page = [], 1
        while rows := cash_page(held, words, account_id=account_id, page=page, page_size=page_size).rows:
            pages.append(rows)
            page += 1
        rows = [row for one in pages for row in one]
        if rows:
            assert rows[0].balance == (balances[account_id].movement if account_id in balances else 0)
            assert rows[-1].balance == rows[-1].entry.movement
        assert all(newer.balance == newer.entry.movement + older.balance for newer, older in itertools.pairwise(rows))
