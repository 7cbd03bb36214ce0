"""`countinghouse demo`: a person and two organizations with books to look at."""

import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from cli.books import System, in_books, open_system, write_books
from cli.building import BuildingError, Profile, add_person, build, find_person
from cli.demo_books import COMPANY, CURRENCY, Client, DemoError, fill, is_complete, writes_expected
from cli.journals import read_journal
from cli.output import fail, progress_bar, say
from cli.service import configuration
from domain.journal_files.errors import JournalFileError
from domain.journal_import.model import ImportResult
from domain.kit.context import TenantContext
from domain.kit.exchange import Principal
from tenancy.identity.users import User
from tenancy.registry import TenantRecord
from tenancy.runtime import TenantRuntime

EMAIL = "demo@example.com"
FIRST_NAME, LAST_NAME = "Robin", "Demo"
ACCESS_FILE = "demo.txt"
LEDGER = Path(__file__).resolve().parent.parent / "demo" / "hackclub.ledger"
LEDGER_ORGANIZATION = "Hack Club"
PASSWORD_BYTES = 12


def demo(
    ledger: Annotated[
        Path, typer.Option(help="The journal file of the first organization.", exists=True, dir_okay=False)
    ] = LEDGER,
) -> None:
    """Make a person and two organizations with books. Doing so again changes nothing; it works beside a running service."""
    from tenancy.config import ensure_secrets
    from tenancy.system_database import migrate_system

    config = configuration()
    ensure_secrets(config.data_dir)
    migrate_system(configuration())
    with open_system() as system:
        try:
            password = _password(config.data_dir)
            person = find_person(system, EMAIL)
            if person is None:
                person = add_person(system, EMAIL, first_name=FIRST_NAME, last_name=LAST_NAME, password=password)
            _hack_club(system, person, ledger)
            _trading_company(system, person)
        except (BuildingError, DemoError, JournalFileError) as problem:
            fail(str(problem))
    say(f"Sign in at {config.base_url} as {EMAIL} with the password {password}")
    say(f"(kept in {config.data_dir / ACCESS_FILE}); the organizations are {LEDGER_ORGANIZATION} and {COMPANY}.")


def _password(data_dir: Path) -> str:
    """The password of the demonstration, made up at the first run and kept where only the operator reads it."""
    path = data_dir / ACCESS_FILE
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            name, _, value = line.partition("=")
            if name == "password" and value:
                return value
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    data_dir.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.chmod(0o600)
    path.write_text(f"email={EMAIL}\npassword={password}\n", encoding="utf-8")
    return password


def _built(system: System, person: User, profile: Profile) -> TenantRecord:
    with progress_bar(f"Building {profile.name}") as progress:
        task = progress.task_ids[0]
        return build(system, profile, person, progress=lambda percent: progress.update(task, completed=percent, total=100))


def _hack_club(system: System, person: User, ledger: Path) -> None:
    journal = read_journal(ledger)
    record = _built(system, person, Profile(LEDGER_ORGANIZATION, "USD", "US", "America/Los_Angeles", "january"))
    with progress_bar(f"Importing {ledger.name}") as progress:
        task = progress.task_ids[0]

        def run(ctx: TenantContext) -> ImportResult:
            from domain.journal_import.service import import_journal

            return import_journal(ctx, journal, progress=lambda done, total: progress.update(task, completed=done, total=total))

        result = write_books(system, record, run)
    say(f"{LEDGER_ORGANIZATION}: {result.journals_created} transactions imported, {result.already_there} were there already.")


def _trading_company(system: System, person: User) -> None:
    record = _built(system, person, Profile(COMPANY, CURRENCY, "US", "America/New_York", "january"))
    with progress_bar(f"Keeping the books of {COMPANY}") as progress:
        task = progress.task_ids[0]
        progress.update(task, total=writes_expected())

        async def work(runtime: TenantRuntime) -> bool:
            principal = Principal(person.id, EMAIL, person.full_name, tenant_id=record.id, organization_id=record.organization_id)
            client = Client(runtime.execute, principal, on_write=lambda sent: progress.update(task, completed=sent))
            if await is_complete(client):
                return False
            await fill(client, today=datetime.now(UTC).date())
            return True

        filled = in_books(system, record, work)
    say(f"{COMPANY}: {'a year of trade was entered' if filled else 'complete already'}.")
