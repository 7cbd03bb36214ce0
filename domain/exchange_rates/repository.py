"""All SQL of exchange rates."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from domain.exchange_rates.listing import EXCHANGE_RATES
from domain.exchange_rates.model import ExchangeRate
from domain.exchange_rates.tables import exchange_rates
from domain.kit.lists import Listing, ListQuery, compose, fetch_page

_c = exchange_rates.c
_FIELDS = [item.name for item in fields(ExchangeRate)]
_READ = select(*(_c[name] for name in _FIELDS))


def _rate(row: RowMapping | None) -> ExchangeRate | None:
    return None if row is None else ExchangeRate(**row)


def find(connection: Connection, rate_id: int) -> ExchangeRate | None:
    """By id."""
    return _rate(connection.execute(_READ.where(_c.id == rate_id)).mappings().first())


def find_on(connection: Connection, from_currency: str, to_currency: str, day: date) -> ExchangeRate | None:
    """The rate that starts on that day."""
    statement = _READ.where(_c.from_currency == from_currency, _c.to_currency == to_currency, _c.date == day)
    return _rate(connection.execute(statement).mappings().first())


def latest(connection: Connection, from_currency: str, to_currency: str, day: date) -> Decimal | None:
    """The rate in force on a day, as it was stored in this direction."""
    statement = (
        select(_c.rate)
        .where(_c.from_currency == from_currency, _c.to_currency == to_currency, _c.date <= day)
        .order_by(_c.date.desc())
        .limit(1)
    )
    return connection.execute(statement).scalar()


def page(
    connection: Connection, query: ListQuery, *, from_currency: str | None, to_currency: str | None
) -> tuple[Sequence[RowMapping], dict[str, int], Listing]:
    """One page of the rates, with `pagination` and the composed list."""
    listing = compose(EXCHANGE_RATES, query)
    statement = _READ
    if from_currency is not None:
        statement = statement.where(_c.from_currency == from_currency)
    if to_currency is not None:
        statement = statement.where(_c.to_currency == to_currency)
    rows, pagination = fetch_page(connection, listing, statement)
    return rows, pagination, listing


def insert_rate(connection: Connection, rate: ExchangeRate) -> None:
    """Store a new rate."""
    connection.execute(insert(exchange_rates).values(**{name: getattr(rate, name) for name in _FIELDS}))


def update_rate(connection: Connection, rate: ExchangeRate) -> None:
    """Store a changed rate."""
    connection.execute(update(exchange_rates).where(_c.id == rate.id).values(rate=rate.rate, updated_at=rate.updated_at))


def delete_rate(connection: Connection, rate_id: int) -> None:
    """Remove a rate."""
    connection.execute(delete(exchange_rates).where(_c.id == rate_id))
