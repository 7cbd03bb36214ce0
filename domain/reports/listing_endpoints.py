"""The HTTP interface of the listings of ledger lines (reports.md sections 14, 15, 19, 20 and 25)."""

from typing import Any

from domain.kit.context import TenantContext
from domain.kit.endpoint import EndpointGroup
from domain.kit.permissions import MEMBER, Cashflow, Report
from domain.reports import listing_service
from domain.reports.listing_schemas import (
    CashTransactionsOut,
    CashTransactionsQuery,
    CustomerTransactionsOut,
    CustomerTransactionsQuery,
    GeneralLedgerOut,
    GeneralLedgerQuery,
    JournalOut,
    JournalQuery,
    ReferenceOut,
    ReferenceQuery,
    VendorTransactionsOut,
    VendorTransactionsQuery,
)
from domain.reports.listing_service import Listing
from domain.reports.rendering.negotiation import MEDIA_TYPES, RENDERING_ERRORS, Form, choose, respond
from domain.reports.rendering.table import Table
from domain.reports.rules import DATE_RANGE_INVERTED

listing_endpoint = EndpointGroup("Reports")


def _table(listing: Listing) -> Table:
    return listing.table()


@listing_endpoint.get(
    "/reports/general-ledger",
    permission=Report["read-general-ledger"],
    query=GeneralLedgerQuery,
    returns=GeneralLedgerOut,
    errors=(DATE_RANGE_INVERTED, *RENDERING_ERRORS),
    media_types=MEDIA_TYPES,
)
def general_ledger(ctx: TenantContext, query: GeneralLedgerQuery, accept: str) -> Any:
    """The general ledger"""
    if choose(accept) is Form.TABLE:
        quick = listing_service.general_ledger_listing(ctx, query).quick_table()
        if quick is not None:
            return quick
    return respond(ctx, accept, lambda: listing_service.general_ledger_listing(ctx, query), _table)


@listing_endpoint.get(
    "/reports/journal",
    permission=Report["read-journal"],
    query=JournalQuery,
    returns=JournalOut,
    errors=(DATE_RANGE_INVERTED, *RENDERING_ERRORS),
    media_types=MEDIA_TYPES,
)
def journal_sheet(ctx: TenantContext, query: JournalQuery, accept: str) -> Any:
    """The journal sheet"""
    return respond(ctx, accept, lambda: listing_service.journal_listing(ctx, query), _table)


@listing_endpoint.get(
    "/reports/transactions-by-customers",
    permission=Report["read-customers-transactions"],
    query=CustomerTransactionsQuery,
    returns=CustomerTransactionsOut,
    errors=(DATE_RANGE_INVERTED, *RENDERING_ERRORS),
    media_types=MEDIA_TYPES,
)
def transactions_by_customers(ctx: TenantContext, query: CustomerTransactionsQuery, accept: str) -> Any:
    """Transactions by customers"""
    return respond(ctx, accept, lambda: listing_service.customer_transactions_listing(ctx, query), _table)


@listing_endpoint.get(
    "/reports/transactions-by-vendors",
    permission=Report["read-vendors-transactions"],
    query=VendorTransactionsQuery,
    returns=VendorTransactionsOut,
    errors=(DATE_RANGE_INVERTED, *RENDERING_ERRORS),
    media_types=MEDIA_TYPES,
)
@listing_endpoint.get(
    "/financial_statements/transactions-by-vendors",
    permission=Report["read-vendors-transactions"],
    query=VendorTransactionsQuery,
    returns=VendorTransactionsOut,
    errors=(DATE_RANGE_INVERTED, *RENDERING_ERRORS),
    media_types=MEDIA_TYPES,
    summary="Transactions by vendors (older path)",
)
def transactions_by_vendors(ctx: TenantContext, query: VendorTransactionsQuery, accept: str) -> Any:
    """Transactions by vendors"""
    return respond(ctx, accept, lambda: listing_service.vendor_transactions_listing(ctx, query), _table)


@listing_endpoint.get("/reports/transactions-by-reference", permission=MEMBER, query=ReferenceQuery, returns=ReferenceOut)
def transactions_by_reference(ctx: TenantContext, query: ReferenceQuery) -> dict[str, Any]:
    """The ledger lines of one document"""
    return listing_service.transactions_by_reference(ctx, query)


@listing_endpoint.get(
    "/banking/transactions",
    permission=Report["read-cashflow-account-transactions"],
    any_of=(Cashflow.view,),
    query=CashTransactionsQuery,
    returns=CashTransactionsOut,
)
def cash_account_transactions(ctx: TenantContext, query: CashTransactionsQuery) -> dict[str, Any]:
    """The transactions of a money account, with the balance after each"""
    return listing_service.cash_account_transactions(ctx, query)
