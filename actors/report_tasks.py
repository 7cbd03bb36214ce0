"""Parts of report packs as Ray tasks: each reads its organization's database itself; no actor is woken.

Nothing is retried by Ray: the driver knows how often a part was tried. A task writes into the pack's folder below the data folder,
so the data folder is one that all machines of a cluster share.
"""

import contextlib
import logging
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

import ray
from ray.exceptions import RayError
from sqlalchemy import Engine

from actors.process import prepare_process
from domain.kit.context import Clock
from tenancy.config import Config
from tenancy.jobs import Job, JobStore
from tenancy.packs.execution import render
from tenancy.packs.model import PackOutcome, PackRequest
from tenancy.packs.running import drive_pack
from tenancy.registry import TenantRecord

logger = logging.getLogger(__name__)

_ERROR_CHARACTERS_MAX = 300


def _make_part(config: Config, record: TenantRecord, request: PackRequest, folder: Path, reuse: bool) -> PackOutcome:  # noqa: FBT001
    prepare_process(config, role="report-task")
    return render(config, record, request, folder, reuse)


class RayExecutor:
    """A :class:`tenancy.packs.execution.Executor` of Ray tasks. Ray is initialised by the caller. Closing it kills what is under way."""

    def __init__(self, config: Config, *, cpus_each: int = 0) -> None:
        self._config = ray.put(config)
        self._task = ray.remote(_make_part).options(num_cpus=cpus_each, max_retries=0, scheduling_strategy="SPREAD")
        self._running: dict[ray.ObjectRef, int] = {}

    def submit(self, record: TenantRecord, request: PackRequest, folder: Path, *, reuse: bool) -> None:
        """Begin a part."""
        self._running[self._task.remote(self._config, record, request, folder, reuse)] = record.id

    def wait(self, timeout_s: float) -> list[PackOutcome]:
        """What ended. A task whose process died ends with an error, to be tried again."""
        pending = list(self._running)
        done, _ = ray.wait(pending, num_returns=1, timeout=timeout_s)
        if done:
            done, _ = ray.wait(pending, num_returns=len(pending), timeout=0)
        return [self._outcome(reference, self._running.pop(reference)) for reference in done]

    def _outcome(self, reference: "ray.ObjectRef", tenant_id: int) -> PackOutcome:
        try:
            outcome: PackOutcome = ray.get(reference)
        except RayError as problem:
            words = (str(problem).strip().splitlines() or ["?"])[0]
            return PackOutcome(tenant_id=tenant_id, error=f"{type(problem).__name__}: {words}"[:_ERROR_CHARACTERS_MAX])
        return outcome

    def close(self) -> None:
        """End what is under way at once: an archive gets its name when it is whole, so nothing half written stays under it."""
        for reference in self._running:
            with contextlib.suppress(RayError):
                ray.cancel(reference, force=True)
        self._running.clear()


def run_pack(
    config: Config, engine: Engine, store: JobStore, job: Job, *, slots: BoundedSemaphore, claimed_by: str, clock: Clock
) -> dict[str, Any]:
    """Make a pack with tasks of this cluster; its result, as plain JSON. Goes on where an earlier driver ended."""
    return drive_pack(config, engine, store, job, executor=RayExecutor(config), slots=slots, claimed_by=claimed_by, clock=clock)
