"""Use cases of report packs. A pack belongs to who asked for it; nobody else sees it or gets its files."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

from ulid import ULID

from domain.kit.errors import FORBIDDEN, ErrorCode
from domain.reports.rules import fiscal_month, report_period
from tenancy.jobs import FIND_MAX, OPEN_STATES, Job
from tenancy.packs.bounds import create_within_bound
from tenancy.packs.choosing import PACK_ORGANIZATIONS_AMBIGUOUS, choose
from tenancy.packs.keeping import pack_folder
from tenancy.packs.model import PACK, PackRequest, part_kind
from tenancy.packs.running import allowed_tenants
from tenancy.packs.schedules import SCHEDULE, begin_schedule, end_schedule, new_schedule_id, open_schedules, pack_payload, zone_of
from tenancy.packs.schemas import PackIn, ScheduleIn
from tenancy.packs.summary import CSV_NAME, XLSX_NAME
from tenancy.registry import TenantRecord
from tenancy.system_context import WAKE_SCHEDULER, SystemContext

PACKS_OPEN_MAX = 3
SCHEDULES_MAX = 20
LISTED_MAX = 100
DOWNLOAD_BYTES_MAX = 64 * 1024**2
_ID = re.compile("[0-9A-HJKMNP-TV-Z]{26}")

PACK_NOT_FOUND = ErrorCode("PACK_NOT_FOUND", "There is no such report pack.", HTTPStatus.NOT_FOUND)
PACK_FILE_NOT_READY = ErrorCode("PACK_FILE_NOT_READY", "This part of the report pack is not made yet, or failed.")
PACK_FILE_GONE = ErrorCode("PACK_FILE_GONE", "Report packs are kept for 30 days; this one is gone.", HTTPStatus.GONE)
PACK_FILE_TOO_LARGE = ErrorCode(
    "PACK_FILE_TOO_LARGE",
    "The archive is too large to be downloaded here. It is in the service's data folder.",
    HTTPStatus.CONFLICT,
)
PACKS_TOO_MANY = ErrorCode(
    "PACKS_TOO_MANY", f"At most {PACKS_OPEN_MAX} of your report packs can be under way.", HTTPStatus.CONFLICT
)
SCHEDULES_TOO_MANY = ErrorCode("PACK_SCHEDULES_TOO_MANY", f"You can have at most {SCHEDULES_MAX} schedules in an organization.")
SCHEDULE_NOT_FOUND = ErrorCode("PACK_SCHEDULE_NOT_FOUND", "There is no such schedule.", HTTPStatus.NOT_FOUND)


def start_pack(ctx: SystemContext, body: PackIn) -> tuple[str, int]:
    """Have a pack made; its id, and of how many organizations it is.

    Raises:
        USER_PERMISSIONS_FORBIDDEN: the caller does not administer the organization. PACKS_TOO_MANY, and what `choose` and
        `PackRequest.check` raise.

    """
    own, tenants = _chosen_tenants(ctx, body)
    first_month = fiscal_month(own.profile.fiscal_year) if own.profile else 1
    today = ctx.now().astimezone(zone_of(own)).date()
    first, last = report_period(body.from_date, body.to_date, today=today, first_month=first_month)
    request = PackRequest(reports=body.reports, formats=body.formats, from_date=first, to_date=last, columns=body.columns)
    request.check()
    job_id = str(ULID())
    payload = pack_payload(request, [tenant.id for tenant in tenants], ctx.person.user_id)
    ctx.after_commit.append(lambda: _create_pack(ctx, own.id, payload, job_id))
    ctx.effects.append((WAKE_SCHEDULER, {}))
    return job_id, len(tenants)


def _create_pack(ctx: SystemContext, tenant_id: int, payload: Mapping[str, Any], job_id: str) -> None:
    user_id = ctx.person.user_id

    def of_person(jobs: Iterable[Job]) -> list[Job]:
        return [job for job in jobs if job.payload.get("requested_by") == user_id]

    def numbers() -> list[int]:
        return [job.payload.get("number", 0) for job in of_person(ctx.jobs.find(kind=PACK, limit=FIND_MAX))]

    def has_room() -> bool:
        found = of_person(job for state in OPEN_STATES for job in ctx.jobs.find(kind=PACK, state=state, limit=FIND_MAX))
        return sum(job.id != job_id for job in found) < PACKS_OPEN_MAX

    def create(number: int, key: str) -> Job:
        return ctx.jobs.create(PACK, tenant_id=tenant_id, payload={**payload, "number": number}, job_id=job_id, unique_key=key)

    if not create_within_bound(job_id, key=f"{PACK}:{user_id}", numbers=numbers, has_room=has_room, create=create):
        raise PACKS_TOO_MANY()


def _chosen_tenants(ctx: SystemContext, body: PackIn | ScheduleIn) -> tuple[TenantRecord, list[TenantRecord]]:
    """The organization that the request is for, and those that the pack is to be of."""
    allowed = allowed_tenants(ctx.db, ctx.person.user_id)
    own = next((record for record in allowed if record.id == ctx.tenant_id), None)
    if own is None:
        raise FORBIDDEN("Report packs are made for administrators of the organization.")
    by_key = ctx.person.api_key_id is not None
    if body.all_organizations and body.organization_ids is not None:
        raise PACK_ORGANIZATIONS_AMBIGUOUS()
    if body.all_organizations and by_key:
        raise FORBIDDEN("An API key reaches its own organization only.")
    if body.all_organizations:
        return own, choose(allowed, None)
    return own, choose([own] if by_key else allowed, body.organization_ids or (own.organization_id,))


def list_packs(ctx: SystemContext) -> list[Job]:
    """The caller's packs of this organization, newest first; at most 100."""
    found = ctx.jobs.find(kind=PACK, tenant_id=ctx.tenant_id, limit=FIND_MAX)
    return [job for job in found if _is_mine(ctx, job)][:LISTED_MAX]


def _is_mine(ctx: SystemContext, job: Job) -> bool:
    mine = job.kind == PACK and job.tenant_id == ctx.tenant_id and job.payload.get("requested_by") == ctx.person.user_id
    return mine and (ctx.person.api_key_id is None or job.payload["tenant_ids"] == [ctx.tenant_id])


def get_pack(ctx: SystemContext, pack_id: str) -> Job:
    """One of the caller's packs.

    Raises:
        PACK_NOT_FOUND: none of the caller's in this organization.

    """
    job = ctx.jobs.get(pack_id) if _ID.fullmatch(pack_id) else None
    if job is None or not _is_mine(ctx, job):
        raise PACK_NOT_FOUND()
    return job


def pack_parts(ctx: SystemContext, job: Job) -> list[Job]:
    """The organizations' parts that were begun or wait, in the order of their ids."""
    return sorted(ctx.jobs.find(kind=part_kind(job.id), limit=FIND_MAX), key=lambda part: part.tenant_id or 0)


def cancel_pack(ctx: SystemContext, pack_id: str) -> Job:
    """Cancel a pack: what is done stays, nothing more begins. A pack that is over stays as it is.

    Raises:
        PACK_NOT_FOUND.

    """
    job = get_pack(ctx, pack_id)
    if ctx.jobs.cancel(job.id):
        for part in pack_parts(ctx, job):
            if part.state in OPEN_STATES:
                ctx.jobs.cancel(part.id)
    return ctx.jobs.get(job.id) or job


def read_archive(ctx: SystemContext, pack_id: str, tenant_id: int) -> tuple[str, bytes]:
    """Name and bytes of an organization's archive. Who lost the right to the organization meanwhile does not get it.

    Raises:
        PACK_NOT_FOUND, PACK_FILE_NOT_READY, PACK_FILE_GONE, PACK_FILE_TOO_LARGE, USER_PERMISSIONS_FORBIDDEN.

    """
    job = get_pack(ctx, pack_id)
    if tenant_id not in job.payload["tenant_ids"]:
        raise PACK_NOT_FOUND()
    _check_allowed(ctx, [tenant_id])
    parts = ctx.jobs.find(kind=part_kind(job.id), tenant_id=tenant_id, state="completed", limit=1)
    name = (parts[0].result or {}).get("file") if parts else None
    if not name:
        raise PACK_FILE_NOT_READY()
    return _read(ctx, job, str(name))


def read_summary(ctx: SystemContext, pack_id: str, format_name: str) -> tuple[str, bytes]:
    """Name and bytes of the summary over all organizations, as `csv` or `xlsx`.

    Raises:
        As `read_archive`.

    """
    job = get_pack(ctx, pack_id)
    name = {"csv": CSV_NAME, "xlsx": XLSX_NAME}.get(format_name)
    if name is None:
        raise PACK_NOT_FOUND()
    _check_allowed(ctx, job.payload["tenant_ids"])
    if job.state in OPEN_STATES:
        raise PACK_FILE_NOT_READY()
    return _read(ctx, job, name)


def _check_allowed(ctx: SystemContext, tenant_ids: Sequence[int]) -> None:
    if not set(tenant_ids) <= {record.id for record in allowed_tenants(ctx.db, ctx.person.user_id)}:
        raise FORBIDDEN("You no longer administer an organization of this report pack.")


def _read(ctx: SystemContext, job: Job, name: str) -> tuple[str, bytes]:
    path = pack_folder(ctx.config, job.id) / Path(name).name
    try:
        if path.stat().st_size > DOWNLOAD_BYTES_MAX:
            raise PACK_FILE_TOO_LARGE()
        return path.name, path.read_bytes()
    except FileNotFoundError:
        raise PACK_FILE_GONE() from None


def create_schedule(ctx: SystemContext, body: ScheduleIn) -> str:
    """Have a pack made every month; the schedule's id.

    Raises:
        USER_PERMISSIONS_FORBIDDEN, PACK_SCHEDULES_TOO_MANY, and what `choose` and `PackRequest.check` raise of organizations, reports
        and formats.

    """
    own, tenants = _chosen_tenants(ctx, body)
    now, user_id = ctx.now(), ctx.person.user_id
    PackRequest(
        reports=body.reports, formats=body.formats, from_date=now.date(), to_date=now.date(), columns=body.columns
    ).check()
    payload = {
        "day": body.day,
        "covers": body.covers,
        "request": {"reports": list(body.reports), "formats": list(body.formats), "columns": body.columns},
        "requested_by": user_id,
        "all_organizations": body.all_organizations,
        "organization_ids": [tenant.organization_id for tenant in tenants] if body.organization_ids is not None else None,
    }
    schedule_id = new_schedule_id()
    ctx.after_commit.append(lambda: _create_schedule(ctx, own, payload, now, schedule_id))
    return schedule_id


def _create_schedule(ctx: SystemContext, own: TenantRecord, payload: Mapping[str, Any], now: datetime, schedule_id: str) -> None:
    user_id = ctx.person.user_id

    def numbers() -> list[int]:
        found = ctx.jobs.find(kind=SCHEDULE, tenant_id=own.id, limit=FIND_MAX)
        return [job.payload.get("number", 0) for job in found if job.payload.get("requested_by") == user_id]

    def has_room() -> bool:
        others = [job for job in list_schedules(ctx) if job.payload["schedule_id"] != schedule_id]
        return len(others) < SCHEDULES_MAX

    def create(number: int, key: str) -> Job:
        return begin_schedule(ctx.jobs, own, {**payload, "number": number}, now, schedule_id, unique_key=key)

    if not create_within_bound(
        schedule_id, key=f"{SCHEDULE}:{own.id}:{user_id}", numbers=numbers, has_room=has_room, create=create
    ):
        raise SCHEDULES_TOO_MANY()


def list_schedules(ctx: SystemContext) -> list[Job]:
    """The next occurrence of each of the caller's schedules in this organization, the next due first."""
    return open_schedules(ctx.jobs, tenant_id=ctx.tenant_id, user_id=ctx.person.user_id)


def delete_schedule(ctx: SystemContext, schedule_id: str) -> None:
    """End a schedule. Packs that it had made stay.

    Raises:
        PACK_SCHEDULE_NOT_FOUND: none of the caller's in this organization.

    """
    known = _ID.fullmatch(schedule_id)
    if not known or not end_schedule(ctx.jobs, schedule_id, tenant_id=ctx.tenant_id, user_id=ctx.person.user_id):
        raise SCHEDULE_NOT_FOUND()
