"""Rewrites account names: `alias` and `apply account`."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

PATTERN_LENGTH_MAX: Final = 200
PATTERN_REPEATS_MAX: Final = 3
"""Repeats (`*`, `+`, `{n}`) in one regular expression: with this bound, and no repeated group, matching cannot explode."""
PATTERN_SUBJECT_MAX: Final = 120
"""Characters of a name that a regular expression is tried on: with three repeats, that takes a fraction of a second at worst."""
ALIASES_MAX: Final = 500
_REPEAT: Final = re.compile(r"(?<!\\)[*+{]")
_REPEATED_GROUP: Final = re.compile(r"\)\s*[*+{?]|\(\?")
_REFERENCE: Final = re.compile(r"\\([0-9])")
_REGEX_ALIAS: Final = re.compile(r"/((?:[^/\\]|\\.)+)/\s*=\s*(.*)")


@dataclass(frozen=True, slots=True)
class Alias:
    """One rewriting: an account with all below it, or every match of a regular expression (ignoring case)."""

    old: str
    new: str
    pattern: re.Pattern[str] | None = None

    def apply(self, account: str) -> str:
        """The account's name after this rewriting.

        Raises:
            ValueError: the name is too long for a regular expression.

        """
        if self.pattern is not None:
            if len(account) > PATTERN_SUBJECT_MAX:
                raise ValueError(
                    f"a name of more than {PATTERN_SUBJECT_MAX} characters is too long for a regular expression's alias"
                )
            return self.pattern.sub(self._expand, account)
        if account == self.old:
            return self.new
        return self.new + account[len(self.old) :] if account.startswith(self.old + ":") else account

    def _expand(self, match: re.Match[str]) -> str:
        return _REFERENCE.sub(lambda reference: match[int(reference[1])] or "", self.new)


def read_alias(text: str) -> Alias:
    r"""An alias from `OLD = NEW` or `/REGEX/ = NEW`, where `\1` stands for a group.

    Raises:
        ValueError: it is neither, or the expression could take very long.

    """
    if text.startswith("/"):
        match = _REGEX_ALIAS.fullmatch(text)
        if match is None:
            raise ValueError("expected alias /REGEX/ = NEW")
        return Alias(match[1], match[2].strip(), _compile(match[1], match[2]))
    old, equals, new = text.partition("=")
    if not equals or not old.strip() or not new.strip():
        raise ValueError("expected alias OLD = NEW")
    return Alias(old.strip(), new.strip())


def _compile(expression: str, replacement: str) -> re.Pattern[str]:
    too_costly = len(_REPEAT.findall(expression)) > PATTERN_REPEATS_MAX or _REPEATED_GROUP.search(expression) is not None
    if len(expression) > PATTERN_LENGTH_MAX or too_costly:
        raise ValueError("this regular expression is too complex for an alias: repeated groups and many repeats are not accepted")
    try:
        pattern = re.compile(expression.replace("\\/", "/"), re.IGNORECASE)
    except re.error as error:
        raise ValueError(f"invalid regular expression in an alias: {error}") from error
    if any(int(number) > pattern.groups for number in _REFERENCE.findall(replacement)):
        raise ValueError("the alias refers to a group that its regular expression does not have")
    return pattern


def rewrite_account(account: str, *, parents: Sequence[str], aliases: Sequence[Alias], watch: Callable[[], None]) -> str:
    """The full name: below the applied parent accounts, then through the aliases, the latest first, as hledger does.

    `watch` is called after each alias.
    """
    name = ":".join((*parents, account))
    for alias in reversed(aliases):
        name = alias.apply(name)
        watch()
    return name
