"""The HTTP interface of the organization's profile, as far as it lives with the books (platform.md 7.3 to 7.5)."""

from typing import Any

from domain.kit.context import TenantContext
from domain.kit.endpoint import EndpointGroup
from domain.kit.permissions import MEMBER, PREFERENCES
from domain.organization import presenter, service
from domain.organization.rules import BASE_CURRENCY_MUTATE_LOCKED
from domain.organization.schemas import BaseCurrencyLockOut, DateFormatOut, OrganizationIn, SavedOut

endpoint = EndpointGroup("Organization")


@endpoint.put(
    "/organization", permission=PREFERENCES, body=OrganizationIn, returns=SavedOut, errors=(BASE_CURRENCY_MUTATE_LOCKED,)
)
def edit_organization(ctx: TenantContext, body: OrganizationIn) -> dict[str, Any]:
    """Change the organization's profile"""
    service.edit_organization(ctx, body)
    return {"code": 200, "message": "The organization has been saved."}


@endpoint.get("/organization/base-currency-mutate", permission=MEMBER, returns=BaseCurrencyLockOut)
def base_currency_lock(ctx: TenantContext) -> dict[str, Any]:
    """Which records lock the base currency; none where it may still change"""
    return {"abilities": service.base_currency_locks(ctx)}


@endpoint.get("/date-formats", permission=MEMBER, returns=list[DateFormatOut], warm=True)
def list_date_formats(ctx: TenantContext) -> list[dict[str, str]]:
    """The date formats that forms offer, with today in each"""
    return presenter.date_format_forms(ctx.today())
