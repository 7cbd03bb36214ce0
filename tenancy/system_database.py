"""The system database: engine, transactions, waiting for it, bringing it up to date."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from tenancy.config import Config
from tenancy.tenant_database import create_database_at, open_engine

logger = logging.getLogger(__name__)

POOL_SIZE = 8
WAIT_TIMEOUT_S = 120.0
WAIT_PAUSE_S = 1.0
WAIT_TOLD_EVERY_S = 10.0
_CLIENT_ERRORS = 2000
_SERVER_BUSY = frozenset({1040, 1053, 1203})
"""Too many connections, shutting down, too many connections of this user."""


class DatabaseUnreachableError(RuntimeError):
    """The database did not answer for as long as we wait; the message says which."""


def open_system_engine(config: Config) -> Engine:
    """An engine for the system database, opened lazily."""
    return open_engine(config.system_database_url, pool_size=POOL_SIZE)


@contextmanager
def system_transaction(engine: Engine) -> Iterator[Connection]:
    """A writing transaction on the system database: committed at the end, rolled back on any error."""
    with engine.connect().execution_options(countinghouse_writer=True) as connection, connection.begin():
        yield connection


def wait_for_database(url: str, *, timeout_s: float = WAIT_TIMEOUT_S) -> None:
    """Wait until the server answers, and create the database if need be: a server that comes up late is no reason to give up
    (LESSONS H2). What waiting does not change, such as a wrong password, is told at once.

    Raises:
        DatabaseUnreachableError: it did not answer in time, or refuses us.

    """
    shown = make_url(url).render_as_string(hide_password=True)
    started = told_at = time.monotonic()
    while True:
        try:
            _knock(url)
        except (DBAPIError, OSError) as problem:
            reason = problem.orig if isinstance(problem, DBAPIError) else problem
            if not _passing(problem):
                raise DatabaseUnreachableError(f"the database {shown} refuses: {reason}") from problem
            waited_s = time.monotonic() - started
            if waited_s > timeout_s:
                raise DatabaseUnreachableError(f"{shown} did not answer within {timeout_s:.0f} s: {reason}") from problem
            if told_at == started or time.monotonic() - told_at > WAIT_TOLD_EVERY_S:
                logger.warning("waiting for the database %s (%.0f of %.0f s): %s", shown, waited_s, timeout_s, reason)
                told_at = time.monotonic()
            time.sleep(WAIT_PAUSE_S)
        else:
            if told_at != started:
                logger.warning("the database %s answers after %.0f s", shown, time.monotonic() - started)
            return


def _knock(url: str) -> None:
    create_database_at(make_url(url))
    engine = open_engine(url, pool_size=1)
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    finally:
        engine.dispose()


def _passing(problem: DBAPIError | OSError) -> bool:
    """Whether waiting may help: the client could not connect, or the server is full, or going down. Never so for a file."""
    if isinstance(problem, OSError) or problem.orig is None or not problem.orig.args:
        return False
    code = problem.orig.args[0]
    return isinstance(code, int) and (code >= _CLIENT_ERRORS or code in _SERVER_BUSY)


def migrate_system(config: Config, *, wait_s: float = WAIT_TIMEOUT_S) -> None:
    """Create the system database if need be and bring it to the newest schema.

    Raises:
        DatabaseUnreachableError: it does not answer. UnknownSchemaError, ForeignTablesError: see `tenancy.migration.upgrade`.

    """
    from tenancy.migration import STATEMENT_TIMEOUT_S, upgrade

    wait_for_database(config.system_database_url, timeout_s=wait_s)
    engine = open_engine(config.system_database_url, pool_size=2, statement_timeout_s=STATEMENT_TIMEOUT_S)
    try:
        upgrade(engine, "system")
    finally:
        engine.dispose()
