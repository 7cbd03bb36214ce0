"""Tells tenants what their members are called, when people change it (`tenancy.identity.names` says why so). A part of the scheduler."""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from ulid import ULID

from actors.mailbox import Lane, Mailbox
from domain.kit.context import Clock
from domain.kit.exchange import Principal, WireRequest
from domain.kit.text import full_name
from domain.kit.wire import dump_json
from domain.members.inner_endpoints import OWN_NAME
from tenancy.identity.names import RETRY_PAUSE, NameDue, find_due, name_told
from tenancy.system_database import system_transaction

logger = logging.getLogger(__name__)

REFUSED_FROM, FAILED_FROM = 400, 500


class NameCourier:
    """One round at a time; what fails is due again in a while."""

    def __init__(self, engine: Engine, mailbox: Mailbox, threads: ThreadPoolExecutor, clock: Clock) -> None:
        self._engine = engine
        self._mailbox = mailbox
        self._threads = threads
        self._clock = clock
        self._round: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Look for what is due, unless that is being done."""
        if self._round is None or self._round.done():
            self._round = asyncio.create_task(self.go())

    async def go(self) -> None:
        """One round: at most 20 organizations, all at once."""
        loop = asyncio.get_running_loop()
        try:
            due = await loop.run_in_executor(self._threads, self._find)
            await asyncio.gather(*(self._deliver(item) for item in due))
        except (DBAPIError, PoolTimeoutError) as problem:
            logger.warning("names wait to be told: %s", problem)
        except Exception:
            logger.exception("telling names failed; it is tried again")

    def _find(self) -> list[NameDue]:
        with self._engine.connect() as connection, connection.begin():
            return find_due(connection, self._clock.now())

    async def _deliver(self, due: NameDue) -> None:
        name = full_name(due.first_name, due.last_name, due.email)
        body = {"first_name": due.first_name, "last_name": due.last_name, "accepted_at": due.accepted_at}
        request = WireRequest(
            id=str(ULID()),
            method="PUT",
            path=OWN_NAME,
            body=dump_json(body),
            principal=Principal(due.user_id, due.email, name, tenant_id=due.tenant_id),
        )
        answer = await self._mailbox.send(due.tenant_id, Lane.WRITE, request)
        failed = answer.status >= FAILED_FROM
        if answer.status >= REFUSED_FROM:  # a refusal is final: they are no member there any more
            logger.warning("a name was not taken", extra={"tenant_id": due.tenant_id, "status": answer.status})

        def note() -> None:
            with system_transaction(self._engine) as connection:
                name_told(connection, due, retry_at=self._clock.now() + RETRY_PAUSE if failed else None)

        await asyncio.get_running_loop().run_in_executor(self._threads, note)
