"""Wire models of currencies (accounting.md 11.2)."""

from datetime import datetime

from domain.kit.schemas import CurrencyCode, RequiredText, WireModel


class CurrencyIn(WireModel):
    """A new currency."""

    currency_code: CurrencyCode
    currency_name: RequiredText
    currency_sign: RequiredText


class CurrencyEditIn(WireModel):
    """A changed currency."""

    currency_name: RequiredText
    currency_sign: RequiredText


class CurrencyOut(WireModel):
    """A currency of the organization."""

    id: int
    currency_name: str
    currency_code: str
    currency_sign: str
    is_base_currency: bool
    created_at: datetime
    updated_at: datetime
