"""The servers do what the tests of the product rely on: durable data, crashes on demand, nothing left running."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pymysql
import pytest
from pymongo import MongoClient

from tests.services.ferretdb_server import FerretDbServer, find_or_build
from tests.services.mariadb_server import MariaDbServer
from tests.services.ports import LOOPBACK, accepts_connections, free_port
from tests.services.process import ServerProcess, ServerStartError

pytestmark = pytest.mark.slow


class Listener(ServerProcess):
    """The smallest server: listens and waits."""

    name = "listener"

    def __init__(self, folder: Path, *, body: str | None = None) -> None:
        super().__init__(folder)
        self.port = free_port()
        listen = f"import socket, time\nserver = socket.create_server(('{LOOPBACK}', {self.port}))\ntime.sleep(60)"
        self._body = listen if body is None else body

    def command(self) -> list[str]:
        return [sys.executable, "-c", self._body]

    def is_ready(self) -> bool:
        return accepts_connections(self.port)


@pytest.fixture
def mariadb(tmp_path: Path) -> Iterator[MariaDbServer]:
    with MariaDbServer(tmp_path / "mariadb") as server:
        yield server


@pytest.mark.mariadb
def test_mariadb_keeps_what_was_committed_when_it_is_killed(mariadb: MariaDbServer) -> None:
    name = mariadb.fresh_database("crash").rpartition("/")[2].partition("?")[0]
    mariadb.execute(f"CREATE TABLE `{name}`.entry (id INT PRIMARY KEY) ENGINE=InnoDB")
    mariadb.execute(f"INSERT INTO `{name}`.entry VALUES (7)")
    pid, port = mariadb.pid, mariadb.port

    mariadb.kill()
    assert not accepts_connections(port)

    mariadb.start()
    assert (mariadb.pid, mariadb.port) != (pid, port)
    assert mariadb.port == port
    assert mariadb.execute(f"SELECT id FROM `{name}`.entry") == [(7,)]


@pytest.mark.mariadb
def test_mariadb_flushes_each_commit_and_listens_on_loopback_only(mariadb: MariaDbServer) -> None:
    assert mariadb.execute(
        "SELECT @@innodb_flush_log_at_trx_commit, @@bind_address, @@skip_name_resolve, @@innodb_buffer_pool_size"
    ) == [(1, LOOPBACK, 1, 128 * 1024 * 1024)]


@pytest.mark.mariadb
def test_a_paused_mariadb_does_not_answer_and_comes_back(mariadb: MariaDbServer) -> None:
    mariadb.pause()
    assert mariadb.running
    assert not mariadb.is_ready()
    mariadb.resume()
    assert mariadb.execute("SELECT 1") == [(1,)]


@pytest.mark.mariadb
def test_a_paused_mariadb_can_be_stopped(mariadb: MariaDbServer) -> None:
    mariadb.pause()
    mariadb.stop()
    assert not mariadb.running


def test_mariadb_refuses_a_wrong_password(mariadb_server: MariaDbServer) -> None:
    with pytest.raises(pymysql.OperationalError, match="Access denied"):
        pymysql.connect(host=LOOPBACK, port=mariadb_server.port, user="root", password="wrong")


def test_a_fresh_database_is_empty_and_dropped(mariadb_server: MariaDbServer) -> None:
    url = mariadb_server.fresh_database("once")
    name = url.rpartition("/")[2].partition("?")[0]
    assert mariadb_server.execute(f"SHOW TABLES FROM `{name}`") == []
    mariadb_server.drop_database(url)
    assert (name,) not in mariadb_server.execute("SHOW DATABASES")


@pytest.mark.mariadb
def test_mariadb_runs_as_a_program_and_ends_with_sigterm(tmp_path: Path) -> None:
    port = free_port()
    script = [sys.executable, "-m", "tests.services.mariadb_server", "--datadir", str(tmp_path), "--port", str(port)]
    with subprocess.Popen(script, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as process:
        assert process.stdout is not None
        assert f"@{LOOPBACK}:{port}/" in process.stdout.readline()
        process.terminate()
        assert process.wait(30) == 0
    assert not accepts_connections(port)


def test_ferretdb_keeps_what_was_written_when_it_is_killed(mongodb_url: str, tmp_path: Path) -> None:
    if os.environ.get("MONGODB_URI"):
        pytest.skip("MONGODB_URI is somebody's server; it is not ours to kill")
    assert mongodb_url
    with FerretDbServer(tmp_path / "ferretdb", program=find_or_build()) as server:
        with MongoClient(server.url) as client:
            client["crash"]["jobs"].insert_one({"_id": 7, "state": "due"})
        server.kill()
        assert not accepts_connections(server.port)
        server.start()
        with MongoClient(server.url) as client:
            assert client["crash"]["jobs"].find_one({"_id": 7}) == {"_id": 7, "state": "due"}


def test_mongodb_url_answers(mongodb_url: str) -> None:
    with MongoClient(mongodb_url) as client:
        assert client.admin.command("ping")["ok"] == 1


def test_a_server_that_ends_at_once_is_reported_with_its_log(tmp_path: Path) -> None:
    server = Listener(tmp_path, body="raise SystemExit('no room at the inn')")
    with pytest.raises(ServerStartError, match="no room at the inn"):
        server.start()
    assert not server.running


@pytest.mark.parametrize("in_thread", [False, True])
def test_a_server_started_in_a_thread_outlives_the_thread(tmp_path: Path, *, in_thread: bool) -> None:
    server = Listener(tmp_path)
    if in_thread:
        thread = threading.Thread(target=server.start)
        thread.start()
        thread.join()
    else:
        server.start()
    assert server.running
    server.stop()
    assert not accepts_connections(server.port)


def test_no_server_outlives_tests_that_are_killed(tmp_path: Path) -> None:
    body = (
        "import sys, time; from pathlib import Path; from tests.services.test_services import Listener\n"
        f"server = Listener(Path({str(tmp_path)!r})).start(); print(server.port, flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", body], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]
    ) as process:
        assert process.stdout is not None
        port = int(process.stdout.readline())
        assert accepts_connections(port)
        process.kill()
    deadline = time.monotonic() + 5
    while accepts_connections(port) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not accepts_connections(port)
