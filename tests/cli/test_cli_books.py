import sqlite3
import stat

import pytest

from cli.books import open_system
from cli.building import Profile, add_person, build
from cli.demo import ACCESS_FILE, EMAIL, LEDGER
from cli.demo_books import COMPANY
from cli.service import configuration
from domain.journal_files.parser import parse_text
from tenancy.config import ensure_secrets
from tenancy.system_database import migrate_system

SMALL = "2024-01-05 Opening\n  Assets:Bank:Giro  1000 USD\n  Equity:Opening\n"


@pytest.fixture
def ledger(tmp_path):
    path = tmp_path / "small.journal"
    path.write_text(SMALL)
    return path


def test_the_demonstration_can_be_made_again(machine, ledger):
    first = machine.ok("demo", "--ledger", ledger)
    assert "1 transactions imported" in first
    assert "a year of trade was entered" in first
    access = machine.data_dir / ACCESS_FILE
    assert stat.S_IMODE(access.stat().st_mode) == 0o600
    password = access.read_text().split("password=")[1].strip()
    assert EMAIL in first
    assert password in first
    again = machine.ok("demo", "--ledger", ledger)
    assert "0 transactions imported, 1 were there already" in again
    assert "complete already" in again
    assert password in again
    verified = machine.ok("tenant", "verify", "--all")
    assert f"{COMPANY}: in order." in verified
    assert "Hack Club: in order." in verified


def test_the_demonstration_ships_with_its_ledger():
    assert LEDGER.stat().st_size > 200_000
    assert (LEDGER.parent / "README.md").exists()


@pytest.fixture
def books(machine, ledger):
    """Two organizations of one person; `Hack Club` has the small journal."""
    config = configuration()
    ensure_secrets(config.data_dir)
    migrate_system(config)
    with open_system() as system:
        person = add_person(system, EMAIL, first_name="Robin", last_name="Demo", password="only for tests")
        for name in ("Hack Club", "Other"):
            build(system, Profile(name, "USD", "US", "UTC", "january"), person, progress=lambda _percent: None)
    machine.ok("import-journal", ledger, "--organization", "Hack Club")
    machine.ok("import-journal", ledger, "--organization", "other")
    return machine


def test_import_and_export(books, tmp_path):
    more = tmp_path / "more.journal"
    more.write_text(SMALL + "\n2024-02-01 Rent\n  Expenses:Rent  250 USD\n  Assets:Bank:Giro\n")
    assert "Would import 1 transactions" in books.ok("import-journal", more, "--organization", "Hack Club", "--dry-run")
    assert "Imported 1 transactions into Hack Club (1 were there already)" in books.ok(
        "import-journal", more, "--organization", "Hack Club"
    )
    assert "Nothing to add" in books.ok("import-journal", more, "--organization", "Hack Club")
    target = tmp_path / "books.journal"
    books.ok("export-journal", "--organization", "Hack Club", "-o", target)
    assert parse_text(target.read_text()).balances()["Assets:Bank:Giro"] == {"USD": 750}
    assert books.ok("export-journal", "--organization", "Hack Club") == target.read_text()


def test_a_wrong_file_names_the_line_and_changes_nothing(books, tmp_path):
    wrong = tmp_path / "wrong.journal"
    wrong.write_text(SMALL + "\n2024-02-01 Rent\n  Expenses:Rent  250 USD\n  Assets:Bank:Giro  -249 USD\n")
    output = books.refused("import-journal", wrong, "--organization", "Hack Club")
    assert f"{wrong}:5: " in output
    wrong.write_text("2024-02-01 Rent\n  Expenses:Rent  250 USD\n  Nowhere:Giro\n")
    output = books.refused("import-journal", wrong, "--organization", "Hack Club")
    assert f"{wrong}:3: cannot tell the type of the account Nowhere:Giro" in output
    assert "Nothing to add" not in output


def test_unknown_organization(books, ledger):
    output = books.refused("import-journal", ledger, "--organization", "Nobody")
    assert "no organization is called “Nobody”" in output
    assert "Hack Club" in output


def test_tenants(books):
    listed = books.ok("tenant", "list")
    assert "Hack Club" in listed
    created = books.ok("tenant", "create", "Third", "--owner", EMAIL, "--currency", "EUR", "--location", "DE")
    assert "Third is built" in created
    assert "nobody has signed up as x@example.com" in books.refused("tenant", "create", "Fourth", "--owner", "x@example.com")
    assert "3 of 3 organizations are at the current schema" in books.ok("tenant", "migrate", "--all")
    assert "name an organization, or say --all" in books.refused("tenant", "migrate")


def test_broken_books_are_found(books):
    databases = list((books.data_dir / "tenants").glob("*.db"))
    assert databases
    for path in databases:
        with sqlite3.connect(path) as connection:
            connection.execute("UPDATE ledger_lines SET debit = debit + 10000 WHERE id = (SELECT MIN(id) FROM ledger_lines)")
        connection.close()
    output = books.refused("tenant", "verify", "--all")
    assert "2 of 2 organizations have problems" in output


def test_a_failed_migration_does_not_stop_the_rest(books):
    broken = min((books.data_dir / "tenants").glob("*.db"))
    for leftover in broken.parent.glob(f"{broken.name}*"):
        leftover.unlink()
    broken.write_bytes(b"this is no database" * 100)
    output = books.refused("tenant", "migrate", "--all")
    assert "FAILED" in output
    assert "1 of 2 organizations" in output
