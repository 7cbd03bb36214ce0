"""Use cases of manual journals. Each does one thing, in the transaction it is given; none commits."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from domain.accounts.repository import CHART
from domain.branches.repository import BRANCHES
from domain.branches.service import branches_active, document_branch
from domain.contacts import repository as contacts
from domain.kit.context import TenantContext
from domain.kit.errors import NOT_FOUND
from domain.kit.identifiers import next_id, next_ids
from domain.kit.lists import ListQuery
from domain.kit.money import ZERO, quantize
from domain.ledger import service as ledger
from domain.ledger.model import ReferenceType
from domain.ledger.repository import read_reference
from domain.manual_journals import numbering, presenter, repository, rules
from domain.manual_journals.model import ManualJournal, ManualJournalEntry
from domain.manual_journals.posting import journal_of
from domain.manual_journals.schemas import ManualJournalIn
from domain.manual_journals.tables import FIRST_ENTRY_ID, FIRST_JOURNAL_ID, manual_journal_entries, manual_journals
from domain.settings.service import advance_number
from domain.transactions_locking.model import FINANCIAL
from domain.transactions_locking.service import guard

SUBJECT = "ManualJournal"


def get_manual_journal(ctx: TenantContext, journal_id: int) -> ManualJournal:
    """The journal with its entries.

    Raises:
        NOT_FOUND: no such journal.

    """
    journal = repository.find_journal(ctx.db, journal_id)
    if journal is None:
        raise NOT_FOUND()
    return journal


def manual_journal_form(ctx: TenantContext, journal_id: int) -> dict[str, Any]:
    """One journal with accounts, contacts, branches and ledger lines, as it travels."""
    journal = get_manual_journal(ctx, journal_id)
    contact_ids = {entry.contact_id for entry in journal.entries if entry.contact_id is not None}
    return presenter.detail_form(
        journal,
        ctx.organization,
        chart=ctx.warm.get(CHART),
        contacts=contacts.read_contacts(ctx.db, contact_ids) if contact_ids else {},
        branches=ctx.warm.get(BRANCHES),
        transactions=read_reference(ctx.db, ReferenceType.JOURNAL.value, journal_id),
    )


def list_manual_journals(ctx: TenantContext, query: ListQuery) -> dict[str, Any]:
    """A page of journals, newest first unless told."""
    journals, pagination, filter_meta = repository.list_journals(ctx.db, query)
    forms = presenter.list_forms(journals, ctx.warm.get(CHART), ctx.organization)
    return {"manual_journals": forms, "pagination": pagination, "filter_meta": filter_meta}


def create_manual_journal(ctx: TenantContext, body: ManualJournalIn) -> ManualJournal:
    """Write a journal, and post it if it is to be published. The number series moves on, whatever number was typed.

    Raises:
        the refusals of `rules` in the order of accounting.md 6.3, DATE_LOCKED, BRANCH_ID_NOT_FOUND.

    """
    journal, _ = _create(ctx, body)
    return journal


def created_form(ctx: TenantContext, body: ManualJournalIn) -> dict[str, Any]:
    """Write a journal; its form as create answers it."""
    journal, stored = _create(ctx, body)
    return presenter.created_form(stored, journal)


def _create(ctx: TenantContext, body: ManualJournalIn) -> tuple[ManualJournal, dict[str, Any]]:
    journal = _planned(ctx, body, None)
    guard(ctx, FINANCIAL, journal.published_at and journal.date)
    repository.insert_journal(ctx.db, journal)
    if journal.is_published:
        ledger.post(ctx, journal_of(journal, ctx.base_currency))
    advance_number(ctx, numbering.GROUP)
    stored = presenter.stored_form(journal)
    ctx.audit("created", SUBJECT, journal.id, after=stored)
    return journal, stored


def edit_manual_journal(ctx: TenantContext, journal_id: int, body: ManualJournalIn) -> dict[str, Any]:
    """Change a journal; all its entries are replaced, and its posting with them. Returns the forms after and before.

    Raises:
        NOT_FOUND, and what create raises.

    """
    old = get_manual_journal(ctx, journal_id)
    new = _planned(ctx, body, old)
    if new.is_published:
        guard(ctx, FINANCIAL, old.date, new.date)
    repository.replace_journal(ctx.db, new)
    if new.is_published:
        ledger.repost(ctx, journal_of(new, ctx.base_currency))
    before, after = presenter.stored_form(old), presenter.stored_form(new)
    ctx.audit("edited", SUBJECT, journal_id, before=before, after=after)
    return {"manual_journal": after, "old_manual_journal": before}


def _planned(ctx: TenantContext, body: ManualJournalIn, old: ManualJournal | None) -> ManualJournal:
    """The journal that the body asks for, checked, with the ids it is to have. On edits, absent keys keep their value."""
    currency = body.currency_code or (old.currency_code if old else ctx.base_currency)
    rate = rules.document_rate(
        body.exchange_rate or (old.exchange_rate if old else None), currency=currency, base_currency=ctx.base_currency
    )
    entries = _entries(ctx, body, currency)
    total = rules.check_totals(entries)
    contacts = known_contacts(ctx, [entry.contact_id for entry in entries])
    accounts = rules.accounts_of(entries, ctx.warm.get(CHART))
    number = numbering.number_for(ctx, body.journal_number, old)
    rules.check_control_contacts(entries, accounts, contacts)
    rules.check_contact_currencies(entries, accounts, contacts)
    rules.check_currencies(accounts, currency=currency, base_currency=ctx.base_currency)
    rules.check_size(total, rate=rate, base_currency=ctx.base_currency)
    rules.check_attachments(body.attachment_keys)
    branch_id, entries = _with_branches(ctx, body, old, entries)
    now, published_at = ctx.now(), old.published_at if old else None
    return ManualJournal(
        id=old.id if old else next_id(ctx.warm, manual_journals, first=FIRST_JOURNAL_ID),
        journal_number=number,
        reference=body.reference if old is None or body.given("reference") else old.reference,
        journal_type=body.journal_type if old is None or body.given("journal_type") else old.journal_type,
        amount=total,
        currency_code=currency,
        exchange_rate=rate,
        date=body.date,
        description=body.description if old is None or body.given("description") else old.description,
        published_at=ctx.today() if body.publish and published_at is None else published_at,
        user_id=old.user_id if old else ctx.user.user_id,
        branch_id=branch_id,
        created_at=old.created_at if old else now,
        updated_at=now,
        entries=tuple(sorted(entries, key=lambda entry: entry.index)),
    )


def _entries(ctx: TenantContext, body: ManualJournalIn, currency: str) -> list[ManualJournalEntry]:
    ids = next_ids(ctx.warm, manual_journal_entries, len(body.entries), first=FIRST_ENTRY_ID)
    return [
        ManualJournalEntry(
            id=entry_id,
            index=position if line.index is None else line.index,
            account_id=line.account_id,
            debit=quantize(line.debit or ZERO, currency),
            credit=quantize(line.credit or ZERO, currency),
            note=line.note,
            contact_id=line.contact_id,
            branch_id=line.branch_id,
            project_id=line.project_id,
        )
        for position, (entry_id, line) in enumerate(zip(ids, body.entries, strict=True), start=1)
    ]


def known_contacts(ctx: TenantContext, contact_ids: list[int | None]) -> Mapping[int, rules.ContactKind]:
    """Kind and currency by contact id; no statement where none is named.

    Raises:
        CONTACTS_NOT_FOUND: one does not exist.

    """
    named = list(dict.fromkeys(contact_id for contact_id in contact_ids if contact_id is not None))
    if not named:
        return {}
    known = contacts.kinds_of(ctx.db, named)
    rules.check_contacts_known(named, known)
    return known


def _with_branches(
    ctx: TenantContext, body: ManualJournalIn, old: ManualJournal | None, entries: list[ManualJournalEntry]
) -> tuple[int | None, list[ManualJournalEntry]]:
    """The journal's branch, and the entries with theirs: their own, else the journal's. None of either while branches are off."""
    if not branches_active(ctx):
        return None, [replace(entry, branch_id=None) if entry.branch_id else entry for entry in entries]
    own = body.branch_id if old is None or body.given("branch_id") else old.branch_id
    branch_id = document_branch(ctx, own)
    named = {document_branch(ctx, entry.branch_id) for entry in entries if entry.branch_id is not None}
    if branch_id is None and (not named or any(entry.branch_id is None for entry in entries)):
        raise rules.ENTRIES_WITHOUT_BRANCH()
    return branch_id, [replace(entry, branch_id=entry.branch_id or branch_id) for entry in entries]


def publish_manual_journal(ctx: TenantContext, journal_id: int) -> None:
    """Post a draft.

    Raises:
        NOT_FOUND, ALREADY_PUBLISHED, DATE_LOCKED.

    """
    old = get_manual_journal(ctx, journal_id)
    if old.is_published:
        raise rules.ALREADY_PUBLISHED()
    guard(ctx, FINANCIAL, old.date)
    new = replace(old, published_at=ctx.today(), updated_at=ctx.now())
    repository.update_head(ctx.db, new)
    ledger.post(ctx, journal_of(new, ctx.base_currency))
    ctx.audit("published", SUBJECT, journal_id, before=presenter.stored_form(old), after=presenter.stored_form(new))


def delete_manual_journal(ctx: TenantContext, journal_id: int) -> dict[str, Any]:
    """Remove a journal, draft or published, and its posting. Returns its last form.

    Raises:
        NOT_FOUND, TRANSACTION_MATCHED, DATE_LOCKED.

    """
    old = get_manual_journal(ctx, journal_id)
    if old.is_published:
        guard(ctx, FINANCIAL, old.date)
    if repository.is_matched(ctx.db, SUBJECT, journal_id):
        raise rules.TRANSACTION_MATCHED()
    ledger.unpost(ctx, ReferenceType.JOURNAL, journal_id)
    repository.delete_journal(ctx.db, journal_id)
    before = presenter.stored_form(old)
    ctx.audit("deleted", SUBJECT, journal_id, before=before)
    return before


def remove_manual_journal(ctx: TenantContext, journal_id: int) -> None:
    """Deletion as bulk deletion asks for it: without an answer."""
    delete_manual_journal(ctx, journal_id)
