"""The statement of cash flow, indirect method (reports.md section 16, reports-tables.md section H): where the change of cash and bank
accounts came from.

The figures of each line are movements on the side on which they bring cash; cash at the end is the balance of the cash accounts.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Literal

from domain.accounts.model import ACCOUNT_TYPES, Normal
from domain.kit import permissions
from domain.kit.context import TenantContext
from domain.kit.schemas import WireModel
from domain.reports.cells import Cell, money_cell, style_of_line
from domain.reports.layout import Column as LayoutColumn
from domain.reports.layout import Layout, lay_out
from domain.reports.number_format import NumberFormat, Style
from domain.reports.periods import Range
from domain.reports.plain_json import cell_object, days_of
from domain.reports.rendering.table import Column, Emphasis, Kind, Row, Table
from domain.reports.report import Pack, Report
from domain.reports.schemas import AmountOut, Basis, ColumnsQuery, DateOut, MetaOut
from domain.reports.sheet import Books, Figures, Node, Query, Roll, RowFilter, Sheet, Window, add, net_income, subtract
from domain.reports.statement import COLUMNS_ERRORS, Statement, columns_statement, over_days
from domain.reports.statement_table import figure, table_of, words

CASH_TYPES = ("cash", "bank")
_OPERATING = (
    "accounts-receivable", "inventory", "none-current-asset", "accounts-payable", "credit-card", "tax-payable",
    "other-current-asset", "other-current-liability", "non-current-liability",
)  # fmt: skip
_INVESTMENT = ("fixed-asset",)
_FINANCIAL = ("long-term-liability", "equity")


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


# ---- the wire

Adjustment = Literal["mines", "plus"]  # house: the wire's spelling
"""How an account's movement changes cash."""


class CashFlowQuery(ColumnsQuery):
    """`GET /reports/cashflow-statement`."""

    basis: Basis = "cash"


class CashFlowPeriodOut(WireModel):
    """A line's amount of one period."""

    from_date: DateOut
    to_date: DateOut
    total: AmountOut


class CashFlowNodeOut(WireModel):
    """A section, an account or an equation of the cash flow statement."""

    section_type: str
    id: int | str
    label: str
    footer_label: str | None = None
    code: str | None = None
    account_type: str | None = None
    adjustment_type: Adjustment | None = None
    total: AmountOut
    periods: list[CashFlowPeriodOut] | None = None
    children: list["CashFlowNodeOut"] | None = None


class CashFlowOut(WireModel):
    """The statement of cash flow."""

    query: dict[str, Any]
    data: list[CashFlowNodeOut]
    meta: MetaOut


def plain_json(sheet: Sheet, numbers: NumberFormat) -> list[dict[str, Any]]:
    """`data`."""
    days = days_of(sheet.layout)
    return [_form(node, sheet.layout, numbers, days) for node in sheet.nodes]


def _form(node: Node, layout: Layout, numbers: NumberFormat, days: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    form: dict[str, Any] = {"id": node.id, "label": node.label, "section_type": node.kind}
    if node.account is not None:
        account = node.account
        form |= {"code": account.code, "account_type": account.account_type}
        if account.account_type not in CASH_TYPES:
            form["adjustment_type"] = "mines" if reduces_cash(account.account_type) else "plus"  # house: the wire's spelling
    if node.footer is not None:
        form["footer_label"] = node.footer
    form["total"] = cell_object(_cell(node, layout.total, layout, numbers), numbers.currency)
    if layout.periods is not None:
        form["periods"] = [
            {**day, "total": cell_object(_cell(node, column, layout, numbers), numbers.currency)}
            for day, column in zip(days, layout.periods, strict=True)
        ]
    if node.account is None and node.kind not in _CHILDLESS:
        form["children"] = [_form(child, layout, numbers, days) for child in node.children]
    return form


_CHILDLESS = {"NET_INCOME", "TOTAL"}


def _cell(node: Node, column: LayoutColumn, layout: Layout, numbers: NumberFormat) -> Cell:
    """A line's amount: cash at the beginning is written as a period also by account."""
    at_beginning = node.account is not None and node.account.account_type in CASH_TYPES
    if node.kind == "NET_INCOME":
        style = Style.ROW
    elif column is not layout.total and (node.account is None or at_beginning):
        style = Style.PERIOD
    else:
        style = style_of_line(node)
    return money_cell(node.figures[column.figure], numbers, style)


def table(statement: Statement) -> Table:
    """For all renderers: sections end with their footers, and the overall total is the last column."""
    sheet: Sheet = statement.sheet
    layout, numbers = sheet.layout, statement.numbers
    shown = (*(layout.periods or ()), layout.total)

    def row(node: Node) -> Row:
        line = (words("name", node.label), *(figure(column.key, _cell(node, column, layout, numbers)) for column in shown))
        types = _ROW_TYPES.get(node.kind, (node.kind,))
        id_ = node.id if node.account is None else f"account-{node.id}"
        if not node.children:
            closing = Emphasis.CLOSING if node.id == "CASH_END_PERIOD" else Emphasis.TOTAL
            return Row(line, types, id_, (), closing if types == ("TOTAL",) else Emphasis.NONE)
        below = tuple(row(child) for child in node.children)
        footer = words("name", node.footer or f"Total {node.label}")
        return Row(line, types, id_, (*below, Row((footer, *line[1:]), ("TOTAL",), emphasis=Emphasis.TOTAL)), Emphasis.HEADING)

    columns = (Column("name", "Account name"), *(Column(column.key, column.label, Kind.MONEY) for column in shown))
    return table_of(statement, columns, [row(node) for node in sheet.nodes], indexed=False)


_ROW_TYPES = {"NET_INCOME": ("NET_INCOME", "TOTAL"), "CASH_AT_BEGINNING": ("AGGREGATE",)}


# ---- the report


def make(ctx: TenantContext, query: CashFlowQuery) -> Statement:
    """The cash flow of the period, or of several.

    Raises:
        DATE_RANGE_INVERTED, TOO_MANY_PERIODS.

    """
    return columns_statement(ctx, query, "Statement of Cash Flow", build=build, data=plain_json, heading=over_days)


REPORT = Report(
    name="cash-flow",
    operation="cash_flow_statement",
    title="The statement of cash flow",
    path="/reports/cashflow-statement",
    permission=permissions.Report["read-cashflow"],
    query=CashFlowQuery,
    returns=CashFlowOut,
    make=make,
    table=table,
    raises=COLUMNS_ERRORS,
    warm=True,
    pack=Pack.COLUMNS,
    place=40,
)
