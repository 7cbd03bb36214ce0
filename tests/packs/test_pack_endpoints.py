import io
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import BoundedSemaphore

import pytest

from domain.kit.context import SystemClock
from domain.kit.exchange import WireRequest
from tenancy.packs import service
from tenancy.packs.execution import ThreadExecutor
from tenancy.packs.keeping import pack_folder, remove_old_packs
from tenancy.packs.model import PACK, part_kind
from tenancy.packs.running import drive_pack
from tenancy.provisioning import build_tenant
from tenancy.registry import add_membership, set_membership
from tenancy.system_database import system_transaction
from tenancy.system_runtime import run_system_request
from tests.tenancy.identity.conftest import BUILD, ada, bob, make_system, system

__all__ = ["ada", "bob", "make_system", "system"]

ASKED = {
    "reports": ["balance-sheet", "trial-balance"],
    "formats": ["csv", "json"],
    "fromDate": "2024-01-01",
    "toDate": "2024-03-31",
}


def _build(system, person, **changes):
    system.post("/organization/build", BUILD | changes, person).created  # noqa: B018 - a check
    build_tenant(system.config, system.services.engine, person.tenant_id, progress=lambda _percent: None, clock=system.clock)


@pytest.fixture
def boss(system, ada):
    _build(system, ada)
    return ada


def _drive(system, pack_id):
    """As the scheduler does."""
    store, job = system.services.jobs, None
    while job is None or job.id != pack_id:
        job = store.claim([PACK], claimed_by="scheduler", lease_s=30, now=SystemClock().now())
        assert job is not None
    executor = ThreadExecutor(system.config, threads=2)
    result = drive_pack(
        system.config, system.services.engine, store, job, executor=executor, slots=BoundedSemaphore(2), claimed_by="scheduler",
        clock=SystemClock(), poll_s=0.02, retry_pause_s=0.01,
    )  # fmt: skip
    store.complete(job.id, result, claimed_by="scheduler")
    return result


def _ask(system, person, **changes):
    return system.post("/report-packs", ASKED | changes, person)


def _another(system, boss, name="Second"):
    """Another organization of the same person, built."""
    made = system.post("/organizations", {"name": name}, boss).created
    second = replace(boss, organization_id=made["organization_id"], tenant_id=made["tenant_id"])
    _build(system, second, name=name)
    return second


def test_a_pack_is_asked_for_made_and_downloaded(system, boss):
    started = _ask(system, boss).created
    assert started["tenants"] == 1
    waiting = system.get(f"/report-packs/{started['id']}", boss).ok
    assert (waiting["state"], waiting["progress"], waiting["parts"][0]["state"]) == ("waiting", 0, "waiting")
    early = system.get(f"/report-packs/{started['id']}/download/{boss.tenant_id}", boss)
    assert early.errors == ["PACK_FILE_NOT_READY"]
    assert _drive(system, started["id"])["completed"] == 1
    done = system.get(f"/report-packs/{started['id']}", boss).ok
    (part,) = done["parts"]
    assert (done["state"], done["progress"], part["state"], part["attempts"]) == ("completed", 100, "completed", 1)
    assert (part["name"], part["base_currency"]) == (BUILD["name"], "USD")
    answer = system.get(f"/report-packs/{started['id']}/download/{boss.tenant_id}", boss)
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["content-disposition"] == f"attachment; filename={part['file']}"
    with zipfile.ZipFile(io.BytesIO(answer.body)) as archive:
        assert archive.testzip() is None
        assert set(archive.namelist()) == {
            "balance-sheet.csv", "balance-sheet.json", "trial-balance.csv", "trial-balance.json", "manifest.json",
        }  # fmt: skip
    summary = system.get(f"/report-packs/{started['id']}/summary/csv", boss)
    assert b"Analytical Engines" in summary.body
    assert system.get(f"/report-packs/{started['id']}/summary/xlsx", boss).body.startswith(b"PK")
    assert system.get(f"/report-packs/{started['id']}/summary/pdf", boss).errors == ["PACK_NOT_FOUND"]
    assert [pack["id"] for pack in system.get("/report-packs", boss).ok["packs"]] == [started["id"]]


def test_a_pack_of_all_organizations_is_of_those_that_one_administers(system, boss, bob):
    second = _another(system, boss)
    _build(system, bob, name="Bob's")
    with system_transaction(system.services.engine) as connection:
        add_membership(connection, user_id=boss.user_id, tenant_id=bob.tenant_id, role_slug="staff", now=system.clock.now())
    started = _ask(system, boss, all_organizations=True).created
    assert started["tenants"] == 2
    assert _drive(system, started["id"])["completed"] == 2
    parts = system.get(f"/report-packs/{started['id']}", boss).ok["parts"]
    assert {part["tenant_id"] for part in parts} == {boss.tenant_id, second.tenant_id}
    assert system.get(f"/report-packs/{started['id']}/download/{second.tenant_id}", boss).status == 200
    assert system.get(f"/report-packs/{started['id']}/download/{bob.tenant_id}", boss).errors == ["PACK_NOT_FOUND"]


def test_a_right_that_was_lost_after_the_asking_counts(system, boss):
    second = _another(system, boss)
    started = _ask(system, boss, all_organizations=True).created
    with system_transaction(system.services.engine) as connection:
        set_membership(connection, boss.user_id, second.tenant_id, role_slug_hint="staff")
    assert _drive(system, started["id"])["tenants"] == 1
    with system_transaction(system.services.engine) as connection:
        set_membership(connection, boss.user_id, boss.tenant_id, role_slug_hint="staff")
    answer = system.get(f"/report-packs/{started['id']}/download/{boss.tenant_id}", boss)
    assert answer.errors == ["USER_PERMISSIONS_FORBIDDEN"]
    assert _ask(system, boss).errors == ["USER_PERMISSIONS_FORBIDDEN"]


def test_nobody_else_sees_a_pack(system, boss, bob):
    _build(system, bob, name="Bob's")
    started = _ask(system, boss).created
    _drive(system, started["id"])
    for path in ("", f"/download/{boss.tenant_id}", "/summary/csv"):
        assert system.get(f"/report-packs/{started['id']}{path}", bob).errors == ["PACK_NOT_FOUND"]
    assert system.post(f"/report-packs/{started['id']}/cancel", {}, bob).errors == ["PACK_NOT_FOUND"]
    assert system.get("/report-packs", bob).ok == {"packs": []}


@pytest.mark.parametrize("pack_id", ["nothing", "..%2f..%2fsystem.db", "01HZZZZZZZZZZZZZZZZZZZZZZZ", "x" * 300])
def test_an_id_that_is_none(system, boss, pack_id):
    assert system.get(f"/report-packs/{pack_id}", boss).errors == ["PACK_NOT_FOUND"]
    assert system.get(f"/report-packs/{pack_id}/download/1", boss).errors == ["PACK_NOT_FOUND"]


def test_a_job_of_another_kind_is_no_pack(system, boss):
    job = system.services.jobs.create("organization.build", tenant_id=boss.tenant_id)
    assert system.get(f"/report-packs/{job.id}", boss).errors == ["PACK_NOT_FOUND"]


def test_an_api_key_reaches_its_own_organization_only(system, boss):
    _another(system, boss)
    everywhere = _ask(system, boss, all_organizations=True).created["id"]
    own = _ask(system, boss).created["id"]
    principal = replace(system.principal("GET", "/report-packs", boss.token, boss.organization_id), api_key_id=1, token_id=None)

    def call(method, path, body=b""):
        request = WireRequest(id="key", method=method, path=path, principal=principal, body=body)
        return run_system_request(system.services, request).status

    assert call("GET", f"/report-packs/{own}") == 200
    assert call("GET", f"/report-packs/{everywhere}") == 404
    assert call("POST", "/report-packs", b'{"reports": ["journal"], "formats": ["csv"]}') == 201
    assert call("POST", "/report-packs", b'{"reports": ["journal"], "formats": ["csv"], "allOrganizations": true}') == 403


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reports": ["nonsense"]}, "PACK_REPORT_UNKNOWN"),
        ({"formats": ["docx"]}, "PACK_FORMAT_UNKNOWN"),
        ({"reports": []}, "VALIDATION_ERROR"),
        ({"reports": ["journal"] * 50}, "VALIDATION_ERROR"),
        ({"fromDate": "2024-02-30"}, "VALIDATION_ERROR"),
        ({"fromDate": "2024-05-01"}, "DATE_RANGE_INVERTED"),
        ({"fromDate": "1950-01-01"}, "PACK_PERIOD_TOO_LONG"),
        ({"columns": "day"}, "VALIDATION_ERROR"),
    ],
)
def test_bad_input(system, boss, changes, code):
    assert _ask(system, boss, **changes).errors == [code]
    assert system.get("/report-packs", boss).ok == {"packs": []}


def test_only_so_many_packs_are_under_way(system, boss):
    ids = [_ask(system, boss).created["id"] for _ in range(service.PACKS_OPEN_MAX)]
    assert _ask(system, boss).errors == ["PACKS_TOO_MANY"]
    assert system.post(f"/report-packs/{ids[0]}/cancel", {}, boss).ok["state"] == "cancelled"
    assert _ask(system, boss).status == 201


def test_the_bound_holds_for_twenty_at_once(system, boss):
    """Each looks, and then creates: without care, all twenty would find room."""
    _ask(system, boss, reports=["journal"]).created  # noqa: B018 - a check
    with ThreadPoolExecutor(20) as threads:
        answers = list(threads.map(lambda _: _ask(system, boss), range(20)))
    made = [answer for answer in answers if answer.status == 201]
    refused = [answer.errors for answer in answers if answer.status != 201]
    assert len(made) == service.PACKS_OPEN_MAX - 1
    assert refused == [["PACKS_TOO_MANY"]] * (20 - len(made))
    assert len(system.services.jobs.find(kind=PACK)) == service.PACKS_OPEN_MAX


def test_the_bound_is_each_persons_own_and_numbers_go_on(system, boss, bob):
    _build(system, bob)
    for _ in range(4):  # more than can be open at once
        pack_id = _ask(system, boss).created["id"]
        system.post(f"/report-packs/{pack_id}/cancel", {}, boss).ok  # noqa: B018 - a check
        assert _ask(system, bob).status in {201, 409}
    assert _ask(system, bob).errors == ["PACKS_TOO_MANY"]
    numbers = [job.payload["number"] for job in system.services.jobs.find(kind=PACK) if job.tenant_id == boss.tenant_id]
    assert numbers == [4, 3, 2, 1]


def test_who_asks_again_after_very_many_others_gets_a_pack(system, boss, monkeypatch):
    pack_id = _ask(system, boss).created["id"]
    system.post(f"/report-packs/{pack_id}/cancel", {}, boss).ok  # noqa: B018 - a check
    find = system.services.jobs.find
    monkeypatch.setattr(system.services.jobs, "find", lambda **asked: find(**asked) if asked.get("state") else [])
    assert _ask(system, boss).status == 201


def test_a_cancelled_pack_shows_its_parts_as_cancelled(system, boss):
    pack_id = _ask(system, boss).created["id"]
    kind = part_kind(pack_id)
    system.services.jobs.create(kind, tenant_id=boss.tenant_id, unique_key=f"{kind}:{boss.tenant_id}")
    system.post(f"/report-packs/{pack_id}/cancel", {}, boss).ok  # noqa: B018 - a check
    again = system.post(f"/report-packs/{pack_id}/cancel", {}, boss).ok
    shown = system.get(f"/report-packs/{pack_id}", boss).ok
    assert (again["state"], shown["parts"][0]["state"]) == ("cancelled", "cancelled")
    assert system.services.jobs.find(kind=kind)[0].state == "cancelled"


def test_one_idempotency_key_makes_one_pack(system, boss):
    headers = {"idempotency-key": "once"}
    first = system.post("/report-packs", ASKED, boss, headers=headers).created
    second = system.post("/report-packs", ASKED, boss, headers=headers).created
    assert first == second
    assert len(system.get("/report-packs", boss).ok["packs"]) == 1


def test_a_file_that_is_gone_or_too_large_is_not_sent(system, boss, monkeypatch):
    pack_id = _ask(system, boss).created["id"]
    _drive(system, pack_id)
    monkeypatch.setattr(service, "DOWNLOAD_BYTES_MAX", 10)
    path = f"/report-packs/{pack_id}/download/{boss.tenant_id}"
    assert system.get(path, boss).errors == ["PACK_FILE_TOO_LARGE"]
    for file in pack_folder(system.config, pack_id).glob("*.zip"):
        file.unlink()
    assert system.get(path, boss).errors == ["PACK_FILE_GONE"]


def test_old_packs_are_removed_and_nothing_else(system, boss):
    root = system.config.data_dir / "packs"
    old, strange = root / "01HZZZZZZZZZZZZZZZZZZZZZZZ", root / "mine"
    for folder in (old, strange):
        folder.mkdir(parents=True)
        (folder / "file.zip").write_bytes(b"x")
    pack_id = _ask(system, boss).created["id"]
    _drive(system, pack_id)
    assert sorted(path.name for path in root.iterdir()) == sorted([pack_id, "mine"])
    assert remove_old_packs(system.config, SystemClock().now()) == 0


def test_schedules_are_made_listed_and_ended(system, boss, bob):
    asked = {"reports": ["profit-loss"], "formats": ["csv"], "day": 3}
    made = system.post("/report-packs/schedules", asked, boss).created
    (shown,) = system.get("/report-packs/schedules", boss).ok["schedules"]
    assert (shown["id"], shown["day"], shown["covers"]) == (made["id"], 3, "previous_month")
    assert shown["next_at"] == "2024-06-02T22:00:00.000Z"
    _build(system, bob, name="Bob's")
    assert system.get("/report-packs/schedules", bob).ok == {"schedules": []}
    path = f"/report-packs/schedules/{made['id']}"
    token = {"token": bob.token, "organization": bob.organization_id}
    assert system.call("DELETE", path, **token).errors == ["PACK_SCHEDULE_NOT_FOUND"]
    token = {"token": boss.token, "organization": boss.organization_id}
    assert system.call("DELETE", path, **token).ok == {"id": made["id"]}
    assert system.get("/report-packs/schedules", boss).ok == {"schedules": []}
    for day in (0, 29, "x"):
        assert system.post("/report-packs/schedules", asked | {"day": day}, boss).errors == ["VALIDATION_ERROR"]
