"""The HTTP interface of manual journals (accounting.md 6.2)."""

from typing import Any

from domain.branches.rules import BRANCH_ID_NOT_FOUND
from domain.kit.bulk import bulk_delete, check_bulk_delete
from domain.kit.context import TenantContext
from domain.kit.endpoint import EMPTY, Answer, EndpointGroup
from domain.kit.lists import ListQuery
from domain.kit.permissions import ManualJournal
from domain.kit.schemas import BulkDeleteCheckOut, BulkDeleteIn
from domain.manual_journals import rules, service
from domain.manual_journals.schemas import (
    ManualJournalDeletedOut,
    ManualJournalDetailOut,
    ManualJournalEditedOut,
    ManualJournalIn,
    ManualJournalListOut,
    ManualJournalOut,
)
from domain.transactions_locking.rules import DATE_LOCKED

endpoint = EndpointGroup("Manual journals")
_WRITE_ERRORS = (
    rules.TOTAL_IS_ZERO,
    rules.SIDES_NOT_EQUAL,
    rules.CONTACTS_NOT_FOUND,
    rules.ACCOUNTS_NOT_FOUND,
    rules.NUMBER_REQUIRED,
    rules.NUMBER_EXISTS,
    rules.CONTACT_REQUIRED,
    rules.CONTACT_CURRENCY_NOT_ALLOWED,
    rules.CURRENCY_NOT_ALLOWED,
    rules.AMOUNT_TOO_LARGE,
    rules.DOCUMENT_KEYS_INVALID,
    rules.ENTRIES_WITHOUT_BRANCH,
    BRANCH_ID_NOT_FOUND,
    DATE_LOCKED,
)


@endpoint.get("/manual-journals", permission=ManualJournal.view, query=ListQuery, returns=ManualJournalListOut)
def list_manual_journals(ctx: TenantContext, query: ListQuery) -> dict[str, Any]:
    """Manual journals with their entries"""
    return service.list_manual_journals(ctx, query)


@endpoint.get("/manual-journals/{journal_id}", permission=ManualJournal.view, returns=ManualJournalDetailOut)
def get_manual_journal(ctx: TenantContext, journal_id: int) -> dict[str, Any]:
    """One manual journal with its ledger lines"""
    return service.manual_journal_form(ctx, journal_id)


@endpoint.post(
    "/manual-journals",
    permission=ManualJournal.create,
    body=ManualJournalIn,
    returns=ManualJournalOut,
    errors=_WRITE_ERRORS,
)
def create_manual_journal(ctx: TenantContext, body: ManualJournalIn) -> dict[str, Any]:
    """Write a manual journal, as a draft or published"""
    return service.created_form(ctx, body)


@endpoint.put(
    "/manual-journals/{journal_id}",
    permission=ManualJournal.edit,
    body=ManualJournalIn,
    returns=ManualJournalEditedOut,
    errors=_WRITE_ERRORS,
)
def edit_manual_journal(ctx: TenantContext, journal_id: int, body: ManualJournalIn) -> dict[str, Any]:
    """Change a manual journal; its entries are replaced"""
    return service.edit_manual_journal(ctx, journal_id, body)


@endpoint.delete(
    "/manual-journals/{journal_id}",
    permission=ManualJournal.delete,
    returns=ManualJournalDeletedOut,
    errors=(rules.TRANSACTION_MATCHED, DATE_LOCKED),
)
def delete_manual_journal(ctx: TenantContext, journal_id: int) -> dict[str, Any]:
    """Delete a manual journal, draft or published"""
    return {"old_manual_journal": service.delete_manual_journal(ctx, journal_id)}


@endpoint.patch(
    "/manual-journals/{journal_id}/publish",
    permission=ManualJournal.edit,
    errors=(rules.ALREADY_PUBLISHED, DATE_LOCKED),
)
def publish_manual_journal(ctx: TenantContext, journal_id: int) -> Answer:
    """Post a draft to the ledger"""
    service.publish_manual_journal(ctx, journal_id)
    return EMPTY


@endpoint.post(
    "/manual-journals/validate-bulk-delete", permission=ManualJournal.delete, body=BulkDeleteIn, returns=BulkDeleteCheckOut
)
def check_bulk_delete_manual_journals(ctx: TenantContext, body: BulkDeleteIn) -> dict[str, Any]:
    """Which manual journals could be deleted; deletes nothing"""
    return check_bulk_delete(ctx, body.ids, service.remove_manual_journal)


@endpoint.post(
    "/manual-journals/bulk-delete",
    permission=ManualJournal.delete,
    body=BulkDeleteIn,
    errors=(rules.TRANSACTION_MATCHED, DATE_LOCKED),
)
def bulk_delete_manual_journals(ctx: TenantContext, body: BulkDeleteIn) -> Answer:
    """Delete several manual journals, all or nothing unless undeletable ones may be skipped"""
    bulk_delete(ctx, body.ids, service.remove_manual_journal, skip_undeletable=bool(body.skip_undeletable))
    return EMPTY
