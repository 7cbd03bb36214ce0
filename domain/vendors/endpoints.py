"""The HTTP interface of vendors (accounting.md 9.3)."""

from typing import Any

from domain.branches.rules import BRANCH_ID_NOT_FOUND
from domain.contacts import service
from domain.contacts.model import ContactService
from domain.contacts.presenter import stored_form
from domain.contacts.rules import CURRENCY_UNKNOWN, OPENING_BALANCE_TOO_LARGE, VENDOR_HAS_TRANSACTIONS
from domain.contacts.schemas import ContactDetailOut, ContactEditIn, ContactIn, ContactListQuery, ContactOut, OpeningBalanceIn
from domain.kit.bulk import bulk_delete, check_bulk_delete
from domain.kit.context import TenantContext
from domain.kit.endpoint import EMPTY, Answer, EndpointGroup
from domain.kit.permissions import MEMBER, Vendor
from domain.kit.schemas import BulkDeleteCheckOut, BulkDeleteIn
from domain.transactions_locking.rules import DATE_LOCKED
from domain.vendors.schemas import VendorListOut

endpoint = EndpointGroup("Vendors")
_OPENING_ERRORS = (BRANCH_ID_NOT_FOUND, OPENING_BALANCE_TOO_LARGE, DATE_LOCKED)


def _delete(ctx: TenantContext, vendor_id: int) -> None:
    service.delete_contact(ctx, ContactService.VENDOR, vendor_id)


@endpoint.get("/vendors", permission=MEMBER, query=ContactListQuery, returns=VendorListOut)
def list_vendors(ctx: TenantContext, query: ContactListQuery) -> dict[str, Any]:
    """Vendors, newest first unless sorted"""
    return service.list_contacts(ctx, ContactService.VENDOR, query)


@endpoint.get("/vendors/{vendor_id}", permission=MEMBER, returns=ContactDetailOut)
def get_vendor(ctx: TenantContext, vendor_id: int) -> dict[str, Any]:
    """One vendor with its balance"""
    return service.contact_form(ctx, vendor_id, ContactService.VENDOR)


@endpoint.post(
    "/vendors",
    permission=Vendor.create,
    body=ContactIn,
    returns=ContactOut,
    errors=(CURRENCY_UNKNOWN, *_OPENING_ERRORS),
)
def create_vendor(ctx: TenantContext, body: ContactIn) -> dict[str, Any]:
    """Add a vendor; its opening balance is posted"""
    contact = service.create_contact(ctx, ContactService.VENDOR, body)
    return stored_form(contact, ctx.base_currency)


@endpoint.put("/vendors/{vendor_id}", permission=Vendor.edit, body=ContactEditIn, returns=ContactOut)
def edit_vendor(ctx: TenantContext, vendor_id: int, body: ContactEditIn) -> dict[str, Any]:
    """Change a vendor; absent keys keep their value"""
    contact = service.edit_contact(ctx, ContactService.VENDOR, vendor_id, body)
    return stored_form(contact, ctx.base_currency)


@endpoint.delete("/vendors/{vendor_id}", permission=Vendor.delete, errors=(VENDOR_HAS_TRANSACTIONS, DATE_LOCKED))
def delete_vendor(ctx: TenantContext, vendor_id: int) -> Answer:
    """Delete a vendor that no transaction names"""
    _delete(ctx, vendor_id)
    return EMPTY


@endpoint.put(
    "/vendors/{vendor_id}/opening-balance",
    permission=Vendor.edit,
    body=OpeningBalanceIn,
    returns=ContactOut,
    errors=_OPENING_ERRORS,
)
def edit_opening_balance(ctx: TenantContext, vendor_id: int, body: OpeningBalanceIn) -> dict[str, Any]:
    """Replace the opening balance of a vendor; 0 removes it"""
    contact = service.edit_opening_balance(ctx, ContactService.VENDOR, vendor_id, body)
    return stored_form(contact, ctx.base_currency)


@endpoint.post("/vendors/validate-bulk-delete", permission=Vendor.delete, body=BulkDeleteIn, returns=BulkDeleteCheckOut)
def check_bulk_delete_vendors(ctx: TenantContext, body: BulkDeleteIn) -> dict[str, Any]:
    """Which vendors could be deleted; deletes nothing"""
    return check_bulk_delete(ctx, body.ids, _delete)


@endpoint.post("/vendors/bulk-delete", permission=Vendor.delete, body=BulkDeleteIn)
def bulk_delete_vendors(ctx: TenantContext, body: BulkDeleteIn) -> Answer:
    """Delete several vendors, all or nothing unless undeletable ones may be skipped"""
    bulk_delete(ctx, body.ids, _delete, skip_undeletable=bool(body.skip_undeletable))
    return EMPTY
