"""What a pack is: which reports of which period in which formats, and how one organization's part of it ended."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Self

from domain.audit.rules import canonical_json
from domain.kit.errors import ErrorCode
from domain.reports.rendering.negotiation import Form
from domain.reports.report import Report, find_reports
from domain.reports.rules import DATE_RANGE_INVERTED

TENANTS_MAX = 1000
"""Organizations in one pack: as many jobs as the job store lists at once."""
ATTEMPTS_MAX = 3
"""How often an organization's part is tried where it fails."""
CLAIMS_MAX = 6
"""How often it is begun at all, deaths of the program included."""
ARCHIVE_BYTES_MAX = 1024**3
"""Files of one archive together, before compression."""
YEARS_MAX = 10

PACK = "report.pack"
"""Kind of the job of a pack. An organization's part of it is a job too, of the pack's own kind: see `part_kind`."""
MANIFEST = "manifest.json"

FORMATS: Mapping[str, Form] = {"pdf": Form.PDF, "xlsx": Form.XLSX, "csv": Form.CSV, "json": Form.JSON}
COLUMNS = ("total", "month", "quarter", "year")


REPORTS: Mapping[str, Report] = {report.name: report for report in find_reports() if report.pack is not None}
"""The reports that packs can hold, by their names."""

PACK_REPORT_UNKNOWN = ErrorCode("PACK_REPORT_UNKNOWN", "There is no such report for packs.")
PACK_FORMAT_UNKNOWN = ErrorCode("PACK_FORMAT_UNKNOWN", "There is no such format for packs.")
PACK_FORMAT_NOT_OFFERED = ErrorCode("PACK_FORMAT_NOT_OFFERED", "A report of the pack does not exist in a chosen format.")
PACK_PERIOD_TOO_LONG = ErrorCode("PACK_PERIOD_TOO_LONG", f"The period of a pack has at most {YEARS_MAX} years.")


def offers(report: str, format_name: str) -> bool:
    """Whether the report exists in the format."""
    return any(name in REPORTS[report].media_types for name in FORMATS[format_name].asked)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackRequest:
    """What is asked of every organization of a pack. Days are inclusive."""

    reports: tuple[str, ...]
    formats: tuple[str, ...]
    from_date: date
    to_date: date
    columns: str = "total"
    """What the columns of balance sheet, profit and loss and cash flow are: one of `COLUMNS`."""

    def check(self) -> None:
        """Refuse what cannot be made.

        Raises:
            PACK_REPORT_UNKNOWN, PACK_FORMAT_UNKNOWN, PACK_FORMAT_NOT_OFFERED, DATE_RANGE_INVERTED, PACK_PERIOD_TOO_LONG.

        """
        _known(self.reports, REPORTS, PACK_REPORT_UNKNOWN, "report")
        _known(self.formats, FORMATS, PACK_FORMAT_UNKNOWN, "format")
        for report in self.reports:
            missing = [name for name in self.formats if not offers(report, name)]
            if missing:
                there = ", ".join(name for name in FORMATS if offers(report, name))
                raise PACK_FORMAT_NOT_OFFERED(f"There is no {missing[0]} of {report}; there is: {there}.")
        if self.to_date < self.from_date:
            raise DATE_RANGE_INVERTED(f"The period ends on {self.to_date} and begins on {self.from_date}.")
        if self.to_date.year - self.from_date.year > YEARS_MAX:
            raise PACK_PERIOD_TOO_LONG()

    def payload(self) -> dict[str, Any]:
        """As plain JSON."""
        days = {"from_date": self.from_date.isoformat(), "to_date": self.to_date.isoformat()}
        return asdict(self) | {"reports": list(self.reports), "formats": list(self.formats)} | days

    @classmethod
    def of(cls, payload: Mapping[str, Any]) -> Self:
        """From plain JSON."""
        return cls(
            reports=tuple(payload["reports"]),
            formats=tuple(payload["formats"]),
            from_date=date.fromisoformat(payload["from_date"]),
            to_date=date.fromisoformat(payload["to_date"]),
            columns=payload["columns"],
        )

    def fingerprint(self, tenant_id: int) -> str:
        """The same for the same question about the same organization."""
        return hashlib.sha256(canonical_json({"tenant_id": tenant_id, **self.payload()}).encode()).hexdigest()


def _known(names: Sequence[str], known: Mapping[str, Any], unknown: ErrorCode, noun: str) -> None:
    for name in names:
        if name not in known:
            raise unknown(f"There is no {noun} “{name[:60]}” for packs; there is: {', '.join(known)}.")
    if not names or len(set(names)) < len(names):
        raise unknown(f"Name each {noun} once, and one at least.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PackOutcome:
    """How one organization's part ended: with a file, or with an error."""

    tenant_id: int
    file: str | None = None
    """Name of the archive in the pack's folder."""
    size_bytes: int = 0
    sha256: str | None = None
    lines: int = 0
    """Ledger lines at the snapshot."""
    base_currency: str | None = None
    totals: Mapping[str, str] = field(default_factory=dict)
    duration_ms: int = 0
    reused: bool = False
    """The archive was there already, whole and of the same question."""
    error: str | None = None
    lasting: bool = False
    """Trying again would not help."""

    def result(self) -> dict[str, Any]:
        """As plain JSON."""
        return asdict(self) | {"totals": dict(self.totals)}


def part_kind(pack_id: str) -> str:
    """Kind of the jobs of one pack's organizations: whoever works on the pack claims these, and nobody else."""
    return f"{PACK}.part:{pack_id}"
