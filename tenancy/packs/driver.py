"""Drives a pack: each organization's part is a job of its own, so that whatever dies, another driver goes on with what is left.

Exactly one driver works on a part at a time (it is claimed under a lease), and a part that is done stays done. What may run twice: a
part whose driver died before it could note the end; the second run finds the whole archive and leaves it.
"""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from domain.kit.context import Clock, SystemClock
from tenancy.jobs import FIND_MAX, OPEN_STATES, Job, JobStore
from tenancy.packs.execution import Executor
from tenancy.packs.model import ATTEMPTS_MAX, CLAIMS_MAX, TENANTS_MAX, PackOutcome, PackRequest, part_kind
from tenancy.packs.summary import SummaryRow, write_summary
from tenancy.registry import TenantRecord

logger = logging.getLogger(__name__)

LEASE_S = 30.0
HEARTBEAT_INTERVAL_S = 8.0
POLL_S = 0.5
RETRY_PAUSE_S = 2.0
FAILED_LISTED_MAX = 100
NOT_ALLOWED = "whoever asked for the pack may no longer have the reports of this organization"
ENDED_EARLY = "the pack was ended before this organization's turn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a pack is, in organizations."""

    total: int
    completed: int
    failed: int
    running: int

    @property
    def percent(self) -> int:
        """Of what is over, failed or not."""
        return 100 * (self.completed + self.failed) // self.total if self.total else 100


@dataclass(kw_only=True)
class PackDriver:
    """Runs one pack to its end. Use it once, from one thread.

    `slots` bounds the parts under way over all drivers of this process: each part holds one connection of its database.
    """

    store: JobStore
    executor: Executor
    slots: BoundedSemaphore
    claimed_by: str
    folder: Path
    on_progress: Callable[[Progress], None] = lambda _progress: None
    on_outcome: Callable[[TenantRecord, PackOutcome], None] = lambda _record, _outcome: None
    clock: Clock = field(default_factory=SystemClock)
    reuse: bool = True
    lease_s: float = LEASE_S
    poll_s: float = POLL_S
    retry_pause_s: float = RETRY_PAUSE_S
    _running: dict[int, Job] = field(default_factory=dict)
    _beaten_at: float = 0.0
    _lost: bool = False
    _completed: int = 0
    _failed: int = 0

    def run(self, job: Job, request: PackRequest, records: Sequence[TenantRecord]) -> dict[str, Any]:
        """Make the archives of the organizations, then the summary. How it ended, as plain JSON.

        Ends early where the pack was cancelled, or is somebody else's by now.

        Raises:
            ValueError: more than 1,000 organizations. JobStoreUnavailableError.

        """
        if len(records) > TENANTS_MAX:
            raise ValueError(f"a pack has at most {TENANTS_MAX} organizations")
        begun = time.monotonic()
        by_id = {record.id: record for record in records}
        kind = part_kind(job.id)
        for record in records:
            part = self.store.create(kind, tenant_id=record.id, payload={"name": record.name}, unique_key=f"{kind}:{record.id}")
            self._completed += part.state == "completed"
            self._failed += part.state == "failed"
        try:
            ended_early = not self._work(job, request, by_id)
        finally:
            self.executor.close()
            for _ in self._running:
                self.slots.release()
            self._running.clear()
        parts = self.store.find(kind=kind, limit=FIND_MAX)
        if not self._lost:
            if ended_early:
                self.cancel_parts(job)
                parts = self.store.find(kind=kind, limit=FIND_MAX)
            write_summary(self.folder, summary_rows(parts, by_id))
        return _result(parts, by_id, seconds=int(time.monotonic() - begun), ended_early=ended_early)

    def _work(self, job: Job, request: PackRequest, records: dict[int, TenantRecord]) -> bool:
        """Until nothing is left; False where it ends early."""
        kind = part_kind(job.id)
        while True:
            if not self._goes_on(job):
                return False
            self._begin_parts(kind, request, records)
            if not self._running and not any(part.state in OPEN_STATES for part in self.store.find(kind=kind, limit=FIND_MAX)):
                return True
            if self._running:
                for outcome in self.executor.wait(self.poll_s):
                    self._end_part(records[outcome.tenant_id], outcome)
            else:
                time.sleep(self.poll_s)
            self._tell(job, len(records))

    def _goes_on(self, job: Job) -> bool:
        """Whether the pack is still to be made, and by us; renews the claims when it is time."""
        now = self.store.get(job.id)
        if now is None or now.state not in OPEN_STATES:
            return False
        if now.claimed_by != self.claimed_by:
            self._lost = True
            return False
        if time.monotonic() - self._beaten_at > min(HEARTBEAT_INTERVAL_S, self.lease_s / 3):
            self._beaten_at = time.monotonic()
            for claimed in (job, *self._running.values()):
                self.store.heartbeat(claimed.id, self.claimed_by, self.lease_s)
        return True

    def _begin_parts(self, kind: str, request: PackRequest, records: dict[int, TenantRecord]) -> None:
        """Begin as many parts as there are slots."""
        while self.slots.acquire(blocking=False):
            claimed = self._claim(kind, records)
            if claimed is None:
                self.slots.release()
                return
            part, record = claimed
            self._running[record.id] = part
            self.executor.submit(record, request, self.folder, reuse=self.reuse)

    def _claim(self, kind: str, records: dict[int, TenantRecord]) -> tuple[Job, TenantRecord] | None:
        while True:
            part = self.store.claim([kind], claimed_by=self.claimed_by, lease_s=self.lease_s, now=self.clock.now())
            if part is None:
                return None
            record = records.get(part.tenant_id or 0)
            if record is not None and part.attempts <= CLAIMS_MAX:
                return part, record
            reason = NOT_ALLOWED if record is None else f"given up: begun {CLAIMS_MAX} times, and never ended"
            self.store.fail(part.id, reason, claimed_by=self.claimed_by)
            self._failed += 1

    def _end_part(self, record: TenantRecord, outcome: PackOutcome) -> None:
        part = self._running.pop(record.id)
        self.slots.release()
        if outcome.error is None:
            self.store.complete(part.id, outcome.result(), claimed_by=self.claimed_by)
            self._completed += 1
            self.on_outcome(record, outcome)
            return
        again = not outcome.lasting and part.attempts < ATTEMPTS_MAX
        pause = timedelta(seconds=self.retry_pause_s * 2 ** (part.attempts - 1))
        self.store.fail(part.id, outcome.error, retry_at=self.clock.now() + pause if again else None, claimed_by=self.claimed_by)
        logger.warning("a part of a report pack failed: %s", outcome.error, extra={"tenant_id": record.id, "job_id": part.id})
        if not again:
            self._failed += 1
            self.on_outcome(record, outcome)

    def _tell(self, job: Job, total: int) -> None:
        progress = Progress(total=total, completed=self._completed, failed=self._failed, running=len(self._running))
        self.store.progress(job.id, min(progress.percent, 99))
        self.on_progress(progress)

    def cancel_parts(self, job: Job) -> None:
        """Have nothing more begun of a pack."""
        for part in self.store.find(kind=part_kind(job.id), limit=FIND_MAX):
            if part.state in OPEN_STATES:
                self.store.cancel(part.id)


def summary_rows(parts: Sequence[Job], records: dict[int, TenantRecord]) -> list[SummaryRow]:
    """One row an organization, by name."""
    rows = []
    for part in parts:
        record = records.get(part.tenant_id or 0)
        if record is None:
            continue
        result = part.result or {}
        over = part.state in {"completed", "failed"}
        rows.append(
            SummaryRow(
                name=record.name or "",
                organization_id=record.organization_id,
                state=part.state if over else "cancelled",
                currency=result.get("base_currency") or "",
                totals=result.get("totals") or {},
                lines=result.get("lines"),
                attempts=part.attempts,
                file=result.get("file") or "",
                error=(part.error if over else ENDED_EARLY) or "",
            )
        )
    return sorted(rows, key=lambda row: (row.name.casefold(), row.organization_id))


def _result(parts: Sequence[Job], records: dict[int, TenantRecord], *, seconds: int, ended_early: bool) -> dict[str, Any]:
    failed = sorted((part for part in parts if part.state == "failed"), key=lambda part: part.tenant_id or 0)
    names: dict[int | None, str | None] = {record.id: record.name for record in records.values()}
    return {
        "tenants": len(parts),
        "completed": sum(part.state == "completed" for part in parts),
        "failed": len(failed),
        "failures": [
            {"tenant_id": part.tenant_id, "name": names.get(part.tenant_id), "error": part.error}
            for part in failed[:FAILED_LISTED_MAX]
        ],
        "seconds": seconds,
        "ended_early": ended_early,
    }
