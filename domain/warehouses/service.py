"""Use cases of warehouses."""

from domain.kit.context import TenantContext
from domain.kit.text import fold_text
from domain.settings.service import setting
from domain.warehouses.model import Warehouse
from domain.warehouses.repository import WAREHOUSES

PRIMARY_WAREHOUSE = {"name": "Primary Warehouse", "code": "10001"}


def warehouses_active(ctx: TenantContext) -> bool:
    """Whether documents carry warehouses."""
    return setting(ctx, "features", "warehouses") is True


def list_warehouses(ctx: TenantContext) -> list[Warehouse]:
    """All warehouses, by name."""
    return sorted(ctx.warm.get(WAREHOUSES).values(), key=lambda item: (fold_text(item.name), item.id))
