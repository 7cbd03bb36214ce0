"""Display texts of the wire: dates, numbers, money (`platform.md` section 3, DECISIONS 19)."""

import re
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Final

from domain.kit.currencies import symbol
from domain.kit.money import ZERO, minor_unit, round_half_up

DATE_FORMATS_OFFERED: Final = (
    "MM/DD/YY", "DD/MM/YY", "YY/MM/DD", "MM/DD/yyyy", "DD/MM/yyyy", "yyyy/MM/DD", "DD MMM YYYY", "DD MMMM YYYY", "MMMM DD, YYYY",
)  # fmt: skip
DATE_FORMATS_ACCEPTED: Final = (
    *DATE_FORMATS_OFFERED,
    "MM.dd.yy", "dd.MM.yy", "yy.MM.dd", "MM.dd.yyyy", "dd.MM.yyyy", "yyyy.MM.dd", "MM/DD/YYYY", "M/D/YYYY", "dd MMM YYYY",
    "dd MMMM YYYY", "MMMM dd, YYYY", "EEE, MMMM dd, YYYY", "DD MMM yyyy", "DD-MM-YYYY", "YYYY-MM-DD",
)  # fmt: skip
DATE_FORMAT_DEFAULT: Final = "DD MMM yyyy"
DATE_FORMAT_WHEN_EMPTY: Final = "DD-MM-YYYY"

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_TOKENS = re.compile(r"[Yy]{4}|[Yy]{2}|MMMM|MMM|MM|M|DD|ddd|dd|D|EEE")


@lru_cache(maxsize=4096)
def format_date(value: date | None, pattern: str | None) -> str:
    """The day in the organization's date format (moment tokens); `""` for none.

    Older lower-case tokens are read as their upper-case meaning: `dd` → `DD`, `yy` → `YY`, `EEE` → weekday name.
    """
    if value is None:
        return ""

    def replace(match: re.Match[str]) -> str:
        token = match.group()
        if token in {"EEE", "ddd"}:
            return _WEEKDAYS[value.weekday()][:3]
        match token.upper():
            case "YYYY":
                return f"{value.year:04d}"
            case "YY":
                return f"{value.year % 100:02d}"
            case "MMMM":
                return MONTHS[value.month - 1]
            case "MMM":
                return MONTHS[value.month - 1][:3]
            case "MM":
                return f"{value.month:02d}"
            case "M":
                return str(value.month)
            case "DD":
                return f"{value.day:02d}"
            case _:
                return str(value.day)

    return _TOKENS.sub(replace, pattern or DATE_FORMAT_WHEN_EMPTY)


def format_instant(value: datetime | None, pattern: str | None) -> str:
    """The day of an instant in the organization's date format; `""` for none."""
    return "" if value is None else format_date(value.date(), pattern)


def format_number(
    value: Decimal | None, *, places: int = 2, zero: str | None = None, parentheses: bool = False, sign: str = ""
) -> str:
    """Grouped digits with so many decimal places, half-up away from zero, never "-0.00".

    `zero` replaces the text of an exact zero; `sign` (a currency sign) stands directly before the digits, after a minus.
    """
    amount = value or ZERO
    if zero is not None and not amount:
        return zero
    rounded = round_half_up(amount, places)
    digits = f"{sign}{abs(rounded):,.{places}f}"
    if rounded >= 0:
        return digits
    return f"({digits})" if parentheses else f"-{digits}"


def format_amount(value: Decimal | None, currency: str, *, zero: str | None = None) -> str:
    """An amount without currency sign, with the currency's minor unit (DECISIONS 19)."""
    return format_number(value, places=minor_unit(currency), zero=zero)


def format_money(value: Decimal | None, currency: str, *, zero: str | None = None, parentheses: bool = False) -> str:
    """An amount with its currency sign, such as `-$1,234.57`."""
    return format_number(value, places=minor_unit(currency), zero=zero, parentheses=parentheses, sign=symbol(currency))


def format_rate(value: Decimal) -> str:
    """A percentage without needless decimals: `10%`, `7.25%`."""
    text = f"{value:f}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text}%"
