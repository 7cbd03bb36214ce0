"""Wire models of the statements (reports.md sections 2 to 4 and 10 to 13)."""

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints, WithJsonSchema

from domain.kit.money import minor_unit
from domain.kit.schemas import Day, RecordId, WireModel, blank_to_none
from domain.reports.number_format import NumberFormat

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

    precision: Annotated[int | None, BeforeValidator(blank_to_none), Field(ge=0, le=PRECISION_MAX)] = None
    divide_on1000: ReportFlag = False
    show_zero: ReportFlag = False
    format_money: Literal["total", "always", "none"] = "total"
    negative_format: Literal["parentheses", "mines"] = "mines"

    def settings(self, currency: str) -> NumberFormat:
        """What the renderer needs."""
        return NumberFormat(
            currency=currency,
            precision=minor_unit(currency) if self.precision is None else self.precision,
            divide_on_1000=self.divide_on1000,
            show_zero=self.show_zero,
            money=self.format_money,
            parentheses=self.negative_format == "parentheses",
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


class BalanceSheetQuery(StatementQuery):
    """`GET /reports/balance-sheet`."""

    basis: Basis = "cash"
    account_ids: IdList = ()


class ProfitLossQuery(StatementQuery):
    """`GET /reports/profit-loss-sheet`."""

    basis: Basis = "accrual"
    accounts_ids: IdList = ()


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


class NodeOut(WireModel):
    """A line of a statement: a section, an account, an equation or a computed line."""

    id: int | str
    name: str
    node_type: str
    type: str | None = None
    index: int | None = None
    code: str | None = None
    total: AmountOut
    children: list["NodeOut"] | None = None


class SheetOut(WireModel):
    """A statement."""

    query: dict[str, Any]
    data: list[NodeOut]
    meta: MetaOut
