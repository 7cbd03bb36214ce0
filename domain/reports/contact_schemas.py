"""Wire models of contact balances and aging (reports.md sections 17 and 18)."""

from typing import Annotated, Any

from pydantic import Field

from domain.kit.schemas import Day, WireModel
from domain.reports.aging import DAYS_BEFORE_MAX, PERIODS_MAX
from domain.reports.schemas import AmountOut, IdList, MetaOut, NumberFormatIn, PercentageOut, ReportFlag


class ContactReportQuery(WireModel):
    """What reports by contact as of a day take. Without a day, today."""

    as_date: Day | None = None
    number_format: NumberFormatIn = NumberFormatIn()
    none_zero: ReportFlag = False


class AgingQuery(ContactReportQuery):
    """What both aging summaries take."""

    aging_days_before: Annotated[int, Field(ge=1, le=DAYS_BEFORE_MAX)] = 30
    aging_periods: Annotated[int, Field(ge=1, le=PERIODS_MAX)] = 3
    branches_ids: IdList = ()


class ReceivableAgingQuery(AgingQuery):
    """`GET /reports/receivable-aging-summary`."""

    customers_ids: IdList = ()


class PayableAgingQuery(AgingQuery):
    """`GET /reports/payable-aging-summary`."""

    vendors_ids: IdList = ()


class BalanceSummaryQuery(ContactReportQuery):
    """What both balance summaries take."""

    none_transactions: ReportFlag = True
    percentage_column: ReportFlag = False


class CustomerBalanceQuery(BalanceSummaryQuery):
    """`GET /reports/customer-balance-summary`."""

    customers_ids: IdList = ()


class VendorBalanceQuery(BalanceSummaryQuery):
    """`GET /reports/vendor-balance-summary`."""

    vendors_ids: IdList = ()


class BalanceTotalOut(WireModel):
    """A balance, and its share of all."""

    total: AmountOut
    percentage_of_column: PercentageOut | None = None


class ContactBalanceOut(BalanceTotalOut):
    """One contact; without an id, what was posted to the control accounts without one."""

    id: int | None
    customer_name: str | None = None
    vendor_name: str | None = None


class ContactBalancesData(WireModel):
    """The contacts, under the name of their kind, and their total."""

    customers: list[ContactBalanceOut] | None = None
    vendors: list[ContactBalanceOut] | None = None
    total: BalanceTotalOut


class ContactBalancesOut(WireModel):
    """A balance summary."""

    query: dict[str, Any]
    data: ContactBalancesData
    meta: MetaOut


class AgingPeriodOut(WireModel):
    """A period of days overdue."""

    from_period: str
    to_period: str | None
    before_days: int
    to_days: int | None


class AgedOut(AgingPeriodOut):
    """What is overdue by so many days."""

    total: AmountOut


class AgingTotalOut(WireModel):
    """What is open: not overdue, by period, together."""

    current: AmountOut
    aging: list[AgedOut]
    total: AmountOut


class ContactAgeOut(AgingTotalOut):
    """One contact."""

    id: int | None
    customer_name: str | None = None
    vendor_name: str | None = None


class AgingData(WireModel):
    """The contacts, under the name of their kind, and their total."""

    customers: list[ContactAgeOut] | None = None
    vendors: list[ContactAgeOut] | None = None
    total: AgingTotalOut


class AgingOut(WireModel):
    """An aging summary."""

    query: dict[str, Any]
    columns: list[AgingPeriodOut]
    data: AgingData
    meta: MetaOut
