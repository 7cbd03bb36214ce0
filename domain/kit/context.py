"""What a use case is given: the tenant, the acting user, the clock, the database and the warm state. Nothing else is reachable."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import Connection

from domain.kit.permissions import EVERYTHING, Grants
from domain.kit.warm import ColdValueError, ElsewhereError, WarmView


class Clock(Protocol):
    """Where the time comes from."""

    def now(self) -> datetime:
        """This instant, aware, UTC."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """This instant, aware, UTC."""
        return datetime.now(UTC)  # house: the one clock


@dataclass(frozen=True, slots=True)
class Organization:
    """The profile of the tenant's organization (`platform.md` 7.2 `metadata`)."""

    tenant_id: int
    organization_id: str
    name: str
    base_currency: str
    location: str | None = None
    industry: str | None = None
    language: str = "en"
    timezone: str = "UTC"
    date_format: str = "DD MMM yyyy"
    fiscal_year: str = "january"
    tax_number: str | None = None
    primary_color: str | None = None
    logo_key: str | None = None
    address: dict[str, str | None] | None = None

    def zone(self) -> ZoneInfo:
        """The organization's time zone; UTC where the stored name is unknown."""
        try:
            return ZoneInfo(self.timezone)
        except (ZoneInfoNotFoundError, ValueError):
            return ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class ActingUser:
    """Who makes the request. `user_id` is the system user's id; `member_id` the id of the member row of this tenant."""

    user_id: int
    member_id: int
    name: str
    role_slug: str | None = "admin"
    grants: Grants = EVERYTHING


@dataclass(frozen=True, slots=True)
class AuditNote:
    """One change, for the audit trail: what happened to which record, before and after (plain JSON values)."""

    action: str
    subject: str
    subject_id: int
    before: Any
    after: Any


@dataclass(slots=True)
class LedgerChange:
    """What a transaction did to the ledger: postings removed, then lines added (rows as dictionaries of columns)."""

    removed: list[tuple[str, int]] = field(default_factory=list)
    added: list[dict[str, Any]] = field(default_factory=list)


@dataclass(slots=True)
class Changes:
    """What a command did beside its own tables. The unit of work writes it just before the commit."""

    audit: list[AuditNote] = field(default_factory=list)
    ledger: list[LedgerChange] = field(default_factory=list)
    effects: list[Any] = field(default_factory=list)
    """Consequences outside of the tenant's database, carried out after the commit by who runs the command."""
    deferred: dict[str, Callable[["TenantContext"], None]] = field(default_factory=dict)
    """Writes that a group of commands needs once, just before its commit (balances, counters), by name."""


@dataclass(slots=True)
class TenantContext:
    """The surroundings of one command or query within one tenant."""

    organization: Organization
    user: ActingUser
    clock: Clock
    warm: WarmView
    connect: Callable[[], Connection] | None
    changes: Changes = field(default_factory=Changes)
    services: dict[str, Any] = field(default_factory=dict)
    """Doors to the outside that a few nouns need (exchange-rate provider, feature switches), by name."""
    rows_max: int | None = None
    """The longest answer that this process makes, in rows of plain JSON; None: any."""
    row_cost: int = 1
    """How many of those a row costs in the form that is asked for."""

    @property
    def db(self) -> Connection:
        """The connection of the current transaction. Use cases never commit.

        Raises:
            ColdValueError: this request runs without a database; it is run again with one.

        """
        if self.connect is None:
            raise ColdValueError("database")
        return self.connect()

    def now(self) -> datetime:
        """This instant, aware, UTC."""
        return self.clock.now()

    def today(self) -> date:
        """The calendar day in the organization's time zone."""
        return self.clock.now().astimezone(self.organization.zone()).date()

    def expect_rows(self, count: int) -> None:
        """Said before an answer of so many rows is made.

        Raises:
            ElsewhereError: that is longer than what this process makes itself.

        """
        if self.rows_max is not None and count * self.row_cost > self.rows_max:
            raise ElsewhereError(f"an answer of {count} rows")

    @property
    def base_currency(self) -> str:
        """The organization's base currency code."""
        return self.organization.base_currency

    def defer(self, name: str, write: "Callable[[TenantContext], None]") -> None:
        """Have a write done once before the commit of the whole group, however many commands ask for it."""
        self.changes.deferred[name] = write

    def audit(self, action: str, subject: str, subject_id: int, *, before: Any = None, after: Any = None) -> None:
        """Note one change for the audit trail."""
        self.changes.audit.append(AuditNote(action, subject, subject_id, before, after))
