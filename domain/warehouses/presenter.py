"""Warehouses as they travel."""

from typing import Any

from domain.kit.wire import iso_instant
from domain.warehouses.model import Warehouse


def warehouse_form(warehouse: Warehouse) -> dict[str, Any]:
    """One warehouse."""
    return {
        "id": warehouse.id,
        "name": warehouse.name,
        "code": warehouse.code,
        "address": warehouse.address,
        "city": warehouse.city,
        "country": warehouse.country,
        "phone_number": warehouse.phone_number,
        "email": warehouse.email,
        "website": warehouse.website,
        "primary": warehouse.primary,
        "created_at": iso_instant(warehouse.created_at),
        "updated_at": iso_instant(warehouse.updated_at),
    }
