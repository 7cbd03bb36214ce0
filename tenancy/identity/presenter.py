"""Identity and organizations as the wire shows them. No hash and no secret passes through here."""

from datetime import datetime
from typing import Any
from urllib.parse import quote

from domain.kit.formatting import format_instant
from tenancy.identity.api_keys import ApiKey
from tenancy.identity.organizations import Place
from tenancy.identity.users import User
from tenancy.jobs import Job
from tenancy.registry import TenantRecord

_USER_KEYS = (
    "id", "first_name", "last_name", "email", "active", "verified", "language", "invite_accepted_at", "last_login_at", "deleted_at",
    "created_at", "updated_at",
)  # fmt: skip
_PROFILE_KEYS = (
    "name", "industry", "location", "base_currency", "language", "timezone", "date_format", "fiscal_year", "tax_number",
    "primary_color", "logo_key",
)  # fmt: skip
_STATES = {"cancelled": "failed"}


def user_form(user: User, tenant_id: int | None) -> dict[str, Any]:
    """`platform.md` 5.4."""
    return {**{name: getattr(user, name) for name in _USER_KEYS}, "tenant_id": tenant_id}


def key_form(key: ApiKey) -> dict[str, Any]:
    """`platform.md` 6, without the key."""
    return {
        "id": key.id,
        "name": key.name,
        "user_id": key.user_id,
        "token": f"{key.prefix}...",
        "expires_at": key.expires_at,
        "revoked_at": key.revoked_at,
        "revoked": key.revoked_at is not None,
        "created_at": key.created_at,
        "updated_at": key.updated_at,
        "createdAt": key.created_at,
    }


def place_form(place: Place) -> dict[str, Any]:
    """An organization in a person's list."""
    tenant = place.tenant
    building = tenant.build_job_id is not None
    return {
        "id": tenant.id,
        "tenant_id": tenant.id,
        "organization_id": tenant.organization_id,
        "name": tenant.name,
        "base_currency": tenant.profile.base_currency if tenant.profile else None,
        "role_slug": place.membership.role_slug_hint,
        "active": place.membership.active,
        "is_owner": tenant.owner_user_id == place.membership.user_id,
        "is_current": place.current,
        "is_ready": tenant.ready,
        "is_build_running": building,
        "state": "ready" if tenant.ready else "building" if building else "unbuilt",
        "created_at": tenant.created_at,
    }


def current_form(tenant: TenantRecord, subscriptions: list[dict[str, Any]]) -> dict[str, Any]:
    """`platform.md` 7.2."""
    return {
        "id": tenant.id,
        "organization_id": tenant.organization_id,
        "initialized_at": tenant.initialized_at,
        "seeded_at": tenant.seeded_at,
        "built_at": tenant.built_at,
        "under_maintenance_since": None,
        "build_job_id": tenant.build_job_id,
        "upgrade_job_id": tenant.upgrade_job_id,
        "database_batch": None,
        "is_ready": tenant.ready,
        "is_build_running": tenant.build_job_id is not None,
        "is_upgrade_running": tenant.upgrade_job_id is not None,
        "subscriptions": [subscription_form(row) for row in subscriptions],
        "metadata": metadata_form(tenant),
        "created_at": tenant.created_at,
        "updated_at": tenant.updated_at,
    }


def metadata_form(tenant: TenantRecord) -> dict[str, Any] | None:
    """The profile; both spellings of the address lines, since clients write one and read the other."""
    profile = tenant.profile
    if profile is None:
        return None
    address = profile.address
    if address is not None:
        lines = {number: address.get(f"address{number}", address.get(f"address_{number}")) for number in (1, 2)}
        both = {f"address{mark}{number}": line for number, line in lines.items() for mark in ("", "_")}
        address = {name: address.get(name) for name in ("city", "state_province", "postal_code", "phone")} | both
    return {
        "id": tenant.id,
        "tenant_id": tenant.id,
        **{name: getattr(profile, name) for name in _PROFILE_KEYS},
        "logo_uri": f"/api/attachments/{quote(profile.logo_key, safe='')}" if profile.logo_key else None,
        "address": address,
    }


def subscription_form(row: dict[str, Any]) -> dict[str, Any]:
    """`platform.md` 11: self-hosted, never ending."""
    return {
        "id": row["id"],
        "tenant_id": row["tenant_id"],
        "plan_id": 1,
        "slug": row["slug"],
        "starts_at": row["starts_at"],
        "ends_at": None,
        "canceled_at": None,
        "trial_ends_at": None,
        "lemon_subscription_id": None,
        "payment_status": "succeed",
        "active": True,
        "inactive": False,
        "ended": False,
        "canceled": False,
        "on_trial": False,
        "status": "active",
        "is_payment_failed": False,
        "is_payment_succeed": True,
        "created_at": row["created_at"],
        "updated_at": row["updated_at"],
    }


def billing_form(row: dict[str, Any], date_format: str | None) -> dict[str, Any]:
    """A row of `GET /subscription`."""
    form = {name: value for name, value in subscription_form(row).items() if name not in {"id", "plan_id"}}
    instants: dict[str, datetime | None] = {"canceled_at": None, "ends_at": None, "trial_starts_at": None, "trial_ends_at": None}
    return {
        **form,
        **{f"{name}_formatted": format_instant(value, date_format) for name, value in instants.items()},
        "status_formatted": "Active",
        "plan_name": "Free",
        "plan_slug": "free",
        "plan_price": 0,
        "plan_price_currency": "USD",
        "plan_price_formatted": "$0.00",
        "plan_period": "month",
        "lemon_urls": None,
    }


def job_form(job: Job) -> dict[str, Any]:
    """`GET /organization/build/{id}`."""
    state = _STATES.get(job.state, job.state)
    if state == "waiting" and job.attempts:
        state = "delayed"
    return {
        "id": job.id,
        "state": state,
        "progress": job.progress,
        "is_completed": state == "completed",
        "is_running": state == "active",
        "is_waiting": state in {"waiting", "delayed"},
        "is_failed": state == "failed",
    }
