import csv
import threading
import time
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy.engine import make_url

from domain.kit.context import SystemClock
from tenancy.packs.driver import NOT_ALLOWED
from tenancy.packs.execution import render
from tenancy.packs.model import CLAIMS_MAX, PackOutcome, part_kind
from tests.packs.conftest import NAMES, make_request, records_of, sell
from tests.tenancy.installation import Installation


def _parts(office, job):
    return {part.tenant_id: part for part in office.store.find(kind=part_kind(job.id))}


def _summary(folder):
    with (folder / "summary.csv").open(newline="") as file:
        return {row["Organization"]: row for row in csv.DictReader(file)}


def test_a_pack_makes_an_archive_of_each_organization_and_a_summary(office):
    job, seen = office.ask(), []
    result = office.run(job, on_progress=seen.append)
    assert (result["tenants"], result["completed"], result["failed"], result["ended_early"]) == (3, 3, 0, False)
    assert len(list(office.folder.glob("*.zip"))) == 3
    assert {part.state for part in _parts(office, job).values()} == {"completed"}
    assert seen[-1].percent == 100
    rows = _summary(office.folder)
    assert [rows[name]["Net income"] for name in ("Alpha", "Béta & Söhne", "'=Gamma()")] == ["500.00", "1000.00", "1500.00"]
    assert {row["State"] for row in rows.values()} == {"completed"}
    sheet = openpyxl.load_workbook(office.folder / "summary.xlsx").active
    values = {row[0]: row for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert values["=Gamma()"][4:10] == (1500, 0, 1500, 3000, 1500, 1500)


def test_the_others_finish_when_one_organization_is_broken(tmp_path, open_office):
    installation = Installation(tmp_path / "var")
    for number, name in enumerate(NAMES, start=1):
        sell(installation, installation.built(name), number * 100)
    broken = records_of(installation)[1]
    Path(make_url(installation.url(broken)).database).write_bytes(b"garbage" * 1000)
    office = open_office(installation)
    job = office.ask()
    result = office.run(job)
    assert (result["completed"], result["failed"]) == (2, 1)
    assert [(item["tenant_id"], item["name"]) for item in result["failures"]] == [(broken.id, broken.name)]
    assert "not a database" in result["failures"][0]["error"]
    part = _parts(office, job)[broken.id]
    assert (part.state, part.attempts) == ("failed", 1)  # what is damaged stays so
    assert office.rendered.count(broken.id) == 1
    row = _summary(office.folder)[broken.name]
    assert (row["State"], row["Attempts"], row["Assets"]) == ("failed", "1", "")
    assert "not a database" in row["Error"]
    installation.close()


def test_what_fails_once_is_tried_again_and_what_would_fail_again_is_not(office):
    first, second, _ = records_of(office.installation)
    failed = []

    def shaky(config, record, request, folder, reuse):
        if record.id == first.id and not failed:
            failed.append(record.id)
            return PackOutcome(tenant_id=record.id, error="the connection was lost")
        if record.id == second.id:
            return PackOutcome(tenant_id=record.id, error="refused", lasting=True)
        return render(config, record, request, folder, reuse)

    job = office.ask()
    office.run(job, run=shaky)
    parts = _parts(office, job)
    assert (parts[first.id].state, parts[first.id].attempts) == ("completed", 2)
    assert (parts[second.id].state, parts[second.id].attempts, parts[second.id].error) == ("failed", 1, "refused")


def test_a_part_that_raises_is_a_failed_part(office):
    def raising(config, record, request, folder, reuse):
        raise MemoryError("too much")

    result = office.run(office.ask(), run=raising)
    assert (result["failed"], result["failures"][0]["error"]) == (3, "MemoryError: too much")


class Killed(BaseException):
    pass


def test_a_driver_that_dies_is_followed_by_one_that_does_the_rest(office):
    done = []

    def die(progress):
        if progress.completed:
            done.append(progress.completed)
            raise Killed

    job = office.ask(by="first", lease_s=0.3)
    with pytest.raises(Killed):
        office.run(job, by="first", at_once=1, lease_s=0.3, on_progress=die)
    finished = [part.tenant_id for part in _parts(office, job).values() if part.state == "completed"]
    stamps = {path: path.stat().st_mtime_ns for path in office.folder.glob("*.zip")}
    assert len(finished) == 1
    office.rendered.clear()
    time.sleep(0.4)
    again = office.claim(by="second")
    assert again.id == job.id
    result = office.run(again, by="second")
    assert (result["completed"], result["failed"]) == (3, 0)
    assert finished[0] not in office.rendered
    assert all(path.stat().st_mtime_ns == stamp for path, stamp in stamps.items())


def test_a_part_whose_end_was_not_noted_is_found_whole(office):
    job = office.ask()
    office.run(job)
    stamps = {path: path.stat().st_mtime_ns for path in office.folder.glob("*.zip")}
    outcomes = []
    other = office.ask()
    office.run(other, on_outcome=lambda _record, outcome: outcomes.append(outcome))
    assert [outcome.reused for outcome in outcomes] == [True] * 3
    assert {path: path.stat().st_mtime_ns for path in office.folder.glob("*.zip")} == stamps


def test_a_part_that_kills_its_driver_each_time_is_given_up(office):
    job = office.ask()
    record = records_of(office.installation)[0]
    kind = part_kind(job.id)
    office.store.create(kind, tenant_id=record.id, unique_key=f"{kind}:{record.id}")
    for _ in range(CLAIMS_MAX):
        assert office.store.claim([kind], claimed_by="gone", lease_s=-1, now=SystemClock().now())
    result = office.run(job)
    assert (result["completed"], result["failed"]) == (2, 1)
    assert "given up" in result["failures"][0]["error"]
    assert record.id not in office.rendered


def test_two_drivers_of_one_pack_do_each_part_once(office):
    job = office.ask(by="first")
    slow = threading.Event()

    def slowly(config, record, request, folder, reuse):
        slow.wait(0.2)
        return render(config, record, request, folder, reuse)

    results = []
    threads = [
        threading.Thread(target=lambda: results.append(office.run(job, by="first", run=slowly, at_once=1)), daemon=True)
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(results) == 2
    assert sorted(office.rendered) == [record.id for record in records_of(office.installation)]


def test_a_driver_whose_pack_was_taken_over_leaves_it_alone(office):
    job = office.ask(by="first", lease_s=-1)
    office.claim(by="second")
    result = office.run(job, by="first")
    assert result["ended_early"]
    assert office.rendered == []
    assert {part.state for part in _parts(office, job).values()} == {"waiting"}
    assert not (office.folder / "summary.csv").exists()


def test_a_cancelled_pack_begins_nothing_more(office):
    job = office.ask()

    def cancel(progress):
        if progress.completed:
            office.store.cancel(job.id)

    result = office.run(job, at_once=1, on_progress=cancel)
    states = sorted(part.state for part in _parts(office, job).values())
    assert result["ended_early"]
    assert states.count("completed") == len(office.rendered) < 3
    assert set(states) == {"completed", "cancelled"}
    assert len(list(office.folder.glob("*.zip"))) == len(office.rendered)
    assert sorted(row["State"] for row in _summary(office.folder).values()) == states[::-1] or states


def test_no_more_parts_are_under_way_than_there_are_slots(office):
    running, most, lock = [0], [0], threading.Lock()

    def counted(config, record, request, folder, reuse):
        with lock:
            running[0] += 1
            most[0] = max(most[0], running[0])
        time.sleep(0.05)
        with lock:
            running[0] -= 1
        return PackOutcome(tenant_id=record.id, file="x.zip")

    driver = office.driver(run=counted, at_once=3)
    driver.slots.acquire()
    driver.slots.acquire()
    driver.run(office.ask(), make_request(), records_of(office.installation))
    assert most[0] == 1
    assert driver.slots.acquire(blocking=False)
    assert not driver.slots.acquire(blocking=False)


def test_an_organization_that_is_no_longer_allowed_is_not_reported_on(office):
    job = office.ask()
    records = records_of(office.installation)
    gone = replace(records[0], id=4711)
    kind = part_kind(job.id)
    office.store.create(kind, tenant_id=gone.id, unique_key=f"{kind}:{gone.id}")
    result = office.driver().run(job, make_request(formats=("csv",)), records[1:])
    assert (result["completed"], result["failed"]) == (2, 1)
    assert _parts(office, job)[gone.id].error == NOT_ALLOWED


def test_a_pack_has_a_bound(office):
    record = records_of(office.installation)[0]
    with pytest.raises(ValueError, match="1000"):
        office.driver().run(office.ask(), make_request(), [replace(record, id=number) for number in range(1, 1002)])
