"""The HTTP interface of contact balances and aging (reports.md sections 17 and 18)."""

from typing import Any

from domain.kit.context import TenantContext
from domain.kit.endpoint import Answer, EndpointGroup
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
from domain.reports.rendering import contact_tables
from domain.reports.rendering.negotiation import MEDIA_TYPES, RENDERING_ERRORS, respond

contact_endpoint = EndpointGroup("Reports")


@contact_endpoint.get(
    "/reports/receivable_aging_summary",  # what the reference's client asks for PDFs (reports.md section 27)
    permission=Report["read-ar-aging-summary"],
    query=ReceivableAgingQuery,
    returns=AgingOut,
    errors=RENDERING_ERRORS,
    media_types=MEDIA_TYPES,
)
@contact_endpoint.get(
    "/reports/receivable-aging-summary",
    permission=Report["read-ar-aging-summary"],
    query=ReceivableAgingQuery,
    returns=AgingOut,
    errors=RENDERING_ERRORS,
    media_types=MEDIA_TYPES,
)
def receivable_aging_summary(ctx: TenantContext, query: ReceivableAgingQuery, accept: str) -> dict[str, Any] | Answer:
    """The aging of receivables"""
    return respond(ctx, accept, lambda: contact_service.receivable_aging(ctx, query), contact_tables.aging)


@contact_endpoint.get(
    "/reports/payable-aging-summary",
    permission=Report["read-ap-aging-summary"],
    query=PayableAgingQuery,
    returns=AgingOut,
    errors=RENDERING_ERRORS,
    media_types=MEDIA_TYPES,
)
def payable_aging_summary(ctx: TenantContext, query: PayableAgingQuery, accept: str) -> dict[str, Any] | Answer:
    """The aging of payables"""
    return respond(ctx, accept, lambda: contact_service.payable_aging(ctx, query), contact_tables.aging)


@contact_endpoint.get(
    "/reports/customer-balance-summary",
    permission=Report["read-customers-summary-balance"],
    query=CustomerBalanceQuery,
    returns=ContactBalancesOut,
    errors=RENDERING_ERRORS,
    media_types=MEDIA_TYPES,
)
def customer_balance_summary(ctx: TenantContext, query: CustomerBalanceQuery, accept: str) -> dict[str, Any] | Answer:
    """The balances of customers"""
    return respond(ctx, accept, lambda: contact_service.customer_balances(ctx, query), contact_tables.contact_balances)


@contact_endpoint.get(
    "/reports/vendor-balance-summary",
    permission=Report["read-vendors-summary-balance"],
    query=VendorBalanceQuery,
    returns=ContactBalancesOut,
    errors=RENDERING_ERRORS,
    media_types=MEDIA_TYPES,
)
def vendor_balance_summary(ctx: TenantContext, query: VendorBalanceQuery, accept: str) -> dict[str, Any] | Answer:
    """The balances of vendors"""
    return respond(ctx, accept, lambda: contact_service.vendor_balances(ctx, query), contact_tables.contact_balances)
