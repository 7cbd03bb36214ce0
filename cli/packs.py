"""`countinghouse packs run …`: reports of many organizations, made here and now, beside the service or without it."""

import calendar
import logging
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from threading import BoundedSemaphore
from typing import Annotated, Any

import typer
from rich.progress import Progress as Bar
from ulid import ULID

from cli.books import System, find_tenant, open_system
from cli.output import FAILED, fail, progress_bar, say, warn
from domain.kit.context import SystemClock
from domain.kit.errors import DomainError
from domain.kit.schemas import parse_day
from tenancy.config import Config
from tenancy.jobs import JobStore, JobStoreUnavailableError, open_job_store
from tenancy.packs.choosing import choose
from tenancy.packs.driver import LEASE_S, PackDriver, Progress
from tenancy.packs.execution import Executor, ThreadExecutor
from tenancy.packs.model import COLUMNS, FORMATS, REPORTS, PackOutcome, PackRequest
from tenancy.packs.summary import CSV_NAME, XLSX_NAME
from tenancy.registry import TenantRecord, list_tenants

app = typer.Typer(no_args_is_help=True, help="Report packs: chosen reports of many organizations over one period.")

LOCAL_PACK = "report.pack.local"
"""Followed by an id. The scheduler claims no jobs of these kinds: the command drives its pack itself."""
WORKERS_MAX = 64
_PERIOD = re.compile(r"(\d{4}(?:-\d\d){0,2})(?:\.\.(\d{4}(?:-\d\d){0,2}))?")


@app.callback()
def packs() -> None:
    """Report packs: chosen reports of many organizations over one period."""


@app.command()
def run(
    *,
    tenants: Annotated[str, typer.Option(help="Organizations, separated by commas: names, ids or numbers; or `all`.")],
    reports: Annotated[str, typer.Option(help=f"Reports, separated by commas: {', '.join(REPORTS)}.")],
    period: Annotated[str, typer.Option(help="Days or months, both included: 2024-01..2024-12, 2024-02-01..2024-02-15, 2024.")],
    out: Annotated[Path, typer.Option(help="Folder for the archives and the summary.", file_okay=False)],
    formats: Annotated[str, typer.Option("--format", help=f"Formats, separated by commas: {', '.join(FORMATS)}.")] = "pdf,xlsx",
    columns: Annotated[str, typer.Option(help=f"Columns of statements: {', '.join(COLUMNS)}.")] = "total",
    workers: Annotated[
        int, typer.Option(min=0, max=WORKERS_MAX, help="Ray workers; 0: threads of this process. Default: one a processor.")
    ] = min(os.cpu_count() or 2, WORKERS_MAX),
    again: Annotated[bool, typer.Option("--again", help="Make archives anew that are there already.")] = False,
) -> None:
    """Make an archive of reports for each organization, and a summary of all. Begun again, it makes what is missing.

    Exit code 1 where an organization's reports could not be made: the others' are.
    """
    request = _request(reports, formats, period, columns)
    with open_system() as system:
        records = _records(system, tenants)
        store = open_job_store(system.config, system.engine)
        folder = out.expanduser().absolute()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            result, failures = _run(system.config, store, request, records, folder, workers=workers, reuse=not again)
        except OSError as problem:
            fail(f"the folder cannot be written: {problem}")
        except JobStoreUnavailableError as problem:
            fail(f"the job store does not answer: {problem}")
        finally:
            store.close()
    for name, error in failures:
        warn(f"{name}: FAILED: {error}")
    say(f"{result['completed']} of {result['tenants']} organizations are done; {CSV_NAME} and {XLSX_NAME} are in {folder}.")
    if result["failed"]:
        raise typer.Exit(FAILED)


def _request(reports: str, formats: str, period: str, columns: str) -> PackRequest:
    first, last = parse_period(period)
    if columns not in COLUMNS:
        fail(f"--columns is one of {', '.join(COLUMNS)}")
    request = PackRequest(reports=_listed(reports), formats=_listed(formats), from_date=first, to_date=last, columns=columns)
    try:
        request.check()
    except DomainError as problem:
        fail(problem.message)
    return request


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def parse_period(text: str) -> tuple[date, date]:
    """First and last day of `2024`, `2024-02`, `2024-01..2024-12` or days; what is none ends the command."""
    match = _PERIOD.fullmatch(text.strip())
    if match is None:
        fail(f"“{text}” is no period; say 2024-01..2024-12, for example")
    try:
        return _edge(match[1], last=False), _edge(match[2] or match[1], last=True)
    except ValueError as problem:
        fail(f"“{text}” is no period: {problem}")


def _edge(text: str, *, last: bool) -> date:
    year, month, day = [int(part) for part in text.split("-")] + [0] * (2 - text.count("-"))
    month = month if "-" in text else (12 if last else 1)
    if not 1 <= month <= 12:  # noqa: PLR2004 - months
        raise ValueError(f"there is no month {month}")
    if text.count("-") < 2:  # noqa: PLR2004 - a month, or a year
        day = calendar.monthrange(year, month)[1] if last else 1
    return parse_day(date(year, month, day))


def _records(system: System, wanted: str) -> list[TenantRecord]:
    with system.engine.connect() as connection, connection.begin():
        offered = list_tenants(connection)
    if wanted.strip() == "all":
        return choose(offered, None)
    found = [find_tenant(system, name) for name in _listed(wanted)]
    for record in found:
        if not record.ready:
            fail(f"the organization “{record.name}” is not built yet")
    return choose(offered, [record.organization_id for record in found])


def _run(
    config: Config,
    store: JobStore,
    request: PackRequest,
    records: list[TenantRecord],
    folder: Path,
    *,
    workers: int,
    reuse: bool,
) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """The result, and what failed: name and error."""
    me = str(ULID())
    kind = f"{LOCAL_PACK}:{me}"
    store.create(kind, payload={"request": request.payload(), "folder": str(folder), "tenant_ids": [item.id for item in records]})
    failures: list[tuple[str, str]] = []

    def note(record: TenantRecord, outcome: PackOutcome) -> None:
        if outcome.error is not None:
            failures.append((record.name or record.organization_id, outcome.error))

    with _executor(config, workers) as executor, progress_bar("Reports") as bar:
        job = store.claim([kind], claimed_by=me, lease_s=LEASE_S, now=SystemClock().now())
        if job is None:
            fail("the pack's job vanished from the job store")
        driver = PackDriver(
            store=store,
            executor=executor,
            slots=BoundedSemaphore(workers or config.packs_at_once),
            claimed_by=me,
            folder=folder,
            reuse=reuse,
            on_progress=_shower(bar),
            on_outcome=note,
        )
        try:
            result = driver.run(job, request, records)
        except BaseException:
            store.cancel(job.id)
            driver.cancel_parts(job)
            raise
        store.complete(job.id, result, claimed_by=me)
    return result, sorted(failures)


def _shower(bar: Bar) -> Callable[[Progress], None]:
    task = bar.task_ids[0]

    def show(progress: Progress) -> None:
        failed = f", {progress.failed} failed" if progress.failed else ""
        bar.update(task, total=progress.total, completed=progress.completed + progress.failed, description=f"Reports{failed}")

    return show


@contextmanager
def _executor(config: Config, workers: int) -> Iterator[Executor]:
    if workers == 0:
        yield ThreadExecutor(config, threads=config.packs_at_once)
        return
    from cli.local_service import prepare_environment

    prepare_environment(config)
    import ray

    from actors.names import NAMESPACE
    from actors.report_tasks import RayExecutor

    ray.init(
        address="local",
        namespace=NAMESPACE,
        num_cpus=workers,
        include_dashboard=False,
        _node_ip_address="127.0.0.1",
        logging_level=logging.ERROR,
        log_to_driver=False,
    )
    try:
        yield RayExecutor(config, cpus_each=1)
    finally:
        ray.shutdown()
