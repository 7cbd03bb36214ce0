"""One read of a tenant, answered beside the process that serves it: on a connection, a snapshot and warm values of its own.

No lease is taken, nothing is written, nothing is kept afterwards. The snapshot begins with the first statement, so it holds every
write that was acknowledged before the question was asked.
"""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from domain.kit.context import Clock, SystemClock
from domain.kit.errors import INTERNAL_ERROR, DomainError, ValidationFailedError
from domain.kit.exchange import WireAnswer, WireRequest, error_answer
from domain.kit.warm import WarmState, WarmView
from domain.ledger.columns import LEDGER, HeldLedger, LedgerView
from domain.ledger.repository_words import LedgerMovedError
from tenancy.answers import CACHED_BYTES_MAX, CachedAnswer
from tenancy.reading import perform_read
from tenancy.runtime import routing
from tenancy.tenant_database import check_identity, open_engine
from tenancy.writer import unavailable

logger = logging.getLogger(__name__)

STATEMENT_TIMEOUT_S = 300


@dataclass(frozen=True, slots=True)
class Source:
    """Whose books, and what their endpoints need beside them."""

    url: str
    tenant_id: int
    services: Mapping[str, Any]


def answer_from_snapshot(
    source: Source, request: WireRequest, ledger: LedgerView | None = None, clock: Clock | None = None
) -> tuple[CachedAnswer | None, WireAnswer]:
    """The answer as the client can take it; with it, where it is small, the whole of it. Every failure is an answer.

    With `ledger`, that of the process which asks, the ledger is not read; unless the database has moved on from it meanwhile.
    """
    try:
        try:
            answer = _read(source, request, ledger, clock or SystemClock())
        except LedgerMovedError:
            answer = _read(source, request, None, clock or SystemClock())
    except (DomainError, ValidationFailedError) as problem:
        return None, error_answer(problem)
    except DBAPIError as problem:
        return None, unavailable(problem)
    except Exception:
        logger.exception("a read of a snapshot failed", extra={"request_id": request.id, "tenant_id": source.tenant_id})
        return None, error_answer(INTERNAL_ERROR())
    entry = CachedAnswer.of(answer, 0)
    shown = entry.for_request(request.headers)
    return (entry if entry.size_bytes <= CACHED_BYTES_MAX else None), shown


def _read(source: Source, request: WireRequest, ledger: LedgerView | None, clock: Clock) -> WireAnswer:
    endpoint, values = routing().find(request.method, request.path)
    state = WarmState(values={} if ledger is None else {LEDGER.name: HeldLedger(ledger)})
    with open_snapshot(source.url, source.tenant_id) as connection:
        return perform_read(
            request,
            endpoint,
            values,
            view=WarmView(state, lambda: connection),
            connect=lambda: connection,
            clock=clock,
            services=source.services,
        )


@contextmanager
def open_snapshot(url: str, tenant_id: int) -> Iterator[Connection]:
    """A tenant's database as of one moment, read only, over one connection of its own.

    Raises:
        FileNotFoundError: there is no such file. WrongDatabaseError: it is another tenant's.

    """
    address = make_url(url)
    if address.get_backend_name() == "sqlite" and not Path(str(address.database)).is_file():  # opening would make an empty one
        raise FileNotFoundError("the database of the organization is missing")
    engine = open_engine(address, pool_size=1, statement_timeout_s=STATEMENT_TIMEOUT_S)
    _forbid_writing(engine)
    try:
        with engine.connect() as connection, connection.begin():
            check_identity(connection, tenant_id)
            yield connection
    finally:
        engine.dispose()


def _forbid_writing(engine: Engine) -> None:
    command = "PRAGMA query_only=ON" if engine.dialect.name == "sqlite" else "SET SESSION TRANSACTION READ ONLY"

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        cursor.execute(command)
        cursor.close()
