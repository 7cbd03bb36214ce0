"""Bringing databases to the newest schema, with Alembic: the system database at start, tenants one by one or all in parallel.

A failing tenant stops nobody else; how each one fared is in the registry, and a rerun goes on with those that are behind. Revisions
are given their operations as an argument: Alembic's own commands keep them in module globals, which threads would share.
"""

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from alembic.config import Config as AlembicConfig
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.script.revision import RevisionError
from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from domain.kit.context import SystemClock
from tenancy.config import Config
from tenancy.migrations.resuming import use_resuming_statements
from tenancy.registry import TenantRecord, list_tenants, mark_migration
from tenancy.system_database import system_transaction
from tenancy.tenant_database import SchemaBehindError, check_identity, open_engine, tenant_url

logger = logging.getLogger(__name__)
logging.getLogger("alembic").setLevel(logging.WARNING)
"""It tells of each connection, and that SQLite had no DDL in transactions, which it has here."""

Kind = Literal["system", "tenant"]
VERSION_TABLE = "schema_version"
LOCK_NAME = "countinghouse.migration"
LOCK_NAME_LENGTH_MAX = 64
LOCK_WAIT_S = 300
STATEMENT_TIMEOUT_S = 3600
"""A statement that rebuilds a large table takes its time."""
ERROR_LENGTH_MAX = 2000


class UnknownSchemaError(RuntimeError):
    """The database has a revision that this program does not know: a newer program was here."""


class ForeignTablesError(RuntimeError):
    """The database holds tables that are not ours; nothing was changed in it."""


class DatabaseMissingError(RuntimeError):
    """The tenant's database is gone. It is not made anew: that would look like empty books."""


@dataclass(frozen=True, slots=True)
class MigrationOutcome:
    """How one tenant fared. `error` is None where it is on the newest schema now."""

    tenant_id: int
    name: str
    revision: str | None
    error: str | None


def alembic_config(kind: Kind) -> AlembicConfig:
    """Alembic's configuration, without a file."""
    config = AlembicConfig()
    folder = Path(__file__).parent / "migrations" / kind
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


@lru_cache
def revisions(kind: Kind) -> ScriptDirectory:
    """All revisions of a kind of database, loaded."""
    script = ScriptDirectory.from_config(alembic_config(kind))
    script.get_current_head()
    return script


def newest_revision(kind: Kind) -> str:
    """The revision that this program expects."""
    revision = revisions(kind).get_current_head()
    if revision is None:
        raise RuntimeError(f"there are no {kind} migrations")
    return revision


def _context(connection: Connection) -> MigrationContext:
    return MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})


def current_revision(connection: Connection) -> str | None:
    """The revision of a database; None for an empty one."""
    return _context(connection).get_current_revision()


def is_behind(engine: Engine, kind: Kind = "tenant") -> bool:
    """Whether a database is on another revision than the program's."""
    with engine.connect() as connection:
        return current_revision(connection) != newest_revision(kind)


# ---- one database


def upgrade(engine: Engine, kind: Kind) -> str:
    """Bring a database to the newest revision; nothing happens where it has it. Returns the revision.

    One process at a time migrates a database. A failure leaves SQLite as it was; on MySQL, where each statement of DDL is final, the
    next run goes on behind the last statement that was carried out.

    Raises:
        UnknownSchemaError: a newer program was here. ForeignTablesError: the tables are not ours.
        TimeoutError: another process has been migrating it for too long. DBAPIError: it cannot be reached or changed.

    """
    wanted = newest_revision(kind)
    if not is_behind(engine, kind):
        return wanted
    with engine.connect().execution_options(countinghouse_writer=True) as connection, _alone(connection):
        _run_revisions(connection, kind)
    return wanted


@contextmanager
def _alone(connection: Connection) -> Iterator[None]:
    """One migration of a database at a time: a named lock on MySQL; the one transaction that may write on SQLite."""
    if connection.dialect.name == "sqlite":
        with _without_foreign_keys(connection), connection.begin():
            yield
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                raise RuntimeError("the migration would leave rows that refer to nothing; it was undone")
        return
    name = f"{LOCK_NAME}.{connection.engine.url.database}"[-LOCK_NAME_LENGTH_MAX:]
    if connection.execute(text("SELECT GET_LOCK(:name, :wait)"), {"name": name, "wait": LOCK_WAIT_S}).scalar() != 1:
        raise TimeoutError("another process is migrating this database")
    connection.commit()
    try:
        yield
        connection.commit()
    finally:
        with suppress(DBAPIError):  # the lock goes with a lost connection
            connection.rollback()
            connection.execute(text("SELECT RELEASE_LOCK(:name)"), {"name": name})


@contextmanager
def _without_foreign_keys(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by copying it and dropping the old one, which must not take along the rows that refer to it."""
    driver: Any = connection.connection.driver_connection
    (waited_ms,) = driver.execute("PRAGMA busy_timeout").fetchone()
    driver.execute("PRAGMA foreign_keys=OFF")  # without effect within a transaction: hence before it
    driver.execute(f"PRAGMA busy_timeout={LOCK_WAIT_S * 1000}")
    try:
        yield
    finally:
        driver.execute(f"PRAGMA busy_timeout={waited_ms}")
        driver.execute("PRAGMA foreign_keys=ON")


def _run_revisions(connection: Connection, kind: Kind) -> None:
    script, context = revisions(kind), _context(connection)
    resuming = use_resuming_statements(context)
    current = context.get_current_revision()
    if current is None:
        _check_ours(connection)
        context.stamp(script, "base")  # only makes the version table: from here on the database is ours
    for revision in reversed(_missing(script, current)):
        logger.info("migrating %s to %s", connection.engine.url.database, revision.revision)
        revision.module.upgrade(Operations(context))
        context.stamp(script, revision.revision)
        if resuming:
            connection.commit()


def _missing(script: ScriptDirectory, current: str | None) -> list[Any]:
    try:
        return list(script.iterate_revisions("head", current or "base"))
    except RevisionError as problem:
        msg = f"the schema {current} of this database is of a newer program than this one; start that one, or restore a backup"
        raise UnknownSchemaError(msg) from problem


def _check_ours(connection: Connection) -> None:
    found = inspect(connection).get_table_names()
    if found and VERSION_TABLE not in found:
        raise ForeignTablesError(
            f"the database holds tables that are not ours ({', '.join(sorted(found)[:3])} …); it is left alone"
        )


# ---- tenants


def _tenant_engine(url: URL) -> Engine:
    if url.get_backend_name() == "sqlite" and not Path(str(url.database)).is_file():
        raise DatabaseMissingError(f"there is no file {url.database}: restore it from a backup")
    return open_engine(url, pool_size=2, statement_timeout_s=STATEMENT_TIMEOUT_S)


def migrate_tenant(config: Config, record: TenantRecord) -> str:
    """Bring one tenant to the newest schema; the new revision.

    Raises:
        WrongDatabaseError: the database is another tenant's. DatabaseMissingError: it is gone.
        UnknownSchemaError: a newer program was here. DBAPIError: it cannot be reached or changed.

    """
    engine = _tenant_engine(tenant_url(config.tenant_database_url, record.database_name))
    try:
        with engine.connect() as connection:
            check_identity(connection, record.id)
        return upgrade(engine, "tenant")
    finally:
        engine.dispose()


def ensure_current(config: Config, record: TenantRecord, system_engine: Engine) -> None:
    """On activation: bring a tenant whose schema is behind up to date, or refuse it. The database itself is asked, not the registry:
    it may have been restored from an old backup. A database that does not answer is left to whoever opens it.

    Raises:
        SchemaBehindError: it is not on the newest schema, and cannot be brought there; the message says why.

    """
    try:
        engine = _tenant_engine(tenant_url(config.tenant_database_url, record.database_name))
        try:
            behind = is_behind(engine)
        finally:
            engine.dispose()
    except DatabaseMissingError as problem:
        raise SchemaBehindError(f"the database of tenant {record.id} is missing: {problem}") from problem
    except DBAPIError as problem:
        logger.warning("the tenant's database does not answer: %s", problem.orig, extra={"tenant_id": record.id})
        return
    if not behind and record.migration_state == "current" and record.schema_revision == newest_revision("tenant"):
        return
    outcome = migrate_and_note(config, record, system_engine)
    if outcome.error is not None:
        raise SchemaBehindError(f"tenant {record.id} could not be brought to the newest schema: {outcome.error}")


def migrate_and_note(config: Config, record: TenantRecord, system_engine: Engine) -> MigrationOutcome:
    """Bring one tenant to the newest schema, and note in the registry how that went. Never raises for the tenant's sake."""
    name, revision, error = record.name or record.organization_id, None, None
    try:
        revision = migrate_tenant(config, record)
    except Exception as problem:  # noqa: BLE001 - whatever it is, the others go on; it is logged and stored
        error = f"{type(problem).__name__}: {problem}"[:ERROR_LENGTH_MAX]
        logger.warning("migration failed: %s", error, extra={"tenant_id": record.id})
    try:
        with system_transaction(system_engine) as connection:
            state = "current" if error is None else "failed"
            mark_migration(connection, record.id, SystemClock().now(), state=state, revision=revision, error=error)
    except DBAPIError as problem:
        logger.warning("the outcome of a migration could not be stored: %s", problem, extra={"tenant_id": record.id})
        error = error or f"migrated, but the registry could not be told: {problem}"[:ERROR_LENGTH_MAX]
    return MigrationOutcome(record.id, name, revision, error)


def migrate_all(
    config: Config,
    system_engine: Engine,
    *,
    workers: int = 4,
    on_outcome: Callable[[MigrationOutcome], None] = lambda _outcome: None,
) -> list[MigrationOutcome]:
    """Bring all built tenants to the newest schema, several at a time. One outcome a tenant, in the order of their ids.

    `on_outcome` is called from the threads, as each tenant is done.
    """
    with system_engine.connect() as connection, connection.begin():
        records = list_tenants(connection)
    newest_revision("tenant")

    def one(record: TenantRecord) -> MigrationOutcome:
        outcome = migrate_and_note(config, record, system_engine)
        on_outcome(outcome)
        return outcome

    with ThreadPoolExecutor(max_workers=max(1, workers), thread_name_prefix="migrate") as pool:
        return list(pool.map(one, records))
