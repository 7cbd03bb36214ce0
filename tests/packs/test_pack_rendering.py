import hashlib
import io
import json
import sqlite3
import zipfile
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from domain.kit.errors import DomainError
from domain.kit.permissions import Report
from tenancy.packs import archive
from tenancy.packs.model import FORMATS, MANIFEST, REPORTS, offers
from tenancy.packs.rendering import read_snapshot, render_tenant_pack
from tenancy.version import VERSION
from tests.books import Books, SteadyClock
from tests.packs.conftest import make_request, records_of
from tests.tenancy.installation import Installation


def _render(world: Installation, folder: Path, place: int = 0, **changes):
    record = records_of(world)[place]
    return record, render_tenant_pack(world.config, record, make_request(**changes), folder, clock=SteadyClock())


def test_an_archive_holds_every_report_in_every_format_and_says_what_it_holds(world, tmp_path):
    formats = ("pdf", "xlsx", "csv", "json")
    record, outcome = _render(world, tmp_path, formats=formats, columns="quarter")
    assert outcome.error is None
    assert list(tmp_path.iterdir()) == [tmp_path / outcome.file]
    assert outcome.file == f"alpha-{record.organization_id}.zip"
    assert outcome.sha256 == hashlib.sha256((tmp_path / outcome.file).read_bytes()).hexdigest()
    with zipfile.ZipFile(tmp_path / outcome.file) as opened:
        manifest = json.loads(opened.read(MANIFEST))
        contents = {name: opened.read(name) for name in opened.namelist() if name != MANIFEST}
    assert set(contents) == {f"{report}.{name}" for report in ("balance-sheet", "profit-loss") for name in formats}
    assert [file["name"] for file in manifest["files"]] == list(contents)
    for file in manifest["files"]:
        assert file["size_bytes"] == len(contents[file["name"]])
        assert file["sha256"] == hashlib.sha256(contents[file["name"]]).hexdigest()
    assert contents["balance-sheet.pdf"].startswith(b"%PDF")
    assert "1,000" in contents["profit-loss.csv"].decode()
    assert openpyxl.load_workbook(io.BytesIO(contents["profit-loss.xlsx"])).active.max_row > 5
    assert manifest["figures"]["reports"]["profit-loss"] == hashlib.sha256(contents["profit-loss.json"]).hexdigest()
    assert manifest["period"] == {"from_date": "2024-01-01", "to_date": "2024-12-31"}
    assert (manifest["program_version"], manifest["generated_at"]) == (VERSION, "2024-06-01T12:00:00+00:00")
    assert manifest["totals"] == {
        "assets": "500.00", "liabilities": "0.00", "equity": "500.00", "income": "1000.00", "expense": "500.00",
        "net_income": "500.00",
    }  # fmt: skip
    assert dict(outcome.totals) == manifest["totals"]


def test_the_manifest_says_where_the_ledger_and_the_audit_chain_were(world, tmp_path):
    record, outcome = _render(world, tmp_path)
    manifest = archive.read_manifest(tmp_path / outcome.file, make_request().fingerprint(record.id))
    lines, newest = world.sql(record, "SELECT COUNT(*), MAX(id) FROM ledger_lines")[0]
    head = world.sql(record, "SELECT hash FROM audit_trail ORDER BY id DESC LIMIT 1")[0][0]
    assert manifest["ledger"] == {"lines": lines, "newest_line_id": newest}
    assert lines == outcome.lines == 4
    assert manifest["audit"]["head"] == head


def test_the_figures_are_those_that_the_service_answers(world, tmp_path):
    record, outcome = _render(world, tmp_path, reports=("trial-balance",), formats=("json",))
    with zipfile.ZipFile(tmp_path / outcome.file) as opened:
        packed = opened.read("trial-balance.json")
    books = Books(world.url(record), tenant_id=record.id)
    try:
        answered = books.get(
            "/reports/trial-balance-sheet?from_date=2024-01-01&to_date=2024-12-31", user_id=record.owner_user_id
        ).body
    finally:
        books.close()
    assert packed == answered


@pytest.mark.parametrize("report", REPORTS)
def test_every_report_can_be_packed(world, tmp_path, report):
    """In every format: no pair of the two lists is refused."""
    assert all(offers(report, name) for name in FORMATS)
    _, outcome = _render(world, tmp_path, reports=(report,), formats=tuple(FORMATS))
    assert outcome.error is None
    with zipfile.ZipFile(tmp_path / outcome.file) as packed:
        starts = {name: packed.read(f"{report}.{name}")[:4] for name in FORMATS}
    assert (starts["pdf"], starts["xlsx"][:2], starts["json"][:1]) == (b"%PDF", b"PK", b"{")
    assert starts["csv"]
    assert REPORTS[report].permission.subject == Report.name


def test_nothing_is_written_to_the_database_and_no_lease_is_taken(world, tmp_path):
    record = records_of(world)[0]
    before = world.sql(record, "SELECT epoch, holder FROM tenant_identity")
    _render(world, tmp_path)
    assert world.sql(record, "SELECT epoch, holder FROM tenant_identity") == before
    with read_snapshot(world.config, record) as connection, pytest.raises(DBAPIError, match="readonly"):
        connection.exec_driver_sql("DELETE FROM audit_trail")


def test_reports_of_one_archive_are_as_of_one_moment(world, tmp_path):
    record = records_of(world)[0]
    with read_snapshot(world.config, record) as connection:
        count = "SELECT COUNT(*) FROM settings"
        seen = connection.exec_driver_sql(count).scalar()
        writer = sqlite3.connect(make_url(world.url(record)).database)
        writer.execute("INSERT INTO settings (`group`, `key`, value) VALUES ('test', 'test', '1')")
        writer.commit()
        try:
            assert connection.exec_driver_sql(count).scalar() == seen
        finally:
            writer.execute("DELETE FROM settings WHERE `group` = 'test'")
            writer.commit()
            writer.close()


def test_a_whole_archive_of_the_same_question_is_left_as_it_is(world, tmp_path):
    record, first = _render(world, tmp_path)
    path = tmp_path / first.file
    before = path.stat().st_mtime_ns
    _, second = _render(world, tmp_path)
    assert (second.reused, path.stat().st_mtime_ns) == (True, before)
    assert (second.totals, second.sha256) == (first.totals, first.sha256)
    _, other = _render(world, tmp_path, formats=("csv",))
    assert not other.reused
    path.write_bytes(path.read_bytes()[:-40])
    _, third = _render(world, tmp_path, formats=("csv",))
    assert (third.reused, third.error) == (False, None)
    anew = render_tenant_pack(world.config, record, make_request(formats=("csv",)), tmp_path, reuse=False)
    assert not anew.reused


def test_a_changed_byte_is_noticed(world, tmp_path):
    record, outcome = _render(world, tmp_path, formats=("csv",))
    path = tmp_path / outcome.file
    with zipfile.ZipFile(path) as opened:
        files = {name: opened.read(name) for name in opened.namelist()}
    files["profit-loss.csv"] += b"\nOne more,1"
    with zipfile.ZipFile(path, "w") as forged:
        for name, content in files.items():
            forged.writestr(name, content)
    assert archive.read_manifest(path, make_request(formats=("csv",)).fingerprint(record.id)) is None


def test_a_file_that_fails_half_way_leaves_nothing_behind(world, tmp_path, monkeypatch):
    _, whole = _render(world, tmp_path, formats=("csv",))
    before = (tmp_path / whole.file).read_bytes()
    monkeypatch.setattr(archive, "ARCHIVE_BYTES_MAX", 300)
    _, outcome = _render(world, tmp_path, formats=("json",))
    assert "ArchiveTooLargeError" in outcome.error
    assert outcome.lasting
    assert [path.name for path in tmp_path.iterdir()] == [whole.file]
    assert (tmp_path / whole.file).read_bytes() == before


def test_what_a_killed_attempt_left_is_removed_by_the_next(world, tmp_path):
    record = records_of(world)[0]
    left = tmp_path / f".alpha-{record.organization_id}.zip.01ABC.part"
    other = tmp_path / ".other.zip.01ABC.part"
    left.write_bytes(b"half")
    other.write_bytes(b"half")
    _render(world, tmp_path, formats=("csv",))
    assert not left.exists()
    assert other.exists()


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda path: path.unlink(), "missing"),
        (lambda path: path.write_bytes(b"no database at all" * 100), "not a database"),
    ],
)
def test_a_broken_database_is_an_outcome_and_no_exception(tmp_path, damage, words):
    installation = Installation(tmp_path / "var")
    record = installation.built("Broken")
    path = Path(make_url(installation.url(record)).database)
    for side in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        if side == path or side.exists():
            damage(side) if side == path else side.unlink()
    outcome = render_tenant_pack(installation.config, record, make_request(), tmp_path / "out")
    assert words in outcome.error
    assert outcome.lasting
    assert not path.exists() or path.read_bytes()[:5] == b"no da"
    assert not list((tmp_path / "out").glob("*.zip"))
    installation.close()


def test_another_tenants_database_is_not_reported_from(world, tmp_path):
    first, second, _ = records_of(world)
    from dataclasses import replace

    outcome = render_tenant_pack(world.config, replace(first, database_name=second.database_name), make_request(), tmp_path)
    assert outcome.error.startswith("WrongDatabaseError")
    assert not list(tmp_path.iterdir())


def test_a_database_of_an_older_schema_is_not_reported_from(tmp_path):
    installation = Installation(tmp_path / "var")
    record = installation.built("Old")
    installation.sql(record, "UPDATE schema_version SET version_num = '0000'")
    outcome = render_tenant_pack(installation.config, record, make_request(), tmp_path / "out")
    assert "tenant migrate" in outcome.error
    assert outcome.lasting
    installation.close()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reports": ("profits",)}, "PACK_REPORT_UNKNOWN"),
        ({"reports": ()}, "PACK_REPORT_UNKNOWN"),
        ({"reports": ("journal", "journal")}, "PACK_REPORT_UNKNOWN"),
        ({"formats": ("docx",)}, "PACK_FORMAT_UNKNOWN"),
        ({"from_date": make_request().to_date, "to_date": make_request().from_date}, "DATE_RANGE_INVERTED"),
        ({"from_date": make_request().from_date.replace(year=1950)}, "PACK_PERIOD_TOO_LONG"),
    ],
)
def test_what_cannot_be_made_is_refused_before_it_begins(changes, code):
    with pytest.raises(DomainError) as refusal:
        make_request(**changes).check()
    assert refusal.value.code.type == code


def test_a_format_that_a_report_has_not_is_refused_in_words(monkeypatch):
    monkeypatch.setattr("tenancy.packs.model.offers", lambda report, name: (report, name) != ("journal", "pdf"))
    with pytest.raises(DomainError, match="There is no pdf of journal; there is: xlsx, csv, json") as refusal:
        make_request(reports=("balance-sheet", "journal"), formats=("csv", "pdf")).check()
    assert refusal.value.code.type == "PACK_FORMAT_NOT_OFFERED"
