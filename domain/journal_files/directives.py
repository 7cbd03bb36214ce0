"""The directives of a journal file, and what each changes."""

import re
from collections.abc import Callable
from typing import Final

from domain.journal_files.aliases import ALIASES_MAX, read_alias
from domain.journal_files.amounts import AmountScanner, NumberStyle
from domain.journal_files.model import DeclaredAccount, DeclaredPrice
from domain.journal_files.numbers import MARKS
from domain.journal_files.state import FileState, read_date, read_tags

Directive = Callable[[FileState, str, int, int], None]
"""Takes the state, the directive's argument, and its first and past-the-end line (counted from 0)."""

_TIME: Final = re.compile(r"\s+[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?(?=\s)")
_COMMENT: Final = re.compile(r"(?:\s{2,}|\t);|^;")
_TYPE_LETTERS: Final = {
    "asset": "A", "assets": "A", "liability": "L", "liabilities": "L", "equity": "E", "revenue": "R", "revenues": "R", "income": "R",
    "i": "R", "expense": "X", "expenses": "X", "cash": "C", "conversion": "V",
}  # fmt: skip


def split_comment(text: str) -> tuple[str, str]:
    """A directive's argument and its comment, which two spaces set apart."""
    match = _COMMENT.search(text)
    return (text.strip(), "") if match is None else (text[: match.start()].strip(), text[match.end() :].strip())


def _account(state: FileState, text: str, start: int, end: int) -> None:
    name, comment = split_comment(text)
    if not name:
        raise ValueError("expected an account name")
    lines = [comment] if comment else []
    lines += [line[1:].strip() for number in range(start + 1, end) if (line := state.lines[number].strip()).startswith(";")]
    comment = "\n".join(lines)
    kind = next((value for tag, value in read_tags(comment) if tag == "type"), "")
    full = state.account(name)
    letter = _TYPE_LETTERS.get(kind.lower(), kind.upper())
    state.journal.accounts.setdefault(full, DeclaredAccount(full, letter, comment, state.file, start + 1))


def _commodity(state: FileState, text: str, start: int, end: int) -> None:
    argument, _ = split_comment(text)
    if any(character.isdigit() for character in re.sub(r'"[^"]*"', "", argument)):
        _declare_format(state, argument)
        return
    scanner = AmountScanner(argument, NumberStyle())
    name = scanner.symbol()
    scanner.expect_end()
    if name is None:
        raise ValueError("expected a commodity or a sample amount")
    state.journal.commodities[name] = None
    for number in range(start + 1, end):
        word, _, sample = state.lines[number].strip().partition(" ")
        if word == "format":
            with state.errors_at(number + 1):
                _declare_format(state, split_comment(sample)[0], expected=name)


def _declare_format(state: FileState, sample: str, *, expected: str | None = None) -> str:
    commodity, mark = AmountScanner(sample, NumberStyle()).format(state.style)
    if expected not in (None, commodity):
        raise ValueError(f"the format is of {commodity or 'no commodity'}, not of {expected}")
    if not mark:
        raise ValueError(f"show a decimal mark in {sample}, such as 1,000.00 or 1.000,00")
    state.journal.commodities[commodity] = None
    state.style.marks[commodity] = mark
    return commodity


def _default_commodity(state: FileState, text: str, start: int, end: int) -> None:
    del start, end
    commodity, mark = AmountScanner(split_comment(text)[0], NumberStyle()).format(state.style)
    if not mark:
        raise ValueError("show a decimal mark in the default commodity's sample, such as 1,000.00 or 1.000,00")
    state.style.default_commodity = commodity
    state.style.default_mark = mark


def _decimal_mark(state: FileState, text: str, start: int, end: int) -> None:
    del start, end
    mark, _ = split_comment(text)
    if mark not in MARKS:
        raise ValueError("expected decimal-mark . or decimal-mark ,")
    state.style.decimal_mark = mark


def _year(state: FileState, text: str, start: int, end: int) -> None:
    del start, end
    year, _ = split_comment(text)
    if not re.fullmatch(r"[0-9]{4}", year) or year == "0000":
        raise ValueError("expected a year of four digits")
    state.default_year = int(year)


def _alias(state: FileState, text: str, start: int, end: int) -> None:
    del start, end
    if len(state.aliases) >= ALIASES_MAX:
        raise ValueError(f"at most {ALIASES_MAX} aliases can be in force at once")
    state.aliases = (*state.aliases, read_alias(text.strip()))
    state.names = {}


def _end_aliases(state: FileState, text: str, start: int, end: int) -> None:
    del text, start, end
    state.aliases = ()
    state.names = {}


def _apply_account(state: FileState, text: str, start: int, end: int) -> None:
    del start, end
    name, _ = split_comment(text)
    if not name:
        raise ValueError("expected an account name")
    state.parents = (*state.parents, name)
    state.names = {}


def _end_apply_account(state: FileState, text: str, start: int, end: int) -> None:
    del text, start, end
    if not state.parents:
        raise ValueError("no apply account is in force here")
    state.parents = state.parents[:-1]
    state.names = {}


def _payee(state: FileState, text: str, start: int, end: int) -> None:
    del start, end
    state.journal.payees[split_comment(text)[0]] = None


def _tag(state: FileState, text: str, start: int, end: int) -> None:
    del start, end
    state.journal.tags[split_comment(text)[0]] = None


def _price(state: FileState, text: str, start: int, end: int) -> None:
    del end
    text, _, _ = text.partition(";")
    on, position = read_date(text, default_year=state.default_year)
    if time := _TIME.match(text, position):
        position = time.end()
    scanner = AmountScanner(text[position:], state.style)
    commodity = scanner.symbol()
    if commodity is None:
        raise ValueError("expected a commodity after the price's date")
    price = scanner.amount_to_end()
    state.journal.prices.append(DeclaredPrice(on, commodity, price, state.file, start + 1))


def _ignored(what: str) -> Directive:
    def directive(state: FileState, text: str, start: int, end: int) -> None:
        del text, end
        state.notice(f"the directive {what} is left out", start + 1)

    return directive


DIRECTIVES: Final[dict[str, Directive]] = {
    "account": _account,
    "alias": _alias,
    "apply account": _apply_account,
    "apply year": _year,
    "commodity": _commodity,
    "D": _default_commodity,
    "decimal-mark": _decimal_mark,
    "end aliases": _end_aliases,
    "end apply account": _end_apply_account,
    "P": _price,
    "payee": _payee,
    "tag": _tag,
    "Y": _year,
    "year": _year,
    **{
        what: _ignored(what)
        for what in ("apply tag", "end apply tag", "end tag", "N", "C", "assert", "check", "define", "expr", "eval", "value")
    },
}
_LONGEST_FIRST: Final = sorted(DIRECTIVES, key=len, reverse=True)


def find_directive(line: str) -> tuple[Directive, str] | None:
    """The directive that the line starts with, and its argument."""
    text = line[1:] if line[:1] in {"!", "@"} else line
    if match := re.match(r"Y\s*(?=[0-9])", text):
        return _year, text[match.end() :]
    for name in _LONGEST_FIRST:
        if text.startswith(name) and (len(text) == len(name) or text[len(name)].isspace()):
            return DIRECTIVES[name], text[len(name) :].lstrip()
    return None
