"""How our column types are written into revisions, so that they mean the same on SQLite and MySQL."""

from typing import Any, Literal

import sqlalchemy as sa

from domain.kit.tables import ExactDecimal, UtcDateTime

_NOT_OURS: Literal[False] = False


def render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """The Python text of a type of ours; False leaves it to Alembic."""
    if kind != "type":
        return _NOT_OURS
    match item:
        case ExactDecimal():
            return f"tables.ExactDecimal({item.places}, {item.digits})"
        case UtcDateTime():
            return "tables.UtcDateTime()"
        case sa.Text():
            return "tables.long_text()" if "mysql" in item._variant_mapping else "sa.Text()"  # noqa: SLF001 - no public name
        case sa.LargeBinary():
            return f"sa.LargeBinary({item.length})"
        case sa.Boolean():
            return "sa.Boolean(create_constraint=False)"
        case _:
            return _NOT_OURS
