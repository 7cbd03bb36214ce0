"""Numbers as hledger reads them: thousands separators, either decimal mark, exponents. Binary floats are never involved."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Final

EXACT: Final = Context(prec=250, rounding=ROUND_HALF_EVEN)
"""Wide enough that sums and products of numbers within `DIGITS_MAX` are exact."""
DIGITS_MAX: Final = 30
"""Digits accepted before the decimal mark, and after it."""
MARKS: Final = (".", ",")
_GROUP_DIGITS: Final = 3
_SPACES: Final = " \u00a0\u2000-\u200a\u202f\u205f\u3000"
_NUMBER: Final = re.compile(
    rf"(?:(?P<whole>[0-9]+(?:(?P<separator>[.,{_SPACES}])[0-9]+(?:(?P=separator)[0-9]+)*)?)(?P<mark>[.,])?|(?P<lead>[.,])(?=[0-9]))"
    r"(?P<fraction>(?<=[.,])[0-9]*)?(?P<exponent>[eE][+-]?[0-9]{1,4}(?![0-9A-Za-z]))?"
)
_GROUPS: Final = re.compile(rf"[.,{_SPACES}]")


@dataclass(frozen=True, slots=True)
class RawNumber:
    """A number as written, before it is known which of its marks is the decimal one."""

    text: str
    groups: tuple[str, ...]
    separator: str
    mark: str
    fraction: str
    exponent: int

    def decimal_mark(self, suggested: str | None = None) -> str:
        """The mark that starts the fraction, `""` for none. A single `,` or `.` between digits is one unless `suggested` is the other."""
        single = len(self.groups) == 2  # noqa: PLR2004 - one separator
        if self.mark or not (single and self.separator in MARKS):
            return self.mark
        return self.separator if suggested in (None, self.separator) else ""

    def is_ambiguous(self) -> bool:
        """Whether the number has one `,` or `.` that may be either mark: three digits follow it, and at most three go before."""
        if self.mark or len(self.groups) != 2 or self.separator not in MARKS:  # noqa: PLR2004 - one separator
            return False
        return len(self.groups[1]) == _GROUP_DIGITS and len(self.groups[0]) <= _GROUP_DIGITS

    def value(self, suggested: str | None = None) -> Decimal:
        """The number, with the decimal places it was written with.

        Raises:
            ValueError: more than `DIGITS_MAX` digits on either side of the decimal mark.

        """
        if not self.mark and self.decimal_mark(suggested):
            whole, fraction = self.groups
        else:
            whole, fraction = "".join(self.groups), self.fraction
        number = Decimal((0, tuple(map(int, (whole + fraction) or "0")), self.exponent - len(fraction)))
        places = -int(number.as_tuple().exponent)
        if places > DIGITS_MAX or number.adjusted() >= DIGITS_MAX or len(whole) > DIGITS_MAX:
            raise ValueError(f"the number {self.text[:50]} has more than {DIGITS_MAX} digits on a side of its decimal mark")
        return number if places >= 0 else number.quantize(Decimal(1), context=EXACT)


def scan_number(text: str, position: int) -> tuple[RawNumber, int] | None:
    """The number that starts at the position, and where it ends; none if no number starts there.

    Raises:
        ValueError: digits and marks that make no number, such as `1.234.5,`.

    """
    match = _NUMBER.match(text, position)
    if match is None:
        return None
    whole, separator = match["whole"] or "", match["separator"] or ""
    mark, end = match["mark"] or match["lead"] or "", match.end()
    rest = text[end : end + 2]
    if (mark and mark == separator) or rest[:1] in MARKS or (rest[:1] == " " and rest[1:].isdecimal()):
        raise ValueError(f"invalid number {text[position : end + 2].strip()!r}: its separators contradict each other")
    groups = tuple(_GROUPS.split(whole)) if separator else (whole,)
    exponent = int(match["exponent"][1:]) if match["exponent"] else 0
    return RawNumber(match[0], groups, separator, mark, match["fraction"] or "" if mark else "", exponent), end
