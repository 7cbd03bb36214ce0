"""Waiting for a database server that comes up late (LESSONS H2)."""

import secrets
import socket
import threading
import time

import pytest
import sqlalchemy as sa

from tenancy.config import Config
from tenancy.migration import VERSION_TABLE
from tenancy.system_database import DatabaseUnreachableError, migrate_system, wait_for_database
from tenancy.system_tables import SYSTEM_METADATA
from tenancy.tenant_database import open_engine
from tests.services.ports import LOOPBACK, free_port
from tests.tenancy.installation import SECRET


@pytest.fixture
def late_server(mariadb_server):
    """The port of a MariaDB that answers after 1.5 s: a relay that opens late."""
    port, stop = free_port(), threading.Event()

    def pump(source, target):
        while data := source.recv(65536):
            target.sendall(data)
        target.close()

    def relay():
        time.sleep(1.5)
        with socket.create_server((LOOPBACK, port)) as listener:
            listener.settimeout(0.1)
            while not stop.is_set():
                try:
                    client, _ = listener.accept()
                except TimeoutError:
                    continue
                client.settimeout(None)
                server = socket.create_connection((LOOPBACK, mariadb_server.port))
                for pair in ((client, server), (server, client)):
                    threading.Thread(target=quiet, args=(pump, *pair), daemon=True).start()

    def quiet(work, *arguments):
        try:
            work(*arguments)
        except OSError:
            pass
        finally:
            for item in arguments:
                item.close()

    thread = threading.Thread(target=relay)
    thread.start()
    yield port
    stop.set()
    thread.join()


def test_a_database_that_comes_up_late_is_waited_for(mariadb_server, late_server, tmp_path, caplog):
    name = f"late{secrets.token_hex(4)}"
    url = mariadb_server.url(name).replace(f":{mariadb_server.port}/", f":{late_server}/")
    config = Config(data_dir=tmp_path, jwt_secret=SECRET, system_database_url=url)
    try:
        migrate_system(config)
        engine = open_engine(mariadb_server.url(name))
        assert set(sa.inspect(engine).get_table_names()) == {*SYSTEM_METADATA.tables, VERSION_TABLE}
        engine.dispose()
    finally:
        mariadb_server.execute(f"DROP DATABASE IF EXISTS `{name}`")
    first, last = [record.getMessage() for record in caplog.records if record.name == "tenancy.system_database"]
    assert "waiting for the database" in first
    assert "answers after" in last
    assert mariadb_server.password not in caplog.text


def test_waiting_has_an_end():
    url = f"mysql+pymysql://root:secret@{LOOPBACK}:{free_port()}/system"
    with pytest.raises(DatabaseUnreachableError, match="did not answer within 0 s") as refusal:
        wait_for_database(url, timeout_s=0.1)
    assert "secret" not in str(refusal.value)


def test_a_wrong_password_is_told_at_once(mariadb_server):
    started = time.monotonic()
    with pytest.raises(DatabaseUnreachableError, match=r"refuses.*Access denied"):
        wait_for_database(mariadb_server.url("system").replace(mariadb_server.password, "wrong"))
    assert time.monotonic() - started < 5


def test_a_folder_that_cannot_be_made_is_told_at_once(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseUnreachableError, match="refuses"):
        wait_for_database(f"sqlite:///{tmp_path}/file/system.db")
