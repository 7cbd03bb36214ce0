"""`countinghouse tenant …`: organizations as an operator sees them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer
from rich.table import Table

from cli.books import find_tenant, open_system, read_books
from cli.output import FAILED, console, fail, progress_bar, say, warn
from cli.service import configuration
from tenancy.registry import TenantRecord, list_tenants

if TYPE_CHECKING:
    from cli.local_service import Operator

T = TypeVar("T")


app = typer.Typer(no_args_is_help=True, help="Organizations: list, create, migrate, verify, activate, passivate.")

Name = Annotated[str, typer.Argument(help="Name of the organization, its id, or its number.")]
OptionalName = Annotated[str | None, typer.Argument(help="Name of the organization, its id, or its number.")]
All = Annotated[bool, typer.Option("--all", help="Every organization.")]


@app.command("list")
def list_all() -> None:
    """List all organizations, built or not."""
    with open_system() as system, system.engine.connect() as connection, connection.begin():
        records = list_tenants(connection, built_only=False)
    table = Table("No", "Name", "Organization id", "Database", "Built", "Schema", "Migration")
    for record in records:
        built = record.built_at.strftime("%Y-%m-%d %H:%M") if record.built_at else "no"
        table.add_row(
            str(record.id),
            record.name or "",
            record.organization_id,
            record.database_name or "",
            built,
            record.schema_revision or "",
            record.migration_state or "",
        )
    console.print(table)


@app.command()
def create(
    name: Annotated[str, typer.Argument(help="Name of the new organization.")],
    *,
    owner: Annotated[str, typer.Option(help="E-mail address of the person who owns it; must have signed up.")],
    currency: Annotated[str, typer.Option(help="Base currency, ISO 4217.")] = "USD",
    location: Annotated[str, typer.Option(help="Country, two letters.")] = "US",
    timezone: Annotated[str, typer.Option(help="Time zone, such as Europe/Berlin.")] = "UTC",
    fiscal_year: Annotated[str, typer.Option(help="First month of the fiscal year.")] = "january",
) -> None:
    """Create and build an organization for a person who has signed up."""
    from cli.building import BuildingError, Profile, build, find_person

    profile = Profile(name, currency.upper(), location.upper(), timezone, fiscal_year.lower())
    with open_system() as system:
        try:
            person = find_person(system, owner)
            if person is None:
                fail(f"nobody has signed up as {owner}")
            with progress_bar("Building") as progress:
                task = progress.task_ids[0]
                record = build(
                    system, profile, person, progress=lambda percent: progress.update(task, completed=percent, total=100)
                )
        except BuildingError as problem:
            fail(str(problem))
    say(f"{name} is built: organization id {record.organization_id}.")


@app.command()
def migrate(name: OptionalName = None, every: All = False, workers: Annotated[int, typer.Option(min=1, max=16)] = 4) -> None:
    """Bring databases to the schema of this program. Goes on after a failure, and ends with exit code 1 then."""
    from tenancy.migration import migrate_all, migrate_and_note

    with open_system() as system:
        if name is not None and not every:
            record = find_tenant(system, name)
            outcome = migrate_and_note(system.config, record, system.engine)
            if outcome.error:
                fail(f"{outcome.name}: {outcome.error}")
            say(f"{outcome.name}: {outcome.revision}")
            return
        _need_all(every)
        with progress_bar("Migrating") as progress:
            task = progress.task_ids[0]
            outcomes = migrate_all(
                system.config, system.engine, workers=workers, on_outcome=lambda _outcome: progress.advance(task)
            )
    failed = 0
    for outcome in outcomes:
        if outcome.error:
            failed += 1
            warn(f"{outcome.name}: FAILED: {outcome.error}")
        else:
            say(f"{outcome.name}: {outcome.revision}")
    say(f"{len(outcomes) - failed} of {len(outcomes)} organizations are at the current schema.")
    if failed:
        raise typer.Exit(FAILED)


@app.command()
def verify(name: OptionalName = None, every: All = False) -> None:
    """Check the books against themselves: balances, postings, sub-ledgers, audit chain. Exit code 1 where something is wrong."""
    from domain.verification.service import verify_books

    wrong = 0
    with open_system() as system:
        if name is not None:
            records = [find_tenant(system, name)]
        else:
            _need_all(every)
            with system.engine.connect() as connection, connection.begin():
                records = list_tenants(connection)
        for record in records:
            report = read_books(system, record, lambda ctx: verify_books(ctx.db))
            wrong += bool(report.problems)
            _print_report(record, report)
    if wrong:
        fail(f"{wrong} of {len(records)} organizations have problems.")


def _print_report(record: TenantRecord, report: Any) -> None:
    if not report.problems:
        say(f"{record.name}: in order.")
        return
    warn(f"{record.name}: {len(report.problems)} problems")
    for problem in report.problems:
        warn(f"  {problem}")


@app.command()
def activate(name: Name) -> None:
    """Have the running service open the books of an organization now."""
    record = _operate(name, lambda operator, tenant_id: operator.activate(tenant_id))[0]
    say(f"{record.name} is active.")


@app.command()
def passivate(name: Name) -> None:
    """Have the running service close the books of an organization; the next request opens them again."""
    record, was_active = _operate(name, lambda operator, tenant_id: operator.passivate(tenant_id))
    say(f"{record.name} is at rest." if was_active else f"{record.name} was not active.")


@app.command()
def active() -> None:
    """List the organizations whose books the running service has open."""
    from cli.local_service import Operator, ServiceNotRunningError

    try:
        with Operator(configuration()) as operator:
            tenants = operator.active()
    except ServiceNotRunningError as problem:
        fail(str(problem))
    with open_system() as system, system.engine.connect() as connection, connection.begin():
        names = {record.id: record.name for record in list_tenants(connection)}
    table = Table("No", "Name", "Actor", "Memory (MB)", "Epoch", "Waiting writes", "Connections", "Idle (s)")
    for tenant in tenants:
        number = int(tenant["tenant_id"])
        memory_mb, idle_s = int(tenant.get("memory_private_bytes") or 0) // 1_000_000, int(tenant.get("idle_s") or 0)
        shown = (
            tenant.get("name"),
            memory_mb,
            tenant.get("epoch"),
            tenant.get("queued_writes"),
            tenant.get("connections"),
            idle_s,
        )
        table.add_row(str(number), names.get(number) or "", *("" if item is None else str(item) for item in shown))
    console.print(table)
    say(f"{len(tenants)} active.")


def _operate(name: str, action: Callable[["Operator", int], T]) -> tuple[TenantRecord, T]:
    from cli.local_service import Operator, ServiceNotRunningError

    with open_system() as system:
        record = find_tenant(system, name)
        try:
            with Operator(system.config) as operator:
                return record, _act(operator, record, action)
        except ServiceNotRunningError as problem:
            fail(str(problem))


def _act(operator: "Operator", record: TenantRecord, action: Callable[["Operator", int], T]) -> T:
    from ray.exceptions import RayError

    try:
        return action(operator, record.id)
    except RayError as problem:
        fail(f"the service could not do that for {record.name}: {getattr(problem, 'cause', None) or problem}")


def _need_all(every: All) -> None:
    if not every:
        fail("name an organization, or say --all")
