"""Branches as they travel."""

from typing import Any

from domain.branches.model import Branch
from domain.kit.wire import iso_instant


def branch_form(branch: Branch) -> dict[str, Any]:
    """One branch."""
    return {
        "id": branch.id,
        "name": branch.name,
        "code": branch.code,
        "address": branch.address,
        "city": branch.city,
        "country": branch.country,
        "phone_number": branch.phone_number,
        "email": branch.email,
        "website": branch.website,
        "primary": branch.primary,
        "created_at": iso_instant(branch.created_at),
        "updated_at": iso_instant(branch.updated_at),
    }
