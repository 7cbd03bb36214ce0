"""Reads hledger and Ledger journal files, whole or not at all.

Nothing here touches a disk: the caller says how a file is read and found, and so decides what `include` may reach.
"""

import posixpath
import re
from collections.abc import Mapping
from typing import Final

from domain.journal_files.directives import find_directive
from domain.journal_files.entries import read_transaction
from domain.journal_files.errors import JournalFileError
from domain.journal_files.model import JournalFile
from domain.journal_files.settling import settle
from domain.journal_files.state import FILES_MAX, INCLUDE_DEPTH_MAX, LINES_MAX, FileState, FindFiles, Journal, ReadFile, Watch

_COMMENT_MARKS: Final = (";", "#", "*")
_GLOB: Final = re.compile(r"[*?\[]")
_FOREIGN: Final = re.compile(r"[a-z]{2,}:|.*\.(csv|tsv|ssv|timedot|timeclock|rules)$")


def _unwatched() -> None:
    """No one looks at the clock."""


def parse_journal(
    path: str,
    *,
    read_file: ReadFile,
    find_files: FindFiles | None = None,
    default_year: int | None = None,
    watch: Watch = _unwatched,
) -> JournalFile:
    """The journal at a path, with what it includes; balanced, and with its assertions checked.

    `read_file` gives a path's text and may refuse with OSError, LookupError or ValueError. `find_files` lists the paths that match
    a pattern; without it, `include` takes no patterns. Relative paths are resolved against the including file. `default_year` is
    for dates without a year before any `Y` directive. `watch` is called for each item, alias and assertion, and may end the reading
    with a ValueError.

    Raises:
        JournalFileError: anything that hledger would refuse, or that double-entry books cannot hold.

    """
    journal = Journal(read_file, find_files, watch)
    path = posixpath.normpath(path)
    lines = _read_lines(journal, path, file=path, line=1)
    _read(FileState(journal, path, lines, including=(path,), default_year=default_year))
    return JournalFile(
        transactions=settle(journal.transactions, watch),
        accounts=tuple(journal.accounts.values()),
        commodities=tuple(journal.commodities),
        payees=tuple(journal.payees),
        tags=tuple(journal.tags),
        prices=tuple(journal.prices),
        notices=tuple(journal.notices),
        files=tuple(journal.files),
    )


def parse_text(
    text: str, *, name: str = "journal", included: Mapping[str, str] | None = None, default_year: int | None = None
) -> JournalFile:
    """A journal given as text; `included` holds the files that it may include, by path.

    Raises:
        JournalFileError: as `parse_journal`.

    """
    name = posixpath.normpath(name)
    texts = {**(included or {}), name: text}
    return parse_journal(name, read_file=texts.__getitem__, default_year=default_year)


def _read_lines(journal: Journal, path: str, *, file: str, line: int) -> list[str]:
    """The lines of a file. The error of one that cannot be read stands at the `include` that asked for it."""
    if len(journal.files) >= FILES_MAX:
        raise JournalFileError(f"a journal has at most {FILES_MAX} files", file=file, line=line)
    try:
        text = journal.read_file(path)
    except (OSError, LookupError, ValueError) as error:
        raise JournalFileError(f"cannot read {path}: {error}", file=file, line=line) from error
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    journal.files.append(path)
    journal.lines += len(lines)
    if journal.lines > LINES_MAX:
        raise JournalFileError(f"a journal has at most {LINES_MAX} lines", file=file, line=line)
    return lines


def _read(state: FileState) -> None:
    index = 0
    while index < len(state.lines):
        line = state.lines[index]
        if not line.strip() or line.lstrip().startswith(_COMMENT_MARKS):
            index += 1
        elif re.match(r"comment\s*$", line):
            index = _after_comment(state, index)
        else:
            end = index + 1
            while end < len(state.lines) and state.lines[end].strip() and state.lines[end][0].isspace():
                end += 1
            _read_item(state, index, end)
            index = end
    if state.parents and len(state.including) == 1:
        state.notice("the file ends within apply account", len(state.lines))


def _after_comment(state: FileState, index: int) -> int:
    for following in range(index + 1, len(state.lines)):
        if re.match(r"end comment\s*$", state.lines[following]):
            return following + 1
    return len(state.lines)


def _read_item(state: FileState, start: int, end: int) -> None:
    """A transaction or a directive, with the indented lines below it."""
    line = state.lines[start]
    number = start + 1
    with state.errors_at(number):
        state.journal.watch()
    if line[0].isdigit():
        state.journal.transactions.append(read_transaction(state, start, end))
    elif line[0].isspace():
        raise state.error("an indented line belongs to no transaction", number)
    elif line[0] == "~":
        state.notice("a periodic transaction (~) is left out", number)
    elif line[0] == "=":
        state.notice("an automated posting rule (=) is left out", number)
    elif re.match(r"[!@]?include\s", line):
        _include(state, line.split(maxsplit=1)[1].strip(), number)
    else:
        found = find_directive(line)
        if found is None:
            raise state.error(f"expected a transaction or a directive, found {line[:60]!r}", number)
        directive, argument = found
        with state.errors_at(number):
            directive(state, argument.rstrip(), start, end)


def _include(state: FileState, target: str, line: int) -> None:
    if _FOREIGN.match(target):
        raise state.error(f"cannot include {target}: only journal files are read", line)
    pattern = posixpath.normpath(posixpath.join(posixpath.dirname(state.file), target))
    for path in _find(state, pattern, line):
        if path in state.including:
            raise state.error(f"the files include each other in a circle: {' > '.join((*state.including, path))}", line)
        if len(state.including) >= INCLUDE_DEPTH_MAX:
            raise state.error(f"files can include each other at most {INCLUDE_DEPTH_MAX} deep", line)
        _read(state.included(path, _read_lines(state.journal, path, file=state.file, line=line)))


def _find(state: FileState, pattern: str, line: int) -> list[str]:
    if not _GLOB.search(pattern):
        return [pattern]
    if state.journal.find_files is None:
        raise state.error(f"cannot include {pattern}: patterns are not available here; name the files", line)
    found = sorted(posixpath.normpath(path) for path in state.journal.find_files(pattern))
    if not found:
        raise state.error(f"no file matches {pattern}", line)
    if len(found) > FILES_MAX:
        raise state.error(f"a journal has at most {FILES_MAX} files", line)
    return found
