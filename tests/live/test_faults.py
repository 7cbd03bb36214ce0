"""Things are killed in the middle of a write storm: nothing acknowledged is lost, nothing is done twice, the service is back by itself."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from tests.live.conftest import on_mariadb
from tests.live.service import Client, LiveService, build, journal, new_organization
from tests.live.storm import Storm, all_journals, check_books
from tests.services.mariadb_server import MariaDbServer

pytestmark = pytest.mark.slow

WRITES = 400


@pytest.fixture(scope="module")
def victim(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveService]:
    """A service whose processes are killed."""
    with LiveService(tmp_path_factory.mktemp("victim")) as running:
        yield running


def kill(service: LiveService, title: str) -> Callable[[], None]:
    """kill -9 of all of the service's processes of that title."""

    def act() -> None:
        deadline = time.monotonic() + 60
        while not (processes := service.processes(title)):  # not back yet from the last time
            assert time.monotonic() < deadline, f"no process {title}"
            time.sleep(0.1)
        for process in processes:
            process.send_signal(signal.SIGKILL)

    return act


@pytest.mark.parametrize("title", ["TenantActor", "TenantDirectory", "Scheduler", "ServeReplica"])
def test_killed_in_a_write_storm(victim: LiveService, title: str) -> None:
    client = new_organization(victim)
    storm = Storm(client)
    storm.run(WRITES, meanwhile=kill(victim, title))
    check_books(client, storm)
    assert len(storm.acknowledged) == WRITES


def test_killed_again_and_again(victim: LiveService) -> None:
    client = new_organization(victim)
    storm = Storm(client)

    def several_times() -> None:
        for _ in range(3):
            kill(victim, "TenantActor")()
            time.sleep(1.5)

    storm.run(WRITES, meanwhile=several_times)
    check_books(client, storm)


def test_a_restarted_service_has_everything(tmp_path: Path) -> None:
    service = LiveService(tmp_path)
    with service:
        client = new_organization(service)
        created = client.post("/manual-journals", journal(7)).json()
        service.kill()
        service.start()
        again = client.get(f"/manual-journals/{created['id']}")
        assert again.status_code == 200
        assert again.json()["journal_number"] == created["journal_number"]
        assert client.get("/verification").json()["problems"] == []


@pytest.mark.mariadb
def test_the_database_is_gone_for_a_while(tmp_path: Path) -> None:
    with MariaDbServer(tmp_path / "mariadb") as server, LiveService(tmp_path / "service", **on_mariadb(server)) as service:
        client = new_organization(service)
        assert client.post("/manual-journals", journal(1)).status_code == 201
        server.kill()
        refused = client.post("/manual-journals", journal(2))
        assert refused.status_code == 503
        assert refused.json()["errors"][0]["type"] in {"DATABASE_UNAVAILABLE", "TENANT_UNAVAILABLE"}
        assert int(refused.headers["retry-after"]) >= 1
        server.start()
        deadline = time.monotonic() + 60
        while (answer := client.post("/manual-journals", journal(3, reference="after"))).status_code == 503:
            assert time.monotonic() < deadline, answer.text
            time.sleep(0.2)
        assert answer.status_code == 201
        assert client.get("/verification").json()["problems"] == []


@pytest.mark.mariadb
def test_the_database_dies_in_a_write_storm(tmp_path: Path) -> None:
    with MariaDbServer(tmp_path / "mariadb") as server, LiveService(tmp_path / "service", **on_mariadb(server)) as service:
        client = new_organization(service)
        storm = Storm(client)

        def crash() -> None:
            server.kill()
            time.sleep(1)
            server.start()

        storm.run(WRITES, meanwhile=crash)
        check_books(client, storm)


def test_redis_is_gone_and_accounting_goes_on(tmp_path: Path) -> None:
    from tests.services.redis_server import RedisServer

    with RedisServer(tmp_path / "redis") as server, LiveService(tmp_path / "service", REDIS_URL=server.url) as service:
        client = new_organization(service)
        server.kill()
        assert client.post("/manual-journals", journal(1)).status_code == 201
        assert client.get("/accounts").status_code == 200
        assert "shared_cache" in _health(client)["missing"]
        server.start()
        deadline = time.monotonic() + 30
        while "shared_cache" in _health(client)["missing"]:
            assert time.monotonic() < deadline
            time.sleep(0.2)


def test_mongodb_is_gone_and_accounting_goes_on(tmp_path: Path, mongodb_url: str) -> None:
    """The job store is only needed for jobs: with a MongoDB that nobody can reach, built books stay usable."""
    with LiveService(tmp_path, MONGODB_URI=mongodb_url) as service:
        client = new_organization(service)
        service.stop()
        service.environment["MONGODB_URI"] = "mongodb://127.0.0.1:9/?serverSelectionTimeoutMS=200"
        service.start()
        assert client.post("/manual-journals", journal(1)).status_code == 201
        assert "job_store" in _health(client)["missing"]


def _health(client: Client) -> dict[str, list[str]]:
    form: dict[str, list[str]] = client.http.get(f"{client.url}/healthz").json()
    return form


def test_a_noisy_tenant_is_bounded_alone(tmp_path: Path) -> None:
    with LiveService(tmp_path, MAILBOX_REQUESTS_MAX="4") as service:
        noisy, quiet = new_organization(service), new_organization(service)
        storm = Storm(noisy, writers=24)

        def ask() -> None:
            for _ in range(20):
                assert quiet.get("/accounts").status_code == 200

        storm.run(200, meanwhile=ask)
        check_books(noisy, storm)


def test_what_was_started_is_stopped(tmp_path: Path) -> None:
    service = LiveService(tmp_path)
    service.start()
    family = psutil.Process(service.pid).children(recursive=True)
    assert any("TenantDirectory" in " ".join(item.cmdline()) for item in family if item.is_running())
    os.kill(service.pid, signal.SIGINT)
    deadline = time.monotonic() + 40
    while any(item.is_running() and item.status() != psutil.STATUS_ZOMBIE for item in family):
        assert time.monotonic() < deadline, [item.cmdline() for item in family if item.is_running()]
        time.sleep(0.2)
    log = service.log_path.read_text()
    service.kill()
    for word in ("Traceback", "WARNING", "warning", "ERROR"):
        assert word not in log, log


def test_a_build_survives_the_scheduler(tmp_path: Path) -> None:
    with LiveService(tmp_path) as service:
        client = service.client()
        person = {"first_name": "A", "last_name": "B", "email": "a@example.com", "password": "correct horse battery"}
        assert client.post("/auth/signup", person).status_code == 201
        client.sign_in("a@example.com")
        kill(service, "Scheduler")()
        build(client)
        assert len(client.get("/accounts?structure=flat").json()["accounts"]) == 34
        assert all_journals(client) == []
