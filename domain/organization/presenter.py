"""The organization's profile as it travels."""

from dataclasses import asdict
from datetime import date
from typing import Any

from domain.kit.context import Organization
from domain.kit.formatting import DATE_FORMATS_OFFERED, format_date


def date_format_forms(today: date) -> list[dict[str, str]]:
    """The date formats that forms offer."""
    return [{"label": f"{format_date(today, key)} [{key}]", "key": key} for key in DATE_FORMATS_OFFERED]


def profile_payload(profile: Organization) -> dict[str, Any]:
    """All fields of the profile, plain: what the system's copy is made of."""
    return asdict(profile)
