"""The HTTP interface of currencies (accounting.md 11.2, platform.md 13). Changes go by id, look-ups and deletions by code."""

from typing import Any

from domain.currencies import service
from domain.currencies.presenter import currency_form
from domain.currencies.rules import CANNOT_DELETE_BASE_CURRENCY, CURRENCY_CODE_EXISTS, CURRENCY_IN_USE
from domain.currencies.schemas import CurrencyEditIn, CurrencyIn, CurrencyOut
from domain.kit.context import TenantContext
from domain.kit.endpoint import EMPTY, Answer, EndpointGroup
from domain.kit.permissions import MEMBER, PREFERENCES

endpoint = EndpointGroup("Currencies")


@endpoint.get("/currencies", permission=MEMBER, returns=list[CurrencyOut], warm=True)
def list_currencies(ctx: TenantContext) -> list[dict[str, Any]]:
    """All currencies, oldest first"""
    return [currency_form(currency, ctx.base_currency) for currency in service.list_currencies(ctx)]


@endpoint.get("/currencies/{code}", permission=MEMBER, returns=CurrencyOut, warm=True)
def get_currency(ctx: TenantContext, code: str) -> dict[str, Any]:
    """One currency by its code"""
    return currency_form(service.get_currency(ctx, code), ctx.base_currency)


@endpoint.post("/currencies", permission=PREFERENCES, body=CurrencyIn, errors=(CURRENCY_CODE_EXISTS,))
def create_currency(ctx: TenantContext, body: CurrencyIn) -> Answer:
    """Add a currency"""
    service.create_currency(ctx, body)
    return EMPTY


@endpoint.put("/currencies/{currency_id}", permission=PREFERENCES, body=CurrencyEditIn, returns=CurrencyOut)
def edit_currency(ctx: TenantContext, currency_id: int, body: CurrencyEditIn) -> dict[str, Any]:
    """Change the name and sign of a currency"""
    return currency_form(service.edit_currency(ctx, currency_id, body), ctx.base_currency)


@endpoint.delete("/currencies/{code}", permission=PREFERENCES, errors=(CANNOT_DELETE_BASE_CURRENCY, CURRENCY_IN_USE))
def delete_currency(ctx: TenantContext, code: str) -> Answer:
    """Delete a currency in which nothing is recorded"""
    service.delete_currency(ctx, code)
    return EMPTY
