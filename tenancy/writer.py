"""The single writer of one tenant: commands in the order in which they come, as many as wait in one transaction.

What may run twice: nothing. After a failure whose outcome is unknown the group is run again, looking its keys up first.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from domain.kit.errors import DATABASE_UNAVAILABLE, INTERNAL_ERROR, TENANT_BUSY
from domain.kit.exchange import WireAnswer, error_answer
from domain.kit.warm import WarmState
from tenancy.tenant_database import EpochLostError
from tenancy.unit_of_work import Command, GroupResult, WriteGroup

logger = logging.getLogger(__name__)

RETRY_AFTER_S = 1
GROUP_ATTEMPTS_MAX = 3
ATTEMPT_PAUSE_S = 0.05
QUEUED_WRITES_MAX = 1024


class Writer:
    """Queues commands and runs them in groups, in a thread of its own. Used from one event loop."""

    def __init__(self, group: WriteGroup, state: WarmState, *, group_max: int) -> None:
        self._group = group
        self._state = state
        self._group_max = group_max
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._queue: asyncio.Queue[tuple[Command, asyncio.Future[WireAnswer]]] = asyncio.Queue(QUEUED_WRITES_MAX)
        self._writing: asyncio.Task[None] | None = None
        self.lost: EpochLostError | None = None
        """Why nothing can be written any more."""
        self.counters = {"writes": 0, "groups": 0}

    @property
    def queued(self) -> int:
        """Commands that wait."""
        return self._queue.qsize()

    @property
    def writing(self) -> bool:
        """Whether a group is being written, or written and not yet published."""
        return self._writing is not None and not self._writing.done()

    def enqueue(self, command: Command) -> WireAnswer | Awaitable[WireAnswer]:
        """The answer to come; at once where too many wait."""
        future: asyncio.Future[WireAnswer] = asyncio.get_running_loop().create_future()
        try:
            self._queue.put_nowait((command, future))
        except asyncio.QueueFull:
            return error_answer(TENANT_BUSY(headers={"Retry-After": str(RETRY_AFTER_S)}))
        if not self.writing:
            self._writing = asyncio.create_task(self._write_until_empty())
        return future

    async def _write_until_empty(self) -> None:
        loop = asyncio.get_running_loop()
        while not self._queue.empty():
            group = [self._queue.get_nowait() for _ in range(min(self._group_max, self._queue.qsize()))]
            commands = [command for command, _ in group]
            try:
                result = await loop.run_in_executor(self._thread, self._run_group, commands)
            except EpochLostError as problem:
                self.lost = problem
                self._fail([*group, *self._drain_queue()], problem)
                return
            except (DBAPIError, PoolTimeoutError) as problem:
                self._state.clear()
                answer = unavailable(problem)
                for _, future in group:
                    _settle(future, answer)
                continue
            except Exception:  # the writer must survive; the cause is logged
                logger.exception("a write group failed")
                self._state.clear()
                for _, future in group:
                    _settle(future, error_answer(INTERNAL_ERROR()))
                continue
            self.counters["groups"] += 1
            self.counters["writes"] += len(group)
            if result.wrote:
                self._state.publish(result.warm, result.ledger)
            for (_, future), answer in zip(group, result.answers, strict=True):
                _settle(future, answer)

    def _drain_queue(self) -> list[tuple[Command, asyncio.Future[WireAnswer]]]:
        return [self._queue.get_nowait() for _ in range(self._queue.qsize())]

    @staticmethod
    def _fail(group: list[tuple[Command, asyncio.Future[WireAnswer]]], problem: Exception) -> None:
        for _, future in group:
            if not future.done():
                future.set_exception(problem)

    def _run_group(self, commands: list[Command]) -> GroupResult:
        """Run a group; after a failure whose outcome is unknown, run it again, looking its keys up first."""
        for attempt in range(1, GROUP_ATTEMPTS_MAX + 1):
            try:
                return self._group.run(commands)
            except DBAPIError as problem:
                if attempt == GROUP_ATTEMPTS_MAX:
                    raise
                logger.warning("a write group is repeated: %s", problem.orig)
                self._state.clear()
                for command in commands:
                    command.look_up = command.key is not None
                time.sleep(ATTEMPT_PAUSE_S * attempt)
        raise AssertionError

    async def in_turn(self, work: Callable[[], Any]) -> Any:
        """Something else that must not run beside a group, in the writer's thread."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    async def drain(self) -> None:
        """Wait for what is queued."""
        while self._writing is not None and not self._writing.done():
            await asyncio.wait({self._writing})

    def close(self) -> None:
        """End the thread, give the connection back."""
        self._thread.submit(self._group.close)
        self._thread.shutdown(wait=True)


def _settle(future: "asyncio.Future[WireAnswer]", answer: WireAnswer) -> None:
    if not future.done():
        future.set_result(answer)


def unavailable(problem: Exception) -> WireAnswer:
    """503 with Retry-After: the database cannot be reached or has no connection to give."""
    logger.warning("the tenant's database is not available: %s", problem)
    return error_answer(DATABASE_UNAVAILABLE(headers={"Retry-After": str(RETRY_AFTER_S)}))
