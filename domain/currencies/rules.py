"""What may happen to currencies. Pure."""

from collections.abc import Mapping

from domain.currencies.model import Currency
from domain.kit.errors import ErrorCode

CURRENCY_CODE_EXISTS = ErrorCode("CURRENCY_CODE_EXISTS", "The organization has a currency with this code already.")
CANNOT_DELETE_BASE_CURRENCY = ErrorCode("CANNOT_DELETE_BASE_CURRENCY", "The base currency cannot be deleted.")
CURRENCY_IN_USE = ErrorCode("CURRENCY_IN_USE", "Accounts, contacts or transactions are in this currency; it cannot be deleted.")


def with_code(currencies: Mapping[int, Currency], code: str) -> Currency | None:
    """The currency of a code, in any letter case."""
    wanted = code.strip().upper()
    return next((item for item in currencies.values() if item.currency_code == wanted), None)


def check_new_code(currencies: Mapping[int, Currency], code: str) -> None:
    """A code is there once."""
    if with_code(currencies, code) is not None:
        raise CURRENCY_CODE_EXISTS()
