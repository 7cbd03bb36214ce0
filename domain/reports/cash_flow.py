"""The statement of cash flow, indirect method (reports.md section 16): where the change of cash and bank accounts came from.

The figures of each line are movements on the side on which they bring cash; cash at the end is the balance of the cash accounts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.accounts.model import ACCOUNT_TYPES, Normal
from domain.reports.balance_sheet import net_income
from domain.reports.layout import lay_out
from domain.reports.periods import Range, Unit
from domain.reports.sheet import ALL_ROWS, Books, Figures, Node, Roll, RowFilter, Sheet, Window, add, subtract

CASH_TYPES = ("cash", "bank")
_OPERATING = (
    "accounts-receivable", "inventory", "none-current-asset", "accounts-payable", "credit-card", "tax-payable",
    "other-current-asset", "other-current-liability", "non-current-liability",
)  # fmt: skip
_INVESTMENT = ("fixed-asset",)
_FINANCIAL = ("long-term-liability", "equity")


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """The movements from `from_date` to `to_date`, both included; by period where a unit is given."""

    from_date: date
    to_date: date
    fiscal_month: int = 1
    rows: RowFilter = ALL_ROWS
    branches: frozenset[int] | None = None
    unit: Unit | None = None


def build(books: Books, query: Query) -> Sheet:
    """The cash flow of a period, or of several beside each other.

    Raises:
        TOO_MANY_PERIODS.

    """
    layout = lay_out(Range(query.from_date, query.to_date), unit=query.unit, first_month=query.fiscal_month)
    columns = tuple(Window(counted.first, counted.last) for counted in layout.ranges)
    before = tuple(Window(None, counted.first - timedelta(days=1)) for counted in layout.ranges)
    both = Roll(books, (*columns, *before), query.branches)
    roll, beginning = both.part(0, len(columns)), both.part(len(columns), both.width)
    operating = _operating(roll, query.rows)
    investment = _section(roll, query.rows, "INVESTMENT", _INVESTMENT)
    financial = _section(roll, query.rows, "FINANCIAL", _FINANCIAL)
    cash = _beginning(beginning, query.rows)
    increase = add(operating.figures, investment.figures, financial.figures, width=roll.width)
    nodes = (
        operating,
        investment,
        financial,
        cash,
        Node("TOTAL", "NET_CASH_INCREASE", "NET CASH INCREASE FOR PERIOD", increase),
        Node("TOTAL", "CASH_END_PERIOD", "CASH AT END OF PERIOD", add(increase, cash.figures, width=roll.width)),
    )
    return Sheet(columns, tuple(node for node in nodes if _shown(node, query.rows)), layout)


def reduces_cash(account_type: str) -> bool:
    """Whether more on an account of the type means less cash: assets tie it up, liabilities and equity bring it."""
    return ACCOUNT_TYPES[account_type].normal is Normal.DEBIT


def _operating(roll: Roll, rows: RowFilter) -> Node:
    income = Node("NET_INCOME", "NET_INCOME", "Net income", net_income(roll))
    accounts = _section(roll, rows, "OPERATING_ACCOUNTS", _OPERATING)
    children = tuple(node for node in (income, accounts) if _shown(node, rows))
    total = add(income.figures, accounts.figures, width=roll.width)
    label, footer = _LABELS["OPERATING"]
    return Node("AGGREGATE", "OPERATING", label, total, children, footer=footer)


_LABELS: dict[str, tuple[str, str | None]] = {
    "OPERATING": ("OPERATING ACTIVITIES", "Net cash provided by operating activities"),
    "OPERATING_ACCOUNTS": ("Adjustments net income by operating activities.", None),
    "INVESTMENT": ("INVESTMENT ACTIVITIES", "Net cash provided by investing activities"),
    "FINANCIAL": ("FINANCIAL ACTIVITIES", "Net cash provided by financing activities"),
    "CASH_BEGINNING_PERIOD": ("Cash at beginning of period", None),
}
"""Heading and footer by section."""


def _section(roll: Roll, rows: RowFilter, id_: str, types: Sequence[str]) -> Node:
    """The accounts of some types, each by itself; their total counts hidden ones too."""
    lines = [
        Node("ACCOUNT", account.id, account.name, _cash_effect(roll.own_figures(account), kind), account=account)
        for kind in types
        for account in roll.of_type(kind)
    ]
    label, footer = _LABELS[id_]
    return Node(
        "ACCOUNTS", id_, label, add(*(line.figures for line in lines), width=roll.width), _kept(roll, lines, rows), footer=footer
    )


def _beginning(roll: Roll, rows: RowFilter) -> Node:
    lines = [
        Node("ACCOUNT", account.id, account.name, roll.own_figures(account), account=account)
        for account in roll.of_type(*CASH_TYPES)
    ]
    total = add(*(line.figures for line in lines), width=roll.width)
    label, _ = _LABELS["CASH_BEGINNING_PERIOD"]
    return Node("CASH_AT_BEGINNING", "CASH_BEGINNING_PERIOD", label, total, _kept(roll, lines, rows))


def _kept(roll: Roll, lines: Sequence[Node], rows: RowFilter) -> tuple[Node, ...]:
    return tuple(line for line in lines if rows.shows(line.figures, lines=roll.lines(int(line.id))))


def _cash_effect(figures: Figures, account_type: str) -> Figures:
    return subtract((0,) * len(figures), figures) if reduces_cash(account_type) else figures


def _shown(node: Node, rows: RowFilter) -> bool:
    return bool(node.kind != "ACCOUNTS" or node.children or not rows.active)
