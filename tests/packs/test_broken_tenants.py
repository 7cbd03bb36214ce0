"""A pack of whole and broken organizations, each broken in another way: the whole ones are made, each other's row says why it is not."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from tests.packs.conftest import records_of
from tests.packs.test_pack_driver import _summary
from tests.tenancy.installation import Installation

WHOLE = ("Whole", "Whole too")


def _cut(share: int) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        content = path.read_bytes()
        path.write_bytes(content[: len(content) * share // 100])

    return damage


def _scratch(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for start in range(8192, len(content), 4096):
        content[start : start + 200] = b"\xff" * 200
    path.write_bytes(bytes(content))


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _sql(statement: str) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute(statement)

    return damage


DAMAGES: dict[str, tuple[Callable[[Path], None], str]] = {
    "missing": (Path.unlink, "missing; restore it from a backup"),
    "a folder": (_folder, "missing; restore it from a backup"),
    "no bytes": (lambda path: path.write_bytes(b""), "damaged (its file is empty)"),
    "half": (_cut(50), "damaged (database disk image is malformed); restore"),
    "the first page only": (_cut(1), "damaged (database disk image is malformed); restore"),
    "garbage": (lambda path: path.write_bytes(b"garbage" * 1000), "damaged (file is not a database); restore"),
    "scratched": (_scratch, "damaged (database disk image is malformed); restore"),
    "another's": (_sql("UPDATE tenant_identity SET tenant_id = 999"), "WrongDatabaseError"),
    "nobody's": (_sql("DELETE FROM tenant_identity"), "WrongDatabaseError"),
    "of an older program": (_sql("UPDATE schema_version SET version_num = '0000'"), "tenant migrate"),
    "of no version": (_sql("DELETE FROM schema_version"), "tenant migrate"),
}
"""What was done to the file, and what the summary says. Trying again would help with none of it."""


@pytest.fixture(scope="module")
def broken(tmp_path_factory):
    installation = Installation(tmp_path_factory.mktemp("broken") / "var")
    for name in (*WHOLE, *DAMAGES):
        installation.built(name)
    for record in records_of(installation):
        path = Path(make_url(installation.url(record)).database)
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        if record.name in DAMAGES:
            DAMAGES[record.name][0](path)
            for side in ("-wal", "-shm"):
                path.with_name(path.name + side).unlink(missing_ok=True)
    yield installation
    installation.close()


def test_the_whole_ones_are_made_and_each_broken_one_says_why(broken, open_office):
    office = open_office(broken)
    result = office.run(office.ask())
    summary = _summary(office.folder)
    assert (result["completed"], result["failed"]) == (len(WHOLE), len(DAMAGES))
    assert {item["name"] for item in result["failures"]} == set(DAMAGES)
    for name in WHOLE:
        assert (summary[name]["State"], summary[name]["Error"]) == ("completed", "")
        assert (office.folder / summary[name]["Archive"]).is_file()
    for name, (_, words) in DAMAGES.items():
        row = summary[name]
        assert (row["State"], row["Archive"]) == ("failed", "")
        assert words in row["Error"], (name, row["Error"])
        assert row["Attempts"] == "1", (name, row["Error"])
    empty = next(record for record in records_of(broken) if record.name == "no bytes")
    assert Path(make_url(broken.url(empty)).database).read_bytes() == b""  # looked at, and nothing made of it
    assert len(list(office.folder.iterdir())) == len(WHOLE) + 2  # the archives and the two summaries, and no half file
