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
from domain.reports.rendering.table import Emphasis, FlatRow, Leaf, Table, clean, flatten, leaves

logger = logging.getLogger(__name__)

ROWS_MAX = 10_000
REPORT_TOO_LONG_FOR_PDF = ErrorCode(
    "REPORT_TOO_LONG_FOR_PDF", f"A PDF has at most {ROWS_MAX:,} rows. Choose a shorter period, or CSV or XLSX."
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

_LANDSCAPE_COLUMNS = 4
_PAPER_POINTS = {False: 510, True: 756}
"""Width between the margins of A4, by whether it lies."""
_NAME_SHARE = 4
"""The first column has at least one part in so many of the width."""
_SIZES = (9, 8, 7, 6, 5)
"""Sizes of type in points; the largest at which all columns fit."""
_CHARACTER_PERCENT = 54
"""Width of a figure in percent of the size of type, bold included."""
_GUTTER_POINTS = 9
_WORDS_CHARACTERS_MAX = 26
_WORD_CHARACTERS_MAX = 24
_BREAK_CHARACTERS = 6
"""Longer runs without a space may be broken after any so many characters."""
_CELL_CHARACTERS_MAX = 500


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
    landscape = len(columns) > _LANDSCAPE_COLUMNS
    size, widths = _widths(columns, [texts for _, _, texts in lines], _PAPER_POINTS[landscape])
    heading = table.heading
    return {
        "organization": _line(heading.organization),
        "title": _line(heading.title),
        "period": _line(heading.period),
        "currency": heading.base_currency,
        "landscape": landscape,
        "size": size,
        "columns": [
            {"group": _line(column.group), "label": _line(column.label), "numeric": column.kind.numeric, "width": width}
            for column, width in zip(columns, widths, strict=True)
        ],
        "rows": lines,
    }


def _depth(flat: FlatRow) -> int:
    """The total of a group stands under the group's heading."""
    return max(flat.depth - (flat.row.emphasis in {Emphasis.TOTAL, Emphasis.CLOSING}), 1)


def _texts(flat: FlatRow, width: int) -> list[str]:
    """The texts of a row. The figures of a group's heading are left to its total row, which follows."""
    texts = [_line(cell.text) for cell in flat.row.cells[:width]]
    if flat.row.emphasis is Emphasis.HEADING:
        texts = texts[:1]
    return texts + [""] * (width - len(texts))


def _widths(columns: Sequence[Leaf], rows: Sequence[Sequence[str]], paper: int) -> tuple[int, list[int | None]]:
    """The size of type, and the width of each column in points; None takes what is left."""
    characters = [max((len(texts[place]) for texts in rows), default=0) for place in range(len(columns))]
    for place, column in enumerate(columns):
        head = max(len(column.label) // 2 + 1, *map(len, column.label.split()), 1)
        characters[place] = max(characters[place] if column.kind.numeric else min(characters[place], _WORDS_CHARACTERS_MAX), head)
    size, widths = 0, [0]
    for size in _SIZES:
        widths = [count * size * _CHARACTER_PERCENT // 100 + _GUTTER_POINTS for count in characters[1:]]
        if sum(widths) <= paper - paper // _NAME_SHARE:
            break
    else:  # wider than paper: all shrink alike, texts run over several lines
        room = paper - paper // _NAME_SHARE
        widths = [width * room // sum(widths) for width in widths]
    return size, [None, *widths]


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
