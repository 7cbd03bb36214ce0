"""Answers of one tenant that its actor does not make itself, as Ray tasks on a snapshot of the tenant's database.

What may run twice: a task whose process died is begun once more; it only reads. How many run and wait is bounded by tenant.
Ray keeps idle workers; `keep_worker_ready` has one of them import what answers need before anybody asks.
"""

import asyncio
import contextlib
import ctypes
import logging
import os
import pickle

import ray
from ray.exceptions import RayError, TaskCancelledError, WorkerCrashedError

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

ATTEMPTS_MAX = 2
WAITING_A_PLACE = 1
"""Answers that may wait for each of the places."""
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


def _make_answer(config: Config, source: Source, parcel: bytes, ledger: LedgerView | None) -> bytes:
    _prepare(config)
    (request,) = unpack_requests(parcel)
    try:
        return pickle.dumps(answer_from_snapshot(source, request, ledger), pickle.HIGHEST_PROTOCOL)
    finally:
        _give_memory_back()


def _give_memory_back() -> None:
    """An idle worker is kept: not with what the last answer needed."""
    with contextlib.suppress(OSError, AttributeError):  # glibc alone has it
        ctypes.CDLL(None).malloc_trim(0)


def keep_worker_ready(config: Config) -> None:
    """Have one worker process import what answers need. Returns at once; a failure costs the first answer some seconds."""
    ray.remote(_prepare).options(num_cpus=0, max_retries=0).remote(config)


class AnswerTasks:
    """Makes answers in Ray tasks. Used from the event loop of the tenant's actor."""

    def __init__(self, config: Config, source: Source) -> None:
        self._config = ray.put(config)
        self._source = source
        self._places = asyncio.Semaphore(config.reports_at_once)
        self._asked = 0
        self._asked_max = config.reports_at_once * (1 + WAITING_A_PLACE)
        self._timeout_s = config.report_timeout_s
        self._task = ray.remote(_make_answer).options(num_cpus=0, max_retries=0, scheduling_strategy="SPREAD")

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
                return await self._run(request, ledger)
        except TimeoutError:
            raise _later(REPORT_TIMED_OUT) from None
        finally:
            self._asked -= 1

    async def _run(self, request: WireRequest, ledger: LedgerView | None) -> tuple[CachedAnswer | None, WireAnswer]:
        parcel = pack_requests([request], attempt=request.attempt)
        held = None if ledger is None else await asyncio.to_thread(ray.put, ledger)  # shared memory: the task copies nothing
        for attempts_left in reversed(range(ATTEMPTS_MAX)):
            reference = self._task.remote(self._config, self._source, parcel, held)
            try:
                answers: tuple[CachedAnswer | None, WireAnswer] = pickle.loads(await reference)  # noqa: S301 - our own task's
            except asyncio.CancelledError:
                ray.cancel(reference, force=True)
                raise
            except (WorkerCrashedError, TaskCancelledError) as problem:
                logger.warning("an answer's process died: %s", problem, extra={"request_id": request.id})
                if not attempts_left:
                    raise _later(REPORT_TIMED_OUT) from None
            except RayError as problem:
                logger.warning("an answer could not be made: %s", problem, extra={"request_id": request.id})
                raise _later(REPORT_TIMED_OUT) from None
            else:
                return answers
        raise AssertionError


def _later(code: ErrorCode) -> DomainError:
    return code(headers={"Retry-After": str(RETRY_AFTER_S)})
