"""The actor of one active tenant: a thin shell around `tenancy.runtime.TenantRuntime` that knows how to begin and to end.

Life: spare (imported, without a tenant) → adopted → serving → draining or fenced out → gone. An actor serves one tenant in its life.
"""

import asyncio
import contextlib
import logging
from dataclasses import dataclass
from typing import Any

import psutil
import ray

from actors.answer_tasks import AnswerTasks
from actors.names import NAMESPACE
from actors.parcels import ANSWERED, DRAINING, MOVED, Reply, pack_answers, unpack_requests
from actors.process import prepare_process, settle_garbage_collector
from domain.kit.exchange import Principal
from domain.kit.permissions import Permission
from tenancy.config import Config
from tenancy.runtime import TenantRuntime, routing
from tenancy.snapshot import Source
from tenancy.tenant_database import EpochLostError

logger = logging.getLogger(__name__)

CONCURRENT_CALLS_MAX = 1000
LEASE_CHECK_INTERVAL_S = 5.0
HOUSEKEEPING_INTERVAL_S = 600.0
DRAIN_TIMEOUT_S = 30.0
MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Adoption:
    """What an actor needs to take a tenant over."""

    tenant_id: int
    organization_id: str
    url: str
    connections: int


class TenantActor:
    """Serves one tenant. Made spare; `adopt` gives it its tenant."""

    def __init__(self, name: str, config: Config) -> None:
        prepare_process(config, role="tenant")
        routing()
        settle_garbage_collector()
        self._name = name
        self._config = config
        self._adoption: Adoption | None = None
        self._runtime: TenantRuntime | None = None
        self._draining = False
        self._calls = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._tasks: list[asyncio.Task[None]] = []

    async def ready(self) -> str:
        """The actor's name, once everything is imported."""
        return self._name

    async def adopt(self, adoption: Adoption) -> dict[str, Any]:
        """Take the tenant: open its database, raise the epoch, load what every request needs. Asking twice does nothing more.

        Raises:
            WrongDatabaseError, DBAPIError: as `TenantRuntime.open`.
            RuntimeError: the actor has another tenant.

        """
        if self._adoption is not None and self._adoption.tenant_id != adoption.tenant_id:
            raise RuntimeError(f"this actor serves tenant {self._adoption.tenant_id}")
        if self._runtime is None:
            self._adoption = adoption
            services = {"bank_feed_enabled": self._config.bank_feed_enabled}
            elsewhere = AnswerTasks(self._config, Source(adoption.url, adoption.tenant_id, services))
            try:
                self._runtime = await asyncio.to_thread(
                    TenantRuntime.open,
                    adoption.url,
                    adoption.tenant_id,
                    connection_allowance=adoption.connections,
                    services=services,
                    ledger_bytes_max=self._config.ledger_memory_mib * MIB,
                    elsewhere=elsewhere,
                )
            except BaseException:
                self._adoption = None
                raise
            self._tasks = [asyncio.create_task(self._watch_lease()), asyncio.create_task(self._keep_house())]
            logger.info("tenant opened", extra={"tenant_id": adoption.tenant_id, "epoch": self._runtime.lease.epoch})
        return await self.describe()

    async def execute(self, tenant_id: int, parcel: bytes) -> Reply:
        """Answer a batch of the tenant's requests; see `actors.parcels` for what the states of a reply promise."""
        runtime = self._runtime
        if runtime is None or self._draining or runtime.lease.tenant_id != tenant_id:
            return DRAINING, b""
        self._calls += 1
        self._idle.clear()
        try:
            answers = await runtime.execute(unpack_requests(parcel))
        except EpochLostError:
            self._retire()
            return MOVED, b""
        finally:
            self._calls -= 1
            if not self._calls:
                self._idle.set()
        return ANSWERED, pack_answers(answers)

    async def authorize(self, tenant_id: int, principal: Principal, permission: Permission) -> bool | None:
        """Whether the principal's role holds the permission; None where this actor cannot say (it is leaving)."""
        runtime = self._runtime
        if runtime is None or self._draining or runtime.lease.tenant_id != tenant_id:
            return None
        return await runtime.authorize(principal, permission)

    async def describe(self) -> dict[str, Any]:
        """What the directory and the metrics want to know. `tenant_id` is None for a spare actor."""
        memory = psutil.Process().memory_info()
        form: dict[str, Any] = {
            "name": self._name,
            "tenant_id": None,
            "draining": self._draining,
            "calls": self._calls,
            "memory_private_bytes": int(memory.rss - memory.shared),
        }
        if self._runtime is not None:
            form |= self._runtime.stats()
        return form

    async def drain(self) -> bool:
        """Take nothing more, finish what was taken, give the connections back. True when everything was finished in time."""
        self._draining = True
        runtime = self._runtime
        if runtime is None:
            return True
        finished = True
        try:
            await asyncio.wait_for(self._idle.wait(), DRAIN_TIMEOUT_S)
        except TimeoutError:
            finished = False
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(runtime.drain(), DRAIN_TIMEOUT_S)
        for task in self._tasks:
            task.cancel()
        self._runtime = None
        await asyncio.to_thread(runtime.close)
        logger.info("tenant closed", extra={"tenant_id": runtime.lease.tenant_id})
        return finished

    async def leave(self) -> None:
        """End the process, in order."""
        ray.actor.exit_actor()

    def _retire(self) -> None:
        """Fenced out: another actor has the tenant. Refuse from now on, and end."""
        if self._draining:
            return
        self._draining = True
        logger.warning("tenant lost to another actor", extra={"tenant_id": self._adoption and self._adoption.tenant_id})
        self._tasks.append(asyncio.create_task(self._end()))

    async def _end(self) -> None:
        await self.drain()
        me = ray.get_runtime_context().current_actor
        me.leave.remote()

    async def _watch_lease(self) -> None:
        """Notice a takeover without waiting for the next write: what this actor reads from memory may be stale by so much only."""
        while not self._draining and self._runtime is not None:
            await asyncio.sleep(LEASE_CHECK_INTERVAL_S)
            runtime = self._runtime
            if runtime is not None and not await runtime.holds_lease():
                self._retire()

    async def _keep_house(self) -> None:
        while not self._draining and self._runtime is not None:
            await self._runtime.forget_old_keys()
            await asyncio.sleep(HOUSEKEEPING_INTERVAL_S)


def start_tenant_actor(name: str, config: Config) -> ray.actor.ActorHandle:
    """A new spare actor: detached, so that it outlives the directory; never restarted, since a restart would have no tenant."""
    options = {
        "name": name,
        "namespace": NAMESPACE,
        "lifetime": "detached",
        "num_cpus": 0,
        "max_restarts": 0,
        "max_task_retries": 0,
        "max_concurrency": CONCURRENT_CALLS_MAX,
    }
    return ray.remote(TenantActor).options(**options).remote(name, config)
