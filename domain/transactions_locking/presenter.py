"""Locks as they travel."""

from typing import Any

from domain.kit.context import Organization
from domain.kit.formatting import format_date
from domain.transactions_locking.model import Lock
from domain.transactions_locking.rules import DESCRIPTIONS, LABELS


def stored_form(lock: Lock) -> dict[str, Any]:
    """The raw state; what changes answer under `data`. Days as `YYYY-MM-DD`."""
    return {
        "is_enabled": lock.active,
        "lock_to_date": lock.lock_to_date and lock.lock_to_date.isoformat(),
        "unlock_from_date": lock.unlock_from_date and lock.unlock_from_date.isoformat(),
        "unlock_to_date": lock.unlock_to_date and lock.unlock_to_date.isoformat(),
        "is_partial_unlock": lock.partly_open,
        "lock_reason": lock.lock_reason,
        "unlock_reason": lock.unlock_reason,
        "partial_unlock_reason": lock.partial_unlock_reason,
    }


def detail_form(lock: Lock, organization: Organization) -> dict[str, Any]:
    """The state with its texts."""

    def shown(key: str) -> str:
        day = getattr(lock, key)
        return format_date(day, organization.date_format) if day else ""

    return stored_form(lock) | {
        "module": lock.module,
        "formatted_module": LABELS[lock.module],
        "description": DESCRIPTIONS[lock.module],
        "formatted_lock_to_date": shown("lock_to_date"),
        "formatted_unlock_from_date": shown("unlock_from_date"),
        "formatted_unlock_to_date": shown("unlock_to_date"),
    }
