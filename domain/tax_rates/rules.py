"""What makes a tax rate valid. Pure."""

from collections.abc import Iterable
from decimal import Decimal

from domain.kit.errors import ErrorCode
from domain.kit.text import fold_text
from domain.tax_rates.model import TaxRate

NOT_FOUND = ErrorCode("TAX_RATE_NOT_FOUND", "There is no such tax rate.")
CODE_NOT_UNIQUE = ErrorCode("TAX_CODE_NOT_UNIQUE", "Another tax rate has this code.")
ALREADY_ACTIVE = ErrorCode("TAX_RATE_ALREADY_ACTIVE", "The tax rate is active already.")
ALREADY_INACTIVE = ErrorCode("TAX_RATE_ALREADY_INACTIVE", "The tax rate is inactive already.")


def fold_code(code: str) -> str:
    """Codes are compared without letter case, accents and outer blanks."""
    return fold_text(code).strip()


def check_unique_code(rates: Iterable[TaxRate], code: str, *, own_id: int | None = None) -> None:
    """Codes are unique among the rates in use; retired ones free theirs."""
    wanted = fold_code(code)
    if any(fold_code(item.code) == wanted and item.id != own_id and item.deleted_at is None for item in rates):
        raise CODE_NOT_UNIQUE()


def must_replace(rate: TaxRate, *, name: str, code: str, percent: Decimal) -> bool:
    """Whether an edit makes a new rate: documents made so far must keep showing what they were made with (accounting.md 5.2)."""
    return (rate.name, rate.code, rate.rate) != (name, code, percent)
