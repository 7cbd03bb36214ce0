"""All SQL of the audit trail, and the head of its chain as a warm value."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, func, insert, select

from domain.audit.rules import GENESIS_HASH
from domain.audit.tables import audit_trail
from domain.kit.warm import WarmKey
from domain.organization.tables import organization

_columns = audit_trail.c
_INSERT = insert(audit_trail)
PAGE_ROWS = 1000


def _load_head(connection: Connection) -> str:
    newest = select(_columns.hash).order_by(_columns.id.desc()).limit(1)
    return connection.execute(newest).scalar() or GENESIS_HASH


CHAIN_HEAD: WarmKey[str] = WarmKey("audit.chain_head", _load_head)
"""Hash of the newest entry."""


def insert_entries(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """Append entries; ids and hashes are given."""
    connection.execute(_INSERT, rows)


def pages(connection: Connection) -> Iterator[Sequence[RowMapping]]:
    """The whole trail, oldest first, in pages of bounded size."""
    last_id = 0
    while True:
        statement = select(audit_trail).where(_columns.id > last_id).order_by(_columns.id).limit(PAGE_ROWS)
        rows = connection.execute(statement).mappings().all()
        if not rows:
            return
        yield rows
        last_id = rows[-1]["id"]


def organization_id(connection: Connection) -> str:
    """The id to which the chain is bound."""
    return str(connection.execute(select(organization.c.organization_id)).scalar_one())


def find_entries(
    connection: Connection, conditions: Sequence[ColumnElement[bool]], *, page: int, page_size: int
) -> tuple[Sequence[RowMapping], int]:
    """One page of matching entries, newest first, and how many match."""
    total = connection.execute(select(func.count()).select_from(audit_trail).where(*conditions)).scalar_one()
    statement = (
        select(audit_trail).where(*conditions).order_by(_columns.id.desc()).limit(page_size).offset((page - 1) * page_size)
    )
    return connection.execute(statement).mappings().all(), int(total)
