"""All SQL of warehouses, and the warm value made of it."""

from collections.abc import Mapping
from dataclasses import fields

from sqlalchemy import Connection, insert, select

from domain.kit.context import TenantContext
from domain.kit.warm import WarmKey
from domain.warehouses.model import Warehouse
from domain.warehouses.tables import warehouses

_FIELDS = [item.name for item in fields(Warehouse)]


def _load(connection: Connection) -> Mapping[int, Warehouse]:
    rows = connection.execute(select(*(warehouses.c[name] for name in _FIELDS)).order_by(warehouses.c.id)).mappings()
    return {row["id"]: Warehouse(**row) for row in rows}


WAREHOUSES: WarmKey[Mapping[int, Warehouse]] = WarmKey("warehouses", _load)
"""All warehouses by id."""


def insert_warehouse(ctx: TenantContext, warehouse: Warehouse) -> None:
    """Store a new warehouse."""
    known = ctx.warm.get(WAREHOUSES)
    ctx.db.execute(insert(warehouses).values(**{name: getattr(warehouse, name) for name in _FIELDS}))
    ctx.warm.put(WAREHOUSES, {**known, warehouse.id: warehouse})
