"""Answers that a tenant's actor does not make itself, as Ray tasks on a snapshot of the tenant's database.

Tenant actors ask the scheduler to begin them: Ray reuses idle workers among the tasks of one detached actor only, and a new worker
takes seconds to import what it needs. One is made ready before anybody asks.

What may run twice: a task whose process died is begun once more; it only reads. How many run and wait is bounded by tenant, and how
many run in the cluster by `TASKS_MAX`; beyond that the answer is 503 with Retry-After.
"""

import asyncio
import contextlib
import ctypes
import gc
import logging
import os
import pickle

import ray
from ray.actor import ActorHandle
from ray.exceptions import RayError

from actors.names import SCHEDULER, find_actor
from actors.parcels import pack_requests, unpack_requests
from actors.process import prepare_process, settle_garbage_collector
from domain.kit.errors import REPORT_TIMED_OUT, REPORTS_BUSY, DomainError, ErrorCode
from domain.kit.exchange import WireAnswer, WireRequest
from domain.ledger.columns import LedgerView
from tenancy.answers import CachedAnswer
from tenancy.config import Config
from tenancy.runtime import routing
from tenancy.snapshot import Source, answer_from_snapshot

logger = logging.getLogger(__name__)

TASKS_MAX = 32
"""In the whole cluster at a time; each has one database connection, beside those of the actors."""
CALLS_A_WORKER_MAX = 64
"""After so many answers a worker is replaced: what it could not give back of its memory goes with it."""
ATTEMPTS_MAX = 2
ATTEMPT_PAUSE_S = 1.0
"""For a scheduler that is being restarted."""
WAITING_A_PLACE = 1
"""Answers of a tenant that may wait for each of its places."""
RETRY_AFTER_S = 5
NICENESS = 5
"""Long answers give way to the actors and gateways of the machine."""

_prepared: list[Config] = []


def _prepare(config: Config) -> None:
    """Once a process."""
    if _prepared:
        return
    prepare_process(config, role="answer-task")
    with contextlib.suppress(OSError):
        os.nice(NICENESS)
    routing()
    settle_garbage_collector()
    _prepared.append(config)


def _make_answer(config: Config, source: Source, parcel: bytes, ledger: LedgerView | None) -> tuple[bool, bytes]:
    """Two returns: that it ended, for the scheduler, and the answer, for the actor that waits for it."""
    _prepare(config)
    (request,) = unpack_requests(parcel)
    try:
        return True, pickle.dumps(answer_from_snapshot(source, request, ledger), pickle.HIGHEST_PROTOCOL)
    finally:
        _give_memory_back()


def _give_memory_back() -> None:
    """An idle worker is kept: not with what the last answer needed."""
    gc.collect()
    with contextlib.suppress(OSError, AttributeError):  # glibc alone has it
        ctypes.CDLL(None).malloc_trim(0)


class AnswerDesk:
    """Begins the tasks, for all tenants. Used from the event loop of the scheduler."""

    def __init__(self, config: Config) -> None:
        self._config = ray.put(config)
        declared = ray.remote(max_calls=CALLS_A_WORKER_MAX)(_make_answer)
        self._task = declared.options(num_cpus=0, num_returns=2, max_retries=0, scheduling_strategy="SPREAD")
        self._watches: set[asyncio.Task[None]] = set()

    def make_worker_ready(self) -> None:
        """Have one worker process import what answers need. Returns at once; a failure costs the first answer some seconds."""
        ray.remote(_prepare).options(num_cpus=0, max_retries=0).remote(self._config)

    def begin(self, source: Source, parcel: bytes, ledger: "ray.ObjectRef | None") -> "ray.ObjectRef | None":
        """A reference to the answer to come; None where too many are under way."""
        if len(self._watches) >= TASKS_MAX:
            return None
        ended, answer = self._task.remote(self._config, source, parcel, ledger)
        watch = asyncio.create_task(self._watch(ended))
        self._watches.add(watch)
        watch.add_done_callback(self._watches.discard)
        return answer

    @staticmethod
    async def _watch(ended: "ray.ObjectRef") -> None:
        with contextlib.suppress(RayError):  # who waits for the answer sees that too
            await ended


class AnswerTasks:
    """A :class:`tenancy.reading.Elsewhere` of Ray tasks. Used from the event loop of the tenant's actor."""

    def __init__(self, config: Config, source: Source) -> None:
        self._source = source
        self._scheduler: ActorHandle | None = None
        self._places = asyncio.Semaphore(config.reports_at_once)
        self._asked = 0
        self._asked_max = config.reports_at_once * (1 + WAITING_A_PLACE)
        self._timeout_s = config.report_timeout_s

    async def answer(self, request: WireRequest, ledger: LedgerView | None) -> tuple[CachedAnswer | None, WireAnswer]:
        """The answer as the client can take it; with it, where it is small, the whole of it.

        Raises:
            REPORTS_BUSY: too many wait. REPORT_TIMED_OUT: it took too long, or its process died twice.

        """
        if self._asked >= self._asked_max:
            raise _later(REPORTS_BUSY)
        self._asked += 1
        try:
            async with asyncio.timeout(self._timeout_s), self._places:
                return await self._attempt(request, ledger)
        except TimeoutError:
            raise _later(REPORT_TIMED_OUT) from None
        finally:
            self._asked -= 1

    async def _attempt(self, request: WireRequest, ledger: LedgerView | None) -> tuple[CachedAnswer | None, WireAnswer]:
        parcel = pack_requests([request], attempt=request.attempt)
        held = None if ledger is None else await asyncio.to_thread(ray.put, ledger)  # shared memory: the task copies nothing
        for attempt in range(ATTEMPTS_MAX):
            await asyncio.sleep(attempt * ATTEMPT_PAUSE_S)
            try:
                return await self._run(parcel, held)
            except RayError as problem:
                self._scheduler = None
                words = (str(problem).strip().splitlines() or ["?"])[0]
                logger.warning(
                    "an answer could not be made: %s: %s", type(problem).__name__, words, extra={"request_id": request.id}
                )
        raise _later(REPORT_TIMED_OUT)

    async def _run(self, parcel: bytes, held: "ray.ObjectRef | None") -> tuple[CachedAnswer | None, WireAnswer]:
        if self._scheduler is None:
            self._scheduler = await asyncio.to_thread(find_actor, SCHEDULER)
            if self._scheduler is None:
                raise _later(REPORTS_BUSY)
        (reference,) = await self._scheduler.begin_answer.remote(self._source, parcel, [held])  # in a list: not resolved there
        if reference is None:
            raise _later(REPORTS_BUSY)
        try:
            answers: tuple[CachedAnswer | None, WireAnswer] = pickle.loads(await reference)  # noqa: S301 - our own task's
        except asyncio.CancelledError:
            ray.cancel(reference, force=True)
            raise
        return answers


def _later(code: ErrorCode) -> DomainError:
    return code(headers={"Retry-After": str(RETRY_AFTER_S)})
