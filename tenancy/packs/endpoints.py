"""The HTTP interface of report packs (issue 3, section 3)."""

from typing import Any

from domain.kit.endpoint import Answer, EndpointGroup, Scope
from domain.kit.errors import FORBIDDEN
from domain.kit.permissions import MEMBER, PREFERENCES
from domain.reports.rules import DATE_RANGE_INVERTED
from tenancy.packs import presenter, service
from tenancy.packs.choosing import (
    PACK_ORGANIZATION_FORBIDDEN,
    PACK_ORGANIZATIONS_AMBIGUOUS,
    PACK_ORGANIZATIONS_TOO_MANY,
)
from tenancy.packs.model import PACK_FORMAT_NOT_OFFERED, PACK_FORMAT_UNKNOWN, PACK_PERIOD_TOO_LONG, PACK_REPORT_UNKNOWN
from tenancy.packs.schemas import (
    PackIn,
    PackOut,
    PacksOut,
    PackStartedOut,
    PackWithPartsOut,
    ScheduleIn,
    SchedulesOut,
    ScheduleStartedOut,
)
from tenancy.packs.service import (
    PACK_FILE_GONE,
    PACK_FILE_NOT_READY,
    PACK_FILE_TOO_LARGE,
    PACK_NOT_FOUND,
    PACKS_TOO_MANY,
    SCHEDULE_NOT_FOUND,
    SCHEDULES_TOO_MANY,
)
from tenancy.registry import tenants_of
from tenancy.system_context import SystemContext

endpoint = EndpointGroup("Report packs", scope=Scope.SYSTEM)

_CHOICE_ERRORS = (
    FORBIDDEN,
    PACK_ORGANIZATION_FORBIDDEN,
    PACK_ORGANIZATIONS_AMBIGUOUS,
    PACK_ORGANIZATIONS_TOO_MANY,
    PACK_REPORT_UNKNOWN,
    PACK_FORMAT_UNKNOWN,
    PACK_FORMAT_NOT_OFFERED,
)
_FILE_ERRORS = (FORBIDDEN, PACK_NOT_FOUND, PACK_FILE_NOT_READY, PACK_FILE_GONE, PACK_FILE_TOO_LARGE)
_ZIP = "application/zip"
_SUMMARY_TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@endpoint.post(
    "/report-packs",
    permission=PREFERENCES,
    body=PackIn,
    returns=PackStartedOut,
    errors=(*_CHOICE_ERRORS, DATE_RANGE_INVERTED, PACK_PERIOD_TOO_LONG, PACKS_TOO_MANY),
)
def start_pack(ctx: SystemContext, body: PackIn) -> dict[str, Any]:
    """Have reports made, of this organization, of chosen ones or of all that the caller administers"""
    pack_id, tenants = service.start_pack(ctx, body)
    return {"id": pack_id, "tenants": tenants}


@endpoint.get("/report-packs", permission=MEMBER, returns=PacksOut)
def list_packs(ctx: SystemContext) -> dict[str, Any]:
    """The caller's report packs, newest first"""
    return {"packs": [presenter.pack_form(job) for job in service.list_packs(ctx)]}


@endpoint.post(
    "/report-packs/schedules",
    permission=PREFERENCES,
    body=ScheduleIn,
    returns=ScheduleStartedOut,
    errors=(*_CHOICE_ERRORS, SCHEDULES_TOO_MANY),
)
def create_schedule(ctx: SystemContext, body: ScheduleIn) -> dict[str, Any]:
    """Have a report pack made every month"""
    return {"id": service.create_schedule(ctx, body)}


@endpoint.get("/report-packs/schedules", permission=MEMBER, returns=SchedulesOut)
def list_schedules(ctx: SystemContext) -> dict[str, Any]:
    """The caller's schedules, the next due first"""
    return {"schedules": [presenter.schedule_form(job) for job in service.list_schedules(ctx)]}


@endpoint.delete("/report-packs/schedules/{schedule_id}", permission=MEMBER, errors=(SCHEDULE_NOT_FOUND,))
def delete_schedule(ctx: SystemContext, schedule_id: str) -> dict[str, Any]:
    """End a schedule"""
    service.delete_schedule(ctx, schedule_id)
    return {"id": schedule_id}


@endpoint.get("/report-packs/{pack_id}", permission=MEMBER, returns=PackWithPartsOut, errors=(PACK_NOT_FOUND,))
def get_pack(ctx: SystemContext, pack_id: str) -> dict[str, Any]:
    """How far a report pack is, by organization"""
    job = service.get_pack(ctx, pack_id)
    records = {record.id: record for record in tenants_of(ctx.db, ctx.person.user_id)}
    return presenter.pack_with_parts(job, service.pack_parts(ctx, job), records)


@endpoint.post("/report-packs/{pack_id}/cancel", permission=MEMBER, status=200, returns=PackOut, errors=(PACK_NOT_FOUND,))
def cancel_pack(ctx: SystemContext, pack_id: str) -> dict[str, Any]:
    """Cancel a report pack; what is done stays"""
    return presenter.pack_form(service.cancel_pack(ctx, pack_id))


@endpoint.get(
    "/report-packs/{pack_id}/download/{tenant_id}", permission=MEMBER, errors=_FILE_ERRORS, media_types=(_ZIP,), cached=False
)
def download_archive(ctx: SystemContext, pack_id: str, tenant_id: int) -> Answer:
    """The archive of one organization"""
    name, content = service.read_archive(ctx, pack_id, tenant_id)
    return Answer(content, media_type=_ZIP, headers={"content-disposition": f"attachment; filename={name}"})


@endpoint.get(
    "/report-packs/{pack_id}/summary/{format_name}",
    permission=MEMBER,
    errors=_FILE_ERRORS,
    media_types=tuple(_SUMMARY_TYPES.values()),
    cached=False,
)
def download_summary(ctx: SystemContext, pack_id: str, format_name: str) -> Answer:
    """The summary over all organizations, as csv or xlsx"""
    name, content = service.read_summary(ctx, pack_id, format_name)
    return Answer(
        content, media_type=_SUMMARY_TYPES[format_name], headers={"content-disposition": f"attachment; filename={name}"}
    )
