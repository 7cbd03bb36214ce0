"""The transactions of one account, newest first and in pages, with the balance after each (reports.md section 25, DECISIONS 21)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, NamedTuple

import numpy as np
from pydantic import BeforeValidator, Field

from domain.kit import permissions
from domain.kit.context import TenantContext
from domain.kit.money import from_scaled
from domain.kit.schemas import RecordId, WireModel, blank_to_none
from domain.ledger.repository_words import Words, read_words
from domain.reports.entries import Entry, Lines, choose, day_texts
from domain.reports.number_format import NumberFormat
from domain.reports.report import Report
from domain.reports.schemas import NumberFormatIn
from domain.reports.sheet import Books
from domain.reports.statement import books_of

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


# ---- the wire

PAGE_MAX = 1_000_000


class CashTransactionsQuery(WireModel):
    """`GET /banking/transactions`."""

    account_id: RecordId
    page: Annotated[int, BeforeValidator(lambda value: blank_to_none(value) or 1), Field(ge=1, le=PAGE_MAX)] = 1
    page_size: Annotated[int, BeforeValidator(lambda value: blank_to_none(value) or 50), Field(ge=1, le=PAGE_SIZE_MAX)] = 50


class CashTransactionOut(WireModel):
    """A transaction of a money account and the balance after it."""

    id: int
    date: str
    formatted_date: str
    withdrawal: Decimal
    deposit: Decimal
    formatted_deposit: str
    formatted_withdrawal: str
    reference_id: int
    reference_type: str
    formatted_transaction_type: str
    transaction_number: str | None
    reference_number: str | None
    running_balance: Decimal
    formatted_running_balance: str
    balance: Decimal
    formatted_balance: str
    status: str
    formatted_status: str
    uncategorized_transaction_id: int | None


class PaginationOut(WireModel):
    """Where the page is."""

    total: int
    page: int
    page_size: int


class CashTransactionsOut(WireModel):
    """One page of an account's transactions, newest first."""

    transactions: list[CashTransactionOut]
    pagination: PaginationOut


def _form(row: CashRow, numbers: NumberFormat) -> dict[str, Any]:
    entry = row.entry
    day = day_texts(entry.day)[0]
    balance, balance_text = from_scaled(row.balance), numbers.row(row.balance)
    return {
        "id": entry.line_id,
        "date": f"{day}T00:00:00.000Z",
        "formatted_date": day,
        "withdrawal": from_scaled(entry.credit),
        "deposit": from_scaled(entry.debit),
        "formatted_deposit": numbers.row(entry.debit),
        "formatted_withdrawal": numbers.row(entry.credit),
        "reference_id": entry.reference_id,
        "reference_type": entry.reference_type,
        "formatted_transaction_type": entry.label,
        "transaction_number": entry.transaction_number,
        "reference_number": entry.reference_number,
        "running_balance": balance,
        "formatted_running_balance": balance_text,
        "balance": balance,
        "formatted_balance": balance_text,
        "status": row.match.status,
        "formatted_status": row.match.status.capitalize(),
        "uncategorized_transaction_id": row.match.feed_line_id,
    }


# ---- the report


def make(ctx: TenantContext, query: CashTransactionsQuery) -> dict[str, Any]:
    """One page of an account's transactions, newest first, with the balance after each; none for an unknown account."""
    asked = Query(account_id=query.account_id, page=query.page, page_size=query.page_size)
    page = needed(books_of(ctx), asked)
    sheet = build(page, read_words(ctx.db, page.lines.line_ids), {})
    numbers = NumberFormatIn().settings(ctx.base_currency)
    return {
        "transactions": [_form(row, numbers) for row in sheet.rows],
        "pagination": {"total": sheet.total, "page": query.page, "page_size": query.page_size},
    }


REPORT = Report(
    name="account-transactions",
    operation="cash_account_transactions",
    title="The transactions of a money account, with the balance after each",
    path="/banking/transactions",
    permission=permissions.Report["read-cashflow-account-transactions"],
    any_of=(permissions.Cashflow.view,),
    query=CashTransactionsQuery,
    returns=CashTransactionsOut,
    make=make,
)
