import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from domain.kit.context import ActingUser
from domain.kit.exchange import WireAnswer
from domain.kit.warm import WarmState
from tenancy.runtime import TenantRuntime
from tenancy.tenant_database import (
    EpochLostError,
    WrongDatabaseError,
    check_lease,
    open_engine,
    take_lease,
)
from tenancy.unit_of_work import Command, WriteGroup
from tests.books import Books, SteadyClock, profile

CURRENCY = {"currency_code": "CHF", "currency_name": "Swiss Franc", "currency_sign": "Fr."}


@pytest.fixture
def tenant(installation):
    """A tenant with tables and an identity."""
    return installation.hollow("Alpha")


@pytest.fixture
def engine(installation, tenant):
    made = open_engine(installation.url(tenant), pool_size=4)
    yield made
    made.dispose()


def write(engine, lease, holder):
    """One write by the holder of a lease, through the real unit of work."""

    def run(ctx):
        ctx.db.execute(sa.text("UPDATE tenant_identity SET holder = :holder"), {"holder": holder})
        return WireAnswer(200)

    group = WriteGroup(
        engine=engine, lease=lease, state=WarmState(), clock=SteadyClock(), organization=lambda _view: profile(), services={}
    )
    return group.run([Command(run=run, user=lambda _view: ActingUser(1, 1, "Ada"))]).answers[0].status


def test_the_holder_of_an_old_lease_cannot_write(installation, tenant, engine):
    old = take_lease(engine, tenant.id)
    assert write(engine, old, "old") == 200
    new = take_lease(engine, tenant.id)
    assert new.epoch == old.epoch + 1
    with pytest.raises(EpochLostError, match=f"epoch {old.epoch}"):
        write(engine, old, "old again")
    assert installation.sql(tenant, "SELECT epoch FROM tenant_identity") == [(new.epoch,)]
    assert write(engine, new, "new") == 200
    assert installation.sql(tenant, "SELECT holder FROM tenant_identity") == [("new",)]


def test_nobody_takes_over_in_the_middle_of_a_write(installation, tenant, engine):
    old, taken = take_lease(engine, tenant.id), []
    thread = threading.Thread(target=lambda: taken.append(take_lease(engine, tenant.id)))
    with engine.connect().execution_options(countinghouse_writer=True) as connection, connection.begin():
        check_lease(connection, old)
        thread.start()
        thread.join(0.4)
        assert not taken, "taken over while the old holder writes"
        connection.execute(sa.text("UPDATE tenant_identity SET organization_id = 'written'"))
    thread.join(10)
    assert taken[0].epoch == old.epoch + 1
    assert installation.sql(tenant, "SELECT organization_id FROM tenant_identity") == [("written",)]
    with pytest.raises(EpochLostError):
        write(engine, old, "late")


def test_leases_taken_at_once_have_different_epochs(tenant, engine):
    leases = []
    threads = [threading.Thread(target=lambda: leases.append(take_lease(engine, tenant.id))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(lease.epoch for lease in leases) == [1, 2, 3, 4]


def test_of_two_runtimes_only_the_newer_writes(installation):
    record = installation.built()
    owner = record.owner_user_id
    older = Books(installation.url(record), tenant_id=record.id)
    newer = Books(installation.url(record), tenant_id=record.id)
    try:
        with pytest.raises(EpochLostError):
            older.post("/currencies", CURRENCY, user_id=owner)
        assert installation.sql(record, "SELECT COUNT(*) FROM currencies WHERE currency_code = 'CHF'") == [(0,)]
        newer.post("/currencies", CURRENCY, user_id=owner).created  # noqa: B018 - a check
        with pytest.raises(EpochLostError):
            older.get("/currencies", user_id=owner)
        assert installation.sql(record, "SELECT COUNT(*) FROM currencies WHERE currency_code = 'CHF'") == [(1,)]
        newer.verify()
    finally:
        older.close()
        newer.close()


def test_a_runtime_refuses_the_database_of_another_tenant(installation, tenant):
    before = installation.sql(tenant, "SELECT * FROM tenant_identity")
    with pytest.raises(WrongDatabaseError, match=f"belongs to tenant {tenant.id}, not to tenant {tenant.id + 1}"):
        TenantRuntime.open(installation.url(tenant), tenant.id + 1)
    assert installation.sql(tenant, "SELECT * FROM tenant_identity") == before


def test_a_runtime_refuses_a_database_that_says_nobodys(installation, tenant):
    installation.sql(tenant, "DELETE FROM tenant_identity")
    with pytest.raises(WrongDatabaseError, match="belongs to tenant None"):
        TenantRuntime.open(installation.url(tenant), tenant.id)


def test_sessions_are_strict_and_in_utc(installation, engine):
    with engine.connect() as connection:
        if installation.server is None:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
            return
        assert connection.exec_driver_sql("SELECT @@session.time_zone").scalar() == "+00:00"
        assert "STRICT_ALL_TABLES" in connection.exec_driver_sql("SELECT @@session.sql_mode").scalar()
        assert connection.exec_driver_sql("SELECT @@tx_isolation").scalar() == "REPEATABLE-READ"
        assert connection.exec_driver_sql("SELECT @@character_set_connection").scalar() == "utf8mb4"
        assert connection.exec_driver_sql("SELECT @@collation_database").scalar() == "utf8mb4_unicode_520_ci"


def test_the_pool_has_a_bound(installation, tenant):
    engine = open_engine(installation.url(tenant), pool_size=2)
    engine.pool._timeout = 0.05
    first, second = engine.connect(), engine.connect()
    with pytest.raises(sa.exc.TimeoutError):
        engine.connect()
    first.close()
    second.close()
    engine.dispose()


def test_many_may_open_a_new_sqlite_file_at_once(tmp_path):
    for number in range(20):
        url, start = f"sqlite:///{tmp_path / f'new-{number}.db'}", threading.Barrier(8)

        def read(url=url, start=start):
            engine = open_engine(url)
            start.wait()
            try:
                with engine.connect() as connection, connection.begin():
                    return connection.exec_driver_sql("PRAGMA journal_mode").scalar()
            finally:
                engine.dispose()

        with ThreadPoolExecutor(8) as pool:
            opened = [pool.submit(read) for _ in range(8)]
        assert [future.result() for future in opened] == ["wal"] * 8
