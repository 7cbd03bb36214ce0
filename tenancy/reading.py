"""Reads of one tenant: on the event loop from memory, else in a reader thread, else beside the process on a snapshot of the database.

What a process that serves a tenant does not make itself (DESIGN 3.6): answers longer than `ROWS_MAX`, and whatever needs a ledger
that outgrew the memory budget. Whoever makes them runs the same endpoint functions (`tenancy.snapshot`).
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from domain.kit.context import Clock, TenantContext
from domain.kit.endpoint import Endpoint, Mode
from domain.kit.errors import INTERNAL_ERROR, DomainError, ValidationFailedError
from domain.kit.exchange import WireAnswer, WireRequest, error_answer
from domain.kit.routing import bind
from domain.kit.warm import ColdValueError, ElsewhereError, WarmState, WarmView
from domain.ledger.columns import LEDGER, LedgerView
from domain.organization.repository import ORGANIZATION
from tenancy.answers import AnswerCache, CachedAnswer, plain_answer
from tenancy.authorization import acting_user, check_permission
from tenancy.writer import unavailable

logger = logging.getLogger(__name__)

READ_ATTEMPTS_MAX = 5
READ_PAUSE_S = 0.01
ROWS_MAX = 5_000
"""The longest listing, in rows of plain JSON, that is made by a reader thread: some 0.1 s of a processor. Longer ones go elsewhere."""
_CacheKey = tuple[Any, ...] | None
"""Of a kept answer; None for answers that are not kept."""
SEND_ALONE = WireAnswer(0)
"""No answer: a warm read that memory cannot answer. It would keep the batch waiting with which it came; it is to be sent again alone."""


class Elsewhere(Protocol):
    """Makes answers beside the process that serves the tenant, on a snapshot that begins after it was asked."""

    async def answer(self, request: WireRequest, ledger: LedgerView | None) -> tuple[CachedAnswer | None, WireAnswer]:
        """The answer as the client can take it; with it, where it is small, the whole of it, to be kept.

        `ledger` saves reading it from the database, where it is in memory here.

        Raises:
            DomainError: 503, too many answers are being made or this one took too long.

        """


def perform_read(
    request: WireRequest,
    endpoint: Endpoint,
    values: list[str],
    *,
    view: WarmView,
    connect: Callable[[], Connection] | None,
    clock: Clock,
    services: Mapping[str, Any],
    rows_max: int | None = None,
) -> WireAnswer:
    """Check the permission and the query, run the endpoint. The same wherever a read is answered.

    Raises:
        DomainError, ValidationFailedError: refused. ColdValueError, ElsewhereError: to be run elsewhere.

    """
    user = acting_user(view, request.principal)
    check_permission(user, endpoint)
    arguments = bind(endpoint, values, request.query, request.body)
    ctx = TenantContext(
        organization=view.get(ORGANIZATION),
        user=user,
        clock=clock,
        warm=view,
        connect=connect,
        services=dict(services),
        rows_max=rows_max,
    )
    if "accept" in endpoint.handler.__annotations__:
        arguments["accept"] = request.headers.get("accept", "")
    return plain_answer(endpoint, endpoint.handler(ctx, **arguments), [])


class Reader:
    """Answers the reads of one tenant. Used from one event loop."""

    def __init__(
        self,
        engine: Engine,
        state: WarmState,
        *,
        threads: ThreadPoolExecutor,
        clock: Clock,
        services: Mapping[str, Any],
        writing: Callable[[], bool],
        elsewhere: Elsewhere | None,
    ) -> None:
        self._engine = engine
        self._state = state
        self._threads = threads
        self._clock = clock
        self._services = services
        self._writing = writing
        self._elsewhere = elsewhere
        self._rows_max = None if elsewhere is None else ROWS_MAX
        self._cache = AnswerCache()
        self.counters = {"reads": 0, "warm_reads": 0, "snapshot_reads": 0}

    @property
    def cache_bytes(self) -> int:
        """Approximate memory of the kept answers."""
        return self._cache.bytes_held

    def read(self, request: WireRequest, endpoint: Endpoint, values: list[str]) -> WireAnswer | Awaitable[WireAnswer]:
        """The answer, now or later; `SEND_ALONE` for a warm read that must wait while others wait for it."""
        principal = request.principal
        key: _CacheKey = (
            endpoint.path,
            *values,
            request.query,
            request.headers.get("accept", ""),
            principal.user_id if principal else 0,
            self._day(),
        )
        if not endpoint.cached:
            key = None
        cached = self._cache.get(key, self._state.version) if key is not None else None
        if cached is not None:
            self.counters["warm_reads"] += 1
            return cached.for_request(request.headers)
        if endpoint.mode is Mode.WARM:
            try:
                version = self._state.version
                answer = self._perform(request, endpoint, values, WarmView(self._state, None), None)
                self.counters["warm_reads"] += 1
                entry = CachedAnswer.of(answer, version)
                self._keep(key, entry)
                return entry.for_request(request.headers)
            except (ColdValueError, ElsewhereError):
                if not request.alone:
                    return SEND_ALONE
        return self._read_later(key, request, endpoint, values)

    def _day(self) -> date:
        """The organization's calendar day: answers that say what is today end with it."""
        try:
            zone = WarmView(self._state, None).get(ORGANIZATION).zone()
        except ColdValueError:
            zone = ZoneInfo("UTC")
        return self._clock.now().astimezone(zone).date()

    async def _read_later(self, key: _CacheKey, request: WireRequest, endpoint: Endpoint, values: list[str]) -> WireAnswer:
        self.counters["reads"] += 1
        loop = asyncio.get_running_loop()
        attempts_left = READ_ATTEMPTS_MAX
        while True:
            version = self._state.version
            attempts_left -= 1
            try:
                entry, answer = await loop.run_in_executor(self._threads, self._read_database, request, endpoint, values, version)
            except ElsewhereError:
                return await self._read_elsewhere(key, request)
            except (DomainError, ValidationFailedError) as problem:
                return error_answer(problem)
            except (DBAPIError, PoolTimeoutError) as problem:
                return unavailable(problem)
            except Exception:
                # Between a commit and its publication the database holds rows that warm state does not know. That passes.
                if attempts_left and (self._writing() or self._state.version != version):
                    await asyncio.sleep(READ_PAUSE_S)
                    continue
                logger.exception("a read failed", extra={"request_id": request.id})
                return error_answer(INTERNAL_ERROR())
            self._keep(key, entry)
            return answer

    async def _read_elsewhere(self, key: _CacheKey, request: WireRequest) -> WireAnswer:
        if self._elsewhere is None:  # neither a budget nor a longest answer is set then
            raise AssertionError(request.path)
        self.counters["snapshot_reads"] += 1
        version = self._state.version
        columns = WarmView(self._state, None).shared(LEDGER)
        try:
            entry, answer = await self._elsewhere.answer(request, None if columns is None else columns.view())
        except DomainError as problem:
            return error_answer(problem)
        if entry is not None:
            entry.version = version
            self._keep(key, entry)
        return answer

    def _read_database(
        self, request: WireRequest, endpoint: Endpoint, values: list[str], version: int
    ) -> tuple[CachedAnswer, WireAnswer]:
        """The answer, digested and compressed here: a large one must not hold up the event loop."""
        with self._engine.connect() as connection, connection.begin():
            view = WarmView(self._state, lambda: connection)
            answer = self._perform(request, endpoint, values, view, lambda: connection)
        entry = CachedAnswer.of(answer, version)
        return entry, entry.for_request(request.headers)

    def _perform(
        self,
        request: WireRequest,
        endpoint: Endpoint,
        values: list[str],
        view: WarmView,
        connect: Callable[[], Connection] | None,
    ) -> WireAnswer:
        return perform_read(
            request,
            endpoint,
            values,
            view=view,
            connect=connect,
            clock=self._clock,
            services=self._services,
            rows_max=self._rows_max,
        )

    def _keep(self, key: _CacheKey, entry: CachedAnswer) -> None:
        if key is not None and entry.version == self._state.version and entry.answer.status == 200:  # noqa: PLR2004
            self._cache.put(key, entry)
