"""Currencies in which an organization trades."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Currency:
    """One currency of the organization. The sign is kept for clients; formatting uses the catalogue's (platform.md 13)."""

    id: int
    currency_code: str
    currency_name: str
    currency_sign: str
    created_at: datetime
    updated_at: datetime
