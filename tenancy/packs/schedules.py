"""Packs of every month. Each occurrence is a job; its end makes the next one, under a key of its month: once, whoever dies when.

The pack of an occurrence has a key of its month too. So an occurrence that runs twice makes one pack and one successor.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from sqlalchemy import Engine
from ulid import ULID

from domain.reports.rules import fiscal_month, fiscal_year_start
from tenancy.jobs import FIND_MAX, OPEN_STATES, Job, JobStore
from tenancy.packs.model import PACK, PackRequest
from tenancy.packs.running import allowed_tenants
from tenancy.registry import TenantRecord, get_tenant

SCHEDULE = "report.pack.schedule"
_ENDED = "report.pack.schedule.end"
DAY_MAX = 28
"""Every month has it."""
MONTHS_IN_YEAR = 12

Covers = Literal["previous_month", "fiscal_year_to_date"]


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month: the one in which an occurrence is due."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    @classmethod
    def of(cls, text: str) -> "Month":
        """From `2024-01`."""
        year, number = text.split("-")
        return cls(int(year), int(number))

    @property
    def next(self) -> "Month":
        """The one after it."""
        return Month(self.year + self.number // MONTHS_IN_YEAR, self.number % MONTHS_IN_YEAR + 1)

    def day(self, number: int) -> date:
        """One of its days."""
        return date(self.year, self.number, number)


def due_at(month: Month, day: int, zone: ZoneInfo) -> datetime:
    """When the occurrence of a month is due: as its day begins in the organization's time zone."""
    return datetime.combine(month.day(day), time(), zone).astimezone(UTC)


def first_month(now: datetime, day: int, zone: ZoneInfo) -> Month:
    """The month of the first occurrence that lies ahead."""
    here = now.astimezone(zone).date()
    month = Month(here.year, here.month)
    return month if due_at(month, day, zone) > now else month.next


def period(month: Month, covers: Covers, fiscal_year: str) -> tuple[date, date]:
    """What the occurrence of a month reports on: up to the end of the month before."""
    last = month.day(1) - timedelta(days=1)
    if covers == "previous_month":
        return last.replace(day=1), last
    return fiscal_year_start(last, fiscal_month(fiscal_year)), last


def begin_schedule(
    store: JobStore, record: TenantRecord, payload: dict[str, Any], now: datetime, schedule_id: str, *, unique_key: str
) -> Job:
    """The first occurrence of a new schedule; its job has the schedule's id.

    `payload` has `day`, `covers`, `request`, `requested_by`, `all_organizations` and perhaps `organization_ids`, those that were chosen.
    """
    month = first_month(now, payload["day"], zone_of(record))
    return _occurrence(store, record, {**payload, "schedule_id": schedule_id}, month, job_id=schedule_id, unique_key=unique_key)


def zone_of(record: TenantRecord) -> ZoneInfo:
    """The time zone of an organization; UTC where it is not described."""
    return record.profile.zone() if record.profile is not None else ZoneInfo("UTC")


def _occurrence(
    store: JobStore, record: TenantRecord, payload: dict[str, Any], month: Month, *, unique_key: str, job_id: str | None = None
) -> Job:
    return store.create(
        SCHEDULE,
        tenant_id=record.id,
        payload={**payload, "month": str(month)},
        due_at=due_at(month, payload["day"], zone_of(record)),
        unique_key=unique_key,
        job_id=job_id,
    )


def run_occurrence(engine: Engine, store: JobStore, job: Job) -> dict[str, Any]:
    """Ask for the pack of this occurrence, and make the next one. Nothing where the right to it is gone: the schedule ends then."""
    payload = job.payload
    schedule_id, user_id = str(payload["schedule_id"]), int(payload["requested_by"])
    if _is_ended(store, schedule_id):
        return {"ended": "deleted"}
    with engine.connect() as connection, connection.begin():
        record = get_tenant(connection, job.tenant_id or 0)
        allowed = allowed_tenants(connection, user_id)
    if record is None or record.profile is None or record.id not in {item.id for item in allowed}:
        return {"ended": "whoever made the schedule no longer administers the organization"}
    tenants = _tenants_of(payload, record, allowed)
    if not tenants:
        return {"ended": "whoever made the schedule no longer administers any of its organizations"}
    month = Month.of(payload["month"])
    first, last = period(month, payload["covers"], record.profile.fiscal_year)
    request = PackRequest.of({**payload["request"], "from_date": first.isoformat(), "to_date": last.isoformat()})
    pack = store.create(
        PACK,
        tenant_id=record.id,
        payload=pack_payload(request, tenants, user_id) | {"schedule_id": schedule_id},
        unique_key=f"{PACK}:{schedule_id}:{month}",
    )
    following = _occurrence(store, record, payload, month.next, unique_key=f"{SCHEDULE}:{schedule_id}:{month.next}")
    if _is_ended(store, schedule_id):  # deleted in the meantime, perhaps before the next one was there to be cancelled
        store.cancel(following.id)
    return {"pack_id": pack.id, "next_at": following.due_at.isoformat()}


def _tenants_of(payload: dict[str, Any], record: TenantRecord, allowed: list[TenantRecord]) -> list[int]:
    """The organizations of an occurrence: of those that were asked for, the ones that the person administers still."""
    if payload["all_organizations"]:
        return [item.id for item in allowed]
    chosen = payload.get("organization_ids") or [record.organization_id]
    return [item.id for item in allowed if item.organization_id in chosen]


def pack_payload(request: PackRequest, tenant_ids: list[int], user_id: int) -> dict[str, Any]:
    """What the job of a pack carries."""
    return {"request": request.payload(), "tenant_ids": tenant_ids, "requested_by": user_id}


def open_schedules(store: JobStore, *, tenant_id: int, user_id: int) -> list[Job]:
    """The next occurrence of each of a person's schedules in an organization."""
    # Waiting ones again after the active ones: an occurrence that ends in between has a successor by then.
    states = (*OPEN_STATES, "waiting")
    found = [job for state in states for job in store.find(kind=SCHEDULE, tenant_id=tenant_id, state=state, limit=FIND_MAX)]
    newest = {str(job.payload["schedule_id"]): job for job in sorted(found, key=lambda job: job.due_at)}
    return [job for job in newest.values() if job.payload["requested_by"] == user_id]


def end_schedule(store: JobStore, schedule_id: str, *, tenant_id: int, user_id: int) -> bool:
    """End a schedule; False where there is none of that id. An occurrence that runs just now makes no further one."""
    mine = [
        job for job in open_schedules(store, tenant_id=tenant_id, user_id=user_id) if job.payload["schedule_id"] == schedule_id
    ]
    if not mine:
        return False
    mark = store.create(_ENDED, tenant_id=tenant_id, job_id=_mark(schedule_id))
    store.complete(mark.id)
    for state in OPEN_STATES:
        for job in store.find(kind=SCHEDULE, tenant_id=tenant_id, state=state, limit=FIND_MAX):
            if job.payload["schedule_id"] == schedule_id:
                store.cancel(job.id)
    return True


def new_schedule_id() -> str:
    """An id for a schedule."""
    return str(ULID())


def _mark(schedule_id: str) -> str:
    return f"end-{schedule_id}"


def _is_ended(store: JobStore, schedule_id: str) -> bool:
    return store.get(_mark(schedule_id)) is not None
