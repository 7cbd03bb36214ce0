"""Makes any text safe to stand in a journal file. What would be read as syntax becomes its full-width form, which looks the same."""

import re
import unicodedata
from collections.abc import Iterable

_WIDE_OFFSET = 0xFEE0
_NAME_STARTS = frozenset("*!()[];#%|&~=@{}\"'`<>?\\^+-,./$")
_DESCRIPTION_STARTS = frozenset("*!(=")
_RESERVED_TAG = re.compile(r"(date2?|type)(:)", re.IGNORECASE)
_BRACKETED = re.compile(r"\[(?=[0-9/.=-]+\])")
_QUOTE_FREE = re.compile(r"[^\W\d_]+|[$€£¥₹₽₩₪₫₱₺₴₦₡₵₭₮₲]")
_BREAKS = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


def _widen(character: str) -> str:
    return chr(ord(character) + _WIDE_OFFSET)


def one_line(text: str) -> str:
    """The text on one line: no control characters or lone surrogates, single spaces."""
    kept = "".join(_printable(character) for character in text)
    return " ".join(kept.split())


def _printable(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Cs":
        return "\ufffd"
    return " " if category in {"Cc", "Zl", "Zp", "Zs"} else character


def account_name(name: str) -> str:
    """A name that hledger reads as an account; colons still separate levels."""
    parts = [part.strip() for part in one_line(name).replace(";", _widen(";")).split(":")]
    joined = ":".join(part for part in parts if part) or "Unnamed"
    return _widen(joined[0]) + joined[1:] if joined[0] in _NAME_STARTS else joined


def unique_account_names(names: Iterable[str]) -> dict[str, str]:
    """The journal's name for each of ours. Names that become equal are numbered, so that no two accounts are merged."""
    written: dict[str, str] = {}
    taken: set[str] = set()
    for name in sorted(dict.fromkeys(names), key=lambda candidate: (account_name(candidate) != candidate, candidate)):
        base = safe = account_name(name)
        number = 2
        while safe in taken:
            safe, number = f"{base} ({number})", number + 1
        taken.add(safe)
        written[name] = safe
    return written


def description(text: str) -> str:
    """A payee or note: no comment, no second field, nothing like a status or code at its start."""
    safe = one_line(text).replace(";", _widen(";")).replace("|", _widen("|"))
    return _widen(safe[0]) + safe[1:] if safe and safe[0] in _DESCRIPTION_STARTS else safe


def code(text: str) -> str:
    """A document's number, for the parentheses before the description."""
    return one_line(text).replace("(", _widen("(")).replace(")", _widen(")"))


def comment_lines(text: str) -> list[str]:
    """The lines of a comment, without a tag or bracket that hledger would take for a date or an account type."""
    lines = (one_line(line) for line in _BREAKS.split(text))
    return [_BRACKETED.sub(_widen("["), _RESERVED_TAG.sub(lambda tag: tag[1] + _widen(tag[2]), line)) for line in lines if line]


def commodity(name: str) -> str:
    """A commodity's symbol, quoted where it is more than letters or one sign."""
    safe = one_line(name).replace('"', "'").replace(";", _widen(";"))
    return safe if not safe or _QUOTE_FREE.fullmatch(safe) else f'"{safe}"'
