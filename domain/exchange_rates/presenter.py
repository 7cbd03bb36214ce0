"""Exchange rates as they travel."""

from typing import Any

from domain.exchange_rates.model import ExchangeRate
from domain.kit.formatting import format_date
from domain.kit.wire import iso_day, iso_instant


def rate_form(rate: ExchangeRate, date_format: str) -> dict[str, Any]:
    """One stored rate."""
    return {
        "id": rate.id,
        "date": iso_day(rate.date),
        "formatted_date": format_date(rate.date, date_format),
        "from_currency": rate.from_currency,
        "to_currency": rate.to_currency,
        "rate": rate.rate,
        "created_at": iso_instant(rate.created_at),
        "updated_at": iso_instant(rate.updated_at),
    }
