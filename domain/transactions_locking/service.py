"""Use cases of period locks, and the guard that every posting asks. State lives in warm settings: the guard runs no SQL."""

from dataclasses import replace
from datetime import date
from typing import Any

from domain.kit.context import TenantContext
from domain.kit.formatting import format_date
from domain.settings import repository as settings
from domain.settings.repository import SETTINGS
from domain.transactions_locking import presenter, rules
from domain.transactions_locking.model import ALL, PARTIAL, Lock
from domain.transactions_locking.schemas import CancelLockIn, CancelUnlockIn, LockIn, UnlockIn

SUBJECT = "TransactionsLocking"
GROUP = "transactions-locking"
_TYPE = (GROUP, "locking-type")
_ACTIVE = {module: (GROUP, f"{module}.active") for module in rules.LABELS}


def guard(ctx: TenantContext, module: str, *days: date | None) -> None:
    """Refuse to write documents of a module when one of the days is locked. Days that are None are passed over.

    Raises:
        DATE_LOCKED: with the day to which the module is locked.

    """
    texts = ctx.warm.get(SETTINGS)
    consulted = rules.consulted_module(module, texts.get(_TYPE) or PARTIAL)
    if texts.get(_ACTIVE[consulted]) != "1":
        return
    lock = get_lock(ctx, consulted)
    if lock.lock_to_date is not None and any(day is not None and lock.covers(day) for day in days):
        formatted = format_date(lock.lock_to_date, ctx.organization.date_format)
        raise rules.DATE_LOCKED(
            f"{rules.LABELS[consulted]}: locked to {formatted}.",
            payload={"lockedToDate": lock.lock_to_date.isoformat(), "formattedLockedToDate": formatted},
        )


def locking_type(ctx: TenantContext) -> str:
    """`all` while the common lock counts, else `partial`."""
    return ctx.warm.get(SETTINGS).get(_TYPE) or PARTIAL


def get_lock(ctx: TenantContext, module: str) -> Lock:
    """The stored lock of a module.

    Raises:
        MODULE_NOT_FOUND: no such module.

    """
    rules.check_module(module)
    texts = ctx.warm.get(SETTINGS)

    def text(key: str) -> str:
        return texts.get((GROUP, f"{module}.{key}")) or ""

    def day(key: str) -> date | None:
        return date.fromisoformat(text(key)[:10]) if text(key) else None

    return Lock(
        module=module,
        active=text("active") == "1",
        lock_to_date=day("lock_to_date"),
        unlock_from_date=day("unlock_from_date"),
        unlock_to_date=day("unlock_to_date"),
        lock_reason=text("lock_reason"),
        unlock_reason=text("unlock_reason"),
        partial_unlock_reason=text("partial_unlock_reason"),
    )


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _put(ctx: TenantContext, action: str, lock: Lock, new_type: str) -> Lock:
    before, type_before = get_lock(ctx, lock.module), locking_type(ctx)
    values: dict[str, str | None] = {
        "active": "1" if lock.active else "0",
        "lock_to_date": _iso(lock.lock_to_date),
        "unlock_from_date": _iso(lock.unlock_from_date),
        "unlock_to_date": _iso(lock.unlock_to_date),
        "lock_reason": lock.lock_reason or None,
        "unlock_reason": lock.unlock_reason or None,
        "partial_unlock_reason": lock.partial_unlock_reason or None,
    }
    settings.put(ctx, {(GROUP, f"{lock.module}.{key}"): text for key, text in values.items()} | {_TYPE: new_type})
    ctx.audit(
        action,
        SUBJECT,
        0,
        before=presenter.stored_form(before) | {"module": lock.module, "locking_type": type_before},
        after=presenter.stored_form(lock) | {"module": lock.module, "locking_type": new_type},
    )
    return lock


def list_locks(ctx: TenantContext) -> dict[str, Any]:
    """The common lock and the modules' own."""
    return {
        "locking_type": locking_type(ctx),
        ALL: presenter.detail_form(get_lock(ctx, ALL), ctx.organization),
        "modules": [presenter.detail_form(get_lock(ctx, module), ctx.organization) for module in rules.MODULES],
    }


def lock_module(ctx: TenantContext, body: LockIn) -> Lock:
    """Lock a module, or all, up to and including a day.

    Raises:
        MODULE_NOT_FOUND.

    """
    lock = get_lock(ctx, body.module)
    new = replace(lock, active=True, lock_to_date=body.lock_to_date, lock_reason=body.reason)
    return _put(ctx, "locked", new, ALL if body.module == ALL else PARTIAL)


def cancel_lock(ctx: TenantContext, body: CancelLockIn) -> Lock:
    """Open a module again. Its day and reason are kept for the record.

    Raises:
        MODULE_NOT_FOUND.

    """
    lock = get_lock(ctx, body.module)
    new = replace(lock, active=False, unlock_from_date=None, unlock_to_date=None, unlock_reason=body.reason)
    return _put(ctx, "unlocked", new, rules.type_after_cancel(body.module, locking_type(ctx)))


def unlock_range(ctx: TenantContext, body: UnlockIn) -> Lock:
    """Open a range of days within the locked ones.

    Raises:
        MODULE_NOT_FOUND, LOCKED_AS_A_WHOLE, UNLOCK_RANGE_REVERSED.

    """
    lock = get_lock(ctx, body.module)
    rules.check_may_unlock(body.module, locking_type(ctx))
    rules.check_unlock_range(body.unlock_from_date, body.unlock_to_date)
    new = replace(
        lock,
        unlock_from_date=body.unlock_from_date,
        unlock_to_date=body.unlock_to_date,
        partial_unlock_reason=body.reason,
    )
    return _put(ctx, "partly unlocked", new, locking_type(ctx))


def cancel_unlock(ctx: TenantContext, body: CancelUnlockIn) -> Lock:
    """Close the opened range again.

    Raises:
        MODULE_NOT_FOUND.

    """
    lock = get_lock(ctx, body.module)
    new = replace(lock, unlock_from_date=None, unlock_to_date=None, partial_unlock_reason="")
    return _put(ctx, "partial unlock cancelled", new, locking_type(ctx))
