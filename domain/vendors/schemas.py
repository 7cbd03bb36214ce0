"""Wire models of vendors, where they are more than contacts (accounting.md 9.3)."""

from typing import Any

from domain.contacts.schemas import ContactDetailOut
from domain.kit.schemas import WireModel


class VendorListOut(WireModel):
    """`GET /vendors`."""

    vendors: list[ContactDetailOut]
    pagination: dict[str, int]
    filter_meta: dict[str, Any]
