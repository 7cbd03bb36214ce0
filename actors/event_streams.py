"""The streams of `/api/events` in this gateway: heartbeats, identities looked at again, news from other gateways, an orderly end."""

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus

from actors.changes import Change, ChangeNews, read_changes
from actors.events import EventHub, Subscription, frame
from actors.job_watch import JobWatch
from domain.kit.errors import DomainError
from domain.kit.exchange import Principal
from tenancy.cache import SharedCache
from tenancy.cache_keys import CHANGES_CHANNEL
from tenancy.jobs import JobStore, JobStoreUnavailableError

logger = logging.getLogger(__name__)

HEARTBEAT_S = 15.0
"""Shorter than any proxy's patience. A stream of somebody who was signed out ends with the next one."""
HEARTBEAT = b": beat\n\n"
WATCH_INTERVAL_S = 1.0
RESET_PAUSE_S = 15.0
"""Between two resets of everybody, while the shared cache is lost."""
PROBE_TIMEOUT_S = 1.0
_JOBS_OF = {("organization", "build"), ("report-packs", "created")}

Place = tuple[str, int]


class EventStreams:
    """See the module. Made with the gateway; `begin` needs the running event loop."""

    def __init__(self, cache: SharedCache, jobs: JobStore, threads: ThreadPoolExecutor, *, several_gateways: bool) -> None:
        self.hub = EventHub()
        self._cache = cache
        self._threads = threads
        self._news = ChangeNews(cache, threads, elsewhere=several_gateways)
        self._jobs = JobWatch(jobs, self.hub)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._resetting: asyncio.TimerHandle | None = None
        self._reset_at = 0.0
        self._watching: asyncio.Task[None] | None = None
        self._place: Place | None = None

    def begin(self) -> None:
        """Listen to the other gateways, if that was not begun yet."""
        if self._loop is None:
            self._loop = loop = asyncio.get_running_loop()

            def hear(message: str) -> None:
                loop.call_soon_threadsafe(self._hear, message)

            def missed() -> None:
                loop.call_soon_threadsafe(self._missed)

            self._cache.listen(CHANGES_CHANNEL, hear, missed)

    def tell(self, change: Change) -> None:
        """A change that was just made through this gateway."""
        self._news.tell(change)

    def _hear(self, message: str) -> None:
        changes = read_changes(message)
        if changes is None:
            self._missed()
            return
        for change in changes:
            self.hub.tell(change.tenant_id, "change", change.data, only_user_id=change.only_user_id)
            if (change.data["resource"], change.data["action"]) in _JOBS_OF and self.hub.is_heard(change.tenant_id):
                self._jobs.expect(str(change.data.get("id")))

    def _missed(self) -> None:
        """Reset everybody: now, or later where that was done a moment ago."""
        if self._loop is None or self._resetting is not None:
            return
        self._resetting = self._loop.call_at(max(self._loop.time(), self._reset_at), self._reset)

    def _reset(self) -> None:
        self._resetting = None
        self._reset_at = asyncio.get_running_loop().time() + RESET_PAUSE_S
        self.hub.reset()

    # -- one stream ----------------------------------------------------------------------------------------------------------

    def join(self, principal: Principal, tenant_id: int, *, last_event_id: str, place: Place | None) -> Subscription:
        """A new stream; `hub.leave` must be called at its end. `place`: where this replica listens, by which it sees its own end coming.

        Raises:
            EVENT_STREAMS_TOO_MANY, EVENT_STREAMS_FULL.

        """
        subscription = self.hub.join(principal, tenant_id, last_event_id)
        self._place = place
        self._jobs.repeat()
        if self._watching is None or self._watching.done():
            self._watching = asyncio.create_task(self._watch())
        return subscription

    @staticmethod
    async def follow(
        subscription: Subscription, opening: bytes, check: Callable[[], Awaitable[None]]
    ) -> AsyncGenerator[bytes, None]:
        """The bytes of a stream until it ends. `check` raises where its owner may not have it any more; it is asked at each heartbeat."""
        yield opening
        beat_at = time.monotonic() + HEARTBEAT_S
        while (data := await subscription.next(max(0.0, beat_at - time.monotonic()))) is not None:
            if data:
                yield data
            if time.monotonic() >= beat_at:
                try:
                    await check()
                except DomainError as problem:
                    yield frame("end", {"reason": problem.code.type})
                    return
                yield HEARTBEAT
                beat_at = time.monotonic() + HEARTBEAT_S

    # -- while there are streams ---------------------------------------------------------------------------------------------

    async def _watch(self) -> None:
        failures = 0
        while self.hub.streams:
            await asyncio.sleep(WATCH_INTERVAL_S)
            try:
                failures = 0 if await self._stays() else failures + 1
                if failures > 1:
                    self.hub.end("closing")
                if self._jobs.is_due:
                    await self._look_at_jobs()
            except Exception:
                logger.exception("watching over event streams failed; it goes on")

    async def _look_at_jobs(self) -> None:
        try:
            self._jobs.tell(await asyncio.get_running_loop().run_in_executor(self._threads, self._jobs.look))
        except JobStoreUnavailableError:  # /healthz says so
            self._jobs.postpone()

    async def _stays(self) -> bool:
        """Whether this replica goes on: Serve gives it no sign of its end but the answer that it gives to HAProxy's health checks."""
        if self._place is None:
            return True
        writer: asyncio.StreamWriter | None = None
        try:
            async with asyncio.timeout(PROBE_TIMEOUT_S):
                reader, writer = await asyncio.open_connection(*self._place)
                writer.write(b"GET /-/healthz HTTP/1.1\r\nhost: gateway\r\nconnection: close\r\n\r\n")
                status = (await reader.readline()).split()
        except TimeoutError:
            return True  # busy
        except OSError:
            return False
        finally:
            if writer is not None:
                writer.close()
                with contextlib.suppress(OSError):
                    await writer.wait_closed()
        return status[1:2] != [str(int(HTTPStatus.SERVICE_UNAVAILABLE)).encode()]
