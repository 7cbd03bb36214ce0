"""All SQL of journal imports."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select

from domain.journal_import.tables import imported_transactions

_CHUNK = 500


def known_journals(connection: Connection, keys: Sequence[str]) -> dict[str, int]:
    """The journals that an earlier import made of transactions, by key; those that are not known are missing."""
    columns = imported_transactions.c
    statement = select(columns.key, columns.manual_journal_id)
    found: dict[str, int] = {}
    for start in range(0, len(keys), _CHUNK):
        rows = connection.execute(statement.where(columns.key.in_(keys[start : start + _CHUNK])))
        found.update({row.key: row.manual_journal_id for row in rows})
    return found


def insert_keys(connection: Connection, journals: Sequence[tuple[str, int, str]], now: datetime) -> None:
    """Remember what was imported: key, journal id, `file:line`."""
    if journals:
        rows = [
            {"key": key, "manual_journal_id": journal_id, "source": source[-255:], "created_at": now}
            for key, journal_id, source in journals
        ]
        connection.execute(insert(imported_transactions), rows)
