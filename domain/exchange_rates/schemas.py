"""Wire models of exchange rates."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from domain.kit.lists import ListQuery
from domain.kit.schemas import CurrencyCode, OptionalCurrency, OptionalDay, Rate, WireModel


class LatestRateQuery(WireModel):
    """Both sides are the base currency where they are not given."""

    from_currency: OptionalCurrency = None
    to_currency: OptionalCurrency = None


class LatestRateOut(WireModel):
    """One unit of `base_currency` is worth `exchange_rate` units of `to_currency`. `base_currency` is the one asked from."""

    base_currency: str
    to_currency: str
    exchange_rate: Decimal


class ExchangeRateIn(WireModel):
    """A rate from a day on, today where none is given. To the base currency where no other is given."""

    date: OptionalDay = None
    from_currency: CurrencyCode
    to_currency: OptionalCurrency = None
    rate: Rate


class ExchangeRateListQuery(ListQuery):
    """Of one currency or pair, or of all."""

    from_currency: OptionalCurrency = None
    to_currency: OptionalCurrency = None


class ExchangeRateOut(WireModel):
    """A stored rate: one unit of `from_currency` is worth `rate` units of `to_currency`."""

    id: int
    date: datetime
    formatted_date: str
    from_currency: str
    to_currency: str
    rate: Decimal
    created_at: datetime
    updated_at: datetime


class PaginationOut(WireModel):
    """Which page of how many rows."""

    total: int
    page: int
    page_size: int


class ExchangeRateListOut(WireModel):
    """`GET /exchange-rates`, newest first."""

    exchange_rates: list[ExchangeRateOut]
    pagination: PaginationOut
    filter_meta: dict[str, Any]
