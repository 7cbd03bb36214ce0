"""Wire models that several reports share (reports.md sections 2 to 4 and 10); those of one report stand in its file."""

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints, WithJsonSchema

from domain.kit.money import minor_unit
from domain.kit.schemas import Day, RecordId, WireModel, blank_to_none
from domain.reports.layout import NO_COMPARISON, Compare
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


class PeriodQuery(WireModel):
    """What every report of a period takes. Without dates, the current fiscal year to date."""

    from_date: Day | None = None
    to_date: Day | None = None
    number_format: NumberFormatIn = NumberFormatIn()


class DayQuery(WireModel):
    """What every report as of a day takes. Without a day, today."""

    as_date: Day | None = None
    number_format: NumberFormatIn = NumberFormatIn()


class StatementQuery(PeriodQuery):
    """What every statement takes."""

    none_zero: ReportFlag = False
    none_transactions: ReportFlag = False
    branches_ids: IdList = ()

    @property
    def branches(self) -> frozenset[int] | None:
        """The branches asked for; None is all, and lines without a branch."""
        return frozenset(self.branches_ids) or None


class ColumnsQuery(StatementQuery):
    """A statement whose columns may be periods."""

    display_columns_type: Literal["total", "date_periods"] = "total"
    display_columns_by: Literal["day", "week", "month", "quarter", "year"] = "year"

    @property
    def unit(self) -> Unit | None:
        """Of what length the period columns are; None for a total only."""
        return Unit(self.display_columns_by) if self.display_columns_type == "date_periods" else None

    @property
    def compare(self) -> Compare:
        """What stands beside each amount."""
        return NO_COMPARISON

    @property
    def percentages(self) -> frozenset[str]:
        """The percentages asked for, by parameter."""
        return frozenset()


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
