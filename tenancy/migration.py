"""Bringing databases to the newest schema, with Alembic: the system database at start, tenants one by one or all in parallel.

A failing tenant stops nobody else; how each one fared is in the registry, and a rerun goes on with those that are behind.
"""

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from domain.kit.context import SystemClock
from tenancy.config import Config
from tenancy.registry import TenantRecord, list_tenants, mark_migration
from tenancy.system_database import system_transaction
from tenancy.tenant_database import SchemaBehindError, check_identity, open_engine, tenant_url

logger = logging.getLogger(__name__)

Kind = Literal["system", "tenant"]
VERSION_TABLE = "schema_version"
LOCK_NAME = "countinghouse.migration"
LOCK_WAIT_S = 60
ERROR_LENGTH_MAX = 2000


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
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations" / kind))
    return config


@lru_cache
def newest_revision(kind: Kind) -> str:
    """The revision that this program expects."""
    revision = ScriptDirectory.from_config(alembic_config(kind)).get_current_head()
    if revision is None:
        raise RuntimeError(f"there are no {kind} migrations")
    return revision


def current_revision(connection: Connection) -> str | None:
    """The revision of a database; None for an empty one."""
    return MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE}).get_current_revision()


@contextmanager
def _alone(connection: Connection) -> Iterator[None]:
    """One migration of a database at a time: a named lock on MySQL; on SQLite the transaction itself locks."""
    if connection.dialect.name != "mysql":
        yield
        return
    name = f"{LOCK_NAME}.{connection.engine.url.database}"[-64:]
    if connection.execute(text("SELECT GET_LOCK(:name, :wait)"), {"name": name, "wait": LOCK_WAIT_S}).scalar() != 1:
        raise TimeoutError("another process is migrating this database")
    try:
        yield
    finally:
        connection.execute(text("SELECT RELEASE_LOCK(:name)"), {"name": name})


def upgrade(engine: Engine, kind: Kind) -> str:
    """Bring a database to the newest revision; nothing happens where it has it. Returns the revision."""
    wanted = newest_revision(kind)
    with engine.connect().execution_options(countinghouse_writer=True) as connection, _alone(connection):
        if current_revision(connection) != wanted:
            config = alembic_config(kind)
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
        connection.commit()
    return wanted


def migrate_tenant(config: Config, record: TenantRecord) -> str:
    """Bring one tenant to the newest schema; the new revision.

    Raises:
        WrongDatabaseError: the database is another tenant's. DBAPIError: it cannot be reached or changed.

    """
    engine = open_engine(tenant_url(config.tenant_database_url, record.database_name), pool_size=2)
    try:
        with engine.connect() as connection:
            check_identity(connection, record.id)
        return upgrade(engine, "tenant")
    finally:
        engine.dispose()


def ensure_current(config: Config, record: TenantRecord, system_engine: Engine) -> None:
    """On activation: bring a tenant whose schema is behind up to date, or refuse it.

    Raises:
        SchemaBehindError: the migration failed; the message says how.

    """
    if record.schema_revision == newest_revision("tenant") and record.migration_state != "failed":
        return
    outcome = _migrate_and_note(config, record, system_engine)
    if outcome.error is not None:
        raise SchemaBehindError(f"tenant {record.id} could not be brought to the newest schema: {outcome.error}")


def _migrate_and_note(config: Config, record: TenantRecord, system_engine: Engine) -> MigrationOutcome:
    clock = SystemClock()
    try:
        revision = migrate_tenant(config, record)
    except Exception as problem:  # noqa: BLE001 - whatever it is, the others go on; it is logged and stored
        error = f"{type(problem).__name__}: {problem}"[:ERROR_LENGTH_MAX]
        logger.warning("migration failed: %s", error, extra={"tenant_id": record.id})
        with system_transaction(system_engine) as connection:
            mark_migration(connection, record.id, clock.now(), state="failed", error=error)
        return MigrationOutcome(record.id, record.name or record.organization_id, None, error)
    with system_transaction(system_engine) as connection:
        mark_migration(connection, record.id, clock.now(), state="current", revision=revision)
    return MigrationOutcome(record.id, record.name or record.organization_id, revision, None)


def migrate_all(
    config: Config,
    system_engine: Engine,
    *,
    workers: int = 4,
    on_outcome: Callable[[MigrationOutcome], None] = lambda _outcome: None,
) -> list[MigrationOutcome]:
    """Bring all built tenants to the newest schema, several at a time. One outcome a tenant, in the order of their ids."""
    with system_engine.connect() as connection, connection.begin():
        records = list_tenants(connection)

    def one(record: TenantRecord) -> MigrationOutcome:
        outcome = _migrate_and_note(config, record, system_engine)
        on_outcome(outcome)
        return outcome

    with ThreadPoolExecutor(max_workers=max(1, workers), thread_name_prefix="migrate") as pool:
        return list(pool.map(one, records))
