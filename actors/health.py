"""What `/healthz` and `/readyz` say: alive, able to serve, and what is missing."""

import asyncio
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
        parts = await self._parts()
        missing = sorted(name for name, state in parts.items() if state != "ok")
        body = {"status": "degraded" if missing else "ok", "missing": missing, "parts": parts, "version": VERSION}
        return WireAnswer(200, dump_json(body), JSON_HEADERS)

    async def readyz(self) -> WireAnswer:
        """200 when requests can be served, else 503."""
        parts = await self._parts()
        ready = all(parts[name] == "ok" for name in NEEDED)
        return WireAnswer(200 if ready else 503, dump_json({"ready": ready, "parts": parts}), JSON_HEADERS)

    async def _parts(self) -> dict[str, str]:
        loop = asyncio.get_running_loop()
        names = ("system_database", "shared_cache", "job_store", "directory", "scheduler")
        checks = (
            loop.run_in_executor(self._threads, self._database),
            loop.run_in_executor(self._threads, self._services.cache.healthy),
            loop.run_in_executor(self._threads, self._services.jobs.healthy),
            _answers(self._directory.begin.remote()),
            _answers(self._scheduler.alive.remote()),
        )
        results = await asyncio.gather(*(_within_limit(check) for check in checks))
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


async def _within_limit(check: Any) -> str:
    try:
        return "ok" if await asyncio.wait_for(check, CHECK_TIMEOUT_S) else "missing"
    except TimeoutError:
        return "missing"
