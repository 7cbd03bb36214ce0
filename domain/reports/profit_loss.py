"""The profit and loss sheet: what was earned and spent over a period (reports.md section 12)."""

from dataclasses import dataclass
from datetime import date

from domain.reports.layout import NO_COMPARISON, Compare, lay_out
from domain.reports.periods import Range, Unit
from domain.reports.sheet import ALL_ROWS, Books, Node, Roll, RowFilter, Sheet, Window, add, subtract


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """The movements from `from_date` to `to_date`, both included."""

    from_date: date
    to_date: date
    fiscal_month: int = 1
    rows: RowFilter = ALL_ROWS
    branches: frozenset[int] | None = None
    unit: Unit | None = None
    """By period, where one is given."""
    compare: Compare = NO_COMPARISON


_ALWAYS = {"INCOME", "EXPENSES"}


def build(books: Books, query: Query) -> Sheet:
    """The profit and loss of a period, or of several beside each other. Equations are computed before rows are hidden.

    Raises:
        TOO_MANY_PERIODS.

    """
    span = Range(query.from_date, query.to_date)
    layout = lay_out(span, unit=query.unit, first_month=query.fiscal_month, compare=query.compare)
    columns = tuple(Window(counted.first, counted.last) for counted in layout.ranges)
    roll = Roll(books, columns, query.branches)
    if roll.part(0, 1).empty:
        return Sheet(columns, (), layout)
    income = _section(roll, query.rows, "INCOME", "Income", "income")
    cost = _section(roll, query.rows, "COST_OF_SALES", "Cost of sales", "cost-of-goods-sold")
    expenses = _section(roll, query.rows, "EXPENSES", "Expenses", "expense")
    other_income = _section(roll, query.rows, "OTHER_INCOME", "Other income", "other-income")
    other_expenses = _section(roll, query.rows, "OTHER_EXPENSES", "Other expenses", "other-expense")
    gross = Node("EQUATION", "GROSS_PROFIT", "GROSS PROFIT", subtract(income.figures, cost.figures))
    operating = Node("EQUATION", "NET_OPERATING_INCOME", "NET OPERATING INCOME", subtract(gross.figures, expenses.figures))
    earned = add(operating.figures, other_income.figures, width=len(columns))
    net = Node("EQUATION", "NET_INCOME", "NET INCOME", subtract(earned, other_expenses.figures))
    nodes = (income, cost, gross, expenses, operating, other_income, other_expenses, net)
    return Sheet(columns, tuple(node for node in nodes if _shown(node, query.rows)), layout)


def _section(roll: Roll, rows: RowFilter, id_: str, label: str, account_type: str) -> Node:
    return Node("ACCOUNTS", id_, label, roll.total(account_type), roll.nodes((account_type,), rows))


def _shown(node: Node, rows: RowFilter) -> bool:
    return bool(node.kind == "EQUATION" or node.children or node.id in _ALWAYS or not rows.active)
