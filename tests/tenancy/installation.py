"""A whole installation in this process: system database, registry, tenants' databases. On SQLite or on MariaDB alike."""

import itertools
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, insert, text
from sqlalchemy.engine import make_url

from domain.kit.context import Organization
from tenancy import migration, provisioning
from tenancy.config import Config
from tenancy.registry import TenantRecord, get_tenant, insert_tenant, mark_built, mark_initialized, update_profile
from tenancy.system_database import migrate_system, open_system_engine, system_transaction
from tenancy.system_tables import users
from tenancy.tenant_database import create_database, open_engine
from tests.books import SteadyClock
from tests.services.mariadb_server import MariaDbServer

SECRET = "a secret of the tests that is long enough"


@dataclass
class Installation:
    """What `countinghouse up` leaves on a machine, without the service."""

    folder: Path
    server: MariaDbServer | None = None
    clock: SteadyClock = field(default_factory=SteadyClock)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        name = f"test{secrets.token_hex(4)}"
        urls = {}
        if self.server is not None:
            urls = {"system_database_url": self.server.url(f"{name}_system"), "tenant_database_url": self.server.url("{name}")}
        self.config = Config(data_dir=self.folder, jwt_secret=SECRET, tenant_database_prefix=f"{name}_", **urls)
        migrate_system(self.config)
        self.engine: Engine = open_system_engine(self.config)

    def describe(self, name: str = "Analytical Engines", **changes: Any) -> TenantRecord:
        """An organization that is described and not built, of an owner of its own."""
        number, now = next(self._numbers), self.clock.now()
        with system_transaction(self.engine) as connection:
            email = f"owner{number}@example.com"
            user_id = connection.execute(
                insert(users).values(
                    first_name="Ada", last_name="Lovelace", email=email, email_folded=email, active=True, verified=True,
                    created_at=now, updated_at=now,
                )
            ).inserted_primary_key[0]  # fmt: skip
            record = insert_tenant(connection, owner_user_id=user_id, now=now, prefix=self.config.tenant_database_prefix)
            values = {"name": name, "base_currency": "USD", "location": "US"} | changes
            profile = Organization(tenant_id=record.id, organization_id=record.organization_id, **values)
            update_profile(connection, record.id, profile, now)
            return get_tenant(connection, record.id)

    def build(self, record: TenantRecord) -> TenantRecord:
        """Built as the build job does."""
        provisioning.build_tenant(self.config, self.engine, record.id, progress=lambda _percent: None, clock=self.clock)
        return self.record(record)

    def built(self, name: str = "Analytical Engines") -> TenantRecord:
        """A new organization with its books."""
        return self.build(self.describe(name))

    def hollow(self, name: str, *, template: Path | None = None) -> TenantRecord:
        """A tenant with tables and an identity, called built, without seeds: for tests of many tenants."""
        record = self.describe(name)
        create_database(self.config.tenant_database_url, record.database_name)
        if template is not None:
            shutil.copy(template, make_url(self.url(record)).database)
        engine = open_engine(self.url(record))
        try:
            revision = migration.upgrade(engine, "tenant")
            provisioning._claim_database(engine, record)
        finally:
            engine.dispose()
        with system_transaction(self.engine) as connection:
            mark_initialized(connection, record.id, self.clock.now(), revision=revision)
            mark_built(connection, record.id, self.clock.now())
        return self.record(record)

    def record(self, record: TenantRecord) -> TenantRecord:
        """As the registry has it now."""
        with self.engine.connect() as connection:
            return get_tenant(connection, record.id)

    def url(self, record: TenantRecord) -> str:
        """Of the tenant's database."""
        return provisioning.tenant_database_url(self.config, record)

    def sql(self, record: TenantRecord, statement: str, **parameters: Any) -> list[Any]:
        """Raw SQL in a tenant's database."""
        engine = open_engine(self.url(record))
        try:
            with engine.connect().execution_options(countinghouse_writer=True) as connection, connection.begin():
                result = connection.execute(text(statement), parameters)
                return list(result.all()) if result.returns_rows else []
        finally:
            engine.dispose()

    def drop(self, record: TenantRecord) -> None:
        """The tenant's database is gone, as by an accident."""
        if self.server is None:
            Path(make_url(self.url(record)).database).unlink()
        else:
            self.server.execute(f"DROP DATABASE `{record.database_name}`")

    def close(self) -> None:
        """Give everything back."""
        self.engine.dispose()
        if self.server is not None:
            prefix = self.config.tenant_database_prefix.replace("_", "\\_")
            for (name,) in self.server.execute(f"SHOW DATABASES LIKE '{prefix}%'"):
                self.server.execute(f"DROP DATABASE `{name}`")
