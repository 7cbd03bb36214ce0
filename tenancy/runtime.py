"""One active tenant: its pool, its warm state, its single writer and its readers. The Ray actor is a thin shell around this.

What is serialised: writes, in the order in which they arrive. What runs beside: reads; they see committed state only, and an answered
write is seen by every read that comes after it. What may run twice: nothing; a repeated write is recognised by its key.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from domain.catalog import tenant_routing
from domain.kit.context import ActingUser, Clock, Organization, SystemClock, TenantContext
from domain.kit.endpoint import Endpoint, Mode
from domain.kit.errors import DATABASE_UNAVAILABLE, INTERNAL_ERROR, DomainError, ValidationFailedError
from domain.kit.exchange import Principal, WireAnswer, WireRequest, error_answer
from domain.kit.permissions import Permission
from domain.kit.routing import RoutingTable, bind
from domain.kit.warm import ColdValueError, WarmKey, WarmState, WarmView
from domain.members.repository import TEAM
from domain.organization.repository import ORGANIZATION
from tenancy.answers import plain_answer
from tenancy.authorization import acting_user, check_permission
from tenancy.reading import Elsewhere, Reader
from tenancy.tenant_database import EpochLostError, Lease, check_lease, open_engine, read_identity, take_lease
from tenancy.unit_of_work import KEYS_KEPT, Command, WriteGroup, delete_keys
from tenancy.writer import Writer

logger = logging.getLogger(__name__)

WRITE_KEY_HEADER = "x-countinghouse-write-key"
"""Internal: the gateway's own idempotency key for a write that the client gave none."""

_ROUTING: list[RoutingTable] = []


def routing() -> RoutingTable:
    """The routing table of tenant endpoints, built once a process."""
    if not _ROUTING:
        _ROUTING.append(tenant_routing())
    return _ROUTING[0]


class TenantRuntime:
    """Serves one tenant within one process. Make it with :meth:`open`; use it from one event loop."""

    def __init__(
        self,
        engine: Engine,
        lease: Lease,
        *,
        readers: int,
        group_max: int,
        services: dict[str, Any],
        clock: Clock,
        ledger_bytes_max: int | None,
        elsewhere: Elsewhere | None,
    ) -> None:
        self._engine = engine
        self.lease = lease
        self._clock = clock
        self._services = services
        self.state = WarmState(bytes_max=ledger_bytes_max if elsewhere is not None else None)
        self._routing = routing()
        self._readers = ThreadPoolExecutor(readers, thread_name_prefix="reader")
        group = WriteGroup(
            engine=engine, lease=lease, state=self.state, clock=clock, organization=_organization, services=services
        )
        self._writer = Writer(group, self.state, group_max=group_max)
        self._reader = Reader(
            engine,
            self.state,
            threads=self._readers,
            clock=clock,
            services=services,
            writing=lambda: self._writer.writing,
            elsewhere=elsewhere,
        )
        self.counters = self._reader.counters
        self.last_used_at = time.monotonic()

    @classmethod
    def open(
        cls,
        url: str,
        tenant_id: int,
        *,
        connection_allowance: int = 3,
        group_max: int = 64,
        services: dict[str, Any] | None = None,
        clock: Clock | None = None,
        ledger_bytes_max: int | None = None,
        elsewhere: Elsewhere | None = None,
    ) -> "TenantRuntime":
        """Open the database, refuse it unless it is this tenant's, raise the epoch, load what every request needs.

        With `elsewhere`, long answers and all that need a ledger of more than `ledger_bytes_max` are made there.

        Raises:
            WrongDatabaseError: the database is another tenant's. DBAPIError: it cannot be reached.

        """
        readers = max(1, connection_allowance - 1)
        engine = open_engine(url, pool_size=readers + 1)
        try:
            lease = take_lease(engine, tenant_id)
            runtime = cls(
                engine,
                lease,
                readers=readers,
                group_max=group_max,
                services=services or {},
                clock=clock or SystemClock(),
                ledger_bytes_max=ledger_bytes_max,
                elsewhere=elsewhere,
            )
            runtime.warm_up()
        except BaseException:
            engine.dispose()
            raise
        return runtime

    def warm_up(self) -> None:
        """Load what nearly every request needs."""
        from domain.accounts.repository import AMOUNTS, CHART
        from domain.settings.repository import SETTINGS

        with self._engine.connect() as connection, connection.begin():
            view = WarmView(self.state, lambda: connection)
            keys: tuple[WarmKey[Any], ...] = (ORGANIZATION, TEAM, CHART, AMOUNTS, SETTINGS)
            for key in keys:
                view.get(key)

    async def execute(self, requests: Sequence[WireRequest]) -> list[WireAnswer]:
        """One answer a request, in order. Reads run beside each other; writes in order, several in one transaction.

        Raises:
            EpochLostError: another process took the tenant; what was not answered was not written.

        """
        if self._writer.lost is not None:
            raise self._writer.lost
        self.last_used_at = time.monotonic()
        pending: list[WireAnswer | Awaitable[WireAnswer]] = [self._begin(request) for request in requests]
        waiting = [item for item in pending if not isinstance(item, WireAnswer)]
        if not waiting:
            return [item for item in pending if isinstance(item, WireAnswer)]
        results = iter(await asyncio.gather(*waiting, return_exceptions=True))
        answers: list[WireAnswer] = []
        for item in pending:
            result = item if isinstance(item, WireAnswer) else next(results)
            if isinstance(result, BaseException):
                raise result
            answers.append(result)
        return answers

    def _begin(self, request: WireRequest) -> WireAnswer | Awaitable[WireAnswer]:
        try:
            endpoint, values = self._routing.find(request.method, request.path)
            if endpoint.mode is Mode.WRITE:
                return self._writer.enqueue(self._command(request, endpoint, values))
            return self._reader.read(request, endpoint, values)
        except (DomainError, ValidationFailedError) as problem:
            return error_answer(problem)
        except Exception:
            logger.exception("a request failed", extra={"request_id": request.id})
            return error_answer(INTERNAL_ERROR())

    # -- writes --------------------------------------------------------------------------------------------------------------

    def _command(self, request: WireRequest, endpoint: Endpoint, values: list[str]) -> Command:
        # Who may not do it is told so before what is wrong with the body. What counts is the check inside the transaction.
        arguments: dict[str, Any] | None = None
        try:
            check_permission(acting_user(WarmView(self.state, None), request.principal), endpoint)
            arguments = bind(endpoint, values, request.query, request.body)
        except ColdValueError:
            pass

        def run(ctx: TenantContext) -> WireAnswer:
            check_permission(ctx.user, endpoint)
            given = bind(endpoint, values, request.query, request.body) if arguments is None else arguments
            result = endpoint.handler(ctx, **given)
            return plain_answer(endpoint, result, ctx.changes.effects)

        from_client = request.headers.get("idempotency-key")
        return Command(
            run=run,
            user=lambda view: acting_user(view, request.principal),
            request=request,
            key=f"{request.principal.user_id if request.principal else 0}:{from_client}"
            if from_client
            else request.headers.get(WRITE_KEY_HEADER),
            look_up=bool(from_client) or request.attempt > 1,
        )

    async def run_command(self, run: Callable[[TenantContext], Any], user: ActingUser) -> Any:
        """An internal command (import, maintenance) through the same single writer. Returns what `run` returns; its errors raise."""
        outcome: list[Any] = []

        def perform(ctx: TenantContext) -> WireAnswer:
            outcome.clear()
            try:
                outcome.append(run(ctx))
            except Exception as problem:
                outcome.append(problem)
                raise
            return WireAnswer(200)

        answer = self._writer.enqueue(Command(run=perform, user=lambda _view: user))
        status = answer if isinstance(answer, WireAnswer) else await answer
        if outcome and isinstance(outcome[0], Exception):
            raise outcome[0]
        if status.status != 200:  # noqa: PLR2004
            raise DATABASE_UNAVAILABLE()
        return outcome[0]

    async def run_query(self, run: Callable[[TenantContext], Any], user: ActingUser) -> Any:
        """An internal read in a reader thread."""

        def perform() -> Any:
            with self._engine.connect() as connection, connection.begin():
                view = WarmView(self.state, lambda: connection)
                ctx = TenantContext(
                    organization=view.get(ORGANIZATION),
                    user=user,
                    clock=self._clock,
                    warm=view,
                    connect=lambda: connection,
                    services=self._services,
                )
                return run(ctx)

        return await asyncio.get_running_loop().run_in_executor(self._readers, perform)

    # -- life ----------------------------------------------------------------------------------------------------------------

    async def authorize(self, principal: Principal, permission: Permission) -> bool:
        """Whether the principal's role in this tenant holds a permission."""

        def check(view: WarmView) -> bool:
            try:
                return acting_user(view, principal).grants.allow(permission)
            except DomainError:
                return False

        try:
            return check(WarmView(self.state, None))
        except ColdValueError:
            loop = asyncio.get_running_loop()

            def with_database() -> bool:
                with self._engine.connect() as connection, connection.begin():
                    return check(WarmView(self.state, lambda: connection))

            return await loop.run_in_executor(self._readers, with_database)

    async def holds_lease(self) -> bool:
        """Whether this is still the holder of the tenant's epoch, as the database says. An unreachable database says nothing: True."""
        if self._writer.lost is not None:
            return False

        def look() -> bool:
            try:
                with self._engine.connect() as connection, connection.begin():
                    row = read_identity(connection)
            except (DBAPIError, PoolTimeoutError):
                return True
            return row is not None and row["epoch"] == self.lease.epoch

        return await asyncio.get_running_loop().run_in_executor(self._readers, look)

    async def forget_old_keys(self) -> None:
        """Delete idempotency keys that are older than the promised 24 hours, in a transaction of their own."""
        before = self._clock.now() - KEYS_KEPT

        def delete() -> None:
            try:
                with self._engine.connect().execution_options(countinghouse_writer=True) as connection, connection.begin():
                    check_lease(connection, self.lease)
                    delete_keys(connection, before)
            except (DBAPIError, PoolTimeoutError, EpochLostError) as problem:
                logger.info("old idempotency keys stay for now: %s", problem)

        await self._writer.in_turn(delete)

    async def drain(self) -> None:
        """Wait for the writes that are queued."""
        await self._writer.drain()

    def close(self) -> None:
        """Give the connections back."""
        self._writer.close()
        self._readers.shutdown(wait=True, cancel_futures=True)
        self._engine.dispose()

    @property
    def engine(self) -> Engine:
        """The tenant's engine, for operations of the same process."""
        return self._engine

    def stats(self) -> dict[str, Any]:
        """Figures for metrics and passivation."""
        pool = self._engine.pool
        return {
            "tenant_id": self.lease.tenant_id,
            "epoch": self.lease.epoch,
            "version": self.state.version,
            "queued_writes": self._writer.queued,
            "connections": getattr(pool, "checkedin", int)() + getattr(pool, "checkedout", int)(),
            "cache_bytes": self._reader.cache_bytes,
            "idle_s": time.monotonic() - self.last_used_at,
            **self.counters,
            **self._writer.counters,
        }


def _organization(view: WarmView) -> Organization:
    return view.get(ORGANIZATION)
