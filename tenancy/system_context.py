"""What a use case of the system database is given, and the services behind it."""

import logging
import queue
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

from domain.kit.context import Clock
from domain.kit.errors import UNAUTHORIZED
from domain.kit.exchange import Principal
from tenancy.cache import SharedCache
from tenancy.config import Config
from tenancy.jobs import JobStore
from tenancy.mail import Mail, MailTransport

logger = logging.getLogger(__name__)

T = TypeVar("T")
BACKGROUND_QUEUE_MAX = 1000
WAKE_SCHEDULER = "wake_scheduler"
"""Effect: something is due that the scheduler does."""
TENANT_COMMAND = "tenant_command"
"""Effect by which a system endpoint leaves its answer to the caller's organization: `{method, path, body}` of an inner endpoint. The
gateway asks there, as the same person and under the same Idempotency-Key, after the system's commit."""


class Background:
    """Work that no caller waits for, such as handing mails to a server: one thread, started at the first use, and a bounded queue."""

    def __init__(self) -> None:
        self._queue: queue.Queue[Callable[[], None] | None] = queue.Queue(BACKGROUND_QUEUE_MAX)
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def submit(self, work: Callable[[], None]) -> bool:
        """Do it soon; False, and a line in the log, where too much waits already."""
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="system-background", daemon=True)
                self._thread.start()
        try:
            self._queue.put_nowait(work)
        except queue.Full:
            logger.error("too much work waits in the background; something was dropped")  # noqa: TRY400 - no trace to show
            return False
        return True

    def _run(self) -> None:
        while (work := self._queue.get()) is not None:
            try:
                work()
            except Exception:
                logger.exception("work in the background failed")
            finally:
                self._queue.task_done()
        self._queue.task_done()

    def drain(self) -> None:
        """Wait until everything submitted so far is done."""
        self._queue.join()

    def close(self, timeout_s: int = 10) -> None:
        """Finish what waits, then stop."""
        with self._lock:
            thread, self._thread = self._thread, None
        if thread is not None:
            self._queue.put(None)
            thread.join(timeout_s)


@dataclass(slots=True)
class SystemServices:
    """What the system's use cases reach: made once a process, shared by its threads."""

    config: Config
    engine: Engine
    cache: SharedCache
    jobs: JobStore
    mail: MailTransport
    clock: Clock
    background: Background = field(default_factory=Background)

    def close(self) -> None:
        """Give everything back."""
        self.background.close()
        self.jobs.close()
        self.cache.close()
        self.engine.dispose()


@dataclass(slots=True)
class SystemContext:
    """The surroundings of one request to the system database."""

    services: SystemServices
    connect: Callable[[], Connection]
    principal: Principal | None
    headers: Mapping[str, str]
    address: str
    mail: list[Mail] = field(default_factory=list)
    """Sent after the commit."""
    news: list[int] = field(default_factory=list)
    """People whose identity changed: told to all gateways after the commit."""
    after_commit: list[Callable[[], Any]] = field(default_factory=list)
    """What must come after the commit and before the answer. It may fail, and must be safe to do again."""
    background: list[Callable[[], None]] = field(default_factory=list)
    """What may come after the answer."""
    effects: list[tuple[str, Any]] = field(default_factory=list)
    """Consequences that the gateway carries out, by name."""

    @property
    def db(self) -> Connection:
        """The connection of the request's transaction, which begins with the first use. Use cases never commit."""
        return self.connect()

    @property
    def engine(self) -> Engine:
        """The system database."""
        return self.services.engine

    @property
    def config(self) -> Config:
        """The configuration."""
        return self.services.config

    @property
    def clock(self) -> Clock:
        """Where the time comes from."""
        return self.services.clock

    @property
    def cache(self) -> SharedCache:
        """What gateways share."""
        return self.services.cache

    @property
    def jobs(self) -> JobStore:
        """Where jobs are kept."""
        return self.services.jobs

    def now(self) -> datetime:
        """This instant, aware, UTC."""
        return self.services.clock.now()

    def read(self, question: Callable[[Connection], T]) -> T:
        """A read in a short transaction of its own: for what comes before slow work, so that no transaction stays open during it."""
        with self.engine.connect() as connection, connection.begin():
            return question(connection)

    @property
    def person(self) -> Principal:
        """Who asks.

        Raises:
            UNAUTHORIZED: nobody signed in.

        """
        if self.principal is None:
            raise UNAUTHORIZED()
        return self.principal

    @property
    def tenant_id(self) -> int:
        """The organization that the request is for.

        Raises:
            UNAUTHORIZED: none was chosen.

        """
        tenant_id = self.person.tenant_id
        if tenant_id is None:
            raise UNAUTHORIZED()
        return tenant_id
