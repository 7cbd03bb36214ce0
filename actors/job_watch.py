"""How far the jobs of listening organizations are: the job store is asked once a second while one is under way, else now and then."""

import time
from collections.abc import Callable
from typing import Any

from actors.events import EventHub
from tenancy.jobs import FIND_MAX, OPEN_STATES, Job, JobStore
from tenancy.packs.model import PACK

BUILD = "organization.build"
KINDS = (BUILD, PACK)
JOBS_MAX = 1_000
PAUSE_S = 1
PAUSE_WITHOUT_JOBS_S = 15
"""Until a job that nobody here has asked for, such as one of a schedule, is noticed."""


class JobWatch:
    """Tells the hub what changed. `look` asks the store: call it in a thread, and `tell` on the event loop with what it found."""

    def __init__(self, store: JobStore, hub: EventHub, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._hub = hub
        self._clock = clock
        self._told: dict[str, tuple[str, int] | None] = {}
        self._look_at = clock()

    @property
    def is_due(self) -> bool:
        """Whether it is time to look."""
        return self._clock() >= self._look_at

    def expect(self, job_id: str) -> None:
        """A job was just created."""
        if len(self._told) < JOBS_MAX:
            self._told.setdefault(job_id, None)
        self._look_at = self._clock()

    def repeat(self) -> None:
        """Somebody has just come who knows nothing: tell all open jobs again."""
        self._told = dict.fromkeys(self._told)
        self._look_at = self._clock()

    def look(self) -> list[Job]:
        """The open jobs, and those that were open and are over. Blocks.

        Raises:
            JobStoreUnavailableError: nothing is known; look again later.

        """
        found = [
            job for kind in KINDS for state in OPEN_STATES for job in self._store.find(kind=kind, state=state, limit=FIND_MAX)
        ]
        seen = {job.id for job in found}
        over = [self._store.get(job_id) for job_id in list(self._told) if job_id not in seen]
        return found + [job for job in over if job is not None]

    def tell(self, jobs: list[Job]) -> None:
        """Tell what changed since the last time, and when to look again."""
        known, self._told = self._told, {}
        for job in jobs:
            if job.tenant_id is None or not self._hub.is_heard(job.tenant_id):
                continue
            now = job.state, job.progress
            if known.get(job.id) != now:
                self._hub.tell(job.tenant_id, "job", _form(job), only_user_id=_only_for(job), once=True)
            if job.state in OPEN_STATES and len(self._told) < JOBS_MAX:
                self._told[job.id] = now
        self.postpone()

    def postpone(self) -> None:
        """Look again after a pause."""
        self._look_at = self._clock() + (PAUSE_S if self._told else PAUSE_WITHOUT_JOBS_S)


def _form(job: Job) -> dict[str, Any]:
    return {"id": job.id, "kind": job.kind, "state": job.state, "progress": job.progress}


def _only_for(job: Job) -> int | None:
    """A report pack belongs to who asked for it."""
    return job.payload.get("requested_by", 0) if job.kind == PACK else None
