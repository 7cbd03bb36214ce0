"""All SQL of branches, and the warm value made of it."""

from collections.abc import Iterator, Mapping
from dataclasses import fields

from sqlalchemy import Column, Connection, Table, delete, exists, insert, select, update

from domain.branches.model import Branch
from domain.branches.tables import branches
from domain.kit.context import TenantContext
from domain.kit.tables import TENANT_METADATA
from domain.kit.warm import WarmKey

_FIELDS = [item.name for item in fields(Branch)]


def _load(connection: Connection) -> Mapping[int, Branch]:
    rows = connection.execute(select(*(branches.c[name] for name in _FIELDS)).order_by(branches.c.id)).mappings()
    return {row["id"]: Branch(**row) for row in rows}


BRANCHES: WarmKey[Mapping[int, Branch]] = WarmKey("branches", _load)
"""All branches by id."""


def insert_branch(ctx: TenantContext, branch: Branch) -> None:
    """Store a new branch."""
    known = ctx.warm.get(BRANCHES)
    ctx.db.execute(insert(branches).values(**{name: getattr(branch, name) for name in _FIELDS}))
    ctx.warm.put(BRANCHES, {**known, branch.id: branch})


def update_branches(ctx: TenantContext, *changed: Branch) -> None:
    """Store changed branches."""
    for branch in changed:
        values = {name: getattr(branch, name) for name in _FIELDS if name != "id"}
        ctx.db.execute(update(branches).where(branches.c.id == branch.id).values(**values))
    ctx.warm.put(BRANCHES, {**ctx.warm.get(BRANCHES), **{branch.id: branch for branch in changed}})


def delete_branch(ctx: TenantContext, branch_id: int) -> None:
    """Remove a branch."""
    known = dict(ctx.warm.get(BRANCHES))
    del known[branch_id]
    ctx.db.execute(delete(branches).where(branches.c.id == branch_id))
    ctx.warm.put(BRANCHES, known)


def _branch_columns() -> Iterator[tuple[Table, Column[int]]]:
    for table in TENANT_METADATA.sorted_tables:
        for column in table.columns:
            if column.name == "branch_id" or column.name.endswith("_branch_id"):
                yield table, column


def has_records(connection: Connection, branch_id: int) -> bool:
    """Whether any record of the tenant belongs to the branch: documents, their lines, ledger lines, opening balances."""
    return any(connection.execute(select(exists().where(column == branch_id))).scalar() for _, column in _branch_columns())


def stamp_records(connection: Connection, branch_id: int) -> None:
    """Give every record without a branch to this one (accounting.md 12.2)."""
    for table, column in _branch_columns():
        statement = update(table).where(column.is_(None)).values({column.name: branch_id})
        if column.name == "opening_balance_branch_id":
            statement = statement.where(table.c.opening_balance != 0)
        connection.execute(statement)
