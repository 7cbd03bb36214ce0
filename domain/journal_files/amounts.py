"""Reads what stands right of an account: amount, cost, lot, balance assertion."""

import re
from dataclasses import dataclass, field
from typing import Final, Literal

from domain.journal_files.model import Amount, BalanceAssertion, Cost
from domain.journal_files.numbers import RawNumber, scan_number

_BLANK: Final = re.compile(r"\s*")
_SIGN: Final = re.compile(r"([-+]?)\s*")
_SYMBOL: Final = re.compile(r'"([^";\n]*)"|([^\s0-9*+\-.;=@{}"]+)')
_COST: Final = re.compile(r"\((@@?)\)|(@@?)")
_LOT: Final = re.compile(r"\{\{[^{};]*\}\}|\{[^{};]*\}|\[[^\];]*\]|\((?!@)[^();]*\)")
_ASSERTION: Final = re.compile(r"(==?)(\*?)")


@dataclass(slots=True)
class NumberStyle:
    """How the numbers of a file are to be read."""

    decimal_mark: str | None = None
    """From `decimal-mark`; goes before the others."""
    default_commodity: str | None = None
    """From `D`: what an amount without a commodity is in."""
    default_mark: str | None = None
    """From `D`: the decimal mark of every commodity without its own (as hledger has it)."""
    marks: dict[str, str] = field(default_factory=dict)
    """Decimal mark by commodity, from `commodity`."""

    def suggested_mark(self, commodity: str) -> str | None:
        """The decimal mark to prefer where a number leaves both readings open."""
        return self.decimal_mark or self.marks.get(commodity) or self.default_mark


@dataclass(frozen=True, slots=True)
class AmountFields:
    """What a posting says right of its account."""

    amount: Amount | None
    cost: Cost | None
    assertion: BalanceAssertion | None
    has_lot: bool


class AmountScanner:
    """Reads one line's amounts from left to right. Raises ValueError with a readable message where it cannot."""

    def __init__(self, text: str, style: NumberStyle) -> None:
        self._text = text
        self._style = style
        self._position = 0
        self._skip()

    def posting_fields(self) -> AmountFields:
        """The whole of a posting's right side."""
        amount = None if self._peek("=") or self._at_end() else self.amount()
        has_lot = self._skip_lots()
        cost = self._cost() if amount is not None else None
        has_lot = self._skip_lots() or has_lot
        assertion = self._assertion()
        self.expect_end()
        return AmountFields(amount, cost, assertion, has_lot)

    def amount(self) -> Amount:
        """An amount with its commodity on either side, or the default commodity."""
        raw, sign, commodity = self._written()
        value = raw.value(self._style.suggested_mark(commodity))
        return Amount(value.copy_negate() if sign < 0 and value else value, commodity)

    def amount_to_end(self) -> Amount:
        """An amount that fills the rest of the text."""
        self._skip()
        amount = self.amount()
        self.expect_end()
        return amount

    def format(self, style: NumberStyle) -> tuple[str, str]:
        """The commodity of a sample amount and the decimal mark that it shows, in a file of that style.

        The mark is `""` where there is none, or where it could as well be a thousands mark.
        """
        raw, _, commodity = self._written()
        self.expect_end()
        suggested = style.suggested_mark(commodity)
        return commodity, "" if suggested is None and raw.is_ambiguous() else raw.decimal_mark(suggested)

    def symbol(self) -> str | None:
        """A commodity symbol, quoted or not."""
        match = _SYMBOL.match(self._text, self._position)
        if match is None:
            return None
        self._position = match.end()
        return match[1] if match[1] is not None else match[2]

    def expect_end(self) -> None:
        """Refuse anything left over."""
        self._skip()
        if not self._at_end():
            raise ValueError(f"cannot read {self._text[self._position :][:60]!r} after the amount")

    def _written(self) -> tuple[RawNumber, int, str]:
        sign = self._sign()
        commodity: str | None = self.symbol()
        self._skip()
        if commodity is not None:
            sign *= self._sign()
        found = scan_number(self._text, self._position)
        if found is None:
            raise ValueError(f"expected an amount, found {self._text[self._position :][:60]!r}")
        raw, self._position = found
        if commodity is None:
            before = self._position
            self._skip()
            if _LOT.match(self._text, self._position) or _COST.match(self._text, self._position):
                commodity = None
            else:
                commodity = self.symbol()
            if commodity is None:
                self._position = before
                commodity = self._style.default_commodity or ""
        return raw, sign, commodity

    def _cost(self) -> Cost | None:
        match = _COST.match(self._text, self._position)
        if match is None:
            return None
        self._position = match.end()
        self._skip()
        kind: Literal["@", "@@"] = "@@" if "@@" in match[0] else "@"
        cost = Cost(kind, self.amount())
        self._skip()
        return cost

    def _assertion(self) -> BalanceAssertion | None:
        self._skip()
        match = _ASSERTION.match(self._text, self._position)
        if match is None:
            return None
        self._position = match.end()
        self._skip()
        amount = self.amount()
        self._skip_lots()
        cost = self._cost()
        self._skip_lots()
        return BalanceAssertion(amount, total=match[1] == "==", with_subaccounts=bool(match[2]), cost=cost)

    def _skip_lots(self) -> bool:
        found = False
        self._skip()
        while match := _LOT.match(self._text, self._position):
            found = True
            self._position = match.end()
            self._skip()
        return found

    def _sign(self) -> int:
        match = _SIGN.match(self._text, self._position)
        if match is None:  # pragma: no cover - the pattern matches nothing too
            return 1
        self._position = match.end()
        return -1 if match[1] == "-" else 1

    def _skip(self) -> None:
        match = _BLANK.match(self._text, self._position)
        if match is not None:
            self._position = match.end()

    def _peek(self, character: str) -> bool:
        return self._text.startswith(character, self._position)

    def _at_end(self) -> bool:
        return self._position >= len(self._text)


def read_posting_fields(text: str, style: NumberStyle) -> AmountFields:
    """Amount, cost and assertion from the text between a posting's account and its comment.

    Raises:
        ValueError: the text is no amount.

    """
    return AmountScanner(text, style).posting_fields()
