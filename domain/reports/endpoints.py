"""The HTTP interface of the statements (reports.md sections 11 to 13)."""

from typing import Any

from domain.kit.context import TenantContext
from domain.kit.endpoint import Answer, EndpointGroup
from domain.kit.permissions import Report
from domain.reports import service
from domain.reports.contact_endpoints import contact_endpoint  # noqa: F401 - the catalog finds groups here
from domain.reports.listing_endpoints import listing_endpoint  # noqa: F401 - the catalog finds groups here
from domain.reports.periods import TOO_MANY_PERIODS
from domain.reports.rendering import adapters
from domain.reports.rendering.negotiation import MEDIA_TYPES, RENDERING_ERRORS, respond
from domain.reports.rules import DATE_RANGE_INVERTED
from domain.reports.schemas import (
    BalanceSheetQuery,
    CashFlowOut,
    CashFlowQuery,
    ProfitLossQuery,
    SheetOut,
    TrialBalanceOut,
    TrialBalanceQuery,
)

endpoint = EndpointGroup("Reports")


@endpoint.get(
    "/reports/trial-balance-sheet",
    permission=Report["read-trial-balance-sheet"],
    query=TrialBalanceQuery,
    returns=TrialBalanceOut,
    errors=(DATE_RANGE_INVERTED, *RENDERING_ERRORS),
    media_types=MEDIA_TYPES,
    warm=True,
)
def trial_balance_sheet(ctx: TenantContext, query: TrialBalanceQuery, accept: str) -> dict[str, Any] | Answer:
    """The trial balance"""
    return respond(ctx, accept, lambda: service.trial_balance_sheet(ctx, query), adapters.trial_balance)


@endpoint.get(
    "/reports/balance-sheet",
    permission=Report["read-balance-sheet"],
    query=BalanceSheetQuery,
    returns=SheetOut,
    errors=(DATE_RANGE_INVERTED, TOO_MANY_PERIODS, *RENDERING_ERRORS),
    media_types=MEDIA_TYPES,
    warm=True,
)
def balance_sheet(ctx: TenantContext, query: BalanceSheetQuery, accept: str) -> dict[str, Any] | Answer:
    """The balance sheet"""
    return respond(ctx, accept, lambda: service.balance_sheet_statement(ctx, query), adapters.balance_sheet)


@endpoint.get(
    "/reports/profit-loss-sheet",
    permission=Report["read-profit-loss"],
    query=ProfitLossQuery,
    returns=SheetOut,
    errors=(DATE_RANGE_INVERTED, TOO_MANY_PERIODS, *RENDERING_ERRORS),
    media_types=MEDIA_TYPES,
    warm=True,
)
def profit_loss_sheet(ctx: TenantContext, query: ProfitLossQuery, accept: str) -> dict[str, Any] | Answer:
    """The profit and loss sheet"""
    return respond(ctx, accept, lambda: service.profit_loss_sheet(ctx, query), adapters.profit_loss)


@endpoint.get(
    "/reports/cashflow-statement",
    permission=Report["read-cashflow"],
    query=CashFlowQuery,
    returns=CashFlowOut,
    errors=(DATE_RANGE_INVERTED, TOO_MANY_PERIODS, *RENDERING_ERRORS),
    media_types=MEDIA_TYPES,
    warm=True,
)
def cash_flow_statement(ctx: TenantContext, query: CashFlowQuery, accept: str) -> dict[str, Any] | Answer:
    """The statement of cash flow"""
    return respond(ctx, accept, lambda: service.cash_flow_statement(ctx, query), adapters.cash_flow)
