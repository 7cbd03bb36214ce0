"""Wire models of tax rates (accounting.md 5)."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, WithJsonSchema

from domain.kit.money import TAX_RATE_SCALE, parse_decimal, round_half_up
from domain.kit.schemas import OptionalFlag, OptionalLongText, RequiredText, WireModel

PERCENT_MAX = 1000


def _percent(value: Any) -> Decimal:
    number = parse_decimal(value)
    if not 0 <= number <= PERCENT_MAX:
        raise ValueError(f"must be a percentage from 0 to {PERCENT_MAX}")
    return round_half_up(number, TAX_RATE_SCALE)


Percent = Annotated[Decimal, BeforeValidator(_percent), WithJsonSchema({"type": "number", "minimum": 0, "maximum": PERCENT_MAX})]
"""Percentage with up to 4 decimals."""


class TaxRateIn(WireModel):
    """A new or changed tax rate. On a change, absent keys keep their value."""

    name: RequiredText
    code: RequiredText
    rate: Percent
    description: OptionalLongText = None
    is_non_recoverable: OptionalFlag = None
    is_compound: OptionalFlag = None
    active: OptionalFlag = None


class TaxRateStoredOut(WireModel):
    """A tax rate as stored."""

    id: int
    name: str
    code: str
    rate: Decimal
    description: str | None
    is_non_recoverable: bool
    is_compound: bool
    active: bool
    deleted_at: datetime | None
    created_at: datetime
    updated_at: datetime


class TaxRateOut(TaxRateStoredOut):
    """A tax rate with its texts."""

    name_formatted: str
    rate_formatted: str


class TaxRateListOut(WireModel):
    """`GET /tax-rates`."""

    data: list[TaxRateOut]
