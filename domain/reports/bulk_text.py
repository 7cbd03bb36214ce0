"""Amounts and words of long listings as text, each distinct value written once.

An instance lives as long as one answer, and holds no more than the answer does. Pure.
"""

from domain.kit.money import LEDGER_SCALE
from domain.kit.wire import dump_json
from domain.reports.number_format import NumberFormat, Style

_UNIT = 10**LEDGER_SCALE


class AmountTexts(dict[int, str]):
    """Display texts of scaled amounts in one style."""

    def __init__(self, numbers: NumberFormat, style: Style) -> None:
        super().__init__()
        self._numbers = numbers
        self._style = style

    def __missing__(self, scaled: int) -> str:
        text = self._numbers.text(scaled, self._style)
        self[scaled] = text
        return text


class JsonNumbers(dict[int, str]):
    """JSON numbers of scaled amounts, exact digits, no trailing zeros."""

    def __missing__(self, scaled: int) -> str:
        whole, part = divmod(abs(scaled), _UNIT)
        digits = f"{whole}.{part:0{LEDGER_SCALE}d}".rstrip("0") if part else str(whole)
        text = f"-{digits}" if scaled < 0 else digits
        self[scaled] = text
        return text


class JsonWords(dict[str | None, str]):
    """JSON strings, and `null`."""

    def __missing__(self, words: str | None) -> str:
        text = dump_json(words).decode()
        self[words] = text
        return text
