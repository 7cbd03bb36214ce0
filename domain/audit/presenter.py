"""Audit entries as they travel."""

import json
from decimal import Decimal
from typing import Any

from sqlalchemy import RowMapping

from domain.kit.context import Organization
from domain.kit.formatting import format_instant
from domain.kit.wire import iso_instant


def entry_form(row: RowMapping, organization: Organization) -> dict[str, Any]:
    """One entry, with `before` and `after` as JSON values."""
    return {
        "id": row["id"],
        "at": iso_instant(row["at"]),
        "formatted_at": format_instant(row["at"].astimezone(organization.zone()), organization.date_format),
        "user_id": row["user_id"],
        "user_name": row["user_name"],
        "action": row["action"],
        "subject": row["subject"],
        "subject_id": row["subject_id"],
        "before": _read(row["before"]),
        "after": _read(row["after"]),
        "previous_hash": row["previous_hash"],
        "hash": row["hash"],
    }


def _read(text: str | None) -> Any:
    return None if text is None else json.loads(text, parse_float=Decimal)
