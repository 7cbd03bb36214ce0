"""The HTTP interface of the listings of ledger lines (reports.md sections 14, 15, 19, 20 and 25)."""

from collections.abc import Callable
from typing import Any

from domain.kit.context import TenantContext
from domain.kit.endpoint import Answer, EndpointGroup
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
from domain.reports.rendering.negotiation import MEDIA_TYPES, RENDERING_ERRORS, Form, choose, require_json, respond
from domain.reports.rendering.table import Table
from domain.reports.rules import DATE_RANGE_INVERTED

listing_endpoint = EndpointGroup("Reports")


def _respond(ctx: TenantContext, accept: str, listing: Callable[[], Listing]) -> dict[str, Any] | Answer:
    if choose(accept) is Form.TABLE:
        return listing().table_answer()
    return respond(ctx, accept, listing, _table)


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
def general_ledger(ctx: TenantContext, query: GeneralLedgerQuery, accept: str) -> dict[str, Any] | Answer:
    """The general ledger"""
    return _respond(ctx, accept, lambda: listing_service.general_ledger_listing(ctx, query))


@listing_endpoint.get(
    "/reports/journal",
    permission=Report["read-journal"],
    query=JournalQuery,
    returns=JournalOut,
    errors=(DATE_RANGE_INVERTED, *RENDERING_ERRORS),
    media_types=MEDIA_TYPES,
)
def journal_sheet(ctx: TenantContext, query: JournalQuery, accept: str) -> dict[str, Any] | Answer:
    """The journal sheet"""
    return _respond(ctx, accept, lambda: listing_service.journal_listing(ctx, query))


@listing_endpoint.get(
    "/reports/transactions-by-customers",
    permission=Report["read-customers-transactions"],
    query=CustomerTransactionsQuery,
    returns=CustomerTransactionsOut,
    errors=(DATE_RANGE_INVERTED, *RENDERING_ERRORS),
    media_types=MEDIA_TYPES,
)
def transactions_by_customers(ctx: TenantContext, query: CustomerTransactionsQuery, accept: str) -> dict[str, Any] | Answer:
    """Transactions by customers"""
    return _respond(ctx, accept, lambda: listing_service.customer_transactions_listing(ctx, query))


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
def transactions_by_vendors(ctx: TenantContext, query: VendorTransactionsQuery, accept: str) -> dict[str, Any] | Answer:
    """Transactions by vendors"""
    return _respond(ctx, accept, lambda: listing_service.vendor_transactions_listing(ctx, query))


@listing_endpoint.get("/reports/transactions-by-reference", permission=MEMBER, query=ReferenceQuery, returns=ReferenceOut)
def transactions_by_reference(ctx: TenantContext, query: ReferenceQuery, accept: str) -> dict[str, Any]:
    """The ledger lines of one document"""
    require_json(accept)
    return listing_service.transactions_by_reference(ctx, query)


@listing_endpoint.get(
    "/banking/transactions",
    permission=Report["read-cashflow-account-transactions"],
    any_of=(Cashflow.view,),
    query=CashTransactionsQuery,
    returns=CashTransactionsOut,
)
def cash_account_transactions(ctx: TenantContext, query: CashTransactionsQuery, accept: str) -> dict[str, Any]:
    """The transactions of a money account, with the balance after each"""
    require_json(accept)
    return listing_service.cash_account_transactions(ctx, query)
