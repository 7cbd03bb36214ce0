"""`countinghouse import-journal` and `countinghouse export-journal`."""

import glob
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from cli.books import find_tenant, open_system, read_books, write_books
from cli.output import fail, progress_bar, say, warn
from domain.journal_files.errors import JournalFileError
from domain.journal_files.mapping import AccountMapping, parse_mapping
from domain.journal_files.model import JournalFile
from domain.journal_files.parser import parse_journal
from domain.journal_import.model import ImportResult
from domain.kit.context import TenantContext
from domain.kit.errors import DomainError

FILE_BYTES_MAX = 256 * 1024 * 1024
NOTICES_SHOWN_MAX = 20

Organization = Annotated[str, typer.Option("--organization", help="Name of the organization, or its id.")]


def import_journal(
    file: Annotated[Path, typer.Argument(help="A journal of hledger or Ledger.", exists=True, dir_okay=False, readable=True)],
    organization: Organization,
    mapping: Annotated[
        Path | None, typer.Option(help="TOML file that says what names cannot.", exists=True, dir_okay=False)
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Try everything, keep nothing.")] = False,
) -> None:
    """Bring a journal file into the books: all of it or nothing. Importing it again adds nothing."""
    from domain.journal_import.service import IMPORT_REHEARSED

    journal, account_mapping = _read(file), _read_mapping(mapping)
    with open_system() as system:
        record = find_tenant(system, organization)
        with progress_bar("Posting") as progress:
            task = progress.task_ids[0]

            def run(ctx: TenantContext) -> ImportResult:
                from domain.journal_import import service

                perform: Callable[..., ImportResult] = service.import_journal
                if dry_run:
                    perform = service.rehearse_import
                return perform(
                    ctx,
                    journal,
                    account_mapping,
                    progress=lambda done, total: progress.update(task, completed=done, total=total),
                )

            try:
                result = write_books(system, record, run)
            except DomainError as problem:
                if problem.code is not IMPORT_REHEARSED:
                    raise
                result = problem.meta
    _report(result, name=str(record.name), dry_run=dry_run)


def export_journal(
    organization: Organization,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="File to write; standard output without it.")] = None,
) -> None:
    """Write the books as a journal file that hledger reads back to the same balances."""
    from domain.journal_export import service

    with open_system() as system:
        text = read_books(system, find_tenant(system, organization), service.export_journal)
    if output is None:
        typer.echo(text, nl=False)
        return
    try:
        _write(output, text)
    except OSError as problem:
        fail(f"cannot write {output}: {problem.strerror or problem}")
    say(f"Written to {output}.")


def read_journal(path: Path) -> JournalFile:
    """A journal with the files that it includes, from this machine's disk.

    Raises:
        JournalFileError: it is not readable as a journal.

    """
    return parse_journal(str(path), read_file=_text, find_files=lambda pattern: glob.glob(pattern, recursive=True))  # noqa: PTH207 - patterns are whole paths


def _text(path: str) -> str:
    file = Path(path)
    if file.stat().st_size > FILE_BYTES_MAX:
        raise ValueError(f"it is larger than {FILE_BYTES_MAX} bytes")
    return file.read_text(encoding="utf-8")


def _read(file: Path) -> JournalFile:
    try:
        return read_journal(file)
    except JournalFileError as problem:
        fail(f"{problem}\nNothing was imported.")


def _read_mapping(file: Path | None) -> AccountMapping | None:
    if file is None:
        return None
    try:
        return parse_mapping(_text(str(file)), file=str(file))
    except (JournalFileError, OSError, ValueError) as problem:
        fail(str(problem))


def _report(result: ImportResult, *, name: str, dry_run: bool) -> None:
    for notice in result.left_out[:NOTICES_SHOWN_MAX]:
        warn(f"left out: {notice}")
    if len(result.left_out) > NOTICES_SHOWN_MAX:
        warn(f"… and {len(result.left_out) - NOTICES_SHOWN_MAX} more were left out")
    if not result.changed:
        say(f"Nothing to add: {name} has all {result.already_there} transactions of this file already.")
        return
    verb = "Would import" if dry_run else "Imported"
    known = f" ({result.already_there} were there already)" if result.already_there else ""
    say(f"{verb} {result.journals_created} transactions into {name}{known}; accounts created: {len(result.accounts_created)}.")


def _write(path: Path, text: str) -> None:
    """Whole or not at all: written beside and moved into place."""
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
