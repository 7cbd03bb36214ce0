"""All SQL of journal exports."""

from collections.abc import Iterator

from sqlalchemy import Connection, RowMapping, func, select

from domain.ledger.tables import ledger_lines
from domain.manual_journals.tables import manual_journals

_FETCH = 2_000
_lines = ledger_lines.c


def count_lines(connection: Connection) -> int:
    """How many lines the ledger has."""
    return int(connection.execute(select(func.count()).select_from(ledger_lines)).scalar_one())


def ledger_in_order(connection: Connection) -> Iterator[RowMapping]:
    """All lines by date and posting."""
    statement = select(ledger_lines).order_by(
        _lines.date, _lines.reference_type, _lines.reference_id, _lines.index_group, _lines.line_index, _lines.id
    )
    yield from connection.execute(statement.execution_options(yield_per=_FETCH)).mappings()


def journal_descriptions(connection: Connection) -> dict[int, str]:
    """Descriptions of manual journals by id."""
    column = manual_journals.c
    statement = select(column.id, column.description).where(column.description.is_not(None))
    return {row.id: row.description for row in connection.execute(statement)}
