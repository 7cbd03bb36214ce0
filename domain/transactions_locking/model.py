"""Locks on periods: up to which day the documents of a module may no longer change."""

from dataclasses import dataclass
from datetime import date

ALL = "all"
PARTIAL = "partial"
SALES = "sales"
PURCHASES = "purchases"
FINANCIAL = "financial"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """The lock of one module. While the unlock dates are set, the days from the one to the other are open (both inclusive)."""

    module: str
    active: bool = False
    lock_to_date: date | None = None
    unlock_from_date: date | None = None
    unlock_to_date: date | None = None
    lock_reason: str = ""
    unlock_reason: str = ""
    partial_unlock_reason: str = ""

    @property
    def partly_open(self) -> bool:
        """Whether a range of days is unlocked."""
        return self.unlock_from_date is not None and self.unlock_to_date is not None

    def covers(self, day: date) -> bool:
        """Whether a document of that calendar day may not change (accounting.md 8.3)."""
        if not self.active or self.lock_to_date is None or day > self.lock_to_date:
            return False
        if self.unlock_from_date is None or self.unlock_to_date is None:
            return True
        return not self.unlock_from_date <= day <= self.unlock_to_date
