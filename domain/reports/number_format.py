"""How a report writes its amounts (reports.md section 5, DECISIONS 19). Pure."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from domain.kit.currencies import symbol
from domain.kit.formatting import format_number
from domain.kit.money import from_scaled

_THOUSAND_PLACES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberFormat:
    """The settings of one request. `money` says which lines carry the currency's sign: `total`, `always` or `none`."""

    currency: str
    precision: int
    divide_on_1000: bool = False
    show_zero: bool = False
    money: str = "total"
    parentheses: bool = False

    def row(self, scaled: int) -> str:
        """An account line: a sign only if always wanted, zeros hidden unless shown."""
        return self._text(scaled, sign=self.money == "always", zero=self.show_zero)

    def total(self, scaled: int) -> str:
        """A section, an equation or a total: a sign unless none is wanted, zeros shown."""
        return self._text(scaled, sign=self.money != "none", zero=True)

    def amount(self, scaled: int, *, total: bool) -> dict[str, Any]:
        """The amount object of the wire."""
        return {
            "amount": from_scaled(scaled),
            "formatted_amount": self.total(scaled) if total else self.row(scaled),
            "currency_code": self.currency,
        }

    def _text(self, scaled: int, *, sign: bool, zero: bool) -> str:
        value: Decimal = from_scaled(scaled)
        return format_number(
            value.scaleb(-_THOUSAND_PLACES) if self.divide_on_1000 else value,
            places=self.precision,
            zero=None if zero else "",
            parentheses=self.parentheses,
            sign=symbol(self.currency) if sign else "",
        )
