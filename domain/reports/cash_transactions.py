"""The transactions of one account, newest first and in pages, with the balance after each (reports.md section 25, DECISIONS 21). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from domain.ledger.repository_words import Words
from domain.reports.entries import Entry, Lines, choose
from domain.reports.sheet import Books

PAGE_SIZE_MAX = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Pages are counted from 1. An unknown account has no transactions."""

    account_id: int
    page: int = 1
    page_size: int = 50


class FeedMatch(NamedTuple):
    """How a document came about: from a line of the bank's feed, or beside one."""

    status: str
    feed_line_id: int | None


MANUAL = FeedMatch("manual", None)
Matches = Mapping[tuple[str, int], FeedMatch]
"""By the document's kind and id; what is absent was entered by hand."""


class CashRow(NamedTuple):
    """A line and the account's balance after it: debit less credit, also for accounts that grow on the credit side."""

    entry: Entry
    balance: int
    match: FeedMatch


@dataclass(frozen=True, slots=True)
class CashPage:
    """The lines of a page, newest first, and the balance before its oldest line."""

    lines: Lines
    balance_before: int
    total: int


@dataclass(frozen=True, slots=True)
class CashTransactions:
    """One page, newest first; `total` counts the lines of the account."""

    rows: tuple[CashRow, ...]
    total: int


def needed(books: Books, query: Query) -> CashPage:
    """The page asked for. By date, then as entered: line ids are given in that order."""
    lines = choose(books.ledger, accounts=frozenset({query.account_id}))
    newest_first = np.lexsort((lines.columns["line_id"], lines.columns["day"]))[::-1]
    start = min((query.page - 1) * query.page_size, len(lines))
    page, older = newest_first[start : start + query.page_size], newest_first[start + query.page_size :]
    before = int((lines.columns["debit"][older] - lines.columns["credit"][older]).sum())
    return CashPage(lines.at(np.sort(page)), before, len(lines))


def build(page: CashPage, words: Words, matches: Matches) -> CashTransactions:
    """The transactions of the page."""
    oldest_first = sorted(page.lines.entries(words), key=lambda entry: (entry.day, entry.line_id))
    balance = page.balance_before
    rows = []
    for entry in oldest_first:
        balance += entry.movement
        rows.append(CashRow(entry, balance, matches.get((entry.reference_type, entry.reference_id), MANUAL)))
    return CashTransactions(tuple(reversed(rows)), page.total)
