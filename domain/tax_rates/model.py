"""Tax rates: a percentage under a name and a code."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxRate:
    """One tax rate, in percent with up to 4 decimals.

    `active`, `is_compound` and `is_non_recoverable` are stored and shown; they change no computation (accounting.md 5.1).
    """

    id: int
    name: str
    code: str
    rate: Decimal
    description: str | None = None
    is_non_recoverable: bool = False
    is_compound: bool = False
    active: bool = False
    deleted_at: date | None = None
    created_at: datetime
    updated_at: datetime
