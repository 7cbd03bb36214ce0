"""The balance sheet (reports.md section 11, reports-tables.md section C): assets = liabilities + equity at any day.

Equity ends with two computed lines (DECISIONS 14): what was earned in the fiscal years before, and in the current one to date.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
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
from domain.reports.rules import fiscal_year_start
from domain.reports.schemas import Basis, ComparedQuery, IdList, ReportFlag, SheetOut
from domain.reports.sheet import Books, Node, Query, Roll, RowFilter, Sheet, Window, add, net_income, subtract
from domain.reports.statement import COLUMNS_ERRORS, Statement, as_of_day, columns_statement
from domain.reports.statement_table import node_cells, node_columns, node_row, table_of


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


# ---- the wire

PERCENTAGES = ("percentage_of_column", "percentage_of_row")
"""Parameters that ask for percentages, in the order of the columns."""


class BalanceSheetQuery(ComparedQuery):
    """`GET /reports/balance-sheet`."""

    basis: Basis = "cash"
    account_ids: IdList = ()
    percentage_of_column: ReportFlag = False
    percentage_of_row: ReportFlag = False

    @property
    def percentages(self) -> frozenset[str]:
        """The percentages asked for, by parameter."""
        return frozenset(name for name in PERCENTAGES if getattr(self, name))


def percentages_of(top: Node, wanted: Collection[str]) -> tuple[Percentage, ...]:
    """The percentages of the lines below a top-level line, which is 100 % of a column."""
    known = {
        "percentage_of_column": Percentage("percentage_column", "percentage_of_column", OF_COLUMN, top.figures),
        "percentage_of_row": Percentage("percentage_row", "percentage_of_row", OF_ROW, None),
    }
    return tuple(known[key] for key in PERCENTAGES if key in wanted)


def plain_json(sheet: Sheet, numbers: NumberFormat, wanted: Collection[str] = ()) -> list[dict[str, Any]]:
    """`data`, with the percentages wanted (`percentage_of_column`, `percentage_of_row`)."""
    rules, days = CellRules(sheet.layout, numbers), days_of(sheet.layout)
    return [_form(node, Lines(rules, percentages_of(node, wanted), days)) for node in sheet.nodes]


def _form(node: Node, lines: Lines) -> dict[str, Any]:
    form: dict[str, Any] = {"name": node.label, "id": node.id, "node_type": node.kind}
    if node.account is not None:
        form |= {"index": node.account.index, "code": node.account.code}
    elif node.kind == "AGGREGATE":
        form["type"] = node.kind
    form |= lines.figures(node)
    form["children"] = [_form(child, lines) for child in node.children]
    return form


def table(statement: Statement) -> Table:
    """For all renderers."""
    sheet: Sheet = statement.sheet
    rules = CellRules(sheet.layout, statement.numbers)
    rows = [
        node_row(node, node_cells(rules, percentages_of(node, statement.percentages)), {"ASSETS", "LIABILITY_EQUITY"})
        for node in sheet.nodes
    ]
    # The keys and labels of the columns are those of any top-level line, also where there is none.
    return table_of(statement, node_columns(rules, percentages_of(Node("", "", "", ()), statement.percentages)), rows)


# ---- the report


def make(ctx: TenantContext, query: BalanceSheetQuery) -> Statement:
    """The balance sheet as of the end of the period, or of the ends of periods.

    Raises:
        DATE_RANGE_INVERTED, TOO_MANY_PERIODS.

    """
    return columns_statement(
        ctx,
        query,
        "Balance Sheet Statement",
        build=build,
        data=lambda sheet, numbers: plain_json(sheet, numbers, query.percentages),
        heading=lambda _, last: as_of_day(last),
    )


REPORT = Report(
    name="balance-sheet",
    operation="balance_sheet",
    title="The balance sheet",
    path="/reports/balance-sheet",
    permission=permissions.Report["read-balance-sheet"],
    query=BalanceSheetQuery,
    returns=SheetOut,
    make=make,
    table=table,
    raises=COLUMNS_ERRORS,
    warm=True,
    pack=Pack.COLUMNS,
    place=10,
)
