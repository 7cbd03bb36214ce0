"""A table as JSON (reports.md section 4): what the web application shows."""

from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any

from domain.reports.rendering.table import Column, Row, Table


def render(table: Table) -> dict[str, Any]:
    """`table` of the answer."""
    return {"columns": columns(table.columns, indexed=table.indexed), "rows": _rows(table.rows)}


def columns(of: Iterable[Column], *, indexed: bool) -> list[dict[str, Any]]:
    """`columns` of it."""
    places = count() if indexed else None
    return [_column(column, places) for column in of]


def _column(column: Column, places: Iterator[int] | None) -> dict[str, Any]:
    form: dict[str, Any] = {"key": column.key, "label": column.label}
    if column.children is not None:
        form["children"] = [_column(child, places) for child in column.children]
    if places is not None and not column.children:
        form["cell_index"] = next(places)
    return form


def _rows(rows: Iterable[Row]) -> list[dict[str, Any]]:
    return [_row(row) for row in rows]


def _row(row: Row) -> dict[str, Any]:
    form: dict[str, Any] = {"cells": [{"key": cell.key, "value": cell.text} for cell in row.cells]}
    if row.types:
        form["row_types"] = row.types
    if row.id is not None:
        form["id"] = row.id
    if row.document is not None:
        form["reference_type"], form["reference_id"] = row.document
    form["children"] = _rows(row.children)
    return form
