"""The general ledger: every account with its opening balance, its lines with the balance after each, and its closing balance
(reports.md section 14). Pure.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from domain.accounts.model import Account, Chart, Normal
from domain.kit.text import fold_text
from domain.ledger.daily import NOTHING, Sums
from domain.ledger.repository_words import Words
from domain.reports.entries import Entries, Entry, Lines, choose
from domain.reports.sheet import Books, Roll, Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """`accounts` lists these and all below them, with the accounts above as headers; None is all. Unknown ids select nothing."""

    from_date: date
    to_date: date
    accounts: frozenset[int] | None = None
    branches: frozenset[int] | None = None
    none_transactions: bool = False
    """Hide accounts without lines in the period, unless one below has some."""


class LedgerRow(NamedTuple):
    """A line with its amount on the account's normal side, and the balance after it."""

    entry: Entry
    amount: int
    running: int


@dataclass(frozen=True, slots=True)
class LedgerAccount:
    """One account, its own lines only. Amounts are scaled, on its normal side; `closing_below` includes all accounts below."""

    account: Account
    opening: int
    entries: Entries
    closing: int
    closing_below: int | None
    children: tuple["LedgerAccount", ...]

    @property
    def sign(self) -> int:
        """What turns debit less credit into the account's normal side."""
        return 1 if self.account.normal is Normal.DEBIT else -1

    def rows(self) -> Iterator[LedgerRow]:
        """The lines, each with the balance after it."""
        running, sign = self.opening, self.sign
        for entry in self.entries:
            amount = sign * (entry.debit - entry.credit)
            running += amount
            yield LedgerRow(entry, amount, running)


@dataclass(frozen=True, slots=True)
class GeneralLedger:
    """First-level accounts by name."""

    from_date: date
    to_date: date
    accounts: tuple[LedgerAccount, ...]


@dataclass(frozen=True, slots=True)
class _Scope:
    """What is listed: `listed` accounts with their lines, `headers` only as places above them. None is all, without headers."""

    listed: frozenset[int] | None
    headers: frozenset[int] = frozenset()

    def lists(self, account_id: int) -> bool:
        return self.listed is None or account_id in self.listed

    def shows(self, account_id: int) -> bool:
        return self.lists(account_id) or account_id in self.headers


def _scope(chart: Chart, query: Query) -> _Scope:
    if query.accounts is None:
        return _Scope(None)
    chosen = [account for account_id in query.accounts if (account := chart.get(account_id)) is not None]
    below = (account for one in chosen for account in chart.descendants(one.id))
    listed = frozenset(account.id for account in (*chosen, *below))
    return _Scope(listed, frozenset(account.id for one in chosen for account in chart.ancestors(one)) - listed)


def needed(books: Books, query: Query) -> Lines:
    """The lines whose words the sheet needs."""
    return choose(
        books.ledger,
        since=query.from_date,
        until=query.to_date,
        accounts=_scope(books.chart, query).listed,
        branches=query.branches,
    )


def build(books: Books, lines: Lines, words: Words, query: Query) -> GeneralLedger:
    """The general ledger of a period, from the lines that it needs and their words."""
    rows = lines.entries(words, by="account").parts("account_id")
    opening = books.ledger.sums(since=None, until=query.from_date - timedelta(days=1), branches=query.branches)
    closing = Roll(books, [Window(None, query.to_date)], query.branches)
    builder = _Builder(closing, opening, rows, _scope(books.chart, query), query)
    return GeneralLedger(query.from_date, query.to_date, builder.below(None))


_NO_ENTRIES = Entries((), 0, 0)


@dataclass(frozen=True, slots=True)
class _Builder:
    closing: Roll
    opening: Mapping[int, Sums]
    rows: Mapping[int, Entries]
    scope: _Scope
    query: Query

    def below(self, parent_id: int | None) -> tuple[LedgerAccount, ...]:
        siblings = sorted(self.closing.chart.children.get(parent_id, ()), key=lambda item: (fold_text(item.name), item.id))
        return tuple(line for account in siblings if (line := self._line(account)) is not None)

    def _line(self, account: Account) -> LedgerAccount | None:
        children = self.below(account.id)
        entries = self.rows.get(account.id, _NO_ENTRIES)
        if not children and (not self.scope.shows(account.id) or (self.query.none_transactions and not len(entries))):
            return None
        sign = 1 if account.normal is Normal.DEBIT else -1
        opening = sign * self.opening.get(account.id, NOTHING).movement
        closing = opening + sign * entries.movement
        with_below = self.closing.figures(account)[0] if self.scope.lists(account.id) else None
        return LedgerAccount(account, opening, entries, closing, with_below, children)
