"""Wire models of period locks (accounting.md 8.2)."""

from typing import Annotated

from pydantic import BeforeValidator, StringConstraints

from domain.kit.schemas import Day, RequiredLongText, WireModel, blank_to_none

Module = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
ModuleOrAll = Annotated[Module, BeforeValidator(lambda value: "all" if blank_to_none(value) is None else value)]


class LockIn(WireModel):
    """`PUT /transactions-locking/lock`."""

    module: Module
    lock_to_date: Day
    reason: RequiredLongText


class CancelLockIn(WireModel):
    """`PUT /transactions-locking/cancel-lock`."""

    module: ModuleOrAll = "all"
    reason: RequiredLongText


class UnlockIn(WireModel):
    """`PUT /transactions-locking/unlock-partial`; both days are open."""

    module: ModuleOrAll = "all"
    unlock_from_date: Day
    unlock_to_date: Day
    reason: RequiredLongText


class CancelUnlockIn(WireModel):
    """`PUT /transactions-locking/cancel-unlock-partial`."""

    module: ModuleOrAll = "all"


class LockStateOut(WireModel):
    """The raw state of one module's lock."""

    is_enabled: bool
    lock_to_date: str | None
    unlock_from_date: str | None
    unlock_to_date: str | None
    is_partial_unlock: bool
    lock_reason: str
    unlock_reason: str
    partial_unlock_reason: str


class LockOut(LockStateOut):
    """One module's lock with its texts."""

    module: str
    formatted_module: str
    description: str
    formatted_lock_to_date: str
    formatted_unlock_from_date: str
    formatted_unlock_to_date: str


class LocksOut(WireModel):
    """`GET /transactions-locking`."""

    locking_type: str
    all: LockOut
    modules: list[LockOut]


class LockChangedOut(WireModel):
    """The answer of a change."""

    message: str
    data: LockStateOut


class MessageOut(WireModel):
    """A message alone."""

    message: str
