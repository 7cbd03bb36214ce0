"""Tax rates as they travel."""

from typing import Any

from domain.kit.formatting import format_rate
from domain.kit.wire import iso_day, iso_instant
from domain.tax_rates.model import TaxRate


def stored_form(rate: TaxRate) -> dict[str, Any]:
    """Stored keys; what create answers."""
    return {
        "id": rate.id,
        "name": rate.name,
        "code": rate.code,
        "rate": rate.rate,
        "description": rate.description,
        "is_non_recoverable": rate.is_non_recoverable,
        "is_compound": rate.is_compound,
        "active": rate.active,
        "deleted_at": rate.deleted_at and iso_day(rate.deleted_at),
        "created_at": iso_instant(rate.created_at),
        "updated_at": iso_instant(rate.updated_at),
    }


def detail_form(rate: TaxRate) -> dict[str, Any]:
    """Stored keys and texts."""
    percent = format_rate(rate.rate)
    return stored_form(rate) | {"name_formatted": f"{rate.name} [{percent}]", "rate_formatted": percent}
