"""What `/healthz` and `/readyz` say: alive, able to serve, and what is missing."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from ray.actor import ActorHandle
from ray.exceptions import RayError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from domain.kit.exchange import JSON_HEADERS, WireAnswer
from domain.kit.wire import dump_json
from tenancy.system_runtime import SystemServices
from tenancy.version import VERSION

CHECK_TIMEOUT_S = 3.0
EVERYTHING = ("system_database", "shared_cache", "job_store", "directory", "scheduler")
NEEDED = ("system_database", "directory")
"""Without these nothing can be served; the rest may be missing while accounting goes on."""


class Health:
    """Asks each part whether it answers."""

    def __init__(
        self, services: SystemServices, directory: ActorHandle, scheduler: ActorHandle, threads: ThreadPoolExecutor
    ) -> None:
        self._services = services
        self._directory = directory
        self._scheduler = scheduler
        self._threads = threads

    async def healthz(self) -> WireAnswer:
        """200 while this process answers; `missing` names the parts that do not."""
        parts = await self._parts(EVERYTHING)
        missing = sorted(name for name, state in parts.items() if state != "ok")
        body = {"status": "degraded" if missing else "ok", "missing": missing, "parts": parts, "version": VERSION}
        return WireAnswer(200, dump_json(body), JSON_HEADERS)

    async def readyz(self) -> WireAnswer:
        """200 when requests can be served, else 503."""
        parts = await self._parts(NEEDED)
        ready = all(state == "ok" for state in parts.values())
        return WireAnswer(200 if ready else 503, dump_json({"ready": ready, "parts": parts}), JSON_HEADERS)

    async def _parts(self, names: tuple[str, ...]) -> dict[str, str]:
        loop = asyncio.get_running_loop()
        checks: dict[str, Callable[[], Awaitable[bool]]] = {
            "system_database": lambda: loop.run_in_executor(self._threads, self._database),
            "shared_cache": lambda: loop.run_in_executor(self._threads, self._services.cache.healthy),
            "job_store": lambda: loop.run_in_executor(self._threads, self._services.jobs.healthy),
            "directory": lambda: _answers(self._directory.begin.remote()),
            "scheduler": lambda: _answers(self._scheduler.alive.remote()),
        }
        results = await asyncio.gather(*(_within_limit(checks[name]()) for name in names))
        return dict(zip(names, results, strict=True))

    def _database(self) -> bool:
        try:
            with self._services.engine.connect() as connection:
                connection.execute(text("SELECT 1"))
        except SQLAlchemyError:
            return False
        return True


async def _answers(call: Any) -> bool:
    try:
        await call
    except RayError:
        return False
    return True


async def _within_limit(check: Awaitable[bool]) -> str:
    try:
        return "ok" if await asyncio.wait_for(check, CHECK_TIMEOUT_S) else "missing"
    except TimeoutError:
        return "missing"
