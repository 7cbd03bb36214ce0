"""Currencies as they travel."""

from typing import Any

from domain.currencies.model import Currency
from domain.kit.wire import iso_instant


def currency_form(currency: Currency, base_currency: str) -> dict[str, Any]:
    """One currency."""
    return {
        "id": currency.id,
        "currency_name": currency.currency_name,
        "currency_code": currency.currency_code,
        "currency_sign": currency.currency_sign,
        "is_base_currency": currency.currency_code == base_currency,
        "created_at": iso_instant(currency.created_at),
        "updated_at": iso_instant(currency.updated_at),
    }
