"""A tenant's own database: engine, identity, epoch. SQLite and MySQL/MariaDB by URL alone."""

import os
import socket
import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Engine, event, select, update
from sqlalchemy.engine import URL, make_url
from sqlalchemy.pool import QueuePool

from domain.kit.text import fold_text
from tenancy.tenant_tables import tenant_identity

SQLITE_BUSY_TIMEOUT_MS = 10_000
SQLITE_LOG_ATTEMPTS_MAX = 100
SQLITE_LOG_PAUSE_S = 0.05
CONNECT_TIMEOUT_S = 3
STATEMENT_TIMEOUT_S = 60
POOL_WAIT_S = 5
POOL_RECYCLE_S = 600


class WrongDatabaseError(RuntimeError):
    """The database carries another tenant's id. It is not served."""

    def __init__(self, *, expected: int, found: int | None) -> None:
        super().__init__(
            f"the database belongs to tenant {found}, not to tenant {expected}; it is not opened. "
            "Check the tenant's database name in the system database."
        )


class EpochLostError(RuntimeError):
    """Another process took this tenant over: this one must write nothing more, and stop."""


class SchemaBehindError(RuntimeError):
    """The tenant's schema is older than the program; run `countinghouse tenant migrate`."""


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to write to a tenant's database, until a higher epoch is taken."""

    tenant_id: int
    epoch: int


def tenant_url(template: str, database_name: str) -> URL:
    """The URL of a tenant's database: `{name}` in the configured template replaced."""
    return make_url(template.replace("{name}", database_name))


def open_engine(url: URL | str, *, pool_size: int = 3, statement_timeout_s: int = STATEMENT_TIMEOUT_S) -> Engine:
    """An engine with a bounded pool, opened lazily. Transactions on SQLite begin explicitly; on MySQL they are REPEATABLE READ."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        return _sqlite_engine(address, pool_size)
    return _mysql_engine(address, pool_size, statement_timeout_s)


def _sqlite_engine(url: URL, pool_size: int) -> Engine:
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(
        url,
        poolclass=QueuePool,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=POOL_WAIT_S,
        connect_args={"timeout": SQLITE_BUSY_TIMEOUT_MS / 1000, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # transactions are begun by us, below
        cursor = connection.cursor()
        _use_write_ahead_log(cursor)
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute(f"PRAGMA busy_timeout={SQLITE_BUSY_TIMEOUT_MS}")
        cursor.execute("PRAGMA cache_size=-4000")
        cursor.close()
        connection.create_function("fold_text", 1, _fold_text, deterministic=True)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("countinghouse_writer", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _use_write_ahead_log(cursor: sqlite3.Cursor) -> None:
    """Switch the file to its write-ahead log. SQLite waits for nobody here: two that open a new file at once must try again."""
    for _ in range(SQLITE_LOG_ATTEMPTS_MAX - 1):
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as problem:
            if "locked" not in str(problem):
                raise
            time.sleep(SQLITE_LOG_PAUSE_S)
        else:
            return
    cursor.execute("PRAGMA journal_mode=WAL")


def _fold_text(text: Any) -> Any:
    return fold_text(text) if isinstance(text, str) else text


def _mysql_engine(url: URL, pool_size: int, statement_timeout_s: int) -> Engine:
    mode = "STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION"
    return sa.create_engine(
        url.update_query_dict({"charset": "utf8mb4"}),
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=POOL_WAIT_S,
        pool_recycle=POOL_RECYCLE_S,
        pool_pre_ping=True,
        isolation_level="REPEATABLE READ",
        connect_args={
            "connect_timeout": CONNECT_TIMEOUT_S,
            "read_timeout": statement_timeout_s,
            "write_timeout": statement_timeout_s,
            "init_command": f"SET SESSION time_zone='+00:00', sql_mode='{mode}'",
        },
    )


def create_database(template: str, database_name: str) -> None:
    """Create the tenant's database if it is not there: utf8mb4 on MySQL, a file on SQLite."""
    create_database_at(tenant_url(template, database_name))


def create_database_at(url: URL) -> None:
    """Create the database that a URL names if it is not there."""
    if url.get_backend_name() == "sqlite":
        Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
        return
    server = sa.create_engine(url.set(database=""), connect_args={"connect_timeout": CONNECT_TIMEOUT_S})
    try:
        quoted = server.dialect.identifier_preparer.quote_identifier(str(url.database))
        with server.connect() as connection:
            connection.exec_driver_sql(
                f"CREATE DATABASE IF NOT EXISTS {quoted} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci"
            )
    finally:
        server.dispose()


def read_identity(connection: Connection) -> sa.RowMapping | None:
    """The identity row, or None where the database has none yet."""
    return connection.execute(select(tenant_identity).where(tenant_identity.c.id == 1)).mappings().first()


def check_identity(connection: Connection, tenant_id: int) -> None:
    """Refuse a database that is not this tenant's.

    Raises:
        WrongDatabaseError: another tenant's, or nobody's.

    """
    # This column alone: databases of older schemas are asked too, before they are migrated.
    found = connection.execute(select(tenant_identity.c.tenant_id).where(tenant_identity.c.id == 1)).scalar()
    if found != tenant_id:
        raise WrongDatabaseError(expected=tenant_id, found=found)


def take_lease(engine: Engine, tenant_id: int) -> Lease:
    """Raise the epoch: from its commit on, every earlier holder is refused.

    Raises:
        WrongDatabaseError: the database is not this tenant's.

    """
    holder = f"{socket.gethostname()}:{os.getpid()}"
    with engine.connect().execution_options(countinghouse_writer=True) as connection, connection.begin():
        check_identity(connection, tenant_id)
        connection.execute(
            update(tenant_identity).where(tenant_identity.c.id == 1).values(epoch=tenant_identity.c.epoch + 1, holder=holder)
        )
        epoch = connection.execute(select(tenant_identity.c.epoch).where(tenant_identity.c.id == 1)).scalar_one()
    return Lease(tenant_id, int(epoch))


_CURRENT_EPOCH = select(tenant_identity.c.epoch).where(tenant_identity.c.id == 1)


def check_lease(connection: Connection, lease: Lease) -> None:
    """Checked at the start of every write transaction. The row stays locked to its end, so nobody can take over in between.

    Raises:
        EpochLostError: a higher epoch was taken.

    """
    statement = _CURRENT_EPOCH.with_for_update() if connection.dialect.name == "mysql" else _CURRENT_EPOCH
    if connection.execute(statement).scalar() != lease.epoch:
        msg = f"tenant {lease.tenant_id} was taken over: epoch {lease.epoch} is no longer the current one"
        raise EpochLostError(msg)
