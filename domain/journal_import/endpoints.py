"""The HTTP interface of journal imports: what an import would do, doing it, and what was done before."""

from typing import Any

from domain.audit.schemas import AuditTrailQuery
from domain.audit.service import list_entries
from domain.journal_files.model import JournalFile
from domain.journal_import import presenter
from domain.journal_import.choices import Choices, complete_choices
from domain.journal_import.files import file_path, read_files
from domain.journal_import.model import Bounds
from domain.journal_import.planning import IMPORT_TOO_LARGE
from domain.journal_import.preview import preview_import
from domain.journal_import.schemas import (
    ImportHistoryOut,
    ImportHistoryQuery,
    ImportPreviewOut,
    ImportResultOut,
    JournalImportIn,
)
from domain.journal_import.service import JOURNAL_FILE_REFUSED, SUBJECT, import_journal, refusals
from domain.kit.context import TenantContext
from domain.kit.endpoint import EndpointGroup
from domain.kit.permissions import ManualJournal
from domain.manual_journals.rules import ACCOUNTS_NOT_FOUND

endpoint = EndpointGroup("Journal imports")

REQUEST_BOUNDS = Bounds(transactions_max=2_500, lines_max=10_000)
"""One request holds up the writes of its organization for some seconds at most: 1,360 transactions with 2,800 lines took 0.9 s on SQLite
and 4.9 s on MariaDB, on a busy machine."""
_ERRORS = (JOURNAL_FILE_REFUSED, IMPORT_TOO_LARGE, ACCOUNTS_NOT_FOUND)


@endpoint.look(
    "/journal-imports/preview",
    permission=ManualJournal.create,
    body=JournalImportIn,
    returns=ImportPreviewOut,
    errors=_ERRORS,
)
def preview_journal_import(ctx: TenantContext, body: JournalImportIn) -> dict[str, Any]:
    """What an import of journal files would do; nothing is written

    For each ledger account: where it goes, and what hinders that. An import with the same files and mapping does what this says.
    """
    ctx.expect_rows(sum(file.text.count("\n") for file in body.files))  # a line costs what a row of an answer costs
    with refusals():
        journal, choices = _read(ctx, body)
        preview = preview_import(ctx, journal, choices, REQUEST_BOUNDS)
    return presenter.preview_form(preview, [file_path(file.name) for file in body.files], ctx.organization)


@endpoint.post(
    "/journal-imports",
    permission=ManualJournal.create,
    body=JournalImportIn,
    returns=ImportResultOut,
    errors=_ERRORS,
)
def create_journal_import(ctx: TenantContext, body: JournalImportIn) -> dict[str, Any]:
    """Bring journal files of hledger or Ledger into the books: all of it or nothing

    Every transaction becomes a published manual journal; accounts that are missing are created, which needs the permission to create
    accounts. Transactions that an earlier import brought in are passed over, so that repeating an import adds nothing.
    """
    with refusals():
        journal, choices = _read(ctx, body)
    return presenter.result_form(import_journal(ctx, journal, choices.mapping, bounds=REQUEST_BOUNDS))


@endpoint.get("/journal-imports", permission=ManualJournal.view, query=ImportHistoryQuery, returns=ImportHistoryOut)
def list_journal_imports(ctx: TenantContext, query: ImportHistoryQuery) -> dict[str, Any]:
    """Earlier imports, newest first: when, by whom, how many"""
    found = list_entries(ctx, AuditTrailQuery(subject=SUBJECT, page=query.page, page_size=query.page_size))
    return {"journal_imports": [presenter.past_form(entry) for entry in found["data"]], "pagination": found["pagination"]}


def _read(ctx: TenantContext, body: JournalImportIn) -> tuple[JournalFile, Choices]:
    journal = read_files([(file.name, file.text) for file in body.files])
    return journal, complete_choices(ctx, journal, body)
