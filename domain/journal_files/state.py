"""What the reader knows while it goes through a file, and what it has collected."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date as Date  # noqa: N812 - as in the model
from typing import Final

from domain.journal_files.aliases import Alias, rewrite_account
from domain.journal_files.amounts import NumberStyle
from domain.journal_files.errors import JournalFileError
from domain.journal_files.model import DeclaredAccount, DeclaredPrice, JournalTransaction, Notice, Tags

ReadFile = Callable[[str], str]
FindFiles = Callable[[str], Sequence[str]]
Watch = Callable[[], None]
"""Called again and again while a journal is read; ends the reading with a ValueError, as where it takes too long."""

INCLUDE_DEPTH_MAX: Final = 20
FILES_MAX: Final = 1000
LINES_MAX: Final = 2_000_000
ACCOUNT_LENGTH_MAX: Final = 1000
_DATE: Final = re.compile(r"(?:([0-9]{4,5})([-/.]))?([0-9]{1,2})([-/.])([0-9]{1,2})(?![0-9])")
_TAG: Final = re.compile(r"(?:^|(?<=[\s,]))([^\s:,]+):([^,\n]*)")


@dataclass(slots=True)
class Journal:
    """Everything collected so far, from all files."""

    read_file: ReadFile
    find_files: FindFiles | None
    watch: Watch
    transactions: list[JournalTransaction] = field(default_factory=list)
    accounts: dict[str, DeclaredAccount] = field(default_factory=dict)
    commodities: dict[str, None] = field(default_factory=dict)
    payees: dict[str, None] = field(default_factory=dict)
    tags: dict[str, None] = field(default_factory=dict)
    prices: list[DeclaredPrice] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    lines: int = 0


@dataclass(slots=True)
class FileState:
    """The directives in force at a place of one file. An included file starts with a copy; its changes end with it."""

    journal: Journal
    file: str
    lines: list[str]
    including: tuple[str, ...] = ()
    """The files whose `include` led here, this one last."""
    default_year: int | None = None
    parents: tuple[str, ...] = ()
    aliases: tuple[Alias, ...] = ()
    style: NumberStyle = field(default_factory=NumberStyle)
    names: dict[str, str] = field(default_factory=dict)
    """Rewritten account names under the present aliases."""

    @contextmanager
    def errors_at(self, line: int) -> Iterator[None]:
        """Turn a ValueError of the readers into an error that names this file and the line."""
        try:
            yield
        except JournalFileError:
            raise
        except ValueError as error:
            raise JournalFileError(str(error), file=self.file, line=line) from error

    def error(self, message: str, line: int) -> JournalFileError:
        """An error at a line of this file."""
        return JournalFileError(message, file=self.file, line=line)

    def notice(self, message: str, line: int) -> None:
        """Report something left out on purpose."""
        self.journal.notices.append(Notice(message, self.file, line))

    def included(self, file: str, lines: list[str]) -> "FileState":
        """The state in which an included file begins."""
        return FileState(
            journal=self.journal,
            file=file,
            lines=lines,
            including=(*self.including, file),
            default_year=self.default_year,
            parents=self.parents,
            aliases=self.aliases,
            style=replace(self.style),  # `commodity` directives are shared with the including file, the rest is not
        )

    def account(self, written: str) -> str:
        """The account's full name after `apply account` and `alias`."""
        known = self.names.get(written)
        if known is None:
            plain = " ".join(written.split())
            known = rewrite_account(plain, parents=self.parents, aliases=self.aliases, watch=self.journal.watch)
            if not known or len(known) > ACCOUNT_LENGTH_MAX:
                raise ValueError(f"an account name has 1 to {ACCOUNT_LENGTH_MAX} characters")
            self.names[written] = known
        return known


def read_date(text: str, *, default_year: int | None, position: int = 0) -> tuple[Date, int]:
    """The date at the position and where it ends; month and day alone are of the default year.

    Raises:
        ValueError: no date, one that the calendar lacks, or one without a year where none is set.

    """
    match = _DATE.match(text, position)
    if match is None:
        raise ValueError(f"expected a date, found {text[position : position + 20]!r}")
    if match[2] and match[2] != match[4]:
        raise ValueError(f"the date {match[0]} uses two different separators")
    if not match[1] and default_year is None:
        raise ValueError(f"the date {match[0]} has no year; put a line such as Y2024 above it")
    try:
        return Date(int(match[1] or default_year or 0), int(match[3]), int(match[5])), match.end()
    except ValueError as error:
        raise ValueError(f"{match[0]} is not a date of the calendar") from error


def read_tags(comment: str) -> Tags:
    """The `name:value` tags of a comment; a value ends at a comma or the end of its line."""
    return tuple((match[1], match[2].strip()) for match in _TAG.finditer(comment))
