"""The mapping file: where a user says what the name rules cannot know.

[accounts]
"Assets:FOO" = "bank"
"Assets:Till" = { type = "cash", name = "Till in the shop", code = "10010" }
"Assets:Petty" = { account = "Petty Cash" }     # an account that the books have
"Assets:Float" = { code = "10004" }             # the same, by its code

[rules]                                         # the first that matches; a prefix, or a pattern with * ? [
"Assets:Chase" = "bank"
"*:Reimbursement:*" = "other-current-liability"

[commodities]
"kr" = "SEK"
"""

import fnmatch
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from domain.journal_files.account_types import ACCOUNT_TYPES
from domain.journal_files.errors import JournalFileError

NAME_LENGTH_MIN: Final = 3
NAME_LENGTH_MAX: Final = 255
ENTRIES_MAX: Final = 10_000
_SECTIONS: Final = ("accounts", "rules", "commodities")
_LINE: Final = re.compile(r"at line ([0-9]+)")
_SIGNS: Final[Mapping[str, str]] = {"$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR"}


@dataclass(frozen=True, slots=True)
class Target:
    """Where a ledger account goes: a new account of a type, maybe with a name and code, or one that the books have (by name or code)."""

    type: str | None = None
    name: str | None = None
    code: str | None = None
    existing_name: str | None = None
    existing_code: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A type for every account that a pattern matches."""

    pattern: str
    target: Target

    def matches(self, account: str) -> bool:
        """Whether the account is meant, ignoring case. A pattern without wildcards means the account and all below it."""
        name, pattern = account.lower(), self.pattern.lower()
        if any(character in pattern for character in "*?["):
            return fnmatch.fnmatchcase(name, pattern)
        pattern = pattern.rstrip(":")
        return name == pattern or name.startswith(pattern + ":")


@dataclass(frozen=True, slots=True)
class AccountMapping:
    """A mapping file as data. An empty one leaves everything to the name rules."""

    accounts: Mapping[str, Target] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    commodities: Mapping[str, str] = field(default_factory=dict)

    def find(self, account: str) -> Target | None:
        """What the file says about a ledger account: its own entry, else the first rule."""
        return self.accounts.get(account) or next((rule.target for rule in self.rules if rule.matches(account)), None)

    def currency(self, commodity: str) -> str | None:
        """The ISO 4217 code of a commodity: mapped, a code itself, or a sign that means one currency only."""
        if commodity in self.commodities:
            return self.commodities[commodity]
        return commodity if re.fullmatch(r"[A-Z]{3}", commodity) else _SIGNS.get(commodity)


def parse_mapping(text: str, *, file: str = "mapping") -> AccountMapping:
    """The mapping in a TOML text.

    Raises:
        JournalFileError: it is not TOML, has an unknown section or key, or names no known account type.

    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _LINE.search(str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        raise JournalFileError(f"not valid TOML: {error}", file=file, line=line) from error
    reader = _Reader(text, file)
    for section, value in data.items():
        if section not in _SECTIONS or not isinstance(value, dict):
            raise reader.error(f"unknown section {section}; a mapping has [accounts], [rules] and [commodities]", section)
        if len(value) > ENTRIES_MAX:
            raise reader.error(f"at most {ENTRIES_MAX} entries a section", section)
    return AccountMapping(
        accounts={name: reader.target(name, value) for name, value in data.get("accounts", {}).items()},
        rules=tuple(Rule(name, reader.rule_target(name, value)) for name, value in data.get("rules", {}).items()),
        commodities={name: reader.currency(name, value) for name, value in data.get("commodities", {}).items()},
    )


class _Reader:
    """Checks the entries of one mapping text, and finds the line of one that is wrong."""

    def __init__(self, text: str, file: str) -> None:
        self._lines = text.split("\n")
        self._file = file

    def error(self, message: str, key: str) -> JournalFileError:
        line = next((number for number, line in enumerate(self._lines, start=1) if key in line), 1)
        return JournalFileError(message, file=self._file, line=line)

    def target(self, key: str, value: Any) -> Target:
        if isinstance(value, str):
            return Target(type=self._type(key, value))
        keys = set(value) if isinstance(value, dict) else set()
        if not isinstance(value, dict) or not all(isinstance(item, str) and item.strip() for item in value.values()):
            raise self.error(f'{key}: expected a type, or a table of texts such as {{ type = "bank" }}', key)
        if keys == {"account"}:
            return Target(existing_name=value["account"])
        if keys == {"code"}:
            return Target(existing_code=value["code"])
        if not keys or keys - {"type", "name", "code"}:
            raise self.error(f"{key}: expected either account, or code, or type and name with or without code", key)
        name = value.get("name")
        if name is not None and not NAME_LENGTH_MIN <= len(name.strip()) <= NAME_LENGTH_MAX:
            raise self.error(f"{key}: an account name has {NAME_LENGTH_MIN} to {NAME_LENGTH_MAX} characters", key)
        return Target(
            type=self._type(key, value["type"]) if "type" in value else None,
            name=name.strip() if name else None,
            code=value.get("code"),
        )

    def rule_target(self, key: str, value: Any) -> Target:
        target = self.target(key, value)
        if target.type is None or target.name is not None or target.code is not None:
            raise self.error(f"{key}: a rule gives a type only; name single accounts under [accounts]", key)
        return target

    def currency(self, key: str, value: Any) -> str:
        if not isinstance(value, str) or not re.fullmatch(r"[A-Z]{3}", value):
            raise self.error(f"{key}: expected a currency code of three capital letters", key)
        return value

    def _type(self, key: str, value: str) -> str:
        if value not in ACCOUNT_TYPES:
            raise self.error(f"{key}: {value} is no account type; the types are {', '.join(ACCOUNT_TYPES)}", key)
        return value
