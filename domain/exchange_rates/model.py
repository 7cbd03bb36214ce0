"""Exchange rates that people wrote down."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeRate:
    """From `date` on, one unit of `from_currency` is worth `rate` units of `to_currency`. One a day and pair."""

    id: int
    date: date
    from_currency: str
    to_currency: str
    rate: Decimal
    created_at: datetime
    updated_at: datetime
