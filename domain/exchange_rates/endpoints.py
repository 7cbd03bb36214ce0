"""The HTTP interface of exchange rates (platform.md 14). The rates are the organization's own; documents store the one they used."""

from typing import Any

from domain.exchange_rates import service
from domain.exchange_rates.presenter import rate_form
from domain.exchange_rates.rules import CURRENCY_UNKNOWN, SAME_CURRENCY
from domain.exchange_rates.schemas import (
    ExchangeRateIn,
    ExchangeRateListOut,
    ExchangeRateListQuery,
    ExchangeRateOut,
    LatestRateOut,
    LatestRateQuery,
)
from domain.kit.context import TenantContext
from domain.kit.endpoint import EMPTY, Answer, EndpointGroup
from domain.kit.permissions import MEMBER, PREFERENCES

endpoint = EndpointGroup("Exchange rates")


@endpoint.get("/exchange_rates/latest", permission=MEMBER, query=LatestRateQuery, returns=LatestRateOut)
@endpoint.get("/exchange-rates/latest", permission=MEMBER, query=LatestRateQuery, returns=LatestRateOut)
def latest_rate(ctx: TenantContext, query: LatestRateQuery) -> dict[str, Any]:
    """Today's exchange rate between two currencies; 1 where none is known"""
    return service.latest_rate(ctx, from_currency=query.from_currency, to_currency=query.to_currency)


@endpoint.get("/exchange-rates", permission=MEMBER, query=ExchangeRateListQuery, returns=ExchangeRateListOut)
def list_rates(ctx: TenantContext, query: ExchangeRateListQuery) -> dict[str, Any]:
    """The stored exchange rates, newest first"""
    return service.list_rates(ctx, query)


@endpoint.post(
    "/exchange-rates",
    permission=PREFERENCES,
    body=ExchangeRateIn,
    returns=ExchangeRateOut,
    errors=(SAME_CURRENCY, CURRENCY_UNKNOWN),
)
def store_rate(ctx: TenantContext, body: ExchangeRateIn) -> dict[str, Any]:
    """Write down an exchange rate from a day on; replaces the one of the same day and pair"""
    return rate_form(service.store_rate(ctx, body), ctx.organization.date_format)


@endpoint.delete("/exchange-rates/{rate_id}", permission=PREFERENCES)
def delete_rate(ctx: TenantContext, rate_id: int) -> Answer:
    """Delete a stored exchange rate"""
    service.delete_rate(ctx, rate_id)
    return EMPTY
