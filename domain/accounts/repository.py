"""All SQL of accounts, and the two warm values made of it: the chart and the balances."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from domain.accounts.model import Account, Chart
from domain.accounts.rules import NAME_NOT_UNIQUE
from domain.accounts.tables import accounts
from domain.kit.context import TenantContext
from domain.kit.warm import WarmKey

_NAME_INDEX = "uq_accounts_name"
_FIELDS = [item.name for item in fields(Account)]


def _load_chart(connection: Connection) -> Chart:
    rows = connection.execute(select(*(accounts.c[name] for name in _FIELDS)).order_by(accounts.c.id)).mappings()
    return Chart({row["id"]: Account(**row) for row in rows})


def _load_amounts(connection: Connection) -> Mapping[int, Decimal]:
    rows = connection.execute(select(accounts.c.id, accounts.c.amount).where(accounts.c.amount.is_not(None)))
    return {account_id: amount for account_id, amount in rows}  # noqa: C416 - rows are not tuples to mypy


CHART: WarmKey[Chart] = WarmKey("accounts.chart", _load_chart)
AMOUNTS: WarmKey[Mapping[int, Decimal]] = WarmKey("accounts.amounts", _load_amounts)
"""Stored balance by account id; an account that nothing was ever posted to is absent."""


def insert_accounts(ctx: TenantContext, new: Sequence[Account]) -> None:
    """Store new accounts."""
    chart = ctx.warm.get(CHART)
    with _names_unique():
        ctx.db.execute(insert(accounts), [{name: getattr(account, name) for name in _FIELDS} for account in new])
    ctx.warm.put(CHART, chart.replacing(new))


def update_accounts(ctx: TenantContext, *changed: Account) -> None:
    """Store changed accounts."""
    for account in changed:
        values = {name: getattr(account, name) for name in _FIELDS if name != "id"}
        with _names_unique():
            ctx.db.execute(update(accounts).where(accounts.c.id == account.id).values(**values))
    ctx.warm.put(CHART, ctx.warm.get(CHART).replacing(changed))


@contextmanager
def _names_unique() -> Iterator[None]:
    """Names that the database's collation takes for one, though they fold differently, are refused as any others are."""
    try:
        yield
    except IntegrityError as problem:
        if _NAME_INDEX in str(problem.orig) or f"{accounts.name}.name" in str(problem.orig):
            raise NAME_NOT_UNIQUE() from problem
        raise


def delete_account(ctx: TenantContext, account_id: int) -> None:
    """Remove an account; its direct children become roots."""
    ctx.db.execute(update(accounts).where(accounts.c.parent_account_id == account_id).values(parent_account_id=None))
    ctx.db.execute(delete(accounts).where(accounts.c.id == account_id))
    ctx.warm.drop(CHART)
    amounts = dict(ctx.warm.get(AMOUNTS))
    if amounts.pop(account_id, None) is not None:
        ctx.warm.put(AMOUNTS, amounts)


def add_to_amounts(ctx: TenantContext, deltas: Mapping[int, Decimal]) -> None:
    """Change stored balances; written once before the commit of the group."""
    amounts = dict(ctx.warm.get(AMOUNTS))
    for account_id, delta in deltas.items():
        amounts[account_id] = amounts.get(account_id, Decimal(0)) + delta
    ctx.warm.put(AMOUNTS, amounts)
    ctx.defer("accounts.amounts", _write_amounts)


def _write_amounts(ctx: TenantContext) -> None:
    before = ctx.warm.shared(AMOUNTS) or {}
    chart = ctx.warm.get(CHART)
    changed = [
        {"of_id": account_id, "new_amount": amount}
        for account_id, amount in ctx.warm.get(AMOUNTS).items()
        if before.get(account_id) != amount and account_id in chart.accounts
    ]
    if changed:
        ctx.db.execute(_SET_AMOUNT, changed)


_SET_AMOUNT = update(accounts).where(accounts.c.id == bindparam("of_id")).values(amount=bindparam("new_amount"))


def ids_matching(
    connection: Connection, conditions: tuple[ColumnElement[bool], ...], order: tuple[ColumnElement[Any], ...]
) -> list[int]:
    """Ids of the accounts that a composed list selects, in its order."""
    return list(connection.execute(select(accounts.c.id).where(*conditions).order_by(*order)).scalars())
