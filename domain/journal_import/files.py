"""Reads the journal files that came with a request. Their texts are all there is: `include` never reaches a disk."""

import posixpath
import time
from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Final

from domain.journal_files.model import JournalFile
from domain.journal_files.parser import parse_journal

LENGTH_MAX: Final = 4_000_000
"""Characters read in all; a file that is included twice counts twice."""
READING_S_MAX: Final = 15
"""What hostile files could otherwise keep a processor busy for is not limited by their size."""
_NS: Final = 1_000_000_000


def file_path(name: str) -> str:
    """A file's name as `include` finds it: with forward slashes, without detours."""
    return posixpath.normpath(name.replace("\\", "/"))


def read_files(files: Sequence[tuple[str, str]]) -> JournalFile:
    """The journal of which the first file, given as name and text, is the main one; the others are what it may include.

    An included file is found by its path from the including one, else by its name alone where only one has it. A pattern finds all
    that match but the main file.

    Raises:
        JournalFileError: as `parse_journal`; also where it takes longer than `READING_S_MAX`.

    """
    given = _GivenFiles({file_path(name): text for name, text in files}, main=file_path(files[0][0]))
    return parse_journal(given.main, read_file=given.read, find_files=given.find, watch=given.watch)


class _GivenFiles:
    def __init__(self, texts: Mapping[str, str], *, main: str) -> None:
        self.main = main
        self._texts = texts
        self._length = 0
        self._ends_at_ns = time.monotonic_ns() + READING_S_MAX * _NS

    def read(self, path: str) -> str:
        text = self._texts.get(path)
        if text is None:
            base = posixpath.basename(path)
            alike = [name for name in self._texts if posixpath.basename(name) == base]
            if len(alike) != 1:
                raise LookupError(
                    "it is not among the files that were sent; add it" if not alike else "several files have this name"
                )
            text = self._texts[alike[0]]
        self._length += len(text)
        if self._length > LENGTH_MAX:
            raise ValueError(f"with everything that is included, there are more than {LENGTH_MAX:,} characters to read")
        return text

    def find(self, pattern: str) -> list[str]:
        if pattern in self._texts:  # a name that only looks like a pattern
            return [pattern]
        others = [path for path in self._texts if path != self.main]
        found = [path for path in others if fnmatchcase(path, pattern)]
        base = posixpath.basename(pattern)
        return found or [path for path in others if "/" not in path and fnmatchcase(path, base)]

    def watch(self) -> None:
        if time.monotonic_ns() > self._ends_at_ns:
            raise ValueError(
                f"reading takes longer than {READING_S_MAX} seconds; `countinghouse import-journal` gives itself more time"
            )
