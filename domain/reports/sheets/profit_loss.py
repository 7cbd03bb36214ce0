"""The profit and loss sheet: what was earned and spent over a period (reports.md section 12, reports-tables.md section D)."""

from collections.abc import Collection
from typing import Any

from domain.kit import permissions
from domain.kit.context import TenantContext
from domain.reports.cells import OF_COLUMN, OF_ROW, CellRules, Percentage
from domain.reports.layout import lay_out
from domain.reports.number_format import NumberFormat
from domain.reports.periods import Range
from domain.reports.plain_json import Lines, days_of
from domain.reports.rendering.table import Table
from domain.reports.report import Pack, Report
from domain.reports.schemas import Basis, ComparedQuery, IdList, ReportFlag, SheetOut
from domain.reports.sheet import Books, Node, Query, Roll, RowFilter, Sheet, Window, add, subtract
from domain.reports.statement import COLUMNS_ERRORS, Statement, columns_statement, over_days
from domain.reports.statement_table import node_cells, node_columns, node_row, table_of

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


# ---- the wire

PERCENTAGES = ("percentage_income", "percentage_expense", "percentage_column", "percentage_row")
"""Parameters that ask for percentages, in the order of the columns."""


class ProfitLossQuery(ComparedQuery):
    """`GET /reports/profit-loss-sheet`."""

    basis: Basis = "accrual"
    accounts_ids: IdList = ()
    percentage_column: ReportFlag = False
    percentage_row: ReportFlag = False
    percentage_income: ReportFlag = False
    percentage_expense: ReportFlag = False

    @property
    def percentages(self) -> frozenset[str]:
        """The percentages asked for, by parameter."""
        return frozenset(name for name in PERCENTAGES if getattr(self, name))


def percentages_of(sheet: Sheet, wanted: Collection[str]) -> tuple[Percentage, ...]:
    """The percentages of all lines."""
    figures = {node.id: node.figures for node in sheet.nodes}
    zero = (0,) * len(sheet.columns)
    known = {
        "percentage_income": Percentage("percentage_income", "percentage_income", "% of Income", figures.get("INCOME", zero)),
        "percentage_expense": Percentage(
            "percentage_expense", "percentage_expenses", "% of Expenses", figures.get("EXPENSES", zero)
        ),
        "percentage_column": Percentage("percentage_column", "percentage_column", OF_COLUMN, figures.get("NET_INCOME", zero)),
        "percentage_row": Percentage("percentage_row", "percentage_row", OF_ROW, None),
    }
    return tuple(known[key] for key in PERCENTAGES if key in wanted)


def plain_json(sheet: Sheet, numbers: NumberFormat, wanted: Collection[str] = ()) -> list[dict[str, Any]]:
    """`data`, with the percentages wanted (`percentage_income` and so on)."""
    lines = Lines(CellRules(sheet.layout, numbers, signed_shares=True), percentages_of(sheet, wanted), days_of(sheet.layout))
    return [_form(node, lines) for node in sheet.nodes]


def _form(node: Node, lines: Lines) -> dict[str, Any]:
    form: dict[str, Any] = {"id": node.id, "name": node.label, "node_type": node.kind, **lines.figures(node)}
    if node.children or node.kind == "ACCOUNTS":
        form["children"] = [_form(child, lines) for child in node.children]
    return form


def table(statement: Statement) -> Table:
    """For all renderers."""
    sheet: Sheet = statement.sheet
    rules = CellRules(sheet.layout, statement.numbers, signed_shares=True)
    percentages = percentages_of(sheet, statement.percentages)
    rows = [node_row(node, node_cells(rules, percentages), {"NET_INCOME"}) for node in sheet.nodes]
    return table_of(statement, node_columns(rules, percentages), rows)


# ---- the report


def make(ctx: TenantContext, query: ProfitLossQuery) -> Statement:
    """The profit and loss of the period, or of several.

    Raises:
        DATE_RANGE_INVERTED, TOO_MANY_PERIODS.

    """
    return columns_statement(
        ctx,
        query,
        "Profit & Loss Statement",
        build=build,
        data=lambda sheet, numbers: plain_json(sheet, numbers, query.percentages),
        heading=over_days,
    )


REPORT = Report(
    name="profit-loss",
    operation="profit_loss_sheet",
    title="The profit and loss sheet",
    path="/reports/profit-loss-sheet",
    permission=permissions.Report["read-profit-loss"],
    query=ProfitLossQuery,
    returns=SheetOut,
    make=make,
    table=table,
    raises=COLUMNS_ERRORS,
    warm=True,
    pack=Pack.COLUMNS,
    place=20,
)
