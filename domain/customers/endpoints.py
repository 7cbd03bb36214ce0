"""The HTTP interface of customers (accounting.md 9.2)."""

from typing import Any

from domain.branches.rules import BRANCH_ID_NOT_FOUND
from domain.contacts import service
from domain.contacts.model import ContactService
from domain.contacts.presenter import stored_form
from domain.contacts.rules import CURRENCY_UNKNOWN, CUSTOMER_HAS_TRANSACTIONS, OPENING_BALANCE_TOO_LARGE
from domain.contacts.schemas import ContactListQuery, ContactOut, CustomerDetailOut, OpeningBalanceIn
from domain.customers.schemas import CustomerEditIn, CustomerIn, CustomerListOut
from domain.kit.bulk import bulk_delete, check_bulk_delete
from domain.kit.context import TenantContext
from domain.kit.endpoint import EMPTY, Answer, EndpointGroup
from domain.kit.permissions import MEMBER, Customer
from domain.kit.schemas import BulkDeleteCheckOut, BulkDeleteIn
from domain.transactions_locking.rules import DATE_LOCKED

endpoint = EndpointGroup("Customers")
_OPENING_ERRORS = (BRANCH_ID_NOT_FOUND, OPENING_BALANCE_TOO_LARGE, DATE_LOCKED)


def _delete(ctx: TenantContext, customer_id: int) -> None:
    service.delete_contact(ctx, ContactService.CUSTOMER, customer_id)


@endpoint.get("/customers", permission=MEMBER, query=ContactListQuery, returns=CustomerListOut)
def list_customers(ctx: TenantContext, query: ContactListQuery) -> dict[str, Any]:
    """Customers, newest first unless sorted"""
    return service.list_contacts(ctx, ContactService.CUSTOMER, query)


@endpoint.get("/customers/{customer_id}", permission=MEMBER, returns=CustomerDetailOut)
def get_customer(ctx: TenantContext, customer_id: int) -> dict[str, Any]:
    """One customer with its balance"""
    return service.contact_form(ctx, customer_id, ContactService.CUSTOMER)


@endpoint.post(
    "/customers",
    permission=Customer.create,
    body=CustomerIn,
    returns=ContactOut,
    errors=(CURRENCY_UNKNOWN, *_OPENING_ERRORS),
)
def create_customer(ctx: TenantContext, body: CustomerIn) -> dict[str, Any]:
    """Add a customer; its opening balance is posted"""
    contact = service.create_contact(ctx, ContactService.CUSTOMER, body, contact_type=body.customer_type or "business")
    return stored_form(contact, ctx.base_currency)


@endpoint.put("/customers/{customer_id}", permission=Customer.edit, body=CustomerEditIn, returns=ContactOut)
def edit_customer(ctx: TenantContext, customer_id: int, body: CustomerEditIn) -> dict[str, Any]:
    """Change a customer; absent keys keep their value"""
    contact = service.edit_contact(ctx, ContactService.CUSTOMER, customer_id, body, contact_type=body.customer_type)
    return stored_form(contact, ctx.base_currency)


@endpoint.delete("/customers/{customer_id}", permission=Customer.delete, errors=(CUSTOMER_HAS_TRANSACTIONS, DATE_LOCKED))
def delete_customer(ctx: TenantContext, customer_id: int) -> Answer:
    """Delete a customer that no transaction names"""
    _delete(ctx, customer_id)
    return EMPTY


@endpoint.put(
    "/customers/{customer_id}/opening-balance",
    permission=Customer.edit,
    body=OpeningBalanceIn,
    returns=ContactOut,
    errors=_OPENING_ERRORS,
)
def edit_opening_balance(ctx: TenantContext, customer_id: int, body: OpeningBalanceIn) -> dict[str, Any]:
    """Replace the opening balance of a customer; 0 removes it"""
    contact = service.edit_opening_balance(ctx, ContactService.CUSTOMER, customer_id, body)
    return stored_form(contact, ctx.base_currency)


@endpoint.post("/customers/validate-bulk-delete", permission=Customer.delete, body=BulkDeleteIn, returns=BulkDeleteCheckOut)
def check_bulk_delete_customers(ctx: TenantContext, body: BulkDeleteIn) -> dict[str, Any]:
    """Which customers could be deleted; deletes nothing"""
    return check_bulk_delete(ctx, body.ids, _delete)


@endpoint.post("/customers/bulk-delete", permission=Customer.delete, body=BulkDeleteIn)
def bulk_delete_customers(ctx: TenantContext, body: BulkDeleteIn) -> Answer:
    """Delete several customers, all or nothing unless undeletable ones may be skipped"""
    bulk_delete(ctx, body.ids, _delete, skip_undeletable=bool(body.skip_undeletable))
    return EMPTY
