"""How a gateway talks to tenant actors: requests that arrive while a call is in flight go together in the next one.

Three lanes a tenant, so that a slow read delays neither writes nor quick reads: `warm` and `write` carry batches, in order; `read`
carries one request a call, several at a time. A warm read that turns out to need the database or more is sent again in `read`. Bounded: beyond the bound a request of that tenant is refused, and of no other.

What may run twice: nothing. A request whose call failed is sent again; a write carries a key by which the actor finds what an
earlier attempt did.
"""

import asyncio
import logging
import time
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from ray.actor import ActorHandle
from ray.exceptions import RayActorError, RayError

from actors.parcels import ANSWERED, MOVED, pack_requests, unpack_answers
from domain.kit.endpoint import Mode
from domain.kit.errors import INTERNAL_ERROR, TENANT_BUSY, TENANT_UNAVAILABLE, DomainError
from domain.kit.exchange import WireAnswer, WireRequest, error_answer
from tenancy.reading import SEND_ALONE

logger = logging.getLogger(__name__)

BATCH_MAX = 128
BATCH_BYTES_MAX = 8 * 1024 * 1024
READS_AT_ONCE_MAX = 8
BATCHES_AT_ONCE_MAX = 2
RESIDENCES_MAX = 4096
DEADLINE_S = 30.0
RETRY_AFTER_S = 1


class Lane(Enum):
    """Which requests travel together."""

    WARM = "warm"
    WRITE = "write"
    READ = "read"


LANE_OF_MODE = {Mode.WARM: Lane.WARM, Mode.WRITE: Lane.WRITE, Mode.READ: Lane.READ}
_LIMITS = {
    Lane.WARM: (BATCH_MAX, BATCHES_AT_ONCE_MAX),
    Lane.WRITE: (BATCH_MAX, BATCHES_AT_ONCE_MAX),
    Lane.READ: (1, READS_AT_ONCE_MAX),
}

Locate = Callable[[int, str], Awaitable[tuple[str, ActorHandle]]]


@dataclass(slots=True)
class _Letter:
    request: WireRequest
    answer: "asyncio.Future[WireAnswer]"


@dataclass(slots=True)
class _Box:
    """One lane of one tenant."""

    waiting: deque[_Letter] = field(default_factory=deque)
    in_flight: int = 0


class Mailbox:
    """All tenants' lanes of one gateway. Used from one event loop."""

    def __init__(self, locate: Locate, *, requests_max: int) -> None:
        self._locate = locate
        self._requests_max = requests_max
        self._boxes: dict[tuple[int, Lane], _Box] = {}
        self._load: dict[int, int] = {}
        self._homes: OrderedDict[int, tuple[str, ActorHandle]] = OrderedDict()
        self._calls: set[asyncio.Task[None]] = set()
        self.counters = {"batches": 0, "batched_requests": 0, "repeated_calls": 0, "refused_busy": 0}

    @property
    def depth(self) -> int:
        """Requests that wait or are in flight."""
        return sum(self._load.values())

    async def send(self, tenant_id: int, lane: Lane, request: WireRequest) -> WireAnswer:
        """The tenant's answer. Never raises: what cannot be had is a 503 with Retry-After."""
        if self._load.get(tenant_id, 0) >= self._requests_max:
            self.counters["refused_busy"] += 1
            return error_answer(TENANT_BUSY(headers={"Retry-After": str(RETRY_AFTER_S)}))
        self._load[tenant_id] = self._load.get(tenant_id, 0) + 1
        letter = _Letter(request, asyncio.get_running_loop().create_future())
        self._put(tenant_id, lane, letter)
        try:
            return await letter.answer
        finally:
            self._load[tenant_id] -= 1
            if not self._load[tenant_id]:
                del self._load[tenant_id]

    def _put(self, tenant_id: int, lane: Lane, letter: _Letter) -> None:
        box = self._boxes.setdefault((tenant_id, lane), _Box())
        box.waiting.append(letter)
        self._dispatch(tenant_id, lane, box)

    def _dispatch(self, tenant_id: int, lane: Lane, box: _Box) -> None:
        batch_max, at_once_max = _LIMITS[lane]
        while box.waiting and box.in_flight < at_once_max:
            # A second batch goes out only when it is worth it: the first one's answer is soon here.
            if box.in_flight and lane is not Lane.READ and len(box.waiting) < batch_max // 8:
                return
            batch = _take(box.waiting, batch_max)
            box.in_flight += 1
            task = asyncio.create_task(self._deliver(tenant_id, lane, box, batch))
            self._calls.add(task)
            task.add_done_callback(self._calls.discard)

    async def _deliver(self, tenant_id: int, lane: Lane, box: _Box, batch: list[_Letter]) -> None:
        try:
            answers = await self._call(tenant_id, [letter.request for letter in batch], alone=lane is Lane.READ)
        except DomainError as problem:
            answers = [error_answer(_plain(problem))] * len(batch)
        except Exception:
            logger.exception("a call to a tenant failed", extra={"tenant_id": tenant_id})
            answers = [error_answer(INTERNAL_ERROR())] * len(batch)
        finally:
            box.in_flight -= 1
        for letter, answer in zip(batch, answers, strict=True):
            if answer.status == SEND_ALONE.status:
                self._put(tenant_id, Lane.READ, letter)
            elif not letter.answer.done():
                letter.answer.set_result(answer)
        if box.waiting:
            self._dispatch(tenant_id, lane, box)
        elif not box.in_flight:
            self._boxes.pop((tenant_id, lane), None)

    async def _call(self, tenant_id: int, requests: list[WireRequest], *, alone: bool) -> list[WireAnswer]:
        self.counters["batches"] += 1
        self.counters["batched_requests"] += len(requests)
        deadline = time.monotonic() + DEADLINE_S
        attempt, pause_s = 1, 0.02
        while True:
            name, actor = await self._home(tenant_id)
            try:
                state, parcel = await actor.execute.remote(tenant_id, pack_requests(requests, attempt=attempt, alone=alone))
            except RayActorError:
                state, parcel = MOVED, b""  # it may have run
            if state == ANSWERED:
                return unpack_answers(parcel)
            if state == MOVED:
                attempt += 1
            self.counters["repeated_calls"] += 1
            if time.monotonic() > deadline:
                raise TENANT_UNAVAILABLE(headers={"Retry-After": str(RETRY_AFTER_S)})
            await asyncio.sleep(pause_s)
            pause_s = min(pause_s * 2, 1.0)
            await self._move(tenant_id, name)

    async def call_home(self, tenant_id: int, call: Callable[[ActorHandle], Awaitable[Any]]) -> Any:
        """Another question to the tenant's actor, asked again while the answer is None or the actor is gone."""
        deadline = time.monotonic() + DEADLINE_S
        while True:
            name, actor = await self._home(tenant_id)
            try:
                answer = await call(actor)
            except RayActorError:
                answer = None
            if answer is not None:
                return answer
            if time.monotonic() > deadline:
                raise TENANT_UNAVAILABLE(headers={"Retry-After": str(RETRY_AFTER_S)})
            await asyncio.sleep(0.05)
            await self._move(tenant_id, name)

    async def _home(self, tenant_id: int) -> tuple[str, ActorHandle]:
        home = self._homes.get(tenant_id)
        if home is not None:
            self._homes.move_to_end(tenant_id)
            return home
        return await self._ask_directory(tenant_id, "")

    async def _move(self, tenant_id: int, failed: str) -> None:
        """Find the tenant's new home, unless another call has found it already."""
        home = self._homes.get(tenant_id)
        if home is not None and home[0] == failed:
            del self._homes[tenant_id]
            await self._ask_directory(tenant_id, failed)

    async def _ask_directory(self, tenant_id: int, avoid: str) -> tuple[str, ActorHandle]:
        deadline = time.monotonic() + DEADLINE_S
        while True:
            try:
                home = await self._locate(tenant_id, avoid)
                break
            except DomainError:
                raise
            except RayError as problem:  # the directory itself is starting again
                if time.monotonic() > deadline:
                    raise TENANT_UNAVAILABLE(headers={"Retry-After": str(RETRY_AFTER_S)}) from problem
                await asyncio.sleep(0.2)
        self._homes[tenant_id] = home
        while len(self._homes) > RESIDENCES_MAX:
            self._homes.popitem(last=False)
        return home


def _take(waiting: deque[_Letter], count_max: int) -> list[_Letter]:
    """The next letters, bounded in number and bytes; at least one."""
    batch, size_bytes = [waiting.popleft()], 0
    while waiting and len(batch) < count_max and size_bytes < BATCH_BYTES_MAX:
        letter = waiting.popleft()
        size_bytes += len(letter.request.body)
        batch.append(letter)
    return batch


def _plain(problem: DomainError) -> DomainError:
    """The error itself, out of the wrapping that Ray gives to errors of actors."""
    cause = getattr(problem, "cause", None)
    return cause if isinstance(cause, DomainError) else problem
