"""All SQL of the ledger."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, and_, delete, exists, func, insert, or_, select

from domain.ledger.tables import ledger_lines

_lines = ledger_lines.c
_INSERT = insert(ledger_lines)


def of_reference(reference_type: str, reference_id: int) -> Select[Any]:
    """The lines of one posting, in order."""
    return (
        select(ledger_lines)
        .where(_lines.reference_type == reference_type, _lines.reference_id == reference_id)
        .order_by(_lines.index_group, _lines.line_index, _lines.id)
    )


def read_reference(connection: Connection, reference_type: str, reference_id: int) -> Sequence[RowMapping]:
    """The stored lines of one posting."""
    return connection.execute(of_reference(reference_type, reference_id)).mappings().all()


def insert_lines(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """Store lines; ids are given."""
    connection.execute(_INSERT, rows)


def delete_reference(connection: Connection, reference_type: str, reference_id: int) -> None:
    """Remove the lines of one posting."""
    connection.execute(delete(ledger_lines).where(_lines.reference_type == reference_type, _lines.reference_id == reference_id))


def recent_of_account(connection: Connection, account_ids: Sequence[int] | None, limit: int) -> Sequence[RowMapping]:
    """The latest lines, of some accounts or of all, newest first."""
    statement = select(ledger_lines).order_by(_lines.date.desc(), _lines.id.desc()).limit(limit)
    if account_ids is not None:
        statement = statement.where(_lines.account_id.in_(account_ids))
    return connection.execute(statement).mappings().all()


def account_has_lines(connection: Connection, account_id: int) -> bool:
    """Whether anything was ever posted to the account."""
    return bool(connection.execute(select(exists().where(_lines.account_id == account_id))).scalar())


def contact_has_lines(connection: Connection, contact_id: int, *, except_types: Sequence[str] = ()) -> bool:
    """Whether the contact stands on a line of any kind but the given ones."""
    return bool(
        connection.execute(
            select(exists().where(and_(_lines.contact_id == contact_id, _lines.reference_type.not_in(except_types))))
        ).scalar()
    )


def branch_has_lines(connection: Connection, branch_id: int) -> bool:
    """Whether anything was posted for the branch."""
    return bool(connection.execute(select(exists().where(_lines.branch_id == branch_id))).scalar())


def any_lines(connection: Connection) -> bool:
    """Whether the ledger holds anything."""
    return bool(connection.execute(select(exists().where(_lines.id > 0))).scalar())


def account_sums(connection: Connection) -> Sequence[RowMapping]:
    """Σ debit, credit and both foreign amounts by account and currency: what balances are checked against."""
    statement = select(
        _lines.account_id,
        _lines.currency_code,
        func.sum(_lines.debit, type_=_lines.debit.type).label("debit"),
        func.sum(_lines.credit, type_=_lines.credit.type).label("credit"),
        func.sum(_lines.foreign_debit, type_=_lines.debit.type).label("foreign_debit"),
        func.sum(_lines.foreign_credit, type_=_lines.credit.type).label("foreign_credit"),
    ).group_by(_lines.account_id, _lines.currency_code)
    return connection.execute(statement).mappings().all()


def contact_sums(connection: Connection, account_ids: Sequence[int]) -> Sequence[RowMapping]:
    """Σ by contact, account and currency over control accounts."""
    statement = (
        select(
            _lines.contact_id,
            _lines.account_id,
            _lines.currency_code,
            func.sum(_lines.debit, type_=_lines.debit.type).label("debit"),
            func.sum(_lines.credit, type_=_lines.credit.type).label("credit"),
            func.sum(_lines.foreign_debit, type_=_lines.debit.type).label("foreign_debit"),
            func.sum(_lines.foreign_credit, type_=_lines.credit.type).label("foreign_credit"),
        )
        .where(_lines.account_id.in_(account_ids))
        .group_by(_lines.contact_id, _lines.account_id, _lines.currency_code)
    )
    return connection.execute(statement).mappings().all()


def unbalanced_references(connection: Connection) -> Sequence[RowMapping]:
    """Postings whose debits and credits differ, in base currency or in one of their currencies."""
    by_currency = (
        select(
            _lines.reference_type,
            _lines.reference_id,
            _lines.currency_code,
            (func.sum(_lines.debit) - func.sum(_lines.credit)).label("base"),
            (func.sum(_lines.foreign_debit) - func.sum(_lines.foreign_credit)).label("foreign"),
        )
        .group_by(_lines.reference_type, _lines.reference_id, _lines.currency_code)
        .subquery()
    )
    columns = by_currency.c
    statement = (
        select(columns.reference_type, columns.reference_id)
        .group_by(columns.reference_type, columns.reference_id)
        .having(or_(func.sum(columns.base) != 0, func.sum(func.abs(columns.foreign)) != 0))
    )
    return connection.execute(statement).mappings().all()


def totals(connection: Connection) -> tuple[int, Decimal, Decimal]:
    """Number of lines, Σ debit, Σ credit."""
    row = connection.execute(
        select(
            func.count(),
            func.coalesce(func.sum(_lines.debit, type_=_lines.debit.type), 0),
            func.coalesce(func.sum(_lines.credit, type_=_lines.credit.type), 0),
        )
    ).one()
    return int(row[0]), Decimal(row[1]), Decimal(row[2])
