"""Money, rounding and allocation: the one place where amounts are rounded.

Amounts are :class:`decimal.Decimal` in major units. What is posted is in whole minor units of its currency (DECISIONS 30);
rounding is half-up away from zero, once, where an amount arises. No binary floating point anywhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation, localcontext

AMOUNT_MAX = Decimal(10) ** 13
"""Largest absolute amount accepted, in major units of its currency (DECISIONS 30)."""

LEDGER_SCALE = 4
"""Decimal places kept by ledger columns: enough for every ISO 4217 minor unit in use."""

RATE_SCALE = 8
"""Decimal places kept by exchange rates, unit prices, unit costs and quantities."""

TAX_RATE_SCALE = 4
"""Decimal places kept by tax percentages."""

ZERO = Decimal(0)
ONE = Decimal(1)

_DIGITS_MAX = 64
_MINOR_UNIT_DEFAULT = 2
_MINOR_UNITS: Mapping[str, int] = {
    **dict.fromkeys(
        ["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"], 0
    ),
    **dict.fromkeys(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"], 3),
    **dict.fromkeys(["CLF", "UYW", "BTC"], 4),
}
_QUANTA = [Decimal(1).scaleb(-places) for places in range(RATE_SCALE + 1)]
_WIDE = Context(prec=60, rounding=ROUND_HALF_UP)


class CurrencyMismatchError(ValueError):
    """Arithmetic was asked for between amounts of different currencies."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(f"cannot combine an amount in {first} with one in {second}; convert one of them first")


def minor_unit(currency: str) -> int:
    """Decimal places of the currency's minor unit (ISO 4217: JPY 0, KWD 3, most 2)."""
    return _MINOR_UNITS.get(currency, _MINOR_UNIT_DEFAULT)


def round_half_up(value: Decimal, places: int) -> Decimal:
    """The value rounded to so many decimal places, halves away from zero; never a negative zero."""
    rounded = value.quantize(_QUANTA[places], context=_WIDE)
    return rounded or abs(rounded)


def quantize(value: Decimal, currency: str) -> Decimal:
    """The amount in whole minor units of the currency, halves away from zero (DECISIONS 30)."""
    return round_half_up(value, minor_unit(currency))


def convert(value: Decimal, rate: Decimal, base_currency: str) -> Decimal:
    """The amount times the rate (base units for one unit), in whole minor units of the base currency."""
    return quantize(_WIDE.multiply(value, rate), base_currency)


def divide(value: Decimal, divisor: Decimal) -> Decimal:
    """Exact-as-possible quotient with 60 significant digits; round it before storing."""
    return _WIDE.divide(value, divisor)


def to_scaled(value: Decimal, scale: int = LEDGER_SCALE) -> int:
    """The amount as a whole number of 10^-scale units.

    Raises:
        ValueError: the amount has more decimal places than the scale keeps.

    """
    scaled = value.scaleb(scale, context=_WIDE)
    whole = int(scaled)
    if whole != scaled:
        msg = f"{value} has more than {scale} decimal places"
        raise ValueError(msg)
    return whole


def from_scaled(value: int, scale: int = LEDGER_SCALE) -> Decimal:
    """The amount of a whole number of 10^-scale units."""
    return Decimal(value).scaleb(-scale, context=_WIDE)


def allocate(total: Decimal, weights: Sequence[Decimal], currency: str) -> list[Decimal]:
    """Split a total over weights so that the parts sum to it exactly (largest remainder, ties to the earlier part).

    Parts are whole minor units of the currency. The total must itself be in whole minor units.

    Raises:
        ValueError: no weights, a negative weight, weights that sum to zero, or a total with a fraction of a minor unit.

    """
    weight_sum = sum(weights, ZERO)
    if not weights or weight_sum <= 0 or min(weights) < 0:
        raise ValueError("weights must be non-negative and not all zero")
    places = minor_unit(currency)
    units = to_scaled(total, places)
    sign = -1 if units < 0 else 1
    with localcontext(_WIDE):
        exact = [abs(units) * weight / weight_sum for weight in weights]
        floors = [int(share) for share in exact]
        by_remainder = sorted(range(len(exact)), key=lambda position: (floors[position] - exact[position], position))
    for position in by_remainder[: abs(units) - sum(floors)]:
        floors[position] += 1
    return [from_scaled(sign * floor, places) for floor in floors]


def decimal_text(value: Decimal) -> str:
    """Plain decimal digits without exponent or trailing zeros: the JSON number of an amount."""
    if not value:
        return "0"
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def parse_decimal(value: object) -> Decimal:
    """A finite decimal from a JSON number, an integer or numeric text; never a negative zero.

    Raises:
        ValueError: not numeric, not finite, a boolean, or too large or small to be written in 64 digits: `1e999999999` is
            short to send, and its digits would fill the memory.

    """
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal | float):
        raise ValueError("must be a number")  # noqa: TRY004 - pydantic turns ValueError into a field error
    text = str(value).strip()
    if len(text) > _DIGITS_MAX:
        raise ValueError("must be a number of at most 64 characters")
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueError("must be a number") from None
    if not number.is_finite():
        raise ValueError("must be a finite number")
    if number and abs(number.adjusted()) > _DIGITS_MAX:
        raise ValueError(f"must be a number of at most {_DIGITS_MAX} digits")
    return number or ZERO


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """An amount of one currency, in major units. Arithmetic across currencies raises."""

    amount: Decimal
    currency: str

    def __add__(self, other: "Money") -> "Money":
        return Money(self.amount + self._same_currency(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.amount - self._same_currency(other), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.amount, self.currency)

    def __mul__(self, factor: Decimal | int) -> "Money":
        return Money(self.amount * factor, self.currency)

    def __bool__(self) -> bool:
        return bool(self.amount)

    def rounded(self) -> "Money":
        """In whole minor units, halves away from zero."""
        return Money(quantize(self.amount, self.currency), self.currency)

    def in_base(self, rate: Decimal, base_currency: str) -> "Money":
        """Converted at a rate of base units for one unit, in whole minor units of the base currency."""
        return Money(convert(self.amount, rate, base_currency), base_currency)

    def allocate(self, weights: Sequence[Decimal]) -> list["Money"]:
        """Parts by weight that sum to this amount exactly; see :func:`allocate`."""
        return [Money(part, self.currency) for part in allocate(self.amount, weights, self.currency)]

    def _same_currency(self, other: "Money") -> Decimal:
        if other.currency != self.currency:
            raise CurrencyMismatchError(self.currency, other.currency)
        return other.amount
