"""The HTTP interface of period locks (accounting.md 8.2)."""

from typing import Any

from domain.kit.context import TenantContext
from domain.kit.endpoint import EndpointGroup
from domain.kit.permissions import TRANSACTIONS_LOCKING
from domain.transactions_locking import presenter, service
from domain.transactions_locking.rules import LOCKED_AS_A_WHOLE, MODULE_NOT_FOUND, UNLOCK_RANGE_REVERSED
from domain.transactions_locking.schemas import (
    CancelLockIn,
    CancelUnlockIn,
    LockChangedOut,
    LockIn,
    LockOut,
    LocksOut,
    MessageOut,
    UnlockIn,
)

endpoint = EndpointGroup("Transactions locking")


@endpoint.get("/transactions-locking", permission=TRANSACTIONS_LOCKING, returns=LocksOut, warm=True)
def list_locks(ctx: TenantContext) -> dict[str, Any]:
    """The locks of all modules"""
    return service.list_locks(ctx)


@endpoint.get(
    "/transactions-locking/{module}",
    permission=TRANSACTIONS_LOCKING,
    returns=LockOut,
    errors=(MODULE_NOT_FOUND,),
    warm=True,
)
def get_lock(ctx: TenantContext, module: str) -> dict[str, Any]:
    """The lock of one module"""
    return presenter.detail_form(service.get_lock(ctx, module), ctx.organization)


@endpoint.put(
    "/transactions-locking/lock",
    permission=TRANSACTIONS_LOCKING,
    body=LockIn,
    returns=LockChangedOut,
    errors=(MODULE_NOT_FOUND,),
)
def lock_module(ctx: TenantContext, body: LockIn) -> dict[str, Any]:
    """Lock transactions up to a day"""
    lock = service.lock_module(ctx, body)
    return {"message": "The transactions are locked.", "data": presenter.stored_form(lock)}


@endpoint.put(
    "/transactions-locking/cancel-lock",
    permission=TRANSACTIONS_LOCKING,
    body=CancelLockIn,
    returns=LockChangedOut,
    errors=(MODULE_NOT_FOUND,),
)
def cancel_lock(ctx: TenantContext, body: CancelLockIn) -> dict[str, Any]:
    """Cancel a lock"""
    lock = service.cancel_lock(ctx, body)
    return {"message": "The transactions are open again.", "data": presenter.stored_form(lock)}


@endpoint.put(
    "/transactions-locking/unlock-partial",
    permission=TRANSACTIONS_LOCKING,
    body=UnlockIn,
    returns=LockChangedOut,
    errors=(MODULE_NOT_FOUND, LOCKED_AS_A_WHOLE, UNLOCK_RANGE_REVERSED),
)
def unlock_range(ctx: TenantContext, body: UnlockIn) -> dict[str, Any]:
    """Open a range of locked days"""
    lock = service.unlock_range(ctx, body)
    return {"message": "The range of days is open.", "data": presenter.stored_form(lock)}


@endpoint.put(
    "/transactions-locking/cancel-unlock-partial",
    permission=TRANSACTIONS_LOCKING,
    body=CancelUnlockIn,
    returns=MessageOut,
    errors=(MODULE_NOT_FOUND,),
)
def cancel_unlock(ctx: TenantContext, body: CancelUnlockIn) -> dict[str, str]:
    """Close an opened range of days"""
    service.cancel_unlock(ctx, body)
    return {"message": "The range of days is closed again."}
