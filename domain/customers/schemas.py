"""Wire models of customers, where they are more than contacts (accounting.md 9.2)."""

from typing import Any

from domain.contacts.schemas import ContactEditIn, ContactIn, CustomerDetailOut, CustomerType
from domain.kit.schemas import RequiredText, WireModel


class CustomerIn(ContactIn):
    """A new customer; a business unless told (DECISIONS 28)."""

    customer_type: CustomerType = None


class CustomerEditIn(ContactEditIn):
    """A changed customer."""

    customer_type: CustomerType = None
    display_name: RequiredText


class CustomerListOut(WireModel):
    """`GET /customers`."""

    customers: list[CustomerDetailOut]
    pagination: dict[str, int]
    filter_meta: dict[str, Any]
