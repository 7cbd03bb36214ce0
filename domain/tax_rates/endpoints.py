"""The HTTP interface of tax rates (accounting.md 5.2)."""

from typing import Any

from domain.kit.context import TenantContext
from domain.kit.endpoint import EMPTY, Answer, EndpointGroup
from domain.kit.permissions import MEMBER, TaxRate
from domain.tax_rates import presenter, service
from domain.tax_rates.rules import ALREADY_ACTIVE, ALREADY_INACTIVE, CODE_NOT_UNIQUE, NOT_FOUND
from domain.tax_rates.schemas import TaxRateIn, TaxRateListOut, TaxRateOut, TaxRateStoredOut

endpoint = EndpointGroup("Tax rates")


@endpoint.get("/tax-rates", permission=MEMBER, returns=TaxRateListOut, warm=True)
def list_tax_rates(ctx: TenantContext) -> dict[str, Any]:
    """All tax rates, by name"""
    return {"data": [presenter.detail_form(rate) for rate in service.list_tax_rates(ctx)]}


@endpoint.get("/tax-rates/{tax_rate_id}", permission=MEMBER, returns=TaxRateOut, errors=(NOT_FOUND,), warm=True)
def get_tax_rate(ctx: TenantContext, tax_rate_id: int) -> dict[str, Any]:
    """One tax rate"""
    return presenter.detail_form(service.get_tax_rate(ctx, tax_rate_id))


@endpoint.post(
    "/tax-rates",
    permission=TaxRate.create,
    body=TaxRateIn,
    returns=TaxRateStoredOut,
    errors=(CODE_NOT_UNIQUE,),
)
def create_tax_rate(ctx: TenantContext, body: TaxRateIn) -> dict[str, Any]:
    """Add a tax rate"""
    return presenter.stored_form(service.create_tax_rate(ctx, body))


@endpoint.put(
    "/tax-rates/{tax_rate_id}",
    permission=TaxRate.edit,
    body=TaxRateIn,
    returns=TaxRateStoredOut,
    errors=(NOT_FOUND, CODE_NOT_UNIQUE),
)
def edit_tax_rate(ctx: TenantContext, tax_rate_id: int, body: TaxRateIn) -> dict[str, Any]:
    """Change a tax rate; its id may change"""
    return presenter.stored_form(service.edit_tax_rate(ctx, tax_rate_id, body))


@endpoint.delete("/tax-rates/{tax_rate_id}", permission=TaxRate.delete, errors=(NOT_FOUND,))
def delete_tax_rate(ctx: TenantContext, tax_rate_id: int) -> Answer:
    """Retire a tax rate"""
    service.delete_tax_rate(ctx, tax_rate_id)
    return EMPTY


@endpoint.put(
    "/tax-rates/{tax_rate_id}/activate",
    permission=TaxRate.edit,
    errors=(NOT_FOUND, ALREADY_ACTIVE),
)
def activate_tax_rate(ctx: TenantContext, tax_rate_id: int) -> Answer:
    """Activate a tax rate"""
    service.switch_tax_rate(ctx, tax_rate_id, active=True)
    return EMPTY


@endpoint.put(
    "/tax-rates/{tax_rate_id}/inactivate",
    permission=TaxRate.edit,
    errors=(NOT_FOUND, ALREADY_INACTIVE),
)
def inactivate_tax_rate(ctx: TenantContext, tax_rate_id: int) -> Answer:
    """Inactivate a tax rate"""
    service.switch_tax_rate(ctx, tax_rate_id, active=False)
    return EMPTY
