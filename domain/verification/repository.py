"""SQL of verification, beside what the nouns' own repositories read."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, Connection, RowMapping, Table, and_, func, or_, select

from domain.audit.repository import CHAIN_HEAD
from domain.audit.tables import audit_trail
from domain.catalog import tenant_metadata
from domain.ledger import repository as ledger
from domain.ledger.tables import ledger_lines
from domain.verification.model import LedgerPosition

STATUS_MIN, STATUS_MAX = 200, 599
FINGERPRINT_LENGTH = 64


def table_of(name: str) -> Table | None:
    """A table of the tenant by name; None where the program has none such."""
    return tenant_metadata().tables.get(name)


def ledger_position(connection: Connection) -> LedgerPosition:
    """Where ledger and audit trail stand."""
    lines, debit, credit = ledger.totals(connection)
    return LedgerPosition(
        lines=lines,
        last_line_id=highest_id(connection, ledger_lines),
        debit=debit,
        credit=credit,
        audit_entries=audit_entries(connection),
        audit_head=CHAIN_HEAD.load(connection),
    )


def audit_entries(connection: Connection) -> int:
    """How many entries the audit trail has."""
    return int(connection.execute(select(func.count()).select_from(audit_trail)).scalar_one())


def highest_id(connection: Connection, table: Table) -> int:
    """The highest id in use; 0 for an empty table."""
    return int(connection.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one())


def orphans(connection: Connection) -> Iterator[tuple[Column[Any], Column[Any], int]]:
    """Every foreign key of the tenant: the referring column, the referred one, and how many rows refer to nothing."""
    for table in tenant_metadata().sorted_tables:
        for column in table.columns:
            for key in column.foreign_keys:
                parent = key.column.table.alias("parent")
                target = parent.c[key.column.name]
                statement = (
                    select(func.count())
                    .select_from(table.outerjoin(parent, column == target))
                    .where(column.is_not(None), target.is_(None))
                )
                yield column, key.column, int(connection.execute(statement).scalar_one())


def stored_answers(connection: Connection, limit: int) -> tuple[int, list[str]]:
    """How many answers are kept for repeated writes, and the keys of those that cannot have been written by the service."""
    table = table_of("idempotency_keys")
    if table is None:
        return 0, []
    columns = table.c
    wrong = or_(
        ~columns.status.between(STATUS_MIN, STATUS_MAX),
        func.length(columns.fingerprint) != FINGERPRINT_LENGTH,
        columns.headers.not_like("{%"),
        columns.key == "",
    )
    total = int(connection.execute(select(func.count()).select_from(table)).scalar_one())
    return total, [str(key) for key in connection.execute(select(columns.key).where(wrong).limit(limit)).scalars()]


def contact_balances(connection: Connection) -> list[RowMapping]:
    """Id, kind, name, currency and stored balance of every contact, by id."""
    table = table_of("contacts")
    if table is None:
        return []
    columns = table.c
    statement = select(
        columns.id, columns.contact_service, columns.display_name, columns.currency_code, columns.balance
    ).order_by(columns.id)
    return list(connection.execute(statement).mappings())


def bare_control_lines(connection: Connection, account_ids: list[int], limit: int) -> list[RowMapping]:
    """Lines of control accounts without a contact, by account and currency: number and Σ, base and foreign."""
    columns = ledger_lines.c
    base = func.sum(columns.debit, type_=columns.debit.type) - func.sum(columns.credit, type_=columns.debit.type)
    statement = (
        select(columns.account_id, columns.currency_code, func.count().label("lines"), base.label("movement"))
        .where(and_(columns.account_id.in_(account_ids), columns.contact_id.is_(None)))
        .group_by(columns.account_id, columns.currency_code)
        .order_by(columns.account_id, columns.currency_code)
        .limit(limit)
    )
    return list(connection.execute(statement).mappings())


def counted_tables() -> Iterator[tuple[Table, str]]:
    """Tables whose ids the single writer hands out, and the name of their warm counter."""
    for table in tenant_metadata().sorted_tables:
        if "id" in table.columns:
            yield table, f"next_id:{table.name}"
