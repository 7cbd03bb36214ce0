import re
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy.dialects import mysql

import tenancy.tenant_tables  # noqa: F401 - registers its tables
from domain.catalog import tenant_metadata
from tenancy import migration
from tenancy.migration import ensure_current, migrate_all, migrate_tenant, newest_revision
from tenancy.system_database import migrate_system
from tenancy.system_tables import SYSTEM_METADATA
from tenancy.tenant_database import SchemaBehindError, WrongDatabaseError, create_database, open_engine
from tests.services.ports import LOOPBACK, free_port

NOTES = """op.create_table("notes", sa.Column("id", sa.Integer, primary_key=True, autoincrement=False))
op.execute("INSERT INTO notes (id) VALUES (1)")"""


def tables(engine):
    return set(sa.inspect(engine).get_table_names())


def schema(engine):
    """The statements that would make each table, their lines in no particular order."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").all()
        else:
            rows = [connection.exec_driver_sql(f"SHOW CREATE TABLE `{name}`").all()[0][:2] for name in tables(engine)]
    return {
        name: sorted(line.strip().rstrip(",") for line in re.sub(r"\s*\n\s*", "\n", text.replace('"', "")).splitlines())
        for name, text in rows
        if name != migration.VERSION_TABLE and not name.startswith("sqlite_")
    }


def other_type(_context, _inspected_column, _declared_column, inspected, declared):
    """Whether two types differ; None leaves it to Alembic. LONGBLOB is what MySQL makes of BLOB(2^24)."""
    return False if isinstance(declared, sa.LargeBinary) and isinstance(inspected, mysql.LONGBLOB) else None


@pytest.fixture
def empty_database(installation):
    """Makes engines on new, empty databases."""
    engines = []

    def make():
        name = f"{installation.config.tenant_database_prefix}empty{len(engines)}"
        template = installation.config.tenant_database_url
        create_database(template, name)
        engines.append(open_engine(template.replace("{name}", name)))
        return engines[-1]

    yield make
    for engine in engines:
        engine.dispose()


@pytest.mark.parametrize("kind", ["system", "tenant"])
def test_migrated_tables_are_the_declared_ones(empty_database, kind):
    metadata = SYSTEM_METADATA if kind == "system" else tenant_metadata()
    migrated, declared = empty_database(), empty_database()
    migration.upgrade(migrated, kind)
    metadata.create_all(declared)
    with migrated.connect() as connection:
        options = {"version_table": migration.VERSION_TABLE, "compare_type": other_type}
        differences = compare_metadata(MigrationContext.configure(connection, opts=options), metadata)
    assert not differences, f"python -m tenancy.migrations {kind} 'what changed'"
    assert tables(migrated) == {*metadata.tables, migration.VERSION_TABLE}
    assert schema(migrated) == schema(declared)


@pytest.mark.parametrize("kind", ["system", "tenant"])
def test_there_is_one_line_of_revisions(kind):
    script = migration.revisions(kind)
    assert len(script.get_heads()) == 1
    numbers = [revision.revision for revision in script.walk_revisions()]
    assert numbers == [f"{number:04d}" for number in range(len(numbers), 0, -1)]


def test_a_database_on_the_newest_schema_is_left_alone(installation, empty_database):
    engine = empty_database()
    assert migration.is_behind(engine)
    assert migration.upgrade(engine, "tenant") == newest_revision("tenant")
    assert not migration.is_behind(engine)
    before = schema(engine)
    assert migration.upgrade(engine, "tenant") == newest_revision("tenant")
    assert schema(engine) == before
    migrate_system(installation.config)


def test_several_at_once_migrate_a_database_once(empty_database, releases):
    engine = empty_database()
    releases.later(NOTES)
    others = [open_engine(engine.url) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(lambda one: migration.upgrade(one, "tenant"), others)) == {"9001"}
    for other in others:
        other.dispose()
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT id FROM notes").all() == [(1,)]


def test_a_revision_that_broke_off_is_finished_by_the_next_run(empty_database, releases):
    engine = empty_database()
    migration.upgrade(engine, "tenant")
    body = """op.create_table("notes", sa.Column("id", sa.Integer, primary_key=True), sa.Column("text", sa.String(10)))
op.add_column("notes", sa.Column("more", sa.Integer))
op.create_index("ix_notes_text", "notes", ["text"])
{0}
op.create_table("later", sa.Column("id", sa.Integer, primary_key=True))"""
    releases.later(body.format("raise ConnectionAbortedError"))
    with pytest.raises(ConnectionAbortedError):
        migration.upgrade(engine, "tenant")
    assert migration.is_behind(engine)
    assert ("notes" in tables(engine)) == (engine.dialect.name == "mysql"), "SQLite undoes DDL, MySQL does not"
    releases.later(body.format("pass"))
    assert migration.upgrade(engine, "tenant") == "9001"
    assert {"notes", "later"} <= tables(engine)
    found = sa.inspect(engine)
    assert [column["name"] for column in found.get_columns("notes")] == ["id", "text", "more"]
    assert [index["name"] for index in found.get_indexes("notes")] == ["ix_notes_text"]


def test_a_statement_that_fails_for_another_reason_is_not_passed_over(empty_database, releases):
    engine = empty_database()
    releases.later('op.create_index("ix_nothing", "no_such_table", ["id"])')
    with pytest.raises(sa.exc.DBAPIError):
        migration.upgrade(engine, "tenant")
    assert migration.is_behind(engine)


def test_rebuilding_a_table_keeps_the_rows_that_refer_to_it(installation, releases):
    record = installation.hollow("Alpha")
    installation.sql(record, "INSERT INTO roles (id, slug, name, predefined) VALUES (1, 'admin', 'Admin', 1)")
    member = "INSERT INTO role_permissions (id, role_id, subject, ability, value) VALUES (1, 1, 'Account', 'View', 1)"
    installation.sql(record, member)
    releases.later(
        'with op.batch_alter_table("roles") as batch:\n    batch.alter_column("name", type_=sa.String(300), nullable=False)'
    )
    assert migrate_tenant(installation.config, record) == "9001"
    assert installation.sql(record, "SELECT COUNT(*) FROM role_permissions JOIN roles ON roles.id = role_id") == [(1,)]
    with pytest.raises(sa.exc.IntegrityError):
        installation.sql(record, member.replace("(1, 1,", "(2, 77,"))


def test_a_migration_that_leaves_dangling_rows_is_undone(installation, releases):
    if installation.server is not None:
        pytest.skip("MySQL checks foreign keys at each statement")
    record = installation.hollow("Alpha")
    releases.later("op.execute(\"INSERT INTO role_permissions VALUES (1, 77, 'Account', 'View', 1)\")")
    with pytest.raises(RuntimeError, match="refer to nothing"):
        migrate_tenant(installation.config, record)
    assert installation.sql(record, "SELECT COUNT(*) FROM role_permissions") == [(0,)]


def test_a_database_with_tables_of_others_is_left_alone(empty_database):
    engine = empty_database()
    with engine.connect().execution_options(countinghouse_writer=True) as connection, connection.begin():
        connection.exec_driver_sql("CREATE TABLE accounts (id INT)")
    with pytest.raises(migration.ForeignTablesError, match="accounts"):
        migration.upgrade(engine, "tenant")
    assert tables(engine) == {"accounts"}


def test_an_older_program_refuses_a_newer_schema(installation, releases):
    record = installation.hollow("Alpha")
    releases.later(NOTES)
    migrate_tenant(installation.config, record)
    releases.earlier()
    with pytest.raises(migration.UnknownSchemaError, match="9001"):
        migrate_tenant(installation.config, record)
    with pytest.raises(SchemaBehindError, match="newer program"):
        ensure_current(installation.config, installation.record(record), installation.engine)
    assert installation.record(record).migration_state == "failed"


# ---- on activation


def test_activation_migrates_a_tenant_that_is_behind(installation, releases):
    record = installation.hollow("Alpha")
    ensure_current(installation.config, record, installation.engine)
    assert installation.record(record) == record, "nothing to do, nothing noted"
    releases.later(NOTES)
    ensure_current(installation.config, record, installation.engine)
    assert installation.record(record).schema_revision == "9001"
    assert installation.sql(record, "SELECT id FROM notes") == [(1,)]


def test_activation_asks_the_database_not_the_registry(installation, releases):
    record = installation.hollow("Alpha")
    releases.later(NOTES)
    with installation.engine.connect().execution_options(countinghouse_writer=True) as connection, connection.begin():
        migration.mark_migration(connection, record.id, installation.clock.now(), state="current", revision="9001")
    ensure_current(installation.config, installation.record(record), installation.engine)
    assert installation.sql(record, "SELECT id FROM notes") == [(1,)], "restored from an old backup, say"


def test_activation_refuses_what_cannot_be_migrated(installation, releases):
    record = installation.hollow("Alpha")
    releases.later("raise ArithmeticError('no way')")
    with pytest.raises(SchemaBehindError, match="no way"):
        ensure_current(installation.config, record, installation.engine)
    assert installation.record(record).migration_error == "ArithmeticError: no way"
    releases.later(NOTES)
    ensure_current(installation.config, installation.record(record), installation.engine)
    assert installation.record(record).migration_error is None


def test_a_database_that_is_gone_is_not_made_anew(installation):
    record = installation.hollow("Alpha")
    installation.drop(record)
    outcome = migrate_all(installation.config, installation.engine)[0]
    assert outcome.error is not None
    if installation.server is None:
        with pytest.raises(SchemaBehindError, match="missing"):
            ensure_current(installation.config, installation.record(record), installation.engine)
        assert not list((installation.folder / "tenants").glob("*.db"))
    else:
        ensure_current(installation.config, installation.record(record), installation.engine)
        assert (record.database_name,) not in installation.server.execute("SHOW DATABASES")


def test_a_server_that_does_not_answer_is_no_failed_migration(installation):
    record = installation.hollow("Alpha")
    if installation.server is None:
        pytest.skip("a file always answers")
    away = installation.config.model_copy(
        update={"tenant_database_url": f"mysql+pymysql://root:x@{LOOPBACK}:{free_port()}/{{name}}"}
    )
    ensure_current(away, record, installation.engine)
    assert installation.record(record).migration_state == "current"


def test_another_tenants_database_is_not_migrated(installation, releases):
    alpha, beta = installation.hollow("Alpha"), installation.hollow("Beta")
    releases.later(NOTES)
    with pytest.raises(WrongDatabaseError):
        migrate_tenant(installation.config, migration.TenantRecord(**fields(alpha) | {"database_name": beta.database_name}))
    assert newest_revision("tenant") == "9001"
    assert installation.sql(beta, "SELECT version_num FROM schema_version") == [(beta.schema_revision,)]


def fields(record):
    return {name: getattr(record, name) for name in record.__dataclass_fields__}


# ---- all tenants


def test_thirty_tenants_of_which_three_are_broken(installation, releases, tmp_path):
    template = tmp_path / "template.db" if installation.server is None else None
    if template is not None:
        engine = open_engine(f"sqlite:///{template}")
        migration.upgrade(engine, "tenant")
        engine.dispose()
    records = [installation.hollow(f"Tenant {number}", template=template) for number in range(30)]
    doubled, stolen, gone = records[4], records[11], records[29]
    for code in ("one", "two"):
        installation.sql(
            doubled,
            "INSERT INTO idempotency_keys (`key`, fingerprint, status, headers, body, created_at) "
            "VALUES (:code, 'same', 200, '', '', '2024-01-01 00:00:00')",
            code=code,
        )
    installation.sql(stolen, "UPDATE tenant_identity SET tenant_id = 999")
    installation.drop(gone)
    releases.later(f'{NOTES}\nop.create_index("uq_fingerprint", "idempotency_keys", ["fingerprint"], unique=True)')

    seen = []
    outcomes = migrate_all(installation.config, installation.engine, workers=4, on_outcome=seen.append)
    assert [outcome.tenant_id for outcome in outcomes] == [record.id for record in records]
    assert sorted(seen, key=lambda outcome: outcome.tenant_id) == outcomes
    failed = {outcome.name: outcome.error for outcome in outcomes if outcome.error}
    assert set(failed) == {doubled.name, stolen.name, gone.name}
    assert "IntegrityError" in failed[doubled.name]
    assert "WrongDatabaseError" in failed[stolen.name]
    for record in records:
        now = installation.record(record)
        error = failed.get(record.name)
        assert (now.migration_state, now.migration_error) == (("failed", error) if error else ("current", None))
        assert now.schema_revision == (record.schema_revision if error else "9001")

    installation.sql(doubled, "DELETE FROM idempotency_keys WHERE `key` = 'two'")
    installation.sql(stolen, "UPDATE tenant_identity SET tenant_id = :id", id=stolen.id)
    if installation.server is not None:
        installation.sql(doubled, "DELETE FROM notes")  # MySQL kept the row with the DDL behind it, and NOTES cannot add it twice
    outcomes = migrate_all(installation.config, installation.engine, workers=4)
    assert [outcome.name for outcome in outcomes if outcome.error] == [gone.name]
    assert installation.record(doubled).schema_revision == installation.record(stolen).schema_revision == "9001"


def test_a_registry_that_cannot_be_told_stops_nobody(installation, releases, monkeypatch):
    alpha, beta = installation.hollow("Alpha"), installation.hollow("Beta")
    releases.later(NOTES)
    real = migration.mark_migration

    def mark(connection, tenant_id, now, **values):
        if tenant_id == alpha.id:
            raise sa.exc.OperationalError("UPDATE tenants", {}, Exception("gone away"))
        real(connection, tenant_id, now, **values)

    monkeypatch.setattr(migration, "mark_migration", mark)
    outcomes = migrate_all(installation.config, installation.engine)
    assert [bool(outcome.error) for outcome in outcomes] == [True, False]
    assert outcomes[0].revision == "9001"
    assert installation.record(beta).schema_revision == "9001"


def test_tenants_that_are_not_built_are_left_to_their_build(installation):
    installation.describe("Not built")
    assert migrate_all(installation.config, installation.engine) == []
