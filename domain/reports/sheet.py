"""What every statement is made of: the books it is a function of, the spans it looks at, and the nodes it answers.

A sheet is a pure function (books, query) → nodes; how it travels (JSON, tables, files) is the renderers' matter.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from domain.accounts.model import Account, Chart, Normal
from domain.ledger.columns import LedgerView
from domain.ledger.daily import Sums
from domain.ledger.grid import Grid, Span
from domain.reports.layout import NO_COMPARISON, WHOLE, Compare, Layout
from domain.reports.periods import Unit

INCOME_TYPES = ("income", "other-income")
EXPENSE_TYPES = ("cost-of-goods-sold", "expense", "other-expense")

Figures = tuple[int, ...]
"""One scaled amount in base currency (`kit.money.LEDGER_SCALE`) a column of the sheet."""


@dataclass(frozen=True)
class Books:
    """The chart of accounts and the ledger. Take the ledger first: an account may be newer than the lines, not the other way."""

    chart: Chart
    ledger: LedgerView


@dataclass(frozen=True, slots=True)
class Window:
    """A span of days, both included; without a beginning it reaches back to the first posting."""

    since: date | None
    until: date

    @property
    def span(self) -> Span:
        """As the ledger takes it."""
        return self.since, self.until


@dataclass(frozen=True, slots=True)
class Node:
    """A line of a statement. `figures` are on the side on which the line grows: positive is usual."""

    kind: str
    id: int | str
    label: str
    figures: Figures
    children: tuple["Node", ...] = ()
    account: Account | None = None
    footer: str | None = None
    """What the line that repeats a section's figures below its children is called, where not `Total <label>`."""


@dataclass(frozen=True)
class Sheet:
    """The top-level lines of a statement, and the span of each of its columns. Without any posting it has no lines."""

    columns: tuple[Window, ...]
    """What each figure of a node is over; with a layout, `Layout` says which figure stands where."""
    nodes: tuple[Node, ...]
    layout: Layout = WHOLE


@dataclass(frozen=True)
class RowFilter:
    """Which account lines are hidden (DECISIONS 20). Totals never change by it."""

    none_zero: bool = False
    """Hide accounts whose amounts are all zero."""
    none_transactions: bool = False
    """Hide accounts without a ledger line."""

    @property
    def active(self) -> bool:
        """Whether anything is hidden."""
        return self.none_zero or self.none_transactions

    def shows(self, figures: Figures, *, lines: int) -> bool:
        """Whether the account itself passes."""
        return not (self.none_zero and not any(figures)) and not (self.none_transactions and not lines)


ALL_ROWS = RowFilter()
"""Hides nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A statement from `from_date` to `to_date`, both included; the fiscal year begins with the month `fiscal_month`, 1 to 12."""

    from_date: date
    to_date: date
    fiscal_month: int = 1
    rows: RowFilter = ALL_ROWS
    branches: frozenset[int] | None = None
    unit: Unit | None = None
    """By period, where one is given."""
    compare: Compare = NO_COMPARISON
    """What stands beside each amount; the cash flow is compared with nothing."""


class Roll:
    """Balances of all accounts over some spans, each with everything below it. The ledger is gone through once for all spans."""

    def __init__(
        self, books: Books, windows: Sequence[Window], branches: frozenset[int] | None = None, *, grid: Grid | None = None
    ) -> None:
        self._books = books
        self.chart = books.chart
        self._grid = books.ledger.grid([window.span for window in windows], branches) if grid is None else grid
        self._movements = self._grid.movements()
        self._zero: Figures = (0,) * self.width
        self._rolled: dict[int, Figures] = {}

    def part(self, first: int, last: int) -> "Roll":
        """The same for the spans from `first` up to before `last`."""
        return Roll(self._books, (), grid=self._grid.part(first, last))

    @property
    def width(self) -> int:
        """How many spans there are."""
        return self._grid.width

    @property
    def empty(self) -> bool:
        """Whether nothing was posted in any of the spans."""
        return self._grid.empty

    def own(self, account_id: int) -> tuple[Sums, ...]:
        """What was posted to the account itself, by span."""
        return self._grid.sums(account_id)

    def own_figures(self, account: Account) -> Figures:
        """The balance by span of the account itself, on its normal side."""
        return _signed(account, self._movements.get(account.id, self._zero))

    def rolled(self, account_id: int) -> tuple[Sums, ...]:
        """What was posted to the account and all below it, by span."""
        below = self.chart.children.get(account_id, ())
        parts = [self.own(account_id), *(self.rolled(child.id) for child in below)]
        return tuple(_total(column) for column in zip(*parts, strict=True))

    def _rolled_movements(self, account_id: int) -> Figures:
        known = self._rolled.get(account_id)
        if known is None:
            below = (self._rolled_movements(child.id) for child in self.chart.children.get(account_id, ()))
            known = add(self._movements.get(account_id, self._zero), *below, width=self.width)
            self._rolled[account_id] = known
        return known

    def figures(self, account: Account) -> Figures:
        """The balance by span, with everything below, on the account's normal side."""
        return _signed(account, self._rolled_movements(account.id))

    @cached_property
    def _by_type(self) -> dict[str, list[Account]]:
        grouped: dict[str, list[Account]] = {}
        for account in sorted(self.chart, key=lambda item: item.id):
            grouped.setdefault(account.account_type, []).append(account)
        return grouped

    def of_type(self, *types: str) -> list[Account]:
        """All accounts of some types, whatever their level, in the order of the types, then by id."""
        return [account for kind in types for account in self._by_type.get(kind, ())]

    @cached_property
    def _roots_by_type(self) -> dict[str, list[Account]]:
        grouped: dict[str, list[Account]] = {}
        for account in self.chart.children.get(None, ()):
            grouped.setdefault(account.account_type, []).append(account)
        return grouped

    def lines(self, account_id: int) -> int:
        """How many lines the account itself has, over all spans; a line within two spans counts twice."""
        row = self._grid.accounts.get(account_id)
        return 0 if row is None else int(self._grid.lines[row].sum())

    def roots(self, *types: str) -> list[Account]:
        """First-level accounts of some types, in the order of the types, then by id."""
        return [account for kind in types for account in self._roots_by_type.get(kind, ())]

    def total(self, *types: str) -> Figures:
        """Σ of the first-level accounts of types that grow on the same side."""
        return add(*(self.figures(account) for account in self.roots(*types)), width=self.width)

    def nodes(self, types: Sequence[str], rows: RowFilter) -> tuple[Node, ...]:
        """The accounts of some types as nested lines, those that the filter shows or that have a line below."""
        return tuple(node for account in self.roots(*types) if (node := self._node(account, rows)) is not None)

    def _node(self, account: Account, rows: RowFilter) -> Node | None:
        below = self.chart.children.get(account.id, ())
        children = tuple(node for child in below if (node := self._node(child, rows)) is not None)
        figures = self.figures(account)
        if not children and not rows.shows(figures, lines=self.lines(account.id)):
            return None
        return Node("ACCOUNT", account.id, account.name, figures, children, account)


def net_income(roll: Roll) -> Figures:
    """Income less expense, by span (reports.md section 6)."""
    return subtract(roll.total(*INCOME_TYPES), roll.total(*EXPENSE_TYPES))


def _signed(account: Account, movements: Figures) -> Figures:
    return movements if account.normal is Normal.DEBIT else tuple(-movement for movement in movements)


def _total(parts: Sequence[Sums]) -> Sums:
    return Sums(sum(part.debit for part in parts), sum(part.credit for part in parts), sum(part.lines for part in parts))


def add(*parts: Figures, width: int) -> Figures:
    """Column by column; `width` columns of zero where there are no parts."""
    if len(parts) == 1:
        return parts[0]
    return tuple(map(sum, zip(*parts, strict=True))) if parts else (0,) * width


def subtract(first: Figures, *others: Figures) -> Figures:
    """Column by column, the first less all others."""
    return combine(lambda head, *rest: head - sum(rest), first, *others)


def combine(rule: Callable[..., int], *parts: Figures) -> Figures:
    """A rule applied column by column."""
    return tuple(rule(*column) for column in zip(*parts, strict=True))
