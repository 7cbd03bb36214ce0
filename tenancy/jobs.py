"""Job metadata: who asked for what, how far it is, how it ended. MongoDB where configured, else a table of the system database."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

from sqlalchemy import Engine

from domain.kit.errors import ErrorCode
from tenancy.config import Config

State = Literal["waiting", "active", "completed", "failed", "cancelled"]
OPEN_STATES: tuple[State, ...] = ("waiting", "active")
FIND_MAX = 1000

JOB_STORE_UNAVAILABLE = ErrorCode("JOB_STORE_UNAVAILABLE", "Jobs cannot be looked up at the moment. Try again shortly.", 503)


class JobStoreUnavailableError(RuntimeError):
    """The job store does not answer. Accounting goes on without it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One job. `progress` is in percent; a claim ends at `claimed_until` unless its holder renews it."""

    id: str
    kind: str
    tenant_id: int | None = None
    state: State = "waiting"
    progress: int = 0
    payload: dict[str, Any] = field(default_factory=dict)
    result: dict[str, Any] | None = None
    error: str | None = None
    attempts: int = 0
    created_at: datetime
    updated_at: datetime
    due_at: datetime
    claimed_by: str | None = None
    claimed_until: datetime | None = None
    unique_key: str | None = None


class JobStore(Protocol):
    """Where jobs are kept. All methods raise JobStoreUnavailableError where the store does not answer."""

    def create(
        self,
        kind: str,
        *,
        tenant_id: int | None = None,
        payload: dict[str, Any] | None = None,
        due_at: datetime | None = None,
        unique_key: str | None = None,
        job_id: str | None = None,
    ) -> Job:
        """Add a job, due now unless told. The same `unique_key` or `job_id` again gives the job that is there, over or not.

        A unique key has at most 191 characters and no letters that differ in case alone: some databases take them for the same.
        """

    def get(self, job_id: str) -> Job | None:
        """The job."""

    def claim(self, kinds: Sequence[str], *, claimed_by: str, lease_s: float, now: datetime) -> Job | None:
        """Take the longest due job that waits or whose claim has run out. Exactly one claimer gets a job."""

    def progress(self, job_id: str, percent: int) -> None:
        """Note how far it is, 0 to 100."""

    def heartbeat(self, job_id: str, claimed_by: str, lease_s: float) -> bool:
        """Renew a claim; False where it is somebody else's by now."""

    def complete(self, job_id: str, result: dict[str, Any] | None = None, *, claimed_by: str | None = None) -> bool:
        """It is done. False, and nothing changed, where it was over already or is claimed by somebody other than `claimed_by`."""

    def fail(self, job_id: str, error: str, *, retry_at: datetime | None = None, claimed_by: str | None = None) -> bool:
        """It failed; it waits again until `retry_at`, or stays failed without one. False as for `complete`."""

    def cancel(self, job_id: str) -> bool:
        """Cancel a job that is not over; False where it is."""

    def find(
        self, *, kind: str | None = None, tenant_id: int | None = None, state: State | None = None, limit: int = 100
    ) -> list[Job]:
        """Jobs, newest first; at most 1,000."""

    def healthy(self) -> bool:
        """Whether the store answers."""

    def close(self) -> None:
        """Give connections back."""


def open_job_store(config: Config, system_engine: Engine) -> JobStore:
    """The configured store."""
    if config.mongodb_url:
        from tenancy.jobs_mongo import MongoJobStore

        return MongoJobStore(config.mongodb_url, config.mongodb_database)
    from tenancy.jobs_sql import SqlJobStore

    return SqlJobStore(system_engine)
