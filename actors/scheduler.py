"""Due jobs, run once each: organization builds, report packs and their schedules. One named, detached actor that Ray restarts when it dies.
It also begins the long answers of all tenants, which are no jobs (`actors.answer_tasks`), and tells tenants what people are called.

Job metadata are in the job store. A job is claimed under a lease: when this actor dies in the middle, its successor claims the job
again after the lease; what a job does is idempotent, so a second run finishes the first.
"""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from threading import BoundedSemaphore
from typing import Any

import ray
from ray.actor import ActorHandle
from ulid import ULID

from actors.answer_tasks import AnswerDesk
from actors.directory import start_directory
from actors.mailbox import Mailbox
from actors.name_courier import NameCourier
from actors.names import NAMESPACE, SCHEDULER
from actors.process import prepare_process
from actors.report_tasks import run_pack
from domain.kit.context import SystemClock
from tenancy.config import Config
from tenancy.jobs import Job, JobStoreUnavailableError, open_job_store
from tenancy.packs.model import PACK
from tenancy.packs.schedules import SCHEDULE, run_occurrence
from tenancy.provisioning import build_tenant
from tenancy.snapshot import Source
from tenancy.system_database import open_system_engine

logger = logging.getLogger(__name__)

BUILD = "organization.build"
JOBS_AT_ONCE = 2
PACKS_DRIVEN_AT_ONCE = 2
POLL_INTERVAL_S = 1.0
LEASE_S = 30.0
HEARTBEAT_INTERVAL_S = 10.0
ATTEMPTS_MAX = 5
RETRY_PAUSE_S = 5.0
PAUSE_DOUBLINGS_MAX = 9

Run = Callable[[Job, Callable[[int], None]], dict[str, Any]]
"""Does a job; is given how to tell its progress in percent; returns its result."""


@dataclass
class Lane:
    """Kinds of jobs that share places: what takes long must not keep what people wait for."""

    kinds: dict[str, Run]
    at_once: int
    running: "set[asyncio.Task[None]]" = field(default_factory=set)


class Scheduler:
    """See the module."""

    def __init__(self, config: Config) -> None:
        prepare_process(config, role="scheduler")
        self._config = config
        self._clock = SystemClock()
        self._engine = open_system_engine(config)
        self._store = open_job_store(config, self._engine)
        self._me = str(ULID())
        self._threads = ThreadPoolExecutor(JOBS_AT_ONCE + PACKS_DRIVEN_AT_ONCE + 2, thread_name_prefix="job")
        self._pack_slots = BoundedSemaphore(config.packs_at_once)
        self._lanes = (
            Lane({BUILD: self._build, SCHEDULE: self._schedule}, JOBS_AT_ONCE),
            Lane({PACK: self._pack}, PACKS_DRIVEN_AT_ONCE),
        )
        self._desk = AnswerDesk(config)
        directory = start_directory(config)
        mailbox = Mailbox(directory.locate.remote, requests_max=config.mailbox_requests_max)
        self._courier = NameCourier(self._engine, mailbox, self._threads, self._clock)
        self._woken = asyncio.Event()
        self._loop_task: asyncio.Task[None] | None = None
        self._out_of_reach = False

    async def alive(self) -> bool:
        """Start to look for due jobs, if that was not done yet."""
        if self._loop_task is None or self._loop_task.done():
            self._desk.make_worker_ready()
            self._loop_task = asyncio.create_task(self._run_for_ever())
        return True

    async def wake(self) -> None:
        """A job was just created: look now."""
        await self.alive()
        self._woken.set()

    async def begin_answer(
        self, source: Source, parcel: bytes, ledger: "list[ray.ObjectRef | None]"
    ) -> "list[ray.ObjectRef | None]":
        """Begin an answer that a tenant's actor does not make itself: a reference to it, or None where too many are under way.

        References travel in lists: bare ones would be resolved on the way.
        """
        return [self._desk.begin(source, parcel, ledger[0])]

    async def _run_for_ever(self) -> None:
        while True:
            self._courier.begin()
            try:
                for lane in self._lanes:
                    while len(lane.running) < lane.at_once and (job := await self._claim(lane)) is not None:
                        task = asyncio.create_task(self._perform(job, lane.kinds[job.kind]))
                        lane.running.add(task)
                        task.add_done_callback(lane.running.discard)
                        task.add_done_callback(lambda _task: self._woken.set())
                self._out_of_reach = False
            except JobStoreUnavailableError as problem:
                if not self._out_of_reach:
                    logger.warning("the job store is not available: %s", problem)
                self._out_of_reach = True  # said once an outage
            except Exception:
                logger.exception("looking for due jobs failed; it goes on")
            self._woken.clear()
            try:
                await asyncio.wait_for(self._woken.wait(), POLL_INTERVAL_S)
            except TimeoutError:
                continue

    async def _claim(self, lane: Lane) -> Job | None:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(
            self._threads,
            lambda: self._store.claim(tuple(lane.kinds), claimed_by=self._me, lease_s=LEASE_S, now=self._clock.now()),
        )

    async def _perform(self, job: Job, run: Run) -> None:
        loop = asyncio.get_running_loop()
        work = loop.run_in_executor(self._threads, self._run, job, run)
        while True:
            done, _ = await asyncio.wait({work}, timeout=HEARTBEAT_INTERVAL_S)
            if done:
                return
            await loop.run_in_executor(self._threads, lambda: self._store.heartbeat(job.id, self._me, LEASE_S))

    def _run(self, job: Job, run: Run) -> None:
        try:
            result = run(job, lambda percent: self._store.progress(job.id, percent))
        except Exception as problem:
            logger.exception("a job failed", extra={"job_id": job.id, "tenant_id": job.tenant_id})
            again = job.attempts < ATTEMPTS_MAX or job.kind == SCHEDULE  # a schedule outlives any trouble
            pause = timedelta(seconds=RETRY_PAUSE_S * 2 ** min(job.attempts, PAUSE_DOUBLINGS_MAX))
            self._store.fail(
                job.id,
                f"{type(problem).__name__}: {problem}"[:500],
                retry_at=self._clock.now() + pause if again else None,
                claimed_by=self._me,
            )
        else:
            self._store.complete(job.id, result, claimed_by=self._me)
            logger.info("job done", extra={"job_id": job.id, "tenant_id": job.tenant_id})

    def _pack(self, job: Job, _progress: Callable[[int], None]) -> dict[str, Any]:
        return run_pack(
            self._config, self._engine, self._store, job, slots=self._pack_slots, claimed_by=self._me, clock=self._clock
        )

    def _schedule(self, job: Job, _progress: Callable[[int], None]) -> dict[str, Any]:
        return run_occurrence(self._engine, self._store, job)

    def _build(self, job: Job, progress: Callable[[int], None]) -> dict[str, Any]:
        if job.tenant_id is None:
            raise ValueError("a build job names a tenant")
        build_tenant(self._config, self._engine, job.tenant_id, progress=progress, clock=self._clock)
        return {}


def start_scheduler(config: Config) -> ActorHandle:
    """The scheduler: the one that runs, or a new one. Ray restarts it for ever, and repeats no call to it."""
    return (
        ray.remote(Scheduler)
        .options(
            name=SCHEDULER,
            namespace=NAMESPACE,
            lifetime="detached",
            get_if_exists=True,
            num_cpus=0,
            max_restarts=-1,
            max_task_retries=0,
            max_concurrency=100,
        )
        .remote(config)
    )
