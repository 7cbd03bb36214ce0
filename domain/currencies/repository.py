"""All SQL of currencies, and the warm value made of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import Column, Connection, delete, exists, insert, select, update

from domain.currencies.model import Currency
from domain.currencies.tables import currencies
from domain.kit.context import TenantContext
from domain.kit.tables import TENANT_METADATA
from domain.kit.warm import WarmKey

_FIELDS = [item.name for item in fields(Currency)]
_NO_USE = frozenset({"currencies", "exchange_rates", "organization"})
"""Tables whose currency columns do not make a currency used."""


def _load(connection: Connection) -> Mapping[int, Currency]:
    rows = connection.execute(select(*(currencies.c[name] for name in _FIELDS)).order_by(currencies.c.id)).mappings()
    return {row["id"]: Currency(**row) for row in rows}


CURRENCIES: WarmKey[Mapping[int, Currency]] = WarmKey("currencies", _load)
"""All currencies by id, oldest first."""


def insert_currencies(ctx: TenantContext, new: Sequence[Currency]) -> None:
    """Store new currencies."""
    known = ctx.warm.get(CURRENCIES)
    ctx.db.execute(insert(currencies), [{name: getattr(item, name) for name in _FIELDS} for item in new])
    ctx.warm.put(CURRENCIES, {**known, **{item.id: item for item in new}})


def update_currency(ctx: TenantContext, currency: Currency) -> None:
    """Store a changed currency."""
    values = {name: getattr(currency, name) for name in _FIELDS if name != "id"}
    ctx.db.execute(update(currencies).where(currencies.c.id == currency.id).values(**values))
    ctx.warm.put(CURRENCIES, {**ctx.warm.get(CURRENCIES), currency.id: currency})


def delete_currency(ctx: TenantContext, currency_id: int) -> None:
    """Remove a currency."""
    known = dict(ctx.warm.get(CURRENCIES))
    del known[currency_id]
    ctx.db.execute(delete(currencies).where(currencies.c.id == currency_id))
    ctx.warm.put(CURRENCIES, known)


def currency_columns() -> Iterator[Column[Any]]:
    """Every column in which a record of the tenant says its currency."""
    for table in TENANT_METADATA.sorted_tables:
        if table.name not in _NO_USE:
            yield from (column for column in table.columns if column.name == "currency" or column.name.endswith("currency_code"))


def is_used(connection: Connection, code: str) -> bool:
    """Whether any account, contact, document or ledger line is in the currency."""
    return any(connection.execute(select(exists().where(column == code))).scalar() for column in currency_columns())
