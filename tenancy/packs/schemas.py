"""Wire models of report packs."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from domain.kit.schemas import Flag, OptionalDay, WireModel
from tenancy.packs.model import FORMATS, REPORTS, TENANTS_MAX
from tenancy.packs.schedules import DAY_MAX

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


ReportNames = Annotated[tuple[Name, ...], BeforeValidator(_listed), Field(min_length=1, max_length=len(REPORTS))]
FormatNames = Annotated[tuple[Name, ...], BeforeValidator(_listed), Field(min_length=1, max_length=len(FORMATS))]
OrganizationIds = Annotated[tuple[Name, ...], BeforeValidator(_listed), Field(min_length=1, max_length=TENANTS_MAX)]
ColumnsName = Literal["total", "month", "quarter", "year"]


class _ChoiceIn(WireModel):
    """What is in a pack. Of this organization, unless others are chosen by their ids, or all that the caller administers."""

    reports: ReportNames
    formats: FormatNames = ("pdf", "xlsx")
    columns: ColumnsName = "total"
    all_organizations: Flag = False
    organization_ids: OrganizationIds | None = None


class PackIn(_ChoiceIn):
    """`POST /report-packs`. Without dates, the current fiscal year to date."""

    from_date: OptionalDay = None
    to_date: OptionalDay = None


class ScheduleIn(_ChoiceIn):
    """`POST /report-packs/schedules`."""

    day: Annotated[int, Field(ge=1, le=DAY_MAX)]
    covers: Literal["previous_month", "fiscal_year_to_date"] = "previous_month"


class PackStartedOut(WireModel):
    """The pack, to be asked for."""

    id: str
    tenants: int


class PackPartOut(WireModel):
    """One organization of a pack."""

    tenant_id: int
    organization_id: str | None
    name: str | None
    state: str
    attempts: int
    error: str | None
    file: str | None
    size_bytes: int | None
    sha256: str | None
    ledger_lines: int | None
    base_currency: str | None
    totals: dict[str, str] | None
    duration_ms: int | None


class PackOut(WireModel):
    """A pack without its organizations."""

    id: str
    state: str
    progress: int
    reports: list[str]
    formats: list[str]
    columns: str
    from_date: str
    to_date: str
    tenants: int
    schedule_id: str | None
    error: str | None
    created_at: datetime
    updated_at: datetime


class PackWithPartsOut(PackOut):
    """A pack with its organizations."""

    parts: list[PackPartOut]
    result: dict[str, Any] | None


class PacksOut(WireModel):
    """Packs, newest first."""

    packs: list[PackOut]


class ScheduleStartedOut(WireModel):
    """The schedule, to be ended by its id."""

    id: str


class ScheduleOut(WireModel):
    """A schedule, and when it is due next."""

    id: str
    day: int
    covers: str
    reports: list[str]
    formats: list[str]
    columns: str
    all_organizations: bool
    organization_ids: list[str] | None
    """Those that were chosen; none for this organization or all."""
    next_at: datetime


class SchedulesOut(WireModel):
    """Schedules, the next due first."""

    schedules: list[ScheduleOut]
