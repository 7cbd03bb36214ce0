"""Bulk deletion, the same for every noun (`platform.md` 1.7, DECISIONS 22: all or nothing unless told to skip)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from typing import Any

from domain.kit.context import TenantContext
from domain.kit.errors import DomainError

Delete = Callable[[TenantContext, int], None]


@contextmanager
def attempt(ctx: TenantContext, *, keep: bool) -> Iterator[None]:
    """Run a part of a command under its own savepoint: a refusal (or `keep=False`) undoes it, in database and memory alike."""
    changes = ctx.changes
    marks = {name: copy(getattr(changes, name)) for name in ("audit", "ledger", "effects")}
    savepoint = ctx.db.begin_nested()
    ctx.warm.begin_command()

    def undo() -> None:
        savepoint.rollback()  # house: the one place where a part of a command is undone
        ctx.warm.discard_command()
        for name, value in marks.items():
            setattr(changes, name, value)

    try:
        yield
    except BaseException:
        undo()
        raise
    if keep:
        savepoint.commit()  # house: releases the savepoint
        ctx.warm.keep_command()
    else:
        undo()


def check_bulk_delete(ctx: TenantContext, ids: list[int], delete: Delete) -> dict[str, Any]:
    """Try each deletion and undo it: which could be deleted, in the order of the request."""
    deletable: list[int] = []
    refused: list[int] = []
    for record_id in dict.fromkeys(ids):
        try:
            with attempt(ctx, keep=False):
                delete(ctx, record_id)
        except DomainError:
            refused.append(record_id)
        else:
            deletable.append(record_id)
    return {
        "deletable_count": len(deletable),
        "non_deletable_count": len(refused),
        "deletable_ids": deletable,
        "non_deletable_ids": refused,
    }


def bulk_delete(ctx: TenantContext, ids: list[int], delete: Delete, *, skip_undeletable: bool) -> None:
    """Delete the records. Without `skip_undeletable` the first refusal ends it and nothing is deleted."""
    for record_id in dict.fromkeys(ids):
        if not skip_undeletable:
            delete(ctx, record_id)
            continue
        try:
            with attempt(ctx, keep=True):
                delete(ctx, record_id)
        except DomainError:
            continue
