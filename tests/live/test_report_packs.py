"""Packs through the whole service: HTTP, the scheduler, Ray tasks; the scheduler and a task are killed in the middle."""

import io
import time
import zipfile
from pathlib import Path

import pytest

from tests.live.service import Client, LiveService, build, journal, new_organization

pytestmark = pytest.mark.slow

ORGANIZATIONS = 4
ASKED = {
    "reports": ["balance-sheet", "profit-loss", "trial-balance"],
    "formats": ["pdf", "xlsx"],
    "fromDate": "2024-01-01",
    "toDate": "2024-12-31",
}
TIMEOUT_S = 150


@pytest.fixture(scope="module")
def packing_service(tmp_path_factory: pytest.TempPathFactory):
    with LiveService(tmp_path_factory.mktemp("packs")) as running:
        yield running


@pytest.fixture(scope="module")
def boss(packing_service: LiveService) -> Client:
    """Somebody with several organizations."""
    client = new_organization(packing_service, name="Company 0")
    first = client.organization_id
    for number in range(1, ORGANIZATIONS):
        made = client.post("/organizations", {"name": f"Company {number}"}).json()
        client.organization_id = made["organization_id"]
        build(client, name=f"Company {number}")
        assert client.post("/manual-journals", journal(100 * number)).status_code == 201
    client.organization_id = first
    return client


def _wait(client: Client, pack_id: str, *, until=lambda pack: pack["state"] not in {"waiting", "active"}) -> dict:
    deadline = time.monotonic() + TIMEOUT_S
    while time.monotonic() < deadline:
        pack = client.get(f"/report-packs/{pack_id}").json()
        if until(pack):
            return pack
        time.sleep(0.05)
    raise AssertionError(pack)


def _done(pack: dict) -> list[dict]:
    return [part for part in pack["parts"] if part["state"] == "completed"]


def test_a_pack_of_all_organizations(boss: Client) -> None:
    answer = boss.post("/report-packs", {**ASKED, "allOrganizations": True})
    assert answer.status_code == 201, answer.text
    pack = _wait(boss, answer.json()["id"])
    assert (pack["state"], len(_done(pack))) == ("completed", ORGANIZATIONS), pack
    for part in pack["parts"]:
        content = boss.get(f"/report-packs/{pack['id']}/download/{part['tenant_id']}")
        assert content.status_code == 200
        with zipfile.ZipFile(io.BytesIO(content.content)) as archive:
            assert archive.testzip() is None
            assert archive.read("trial-balance.pdf").startswith(b"%PDF")
    assert b"Company 3" in boss.get(f"/report-packs/{pack['id']}/summary/csv").content


def test_a_killed_scheduler_and_a_killed_task_lose_nothing(packing_service: LiveService, boss: Client) -> None:
    pack_id = boss.post("/report-packs", {**ASKED, "allOrganizations": True}).json()["id"]
    begun = _wait(boss, pack_id, until=_done)
    for title in ("_make_part", "Scheduler"):
        for process in packing_service.processes(title):
            process.kill()
    folder = Path(packing_service.data_dir) / "packs" / pack_id
    stamps = {part["file"]: (folder / part["file"]).stat().st_mtime_ns for part in _done(begun)}
    pack = _wait(boss, pack_id)
    assert (pack["state"], len(_done(pack))) == ("completed", ORGANIZATIONS), pack
    assert {name: (folder / name).stat().st_mtime_ns for name in stamps} == stamps
    assert not list(folder.glob(".*.part"))


def test_an_empty_role_cannot_ask(boss: Client, packing_service: LiveService) -> None:
    stranger = new_organization(packing_service)
    stranger.organization_id = boss.organization_id
    assert stranger.post("/report-packs", ASKED).status_code == 403
