"""The HTTP interface of contacts of either kind (accounting.md 9.4)."""

from typing import Any

from domain.contacts import service
from domain.contacts.rules import ALREADY_ACTIVE, ALREADY_INACTIVE
from domain.contacts.schemas import ActivatedOut, AutoCompleteQuery, ContactChoiceOut, EitherContactOut, InactivatedOut
from domain.kit.context import TenantContext
from domain.kit.endpoint import EndpointGroup
from domain.kit.errors import FORBIDDEN
from domain.kit.permissions import MEMBER, Customer, Vendor

endpoint = EndpointGroup("Contacts")


@endpoint.get("/contacts/auto-complete", permission=MEMBER, query=AutoCompleteQuery, returns=list[ContactChoiceOut])
def auto_complete(ctx: TenantContext, query: AutoCompleteQuery) -> list[dict[str, Any]]:
    """Customers and vendors to choose from, by display name"""
    return service.auto_complete(ctx, query)


@endpoint.get("/contacts/{contact_id}", permission=MEMBER, returns=EitherContactOut)
def get_contact(ctx: TenantContext, contact_id: int) -> dict[str, Any]:
    """One customer or vendor"""
    return {"customer": service.contact_form(ctx, contact_id)}


@endpoint.patch(
    "/contacts/{contact_id}/activate",
    permission=Customer.edit,
    any_of=(Vendor.edit,),
    returns=ActivatedOut,
    errors=(ALREADY_ACTIVE, FORBIDDEN),
)
def activate_contact(ctx: TenantContext, contact_id: int) -> dict[str, Any]:
    """Activate a customer or vendor"""
    return {"id": service.switch_contact(ctx, contact_id, active=True).id, "activated": True}


@endpoint.patch(
    "/contacts/{contact_id}/inactivate",
    permission=Customer.edit,
    any_of=(Vendor.edit,),
    returns=InactivatedOut,
    errors=(ALREADY_INACTIVE, FORBIDDEN),
)
def inactivate_contact(ctx: TenantContext, contact_id: int) -> dict[str, Any]:
    """Inactivate a customer or vendor"""
    return {"id": service.switch_contact(ctx, contact_id, active=False).id, "inactivated": True}
