"""How a report writes its amounts (reports.md section 5, DECISIONS 19). Pure, and in whole numbers: sheets have many cells."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cached_property
from typing import Any

from domain.kit.currencies import symbol
from domain.kit.formatting import format_number
from domain.kit.money import LEDGER_SCALE, from_scaled

_THOUSAND_PLACES = 3
_PERCENT_PLACES = 2


class Style(Enum):
    """The styles of reports.md section 5: which amounts carry the currency's sign, and which zeros are shown."""

    ROW = "row"
    TOTAL = "total"
    PERIOD = "period"
    PLAIN0 = "plain0"
    MONEY = "money"
    MONEY0 = "money0"


_ALWAYS_SIGNED = {Style.PERIOD, Style.MONEY, Style.MONEY0}
_ZERO_SHOWN = {Style.TOTAL, Style.PLAIN0, Style.MONEY0}


@dataclass(frozen=True, kw_only=True)
class NumberFormat:
    """The settings of one request. `money` says which lines carry the currency's sign: `total`, `always` or `none`."""

    currency: str
    precision: int
    divide_on_1000: bool = False
    show_zero: bool = False
    money: str = "total"
    parentheses: bool = False
    red: bool = False
    """Negative amounts in red, in files that have colour."""

    def row(self, scaled: int) -> str:
        """An account line: a sign only if always wanted, zeros hidden unless shown."""
        return self.text(scaled, Style.ROW)

    def total(self, scaled: int) -> str:
        """A section, an equation or a total: a sign unless none is wanted, zeros shown."""
        return self.text(scaled, Style.TOTAL)

    def text(self, scaled: int, style: Style) -> str:
        """An amount in base currency, as a style writes it."""
        sign, zero = self._rules[style]
        if not scaled and not zero:
            return ""
        half, quotient = self._unit // 2, self._unit
        units = (abs(scaled) * self._factor + half) // quotient
        whole, part = divmod(units, 10**self.precision)
        digits = f"{sign}{whole:,}.{part:0{self.precision}d}" if self.precision else f"{sign}{whole:,}"
        if scaled >= 0 or not units:
            return digits
        return f"({digits})" if self.parentheses else f"-{digits}"

    def amount(self, scaled: int, style: Style = Style.ROW, *, total: bool = False) -> dict[str, Any]:
        """The amount object of the wire."""
        return {
            "amount": from_scaled(scaled),
            "formatted_amount": self.text(scaled, Style.TOTAL if total else style),
            "currency_code": self.currency,
        }

    @cached_property
    def _rules(self) -> dict[Style, tuple[str, bool]]:
        """Sign and whether zeros are shown, by style."""
        signed = set(_ALWAYS_SIGNED)
        if self.money == "always":
            signed |= {Style.ROW, Style.PLAIN0}
        if self.money != "none":
            signed.add(Style.TOTAL)
        sign = symbol(self.currency)
        return {style: (sign if style in signed else "", style in _ZERO_SHOWN or self.show_zero) for style in Style}

    @cached_property
    def _factor(self) -> int:
        places = LEDGER_SCALE + (_THOUSAND_PLACES if self.divide_on_1000 else 0)
        return int(10 ** max(self.precision - places, 0))

    @cached_property
    def _unit(self) -> int:
        places = LEDGER_SCALE + (_THOUSAND_PLACES if self.divide_on_1000 else 0)
        return int(10 ** max(places - self.precision, 0))


def percent_text(ratio: Decimal, *, zero: bool) -> str:
    """A ratio as percent with two decimals, such as `12.50%`; a ratio of nothing is hidden unless zeros are shown."""
    if not ratio and not zero:
        return ""
    return f"{format_number(ratio.scaleb(2), places=_PERCENT_PLACES)}%"
