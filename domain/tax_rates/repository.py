"""All SQL of tax rates, and the warm value made of it."""

from collections.abc import Mapping
from dataclasses import fields

from sqlalchemy import Connection, insert, select, update

from domain.kit.context import TenantContext
from domain.kit.tables import TENANT_METADATA
from domain.kit.warm import WarmKey
from domain.tax_rates.model import TaxRate
from domain.tax_rates.tables import tax_rates

_FIELDS = [item.name for item in fields(TaxRate)]


def _load(connection: Connection) -> Mapping[int, TaxRate]:
    rows = connection.execute(select(*(tax_rates.c[name] for name in _FIELDS)).order_by(tax_rates.c.id)).mappings()
    return {row["id"]: TaxRate(**row) for row in rows}


TAX_RATES: WarmKey[Mapping[int, TaxRate]] = WarmKey("tax_rates", _load)
"""All tax rates by id, retired ones too: documents refer to them."""


def insert_tax_rate(ctx: TenantContext, rate: TaxRate) -> None:
    """Store a new rate."""
    known = ctx.warm.get(TAX_RATES)
    ctx.db.execute(insert(tax_rates).values(**{name: getattr(rate, name) for name in _FIELDS}))
    ctx.warm.put(TAX_RATES, {**known, rate.id: rate})


def update_tax_rate(ctx: TenantContext, rate: TaxRate) -> None:
    """Store a changed rate."""
    values = {name: getattr(rate, name) for name in _FIELDS if name != "id"}
    ctx.db.execute(update(tax_rates).where(tax_rates.c.id == rate.id).values(**values))
    ctx.warm.put(TAX_RATES, {**ctx.warm.get(TAX_RATES), rate.id: rate})


def move_items(ctx: TenantContext, old_id: int, new_id: int) -> None:
    """Items that sell or buy at a replaced rate by default use the new one."""
    items = TENANT_METADATA.tables.get("items")
    if items is None:
        return
    for name in ("sell_tax_rate_id", "purchase_tax_rate_id"):
        ctx.db.execute(update(items).where(items.c[name] == old_id).values({name: new_id}))
