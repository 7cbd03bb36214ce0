"""The HTTP interface of warehouses, as far as forms look them up."""

from typing import Any

from domain.kit.context import TenantContext
from domain.kit.endpoint import EndpointGroup
from domain.kit.permissions import MEMBER
from domain.warehouses import service
from domain.warehouses.presenter import warehouse_form
from domain.warehouses.schemas import WarehouseOut

endpoint = EndpointGroup("Warehouses")


@endpoint.get("/warehouses", permission=MEMBER, returns=list[WarehouseOut], warm=True)
def list_warehouses(ctx: TenantContext) -> list[dict[str, Any]]:
    """All warehouses, by name"""
    return [warehouse_form(warehouse) for warehouse in service.list_warehouses(ctx)]
