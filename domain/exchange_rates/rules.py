"""What a rate between two currencies is. Pure."""

from decimal import Decimal

from domain.kit.errors import ErrorCode
from domain.kit.money import ONE, RATE_SCALE, divide, round_half_up

SAME_CURRENCY = ErrorCode("EXCHANGE_RATE_SAME_CURRENCY", "A currency has no exchange rate to itself.")
CURRENCY_UNKNOWN = ErrorCode(
    "EXCHANGE_RATE_CURRENCY_NOT_FOUND", "Add the currency to the organization's currencies before its exchange rates."
)
_SMALLEST = Decimal(1).scaleb(-RATE_SCALE)


def check_pair(from_currency: str, to_currency: str) -> None:
    """A rate is between two currencies."""
    if from_currency == to_currency:
        raise SAME_CURRENCY()


def inverse(rate: Decimal) -> Decimal:
    """The rate of the other direction, 8 decimals, never zero."""
    return max(round_half_up(divide(ONE, rate), RATE_SCALE), _SMALLEST)
