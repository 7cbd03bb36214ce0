"""Tenants come and go: more of them than may be active, idle ones put to rest, and requests that meet a leaving actor."""

import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.live.service import Client, LiveService, journal, new_organization
from tests.live.storm import Storm, check_books

pytestmark = pytest.mark.slow

ACTIVE_MAX = 2


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveService]:
    """A service with room for two active tenants, which sleep after three idle seconds."""
    folder = tmp_path_factory.mktemp("small")
    with LiveService(folder, ACTIVE_TENANTS_MAX=str(ACTIVE_MAX), IDLE_PASSIVATION_S="3") as running:
        yield running


def figures(client: Client) -> dict[str, float]:
    page = client.http.get(f"{client.url}/metrics").text
    return {line.split(" ")[0]: float(line.split(" ")[1]) for line in page.splitlines() if line and not line.startswith("#")}


def test_more_tenants_than_may_be_active(small: LiveService) -> None:
    clients = [new_organization(small) for _ in range(ACTIVE_MAX + 2)]
    for amount in (1, 2):
        for client in clients:
            answer = client.post("/manual-journals", journal(amount))
            assert answer.status_code == 201, answer.text
            assert figures(client)["countinghouse_active_tenants"] <= ACTIVE_MAX
    for client in clients:
        assert client.get("/manual-journals").json()["pagination"]["total"] == 2
    assert figures(clients[0])["countinghouse_passivations_total"] >= 4


def test_idle_tenants_are_put_to_rest_and_come_back(small: LiveService) -> None:
    client = new_organization(small)
    assert client.post("/manual-journals", journal(1)).status_code == 201
    deadline = time.monotonic() + 60
    while figures(client)["countinghouse_active_tenants"] > 0:
        assert time.monotonic() < deadline
        time.sleep(0.5)
    assert figures(client)["countinghouse_connections"] == 0
    assert client.get("/manual-journals").json()["pagination"]["total"] == 1


def test_writes_meet_an_actor_that_is_put_to_rest(service: LiveService) -> None:
    client = new_organization(service)
    storm = Storm(client)
    *environment, program, _up = service.command()

    def rest_again_and_again() -> None:
        for _ in range(3):
            command = [*environment, program, "tenant", "passivate", client.organization_id]
            subprocess.run(command, check=True, capture_output=True, timeout=60)

    storm.run(400, meanwhile=rest_again_and_again)
    check_books(client, storm)
    assert storm.repeats == 0, "a request that met a leaving actor was not answered"


def test_first_requests_come_all_at_once(small: LiveService) -> None:
    client = new_organization(small)
    time.sleep(6)
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda _: client.get("/accounts"), range(32)))
    assert {answer.status_code for answer in answers} == {200}
