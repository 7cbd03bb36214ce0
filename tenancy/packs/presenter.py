"""Packs and schedules as they travel."""

from collections.abc import Mapping, Sequence
from typing import Any

from domain.kit.wire import iso_instant
from tenancy.jobs import OPEN_STATES, Job
from tenancy.registry import TenantRecord


def pack_form(job: Job) -> dict[str, Any]:
    """A pack without its organizations."""
    request = job.payload["request"]
    return {
        "id": job.id,
        "state": job.state,
        "progress": job.progress,
        **{name: request[name] for name in ("reports", "formats", "columns", "from_date", "to_date")},
        "tenants": len(job.payload["tenant_ids"]),
        "schedule_id": job.payload.get("schedule_id"),
        "error": job.error,
        "created_at": iso_instant(job.created_at),
        "updated_at": iso_instant(job.updated_at),
    }


def pack_with_parts(job: Job, parts: Sequence[Job], records: Mapping[int, TenantRecord]) -> dict[str, Any]:
    """A pack with its organizations: those whose part was not begun yet, too."""
    by_tenant = {part.tenant_id: part for part in parts}
    forms = [_part_form(job, number, by_tenant.get(number), records.get(number)) for number in job.payload["tenant_ids"]]
    return pack_form(job) | {"parts": forms, "result": job.result}


def _part_form(job: Job, tenant_id: int, part: Job | None, record: TenantRecord | None) -> dict[str, Any]:
    state = part.state if part is not None else "waiting"
    if state in OPEN_STATES and job.state not in OPEN_STATES:
        state = "cancelled"
    result = (part.result if part is not None else None) or {}
    return {
        "tenant_id": tenant_id,
        "organization_id": record.organization_id if record else None,
        "name": record.name if record else None,
        "state": state,
        "attempts": part.attempts if part else 0,
        "error": part.error if part else None,
        "file": result.get("file"),
        "size_bytes": result.get("size_bytes"),
        "sha256": result.get("sha256"),
        "ledger_lines": result.get("lines"),
        "base_currency": result.get("base_currency"),
        "totals": result.get("totals"),
        "duration_ms": result.get("duration_ms"),
    }


def schedule_form(job: Job) -> dict[str, Any]:
    """A schedule, by its next occurrence."""
    payload = job.payload
    return {
        "id": payload["schedule_id"],
        "day": payload["day"],
        "covers": payload["covers"],
        **payload["request"],
        "all_organizations": payload["all_organizations"],
        "organization_ids": payload.get("organization_ids"),
        "next_at": iso_instant(job.due_at),
    }
