"""Who refers to an account. Each noun that stores account ids says so here once; deletion asks (accounting.md 2.4)."""

from sqlalchemy import Column, exists, select

from domain.kit.context import TenantContext
from domain.kit.tables import TENANT_METADATA


def referring_columns() -> list[Column[int]]:
    """All columns of the tenant's tables with a foreign key to accounts, but the tree's and the ledger's own."""
    return [
        column
        for table in TENANT_METADATA.sorted_tables
        for column in table.columns
        for key in column.foreign_keys
        if key.target_fullname == "accounts.id" and table.name not in {"accounts", "ledger_lines"}
    ]


def is_used(ctx: TenantContext, account_id: int) -> bool:
    """Whether any stored record refers to the account: draft lines, items, rules, contacts."""
    return any(ctx.db.execute(select(exists().where(column == account_id))).scalar() for column in referring_columns())
