import csv
import os
import signal
import subprocess
import sys
import time
import zipfile
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url
from typer import Exit

from cli.books import open_system
from cli.building import Profile, add_person, build
from cli.packs import parse_period
from cli.service import configuration
from tenancy.config import ensure_secrets
from tenancy.provisioning import tenant_database_url
from tenancy.registry import find_by_name
from tenancy.system_database import migrate_system
from tests.cli.conftest import Machine, machine

__all__ = ["Machine", "machine"]

LEDGER = "2024-01-05 Opening\n  Assets:Bank:Giro  1000 USD\n  Equity:Opening\n2024-02-05 Sale\n  Assets:Bank:Giro  7 USD\n  Income:Sales\n"


@pytest.fixture
def office(machine, tmp_path):
    """Three organizations, one with a journal."""
    config = configuration()
    ensure_secrets(config.data_dir)
    migrate_system(config)
    with open_system() as system:
        person = add_person(system, "ada@example.com", first_name="Ada", last_name="L", password="only for tests")
        for name in ("First", "Second", "Third"):
            build(system, Profile(name, "USD", "US", "UTC", "january"), person, progress=lambda _percent: None)
    ledger = tmp_path / "small.journal"
    ledger.write_text(LEDGER)
    machine.ok("import-journal", ledger, "--organization", "First")
    return machine


def database(name):
    with open_system() as system, system.engine.connect() as connection:
        record = find_by_name(connection, name)[0]
        return Path(make_url(tenant_database_url(system.config, record)).database)


def arguments(
    out, *, tenants="all", reports="balance-sheet,profit-loss", formats="csv,json", workers=0, period="2024-01..2024-12"
):
    return (
        "packs", "run", "--tenants", tenants, "--reports", reports, "--period", period, "--format", formats, "--out", out,
        "--workers", workers,
    )  # fmt: skip


def test_packs_of_all_organizations(office, tmp_path):
    out = tmp_path / "out"
    said = office.ok(*arguments(out))
    assert "3 of 3 organizations are done" in said
    archives = sorted(out.glob("*.zip"))
    assert [path.name.partition("-")[0] for path in archives] == ["first", "second", "third"]
    with zipfile.ZipFile(archives[0]) as archive:
        assert "1,000.00" in archive.read("balance-sheet.csv").decode()
    with (out / "summary.csv").open() as file:
        rows = {row["Organization"]: row for row in csv.DictReader(file)}
    assert (rows["First"]["Assets"], rows["First"]["Net income"], rows["Third"]["Assets"]) == ("1007.00", "7.00", "0.00")
    assert (out / "summary.xlsx").exists()


def test_a_broken_organization_is_named_and_the_rest_is_made_at_once_or_later(office, tmp_path):
    out, path = tmp_path / "out", database("Second")
    whole = path.read_bytes()
    path.write_bytes(b"garbage" * 1000)
    said = office.refused(*arguments(out))
    assert "Second: FAILED" in said
    assert "2 of 3 organizations are done" in said
    stamps = {file: file.stat().st_mtime_ns for file in out.glob("*.zip")}
    assert len(stamps) == 2
    path.write_bytes(whole)
    assert "3 of 3" in office.ok(*arguments(out))
    assert all(file.stat().st_mtime_ns == stamp for file, stamp in stamps.items())
    assert len(list(out.glob("*.zip"))) == 3
    office.ok(*arguments(out), "--again")
    assert all(file.stat().st_mtime_ns > stamp for file, stamp in stamps.items())


def test_some_organizations_by_name_once_each(office, tmp_path):
    out = tmp_path / "out"
    assert "2 of 2" in office.ok(*arguments(out, tenants="third, First,third"))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reports": "balances"}, "no report"),
        ({"formats": "docx"}, "no format"),
        ({"period": "soon"}, "no period"),
        ({"period": "2024-13"}, "no period"),
        ({"period": "2024-02-30"}, "no period"),
        ({"period": "2024-05..2024-04"}, "ends"),
        ({"tenants": "Nobody"}, "no organization is called"),
        ({"tenants": ","}, "no organization to report on"),
    ],
)
def test_what_is_refused_in_words(office, tmp_path, changes, words):
    assert words in office.refused(*arguments(tmp_path / "out", **changes))
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-01..2024-12", date(2024, 1, 1), date(2024, 12, 31)),
        ("2023..2024", date(2023, 1, 1), date(2024, 12, 31)),
        ("2024-02-03..2024-03-04", date(2024, 2, 3), date(2024, 3, 4)),
        ("2024-02-03", date(2024, 2, 3), date(2024, 2, 3)),
    ],
)
def test_periods(text, first, last):
    assert parse_period(text) == (first, last)


@pytest.mark.parametrize("text", ["", "24", "2024-1", "2024..", "1024", "2024-00", "2024-01-01..x"])
def test_no_periods(text):
    with pytest.raises(Exit):
        parse_period(text)


@pytest.mark.slow
def test_a_killed_command_goes_on_where_it_was(office, tmp_path):
    """Ray tasks on a Ray of the command's own; the command is killed with kill -9 once something is done."""
    out = tmp_path / "out"
    command = [sys.executable, "-m", "cli.main", *map(str, arguments(out, formats="pdf,xlsx,csv", workers=1))]
    process = subprocess.Popen(command, env=os.environ | {"PYTHONWARNINGS": "default"}, start_new_session=True)
    try:
        deadline = time.monotonic() + 120
        while not list(out.glob("*.zip")) and time.monotonic() < deadline and process.poll() is None:
            time.sleep(0.02)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(30)
    done = {file: file.stat().st_mtime_ns for file in out.glob("*.zip")}
    assert done
    again = subprocess.run(command, capture_output=True, text=True, timeout=200, check=False)
    assert again.returncode == 0, again.stderr
    assert "3 of 3 organizations are done" in again.stdout
    assert all(file.stat().st_mtime_ns == stamp for file, stamp in done.items())
    archives = list(out.glob("*.zip"))
    assert len(archives) == 3
    for path in archives:
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None
            assert archive.read("balance-sheet.pdf").startswith(b"%PDF")
    assert not list(out.glob(".*.part"))
