from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from alembic.operations import Operations

import domain.organization.seeds
from tenancy import provisioning
from tenancy.migration import ForeignTablesError, newest_revision
from tenancy.provisioning import NotDescribedError
from tenancy.registry import insert_tenant
from tenancy.system_database import system_transaction
from tenancy.tenant_database import EpochLostError, WrongDatabaseError, create_database, open_engine
from tests.books import Books

SEEDED = {"accounts": 34, "roles": 2, "role_permissions": 24, "tax_rates": 4, "members": 1, "organization": 1, "currencies": 8}


def check_built(installation, record):
    """The books are there, once and whole, and can be used."""
    now = installation.record(record)
    assert now.ready
    assert (now.built_at, now.build_job_id) == (installation.clock.now(), None)
    assert (now.schema_revision, now.migration_state) == (newest_revision("tenant"), "current")
    counts = {table: installation.sql(record, f"SELECT COUNT(*) FROM {table}")[0][0] for table in SEEDED}
    assert counts == SEEDED
    identity = installation.sql(record, "SELECT tenant_id, organization_id, seeded_at IS NOT NULL FROM tenant_identity")
    assert identity == [(record.id, record.organization_id, 1)]
    books = Books(installation.url(record), tenant_id=record.id)
    try:
        names = [account["name"] for account in books.get("/accounts", user_id=record.owner_user_id).ok["accounts"]]
        assert "Petty Cash" in names
        books.verify()
    finally:
        books.close()


def test_a_described_organization_is_built(installation):
    record, seen = installation.describe(), []
    provisioning.build_tenant(installation.config, installation.engine, record.id, progress=seen.append, clock=installation.clock)
    assert seen == sorted(seen)
    assert 0 < seen[0] < seen[-1] <= 100
    check_built(installation, record)


def test_building_again_changes_nothing(installation):
    record = installation.built()
    before = installation.sql(record, "SELECT epoch FROM tenant_identity"), installation.record(record)
    installation.clock.advance(days=1)
    installation.build(record)
    assert (installation.sql(record, "SELECT epoch FROM tenant_identity"), installation.record(record)) == before


@pytest.mark.parametrize(
    "broken",
    [
        (provisioning, "create_database", 0),
        (provisioning, "upgrade", 0),
        (Operations, "create_table", 6),
        (provisioning, "_claim_database", 0),
        (provisioning, "mark_initialized", 0),
        (provisioning, "seed", 0),
        (domain.organization.seeds, "add_member", 0),
        (provisioning, "mark_built", 0),
    ],
    ids=lambda broken: broken[1].strip("_"),
)
def test_a_build_that_broke_off_is_finished_by_the_next(installation, refuse, monkeypatch, broken):
    owner, name, after = broken
    record = installation.describe()
    refuse(owner, name, after=after)
    with pytest.raises((ConnectionAbortedError, RuntimeError), match=r"died here|could not be seeded"):
        installation.build(record)
    monkeypatch.undo()
    assert installation.record(record).built_at is None
    installation.build(record)
    check_built(installation, record)


def test_two_builds_of_a_tenant_at_once_make_one(installation):
    record = installation.describe()

    def build():
        try:
            installation.build(record)
        except EpochLostError:
            return "fenced"
        return "done"

    with ThreadPoolExecutor(2) as pool:
        ends = list(pool.map(lambda _number: build(), range(2)))
    assert "done" in ends
    check_built(installation, record)


def test_a_database_of_another_tenant_is_refused_and_untouched(installation):
    other, record = installation.built("Other"), installation.describe()
    with system_transaction(installation.engine) as connection:
        connection.exec_driver_sql(f"UPDATE tenants SET database_name = 'x' WHERE id = {other.id}")
        connection.exec_driver_sql(f"UPDATE tenants SET database_name = '{other.database_name}' WHERE id = {record.id}")
    before = installation.sql(other, "SELECT * FROM tenant_identity")
    with pytest.raises(WrongDatabaseError):
        installation.build(record)
    assert installation.sql(other, "SELECT * FROM tenant_identity") == before
    assert not installation.record(record).ready


def test_a_database_with_tables_of_others_is_refused(installation):
    record = installation.describe()
    create_database(installation.config.tenant_database_url, record.database_name)
    installation.sql(record, "CREATE TABLE members (name VARCHAR(10))")
    with pytest.raises(ForeignTablesError):
        installation.build(record)
    engine = open_engine(installation.url(record))
    assert sa.inspect(engine).get_table_names() == ["members"]
    engine.dispose()


def test_an_organization_that_was_not_described_is_not_built(installation):
    owner = installation.describe().owner_user_id
    with system_transaction(installation.engine) as connection:
        prefix = installation.config.tenant_database_prefix
        record = insert_tenant(connection, owner_user_id=owner, now=installation.clock.now(), prefix=prefix)
    for tenant_id in (record.id, 999):
        with pytest.raises(NotDescribedError):
            provisioning.build_tenant(
                installation.config, installation.engine, tenant_id, progress=lambda _percent: None, clock=installation.clock
            )


def test_seeds_that_are_refused_are_told(installation, refuse):
    record = installation.describe()
    refuse(domain.organization.seeds, "insert_organization")
    with pytest.raises(RuntimeError, match="could not be seeded"):
        installation.build(record)
    assert installation.sql(record, "SELECT COUNT(*) FROM accounts") == [(0,)]


def test_the_configured_prefix_holds_for_creation_and_for_use(installation):
    record = installation.built()
    prefix = installation.config.tenant_database_prefix
    assert record.database_name.startswith(prefix)
    if installation.server is None:
        assert [path.stem for path in (installation.folder / "tenants").glob("*.db")] == [record.database_name]
    else:
        assert (record.database_name,) in installation.server.execute("SHOW DATABASES")
