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
    """Wait until the server answers and the database exists: servers that come up late are no reason to give up (LESSONS H2).

    Raises:
        DatabaseUnreachableError: it did not in so many seconds.

    """
    shown = make_url(url).render_as_string(hide_password=True)
    deadline, told = time.monotonic() + timeout_s, False
    while True:
        try:
            create_database_at(make_url(url))
            engine = open_engine(url, pool_size=1)
            try:
                with engine.connect() as connection:
                    connection.execute(text("SELECT 1"))
            finally:
                engine.dispose()
        except (DBAPIError, OSError) as problem:
            if time.monotonic() > deadline:
                raise DatabaseUnreachableError(f"{shown} did not answer within {timeout_s:.0f} s: {problem}") from problem
            if not told:
                logger.warning("waiting for the database %s", shown)
                told = True
            time.sleep(WAIT_PAUSE_S)
        else:
            return


def migrate_system(config: Config, *, wait_s: float = WAIT_TIMEOUT_S) -> None:
    """Create the system database if need be and bring it to the newest schema."""
    from tenancy.migration import upgrade

    wait_for_database(config.system_database_url, timeout_s=wait_s)
    engine = open_engine(config.system_database_url, pool_size=2)
    try:
        upgrade(engine, "system")
    finally:
        engine.dispose()
