"""The trial balance: gross debits and credits of every account up to a day (reports.md section 13)."""

from dataclasses import dataclass
from datetime import date

from domain.accounts.model import Account
from domain.ledger.daily import NOTHING, Sums
from domain.reports.sheet import Books, Roll, Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Figures are cumulative up to `to_date`; `from_date` only names the period. `accounts` keeps these, all below and above them."""

    from_date: date
    to_date: date
    none_zero: bool = False
    none_transactions: bool = True
    only_active: bool = False
    branches: frozenset[int] | None = None
    accounts: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class TrialLine:
    """One account with everything below it."""

    account: Account
    sums: Sums
    children: tuple["TrialLine", ...]


@dataclass(frozen=True, slots=True)
class TrialBalance:
    """The lines, nested and by account id; the total is over the first level, after filtering."""

    lines: tuple[TrialLine, ...]
    total: Sums
    empty: bool
    """Whether nothing was posted up to the day."""


def build(books: Books, query: Query) -> TrialBalance:
    """The trial balance of a day."""
    roll = Roll(books, [Window(None, query.to_date)], query.branches)
    chosen = None if query.accounts is None else _with_descendants(books, query.accounts)
    lines = tuple(
        line for account in books.chart.children.get(None, ()) if (line := _line(roll, account, query, chosen)) is not None
    )
    total = NOTHING
    for line in lines:
        total = total.plus(line.sums)
    return TrialBalance(lines, total, roll.empty)


def _with_descendants(books: Books, accounts: frozenset[int]) -> frozenset[int]:
    return accounts.union(*({below.id for below in books.chart.descendants(account)} for account in accounts))


def _line(roll: Roll, account: Account, query: Query, chosen: frozenset[int] | None) -> TrialLine | None:
    below = roll.chart.children.get(account.id, ())
    children = tuple(line for child in below if (line := _line(roll, child, query, chosen)) is not None)
    (sums,) = roll.rolled(account.id)
    (own,) = roll.own(account.id)
    shown = (
        (chosen is None or account.id in chosen)
        and not (query.none_transactions and not own.lines)
        and not (query.none_zero and not sums.movement)
        and not (query.only_active and not sums.debit and not sums.credit)
    )
    return TrialLine(account, sums, children) if shown or children else None
