"""The balance sheet (reports.md section 11): assets = liabilities + equity at any day.

Equity ends with two computed lines (DECISIONS 14): what was earned in the fiscal years before, and in the current one to date.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from domain.reports.layout import NO_COMPARISON, Compare, lay_out
from domain.reports.periods import Range, Unit
from domain.reports.rules import fiscal_year_start
from domain.reports.sheet import ALL_ROWS, Books, Figures, Node, Roll, RowFilter, Sheet, Window, add, subtract

INCOME_TYPES = ("income", "other-income")
EXPENSE_TYPES = ("cost-of-goods-sold", "expense", "other-expense")


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """The balance of `to_date`; the fiscal year begins with the month `fiscal_month`, 1 to 12."""

    from_date: date
    to_date: date
    fiscal_month: int = 1
    rows: RowFilter = ALL_ROWS
    branches: frozenset[int] | None = None
    unit: Unit | None = None
    """By period, where one is given."""
    compare: Compare = NO_COMPARISON


@dataclass(frozen=True, slots=True)
class _Section:
    id: str
    label: str
    types: tuple[str, ...] = ()
    parts: tuple["_Section", ...] = ()
    always: bool = False


# Ids and labels are the wire's, its spelling included.
_ASSETS = _Section(
    "ASSETS",
    "Assets",
    always=True,
    parts=(
        _Section(
            "CURRENT_ASSETS",
            "Current Asset",
            always=True,
            parts=(
                _Section("CASH_EQUIVALENTS", "Cash and cash equivalents", ("cash", "bank")),
                _Section("ACCOUNTS_RECEIVABLE", "Accounts Receivable", ("accounts-receivable",)),
                _Section("INVENTORY", "Inventory", ("inventory",)),
                _Section("OTHER_CURRENT_ASSET", "Other current assets", ("other-current-asset",)),
            ),
        ),
        _Section("FIXED_ASSET", "Fixed Asset", ("fixed-asset",)),
        _Section("NON_CURRENT_ASSET", "Non-Current Assets", ("none-current-asset",)),
    ),
)
_EQUITY = _Section("EQUITY", "Equity", ("equity",))
_LIABILITY_EQUITY = _Section(
    "LIABILITY_EQUITY",
    "Liabilities and Equity",
    always=True,
    parts=(
        _Section(
            "LIABILITY",
            "Liabilities",
            parts=(
                _Section(
                    "CURRENT_LIABILITY",
                    "Current Liabilties",
                    ("accounts-payable", "tax-payable", "credit-card", "other-current-liability"),
                ),
                _Section("LOGN_TERM_LIABILITY", "Long-Term Liabilities", ("long-term-liability",)),
                _Section("NON_CURRENT_LIABILITY", "Non-Current Liabilities", ("non-current-liability",)),
            ),
        ),
        _EQUITY,
    ),
)


def build(books: Books, query: Query) -> Sheet:
    """The balance sheet of a day, or of the last days of periods.

    Raises:
        TOO_MANY_PERIODS.

    """
    span = Range(query.from_date, query.to_date)
    layout = lay_out(span, unit=query.unit, first_month=query.fiscal_month, compare=query.compare)
    columns = tuple(Window(None, counted.last) for counted in layout.ranges)
    years = (fiscal_year_start(column.until, query.fiscal_month) for column in columns)
    before = tuple(Window(None, year - timedelta(days=1)) for year in years)
    both = Roll(books, (*columns, *before), query.branches)
    roll, retained = both.part(0, len(columns)), both.part(len(columns), both.width)
    if roll.part(0, 1).empty:
        return Sheet(columns, (), layout)
    earned = _earnings(query, roll, retained)
    return Sheet(columns, tuple(_section(section, roll, query.rows, earned) for section in (_ASSETS, _LIABILITY_EQUITY)), layout)


def _earnings(query: Query, roll: Roll, before: Roll) -> tuple[Node, ...]:
    """Retained earnings and the net income of the fiscal year, by column."""
    all_time, retained = net_income(roll), net_income(before)
    nodes = (
        Node("RETAINED_EARNINGS", "RETAINED_EARNINGS", "Retained Earnings", retained),
        Node("NET_INCOME", "NET_INCOME", "Net Income", subtract(all_time, retained)),
    )
    return nodes[1:] if query.rows.none_zero and not any(retained) else nodes


def net_income(roll: Roll) -> Figures:
    """Income less expense, by span (reports.md section 6)."""
    return subtract(roll.total(*INCOME_TYPES), roll.total(*EXPENSE_TYPES))


def _section(section: _Section, roll: Roll, rows: RowFilter, earned: tuple[Node, ...]) -> Node:
    width = len(earned[-1].figures)
    if section.parts:
        parts = [_section(part, roll, rows, earned) for part in section.parts]
        shown = tuple(
            part for part, of in zip(parts, section.parts, strict=True) if part.children or of.always or not rows.active
        )
        return Node("AGGREGATE", section.id, section.label, add(*(part.figures for part in parts), width=width), shown)
    figures = roll.total(*section.types)
    children = roll.nodes(section.types, rows)
    if section is _EQUITY:
        figures = add(figures, *(node.figures for node in earned), width=width)
        children = (*children, *earned)
    return Node("AGGREGATE", section.id, section.label, figures, children)
