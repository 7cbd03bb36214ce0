"""All SQL of journal imports."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select

from domain.journal_import.tables import imported_transactions

_CHUNK = 500


def known_keys(connection: Connection, keys: Sequence[str]) -> set[str]:
    """Those of the keys that an earlier import stored."""
    column = imported_transactions.c.key
    found: set[str] = set()
    for start in range(0, len(keys), _CHUNK):
        found.update(connection.execute(select(column).where(column.in_(keys[start : start + _CHUNK]))).scalars())
    return found


def insert_keys(connection: Connection, journals: Sequence[tuple[str, int, str]], now: datetime) -> None:
    """Remember what was imported: key, journal id, `file:line`."""
    if journals:
        rows = [
            {"key": key, "manual_journal_id": journal_id, "source": source[-255:], "created_at": now}
            for key, journal_id, source in journals
        ]
        connection.execute(insert(imported_transactions), rows)
