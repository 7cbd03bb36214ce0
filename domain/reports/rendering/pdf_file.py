"""A table as a typeset PDF: heading, repeated column heads, page numbers, figures of equal width to the right."""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Sequence
from http import HTTPStatus
from itertools import islice
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from domain.kit.errors import ErrorCode
from domain.reports.rendering.paper import lay
from domain.reports.rendering.table import Emphasis, FlatRow, Table, clean, flatten, leaves

logger = logging.getLogger(__name__)

ROWS_MAX = 10_000
REPORT_TOO_LONG_FOR_PDF = ErrorCode(
    "REPORT_TOO_LONG_FOR_PDF",
    f"A PDF has at most {ROWS_MAX:,} rows over all its pages. Choose a shorter period or fewer columns, or CSV or XLSX.",
)
TYPESETTER_UNAVAILABLE = ErrorCode(
    "TYPESETTER_UNAVAILABLE", "The PDF could not be made now. Try again later.", HTTPStatus.SERVICE_UNAVAILABLE
)

_TYPESETTER = Path(__file__).with_name("typesetter.py")
_RUNS_MAX = 2
_WAIT_S = 30
_RUN_S_MAX = 60
_ERROR_CHARACTERS_MAX = 2000
_RUNS = BoundedSemaphore(_RUNS_MAX)
"""Typesetters at a time from this process; each may take a gigabyte for a while."""

_WORD_CHARACTERS_MAX = 24
_BREAK_CHARACTERS = 6
"""Longer runs without a space may be broken after any so many characters."""
_CELL_CHARACTERS_MAX = 500
_INDENT_CHARACTERS = 2
"""What a level of nesting takes."""


def render(table: Table) -> bytes:
    """The file.

    Raises:
        REPORT_TOO_LONG_FOR_PDF. TYPESETTER_UNAVAILABLE.

    """
    rows = list(islice(flatten(table.rows), ROWS_MAX + 1))
    if len(rows) > ROWS_MAX:
        raise REPORT_TOO_LONG_FOR_PDF()
    return _typeset(json.dumps(_document(table, rows)).encode())


def _document(table: Table, rows: Sequence[FlatRow]) -> dict[str, Any]:
    columns = list(leaves(table.columns))
    lines = [(_depth(flat), flat.row.emphasis.value, _texts(flat, len(columns))) for flat in rows]
    paper = lay(columns, _characters(lines, len(columns)))
    if len(lines) * len(paper.runs) > ROWS_MAX:
        raise REPORT_TOO_LONG_FOR_PDF()
    heading, numbers = table.heading, table.numbers
    return {
        "organization": _line(heading.organization),
        "title": _line(heading.title),
        "period": _line(heading.period),
        "amounts": f"Amounts in {'thousands of ' if numbers.thousands else ''}{heading.base_currency}",
        "red": numbers.red,
        "landscape": paper.landscape,
        "size": paper.size,
        "columns": [
            {"group": _line(column.group), "label": _line(column.label), "numeric": column.kind.numeric} for column in columns
        ],
        "runs": [{"places": run.places, "widths": run.widths} for run in paper.runs],
        "rows": lines,
    }


def _characters(lines: Sequence[tuple[int, str, list[str]]], width: int) -> list[int]:
    """The length of the longest text in each column, with the first one's indent."""
    first = max((len(texts[0]) + _INDENT_CHARACTERS * depth for depth, _, texts in lines), default=0)
    return [first, *(max((len(texts[place]) for _, _, texts in lines), default=0) for place in range(1, width))]


def _depth(flat: FlatRow) -> int:
    """The total of a group stands under the group's heading."""
    return max(flat.depth - (flat.row.emphasis in {Emphasis.TOTAL, Emphasis.CLOSING}), 1)


def _texts(flat: FlatRow, width: int) -> list[str]:
    """The texts of a row. The figures of a group's heading are left to its total row, which follows."""
    texts = [_line(cell.text) for cell in flat.row.cells[:width]]
    if flat.row.emphasis is Emphasis.HEADING:
        texts = texts[:1]
    return texts + [""] * (width - len(texts))


def _line(text: str) -> str:
    shown = clean(text)
    if len(shown) > _CELL_CHARACTERS_MAX:
        shown = shown[: _CELL_CHARACTERS_MAX - 1] + "…"
    if len(shown) <= _WORD_CHARACTERS_MAX:
        return shown
    return " ".join(_breakable(word) for word in shown.split(" "))


def _breakable(word: str) -> str:
    if len(word) <= _WORD_CHARACTERS_MAX:
        return word
    parts = [word[start : start + _BREAK_CHARACTERS] for start in range(0, len(word), _BREAK_CHARACTERS)]
    return "\u200b".join(parts)


def _typeset(document: bytes) -> bytes:
    if not _RUNS.acquire(timeout=_WAIT_S):
        raise TYPESETTER_UNAVAILABLE()
    try:
        # Isolated, and without our environment: it holds secrets. Two threads are what the memory limit allows for.
        environment = {key: os.environ[key] for key in ("LD_LIBRARY_PATH", "LANG") if key in os.environ}
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-I", str(_TYPESETTER)],
            input=document,
            capture_output=True,
            timeout=_RUN_S_MAX,
            check=False,
            env=environment | {"RAYON_NUM_THREADS": "2"},
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        logger.exception("the typesetter did not run to its end")
        raise TYPESETTER_UNAVAILABLE() from problem
    finally:
        _RUNS.release()
    if done.returncode:
        logger.error("the typesetter failed: %s", done.stderr.decode(errors="replace")[-_ERROR_CHARACTERS_MAX:])
        raise TYPESETTER_UNAVAILABLE()
    return done.stdout
