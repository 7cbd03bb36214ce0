"""Wire models of the statements (reports.md sections 2 to 4 and 10 to 13)."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints, WithJsonSchema

from domain.kit.money import minor_unit
from domain.kit.schemas import Day, RecordId, WireModel, blank_to_none
from domain.reports.cells import BALANCE_PERCENTAGES, PROFIT_PERCENTAGES
from domain.reports.layout import Compare
from domain.reports.number_format import NumberFormat
from domain.reports.periods import Unit

IDS_MAX = 1000
PRECISION_MAX = 5


def _lenient_flag(value: Any) -> bool:
    return value is True or str(value).strip().lower() in {"true", "1"}


def _listed(value: Any) -> Any:
    if isinstance(value, list):
        return [item for item in value if item != ""]
    return [] if blank_to_none(value) is None else [value]


ReportFlag = Annotated[bool, BeforeValidator(_lenient_flag), WithJsonSchema({"type": "boolean"})]
"""`true` and `1` are true, anything else is false (reports.md section 2)."""
IdList = Annotated[tuple[RecordId, ...], BeforeValidator(_listed), Field(max_length=IDS_MAX)]
"""`ids[]=1&ids[]=2`; empty means no filter."""
Basis = Annotated[str, StringConstraints(max_length=20)]


class NumberFormatIn(WireModel):
    """`number_format[…]`. Without a precision, the minor unit of the base currency."""

    precision: Annotated[Annotated[int, Field(ge=0, le=PRECISION_MAX)] | None, BeforeValidator(blank_to_none)] = None
    divide_on1000: ReportFlag = False
    show_zero: ReportFlag = False
    format_money: Literal["total", "always", "none"] = "total"
    negative_format: Literal["parentheses", "mines"] = "mines"
    show_in_red: Annotated[ReportFlag, Field(exclude=True)] = False
    """Negative amounts in red, in PDF and XLSX; the echo of the query never had it."""

    def settings(self, currency: str) -> NumberFormat:
        """What the renderer needs."""
        return NumberFormat(
            currency=currency,
            precision=minor_unit(currency) if self.precision is None else self.precision,
            divide_on_1000=self.divide_on1000,
            show_zero=self.show_zero,
            money=self.format_money,
            parentheses=self.negative_format == "parentheses",
            red=self.show_in_red,
        )


class StatementQuery(WireModel):
    """What every statement takes. Without dates, the current fiscal year to date."""

    from_date: Day | None = None
    to_date: Day | None = None
    number_format: NumberFormatIn = NumberFormatIn()
    none_zero: ReportFlag = False
    none_transactions: ReportFlag = False
    branches_ids: IdList = ()

    @property
    def branches(self) -> frozenset[int] | None:
        """The branches asked for; None is all, and lines without a branch."""
        return frozenset(self.branches_ids) or None


class TrialBalanceQuery(StatementQuery):
    """`GET /reports/trial-balance-sheet`."""

    basis: Basis = "accrual"
    none_transactions: ReportFlag = True
    only_active: ReportFlag = False
    account_ids: IdList = ()


class ColumnsQuery(StatementQuery):
    """A statement whose columns may be periods."""

    display_columns_type: Literal["total", "date_periods"] = "total"
    display_columns_by: Literal["day", "week", "month", "quarter", "year"] = "year"

    @property
    def unit(self) -> Unit | None:
        """Of what length the period columns are; None for a total only."""
        return Unit(self.display_columns_by) if self.display_columns_type == "date_periods" else None


class ComparedQuery(ColumnsQuery):
    """A statement that may be compared with earlier days."""

    previous_period: ReportFlag = False
    previous_period_amount_change: ReportFlag = False
    previous_period_percentage_change: ReportFlag = False
    previous_year: ReportFlag = False
    previous_year_amount_change: ReportFlag = False
    previous_year_percentage_change: ReportFlag = False

    @property
    def compare(self) -> Compare:
        """What stands beside each amount."""
        return Compare(
            previous_year=self.previous_year,
            previous_year_change=self.previous_year_amount_change,
            previous_year_percentage=self.previous_year_percentage_change,
            previous_period=self.previous_period,
            previous_period_change=self.previous_period_amount_change,
            previous_period_percentage=self.previous_period_percentage_change,
        )


class BalanceSheetQuery(ComparedQuery):
    """`GET /reports/balance-sheet`."""

    basis: Basis = "cash"
    account_ids: IdList = ()
    percentage_of_column: ReportFlag = False
    percentage_of_row: ReportFlag = False

    @property
    def percentages(self) -> frozenset[str]:
        """The percentages asked for, by parameter."""
        return frozenset(name for name in BALANCE_PERCENTAGES if getattr(self, name))


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
        return frozenset(name for name in PROFIT_PERCENTAGES if getattr(self, name))


class CashFlowQuery(ColumnsQuery):
    """`GET /reports/cashflow-statement`."""

    basis: Basis = "cash"


class AmountOut(WireModel):
    """An amount in base currency."""

    amount: Decimal
    formatted_amount: str
    currency_code: str


class MetaOut(WireModel):
    """Whose statement it is, and of when."""

    organization_name: str
    base_currency: str
    date_format: str
    is_cost_compute_running: bool
    basis: Literal["accrual"]
    sheet_name: str
    formatted_date_range: str
    formatted_as_date: str | None = None
    formatted_from_date: str | None = None
    formatted_to_date: str | None = None


class TrialTotalOut(WireModel):
    """Debit, credit, and debit less credit."""

    credit: Decimal
    debit: Decimal
    balance: Decimal
    currency_code: str
    formatted_credit: str
    formatted_debit: str
    formatted_balance: str


class TrialLineOut(TrialTotalOut):
    """One account with everything below it."""

    id: int
    parent_account_id: int | None
    name: str
    formatted_name: str
    code: str | None
    account_normal: Literal["debit", "credit"]
    children: list["TrialLineOut"]


class TrialBalanceData(WireModel):
    """The lines and their total."""

    accounts: list[TrialLineOut]
    total: TrialTotalOut


class TrialBalanceOut(WireModel):
    """The trial balance."""

    query: dict[str, Any]
    data: TrialBalanceData
    meta: MetaOut


class PercentageOut(WireModel):
    """A share: 1 is 100 %."""

    amount: Decimal
    formatted_amount: str


class DateOut(WireModel):
    """A day."""

    formatted_date: str
    date: str


class ComparedOut(WireModel):
    """An amount with what stands beside it. Absent is what was not asked for."""

    total: AmountOut
    percentage_column: PercentageOut | None = None
    percentage_row: PercentageOut | None = None
    percentage_income: PercentageOut | None = None
    percentage_expense: PercentageOut | None = None
    previous_year: AmountOut | None = None
    previous_year_change: AmountOut | None = None
    previous_year_percentage: PercentageOut | None = None
    previous_period: AmountOut | None = None
    previous_period_change: AmountOut | None = None
    previous_period_percentage: PercentageOut | None = None


class HorizontalTotalOut(ComparedOut):
    """A line's amount of one period."""

    from_date: DateOut
    to_date: DateOut
    previous_year_from_date: DateOut | None = None
    previous_year_to_date: DateOut | None = None
    previous_period_from_date: DateOut | None = None
    previous_period_to_date: DateOut | None = None


class NodeOut(ComparedOut):
    """A line of a statement: a section, an account, an equation or a computed line."""

    id: int | str
    name: str
    node_type: str
    type: str | None = None
    index: int | None = None
    code: str | None = None
    horizontal_totals: list[HorizontalTotalOut] | None = None
    children: list["NodeOut"] | None = None


class SheetOut(WireModel):
    """A statement."""

    query: dict[str, Any]
    data: list[NodeOut]
    meta: MetaOut


ADJUSTMENTS: Mapping[bool, Literal["mines", "plus"]] = {True: "mines", False: "plus"}
"""How an account's movement changes cash, by whether it reduces it; in the wire's spelling."""


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
    adjustment_type: Literal["mines", "plus"] | None = None
    total: AmountOut
    periods: list[CashFlowPeriodOut] | None = None
    children: list["CashFlowNodeOut"] | None = None


class CashFlowOut(WireModel):
    """The statement of cash flow."""

    query: dict[str, Any]
    data: list[CashFlowNodeOut]
    meta: MetaOut
