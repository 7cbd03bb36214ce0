"""Branches: places of business by which documents can be told apart."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """One branch. Exactly one branch of an organization is primary."""

    id: int
    name: str
    code: str | None = None
    address: str | None = None
    city: str | None = None
    country: str | None = None
    phone_number: str | None = None
    email: str | None = None
    website: str | None = None
    primary: bool = False
    created_at: datetime
    updated_at: datetime
