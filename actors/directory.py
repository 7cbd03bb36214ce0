"""Which tenant lives where: activation, spare actors, passivation. One named, detached actor that Ray restarts when it dies.

It keeps nothing that it could not find out again: after its own death it asks the living tenant actors whose they are. Should two
claim a tenant, the higher epoch is right; the other cannot write any more (DESIGN 7).
"""

import asyncio
import contextlib
import logging
import time
from dataclasses import dataclass, field
from typing import Any

import psutil
import ray
from ray.actor import ActorHandle
from ray.exceptions import RayActorError
from sqlalchemy.exc import DBAPIError
from ulid import ULID

from actors.names import DIRECTORY, NAMESPACE, TENANT_ACTOR_PREFIX, find_actor, tenant_actor_names
from actors.passivation import Activity, Limits, choose
from actors.process import prepare_process
from actors.tenant import Adoption, start_tenant_actor
from domain.kit.errors import TENANT_UNAVAILABLE, DomainError
from tenancy.config import Config
from tenancy.migration import ensure_current
from tenancy.provisioning import tenant_database_url
from tenancy.registry import get_tenant
from tenancy.system_database import open_system_engine
from tenancy.tenant_database import SchemaBehindError

logger = logging.getLogger(__name__)

WATCH_INTERVAL_S = 5.0
DESCRIBE_TIMEOUT_S = 5.0
ACTOR_START_TIMEOUT_S = 60.0
ADOPT_TIMEOUT_S = 150.0
PASSIVATIONS_AT_ONCE_MAX = 8
GATEWAY_REPORT_KEPT_S = 30.0
RETRY_AFTER_S = 1


@dataclass(slots=True)
class Residence:
    """Where an active tenant lives."""

    tenant_id: int
    name: str
    actor: ActorHandle
    last_seen: dict[str, Any] = field(default_factory=dict)


class TenantDirectory:
    """See the module. Its methods are called by gateways and operators."""

    def __init__(self, config: Config) -> None:
        prepare_process(config, role="directory")
        self._config = config
        self._engine = open_system_engine(config)
        self._residences: dict[int, Residence] = {}
        self._opening: dict[int, asyncio.Task[Residence]] = {}
        self._leaving: set[str] = set()
        self._spares: dict[str, ActorHandle] = {}
        self._starting = 0
        self._relieving = False
        self._counters = {"activations": 0, "passivations": 0, "actor_deaths": 0, "rebuilds": 0}
        self._gateways: dict[str, tuple[float, dict[str, float]]] = {}
        self._begun: asyncio.Task[None] | None = None
        self._watching: asyncio.Task[None] | None = None
        self._activation_s: list[float] = []

    async def begin(self) -> bool:
        """Find out what is alive, and start to watch over it. Every method waits for this."""
        if self._begun is None:
            self._begun = asyncio.create_task(self._rebuild())
        await asyncio.shield(self._begun)
        if self._watching is None or self._watching.done():
            self._watching = asyncio.create_task(self._watch())
        return True

    async def locate(self, tenant_id: int, avoid: str = "") -> tuple[str, ActorHandle]:
        """Name and handle of the tenant's actor, activating it if need be. `avoid` names an actor that failed the caller.

        Raises:
            TENANT_UNAVAILABLE: its database cannot be opened now, or too many tenants are active.

        """
        await self.begin()
        residence = self._residences.get(tenant_id)
        if residence is not None and residence.name == avoid and not await self._still_serves(residence):
            await self._forget(residence)
            residence = None
        if residence is None:
            residence = await self._open(tenant_id)
        return residence.name, residence.actor

    async def passivate(self, tenant_id: int) -> bool:
        """Put a tenant to rest. False where it was not active."""
        await self.begin()
        residence = self._residences.get(tenant_id)
        if residence is None:
            return False
        await self._rest(residence)
        return True

    async def active(self) -> list[dict[str, Any]]:
        """The active tenants as they are now."""
        await self.begin()
        await self._look_after_tenants()
        return [item.last_seen for item in self._residences.values()]

    async def stats(self) -> dict[str, Any]:
        """Figures for metrics: of this directory, of all active tenants, of all gateways that reported lately."""
        await self.begin()
        seen = [item.last_seen for item in self._residences.values() if item.last_seen]
        durations = sorted(self._activation_s)
        return {
            "active_tenants": len(self._residences),
            "spare_actors": len(self._spares),
            "activation_p50_s": durations[len(durations) // 2] if durations else 0.0,
            "queued_writes": sum(item.get("queued_writes", 0) for item in seen),
            "connections": sum(item.get("connections", 0) for item in seen),
            "memory_private_bytes": sum(item.get("memory_private_bytes", 0) for item in seen),
            "gateways": self._fresh_reports(),
            **self._counters,
        }

    async def report(self, gateway: str, figures: dict[str, float]) -> None:
        """A gateway's counters, so that `/metrics` of any gateway can show all of them."""
        await self.begin()
        self._gateways[gateway] = (time.monotonic(), figures)

    def _fresh_reports(self) -> dict[str, dict[str, float]]:
        oldest = time.monotonic() - GATEWAY_REPORT_KEPT_S
        self._gateways = {name: item for name, item in self._gateways.items() if item[0] >= oldest}
        return {name: figures for name, (_, figures) in self._gateways.items()}

    # -- activation ----------------------------------------------------------------------------------------------------------

    async def _open(self, tenant_id: int) -> Residence:
        """One activation a tenant at a time, whoever asks."""
        task = self._opening.get(tenant_id)
        if task is None:
            task = self._opening[tenant_id] = asyncio.create_task(self._activate(tenant_id))
            task.add_done_callback(lambda _done: self._opening.pop(tenant_id, None))
        return await asyncio.shield(task)

    async def _activate(self, tenant_id: int) -> Residence:
        started = time.monotonic()
        adoption = await asyncio.to_thread(self._adoption, tenant_id)
        await self._make_room()
        for attempt in (1, 2):
            name, actor = await self._take_spare()
            try:
                seen = await asyncio.wait_for(actor.adopt.remote(adoption), ADOPT_TIMEOUT_S)
                break
            except RayActorError:
                if attempt == 2:  # noqa: PLR2004
                    raise _unavailable("the actor of this organization could not be started") from None
            except Exception as problem:  # noqa: BLE001 - whatever the database says; the cause is logged and told
                await self._end(name, actor)
                logger.warning("tenant could not be opened: %s", problem, extra={"tenant_id": tenant_id})
                raise _unavailable(f"the books of this organization cannot be opened ({_first_line(problem)})") from None
        residence = Residence(tenant_id, name, actor, seen)
        self._residences[tenant_id] = residence
        self._counters["activations"] += 1
        self._activation_s = [*self._activation_s[-199:], time.monotonic() - started]
        self._keep_spares()
        return residence

    def _adoption(self, tenant_id: int) -> Adoption:
        try:
            with self._engine.connect() as connection, connection.begin():
                record = get_tenant(connection, tenant_id)
            if record is None or record.built_at is None:
                raise _unavailable("this organization has not been built")
            ensure_current(self._config, record, self._engine)
        except DBAPIError as problem:
            raise _unavailable(f"the system database cannot be reached ({_first_line(problem)})") from None
        except SchemaBehindError as problem:
            logger.warning("tenant could not be opened: %s", problem, extra={"tenant_id": tenant_id})
            raise _unavailable(f"the books of this organization cannot be opened ({_first_line(problem)})") from None
        url = tenant_database_url(self._config, record)
        return Adoption(tenant_id, record.organization_id, url, self._config.connections_per_tenant)

    async def _make_room(self) -> None:
        """Keep the number of active tenants within the bound and the cluster's budget of connections: the longest idle goes."""
        while len(self._residences) + len(self._opening) > self._limits().active_max:
            await self._look_after_tenants()
            idle = [item for item in self._residences.values() if not item.last_seen.get("calls")]
            if not idle:
                raise _unavailable("too many organizations are active at the moment")
            await self._rest(max(idle, key=lambda item: item.last_seen.get("idle_s", 0.0)))

    def _limits(self) -> Limits:
        config = self._config
        by_connections = config.connections_total // config.connections_per_tenant
        return Limits(
            idle_s=config.idle_passivation_s,
            active_max=max(1, min(config.active_tenants_max, by_connections)),
            memory_high_percent=config.memory_high_percent,
            memory_low_percent=config.memory_low_percent,
        )

    # -- spare actors --------------------------------------------------------------------------------------------------------

    async def _take_spare(self) -> tuple[str, ActorHandle]:
        while self._spares:
            name, actor = self._spares.popitem()
            with contextlib.suppress(RayActorError, TimeoutError):
                await asyncio.wait_for(actor.ready.remote(), DESCRIBE_TIMEOUT_S)
                return name, actor
        return await self._start_actor()

    async def _start_actor(self) -> tuple[str, ActorHandle]:
        name = f"{TENANT_ACTOR_PREFIX}{ULID()}"
        actor = await asyncio.to_thread(start_tenant_actor, name, self._config)
        try:
            await asyncio.wait_for(actor.ready.remote(), ACTOR_START_TIMEOUT_S)
        except (RayActorError, TimeoutError) as problem:
            raise _unavailable("an actor could not be started") from problem
        return name, actor

    def _keep_spares(self) -> None:
        for _ in range(self._config.spare_actors - len(self._spares) - self._starting):
            self._starting += 1
            asyncio.create_task(self._add_spare()).add_done_callback(_log_failure)

    async def _add_spare(self) -> None:
        try:
            name, actor = await self._start_actor()
            self._spares[name] = actor
        finally:
            self._starting -= 1

    # -- passivation ---------------------------------------------------------------------------------------------------------

    async def _rest(self, residence: Residence) -> None:
        if self._residences.get(residence.tenant_id) is residence:
            del self._residences[residence.tenant_id]
        self._leaving.add(residence.name)
        try:
            with contextlib.suppress(RayActorError, TimeoutError):
                await asyncio.wait_for(residence.actor.drain.remote(), ADOPT_TIMEOUT_S)
            await self._end(residence.name, residence.actor)
            self._counters["passivations"] += 1
        finally:
            self._leaving.discard(residence.name)

    async def _end(self, name: str, actor: ActorHandle) -> None:
        self._spares.pop(name, None)
        with contextlib.suppress(Exception):
            await asyncio.to_thread(ray.kill, actor)

    async def _forget(self, residence: Residence) -> None:
        """An actor that is dead, leaving or fenced out. Its process is ended, so that it holds no connection."""
        if self._residences.get(residence.tenant_id) is residence:
            del self._residences[residence.tenant_id]
            if residence.name not in self._leaving:
                self._counters["actor_deaths"] += 1
                await self._end(residence.name, residence.actor)

    async def _still_serves(self, residence: Residence) -> bool:
        return _serves(await _describe(residence.actor), residence.tenant_id)

    # -- watching ------------------------------------------------------------------------------------------------------------

    async def _watch(self) -> None:
        while True:
            try:
                self._keep_spares()
                await self._look_after_tenants()
                await self._passivate_some()
            except Exception:
                logger.exception("the directory's watch failed; it goes on")
            await asyncio.sleep(WATCH_INTERVAL_S)

    async def _look_after_tenants(self) -> None:
        residences = list(self._residences.values())
        reports = await asyncio.gather(*(_describe(item.actor) for item in residences))
        for residence, seen in zip(residences, reports, strict=True):
            if _serves(seen, residence.tenant_id):
                residence.last_seen = seen or residence.last_seen
            elif residence.name not in self._leaving:
                await self._forget(residence)

    async def _passivate_some(self) -> None:
        activities = [
            Activity(item.tenant_id, item.last_seen.get("idle_s", 0.0), item.last_seen.get("memory_private_bytes", 0))
            for item in self._residences.values()
            if item.last_seen and not item.last_seen.get("calls")
        ]
        memory = psutil.virtual_memory()
        chosen, self._relieving = choose(
            activities,
            limits=self._limits(),
            memory_percent=memory.percent,
            memory_total_bytes=memory.total,
            relieving=self._relieving,
        )
        residences = [
            self._residences[tenant_id] for tenant_id in chosen[:PASSIVATIONS_AT_ONCE_MAX] if tenant_id in self._residences
        ]
        await asyncio.gather(*(self._rest(item) for item in residences))

    async def _rebuild(self) -> None:
        """Ask every living tenant actor whose it is."""
        names = await asyncio.to_thread(tenant_actor_names)
        actors = [(name, actor) for name in names if (actor := await asyncio.to_thread(find_actor, name)) is not None]
        reports = await asyncio.gather(*(_describe(actor) for _, actor in actors))
        for (name, actor), seen in zip(actors, reports, strict=True):
            if not seen or seen["draining"]:
                await self._end(name, actor)
            elif seen["tenant_id"] is None:
                self._spares[name] = actor
            else:
                rival = self._residences.get(seen["tenant_id"])
                if rival is not None and rival.last_seen["epoch"] > seen["epoch"]:
                    await self._end(name, actor)
                    continue
                if rival is not None:
                    await self._end(rival.name, rival.actor)
                self._residences[seen["tenant_id"]] = Residence(seen["tenant_id"], name, actor, seen)
        if actors:
            self._counters["rebuilds"] += 1
            logger.info("directory rebuilt", extra={"active": len(self._residences), "spare": len(self._spares)})


async def _describe(actor: ActorHandle) -> dict[str, Any] | None:
    """What the actor says of itself; None where it is dead; nothing where it is too busy to say."""
    try:
        seen: dict[str, Any] = await asyncio.wait_for(actor.describe.remote(), DESCRIBE_TIMEOUT_S)
    except RayActorError:
        return None
    except TimeoutError:
        return {}
    return seen


def _serves(seen: dict[str, Any] | None, tenant_id: int) -> bool:
    """Whether what an actor said of itself, or its being too busy to say, leaves the tenant with it."""
    return seen is not None and (not seen or (seen["tenant_id"] == tenant_id and not seen["draining"]))


def _unavailable(why: str) -> DomainError:
    return TENANT_UNAVAILABLE(f"{why[:1].upper()}{why[1:]}. Try again shortly.", headers={"Retry-After": str(RETRY_AFTER_S)})


def _first_line(problem: BaseException) -> str:
    cause = problem.__cause__ or problem
    return (str(cause).strip().splitlines() or [type(cause).__name__])[-1][:200]


def _log_failure(task: "asyncio.Task[None]") -> None:
    if not task.cancelled() and task.exception() is not None:
        logger.warning("a spare actor could not be started: %s", task.exception())


def start_directory(config: Config) -> ActorHandle:
    """The directory: the one that runs, or a new one. Ray restarts it for ever, and repeats no call to it."""
    return (
        ray.remote(TenantDirectory)
        .options(
            name=DIRECTORY,
            namespace=NAMESPACE,
            lifetime="detached",
            get_if_exists=True,
            num_cpus=0,
            max_restarts=-1,
            max_task_retries=0,
            max_concurrency=1000,
        )
        .remote(config)
    )
