"""The HTTP interface of contact balances and aging (reports.md sections 17 and 18)."""

from typing import Any

from domain.kit.context import TenantContext
from domain.kit.endpoint import EndpointGroup
from domain.kit.permissions import Report
from domain.reports import contact_service
from domain.reports.contact_schemas import (
    AgingOut,
    ContactBalancesOut,
    CustomerBalanceQuery,
    PayableAgingQuery,
    ReceivableAgingQuery,
    VendorBalanceQuery,
)

contact_endpoint = EndpointGroup("Reports")


@contact_endpoint.get(
    "/reports/receivable_aging_summary",  # what the reference's client asks for PDFs (reports.md section 27)
    permission=Report["read-ar-aging-summary"],
    query=ReceivableAgingQuery,
    returns=AgingOut,
)
@contact_endpoint.get(
    "/reports/receivable-aging-summary",
    permission=Report["read-ar-aging-summary"],
    query=ReceivableAgingQuery,
    returns=AgingOut,
)
def receivable_aging_summary(ctx: TenantContext, query: ReceivableAgingQuery) -> dict[str, Any]:
    """The aging of receivables"""
    return contact_service.receivable_aging(ctx, query).answer()


@contact_endpoint.get(
    "/reports/payable-aging-summary", permission=Report["read-ap-aging-summary"], query=PayableAgingQuery, returns=AgingOut
)
def payable_aging_summary(ctx: TenantContext, query: PayableAgingQuery) -> dict[str, Any]:
    """The aging of payables"""
    return contact_service.payable_aging(ctx, query).answer()


@contact_endpoint.get(
    "/reports/customer-balance-summary",
    permission=Report["read-customers-summary-balance"],
    query=CustomerBalanceQuery,
    returns=ContactBalancesOut,
)
def customer_balance_summary(ctx: TenantContext, query: CustomerBalanceQuery) -> dict[str, Any]:
    """The balances of customers"""
    return contact_service.customer_balances(ctx, query).answer()


@contact_endpoint.get(
    "/reports/vendor-balance-summary",
    permission=Report["read-vendors-summary-balance"],
    query=VendorBalanceQuery,
    returns=ContactBalancesOut,
)
def vendor_balance_summary(ctx: TenantContext, query: VendorBalanceQuery) -> dict[str, Any]:
    """The balances of vendors"""
    return contact_service.vendor_balances(ctx, query).answer()
