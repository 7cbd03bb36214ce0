"""Manual journals as they travel."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import RowMapping

from domain.accounts.model import Chart
from domain.accounts.presenter import stored_form as account_form
from domain.branches.model import Branch
from domain.branches.presenter import branch_form
from domain.contacts.model import Contact
from domain.contacts.presenter import detail_form as contact_form
from domain.kit.context import Organization
from domain.kit.formatting import format_amount, format_date, format_instant
from domain.kit.wire import iso_day, iso_instant
from domain.manual_journals.model import ManualJournal, ManualJournalEntry


def entry_form(journal_id: int, entry: ManualJournalEntry) -> dict[str, Any]:
    """One line as entered."""
    return {
        "id": entry.id,
        "manual_journal_id": journal_id,
        "index": entry.index,
        "account_id": entry.account_id,
        "debit": entry.debit,
        "credit": entry.credit,
        "note": entry.note,
        "contact_id": entry.contact_id,
        "branch_id": entry.branch_id,
        "project_id": entry.project_id,
    }


def _head(journal: ManualJournal, day: Callable[[date], str]) -> dict[str, Any]:
    return {
        "id": journal.id,
        "journal_number": journal.journal_number,
        "reference": journal.reference,
        "journal_type": journal.journal_type,
        "amount": journal.amount,
        "currency_code": journal.currency_code,
        "exchange_rate": journal.exchange_rate,
        "date": day(journal.date),
        "description": journal.description,
        "published_at": journal.published_at and day(journal.published_at),
        "attachment_file": None,
        "user_id": journal.user_id,
        "branch_id": journal.branch_id,
        "created_at": iso_instant(journal.created_at),
        "updated_at": iso_instant(journal.updated_at),
        "is_published": journal.is_published,
    }


def stored_form(journal: ManualJournal) -> dict[str, Any]:
    """Stored keys and entries; what edit and delete answer, and what the audit trail keeps."""
    return _head(journal, iso_day) | {"entries": [entry_form(journal.id, entry) for entry in journal.entries]}


def created_form(stored: Mapping[str, Any], journal: ManualJournal) -> dict[str, Any]:
    """What create answers: days as they were sent, `YYYY-MM-DD` (accounting.md 1.1)."""
    published_on = journal.published_at and journal.published_at.isoformat()
    return {**stored, "date": journal.date.isoformat(), "published_at": published_on}


def _formatted(journal: ManualJournal, organization: Organization) -> dict[str, Any]:
    amount, pattern = format_amount(journal.amount, journal.currency_code), organization.date_format
    return {
        "formatted_amount": amount,
        "amount_formatted": amount,
        "formatted_date": format_date(journal.date, pattern),
        "formatted_published_at": format_date(journal.published_at, pattern),
        "formatted_created_at": format_instant(journal.created_at, pattern),
        "attachments": [],
    }


def list_forms(journals: Sequence[ManualJournal], chart: Chart, organization: Organization) -> list[dict[str, Any]]:
    """Journals of a page, each line with its account."""
    used = {entry.account_id for journal in journals for entry in journal.entries}
    accounts = {account_id: account_form(chart.accounts[account_id]) for account_id in used}
    return [
        _head(journal, iso_day)
        | _formatted(journal, organization)
        | {"entries": [entry_form(journal.id, entry) | {"account": accounts[entry.account_id]} for entry in journal.entries]}
        for journal in journals
    ]


def detail_form(
    journal: ManualJournal,
    organization: Organization,
    *,
    chart: Chart,
    contacts: Mapping[int, Contact],
    branches: Mapping[int, Branch],
    transactions: Sequence[RowMapping],
) -> dict[str, Any]:
    """One journal with all that its lines refer to, and its ledger lines."""
    entries = []
    for entry in journal.entries:
        branch, contact = branches.get(entry.branch_id or 0), contacts.get(entry.contact_id or 0)
        entries.append(
            entry_form(journal.id, entry)
            | {
                "account": account_form(chart.accounts[entry.account_id]),
                "contact": contact_form(contact, organization) if contact else None,
                "branch": branch_form(branch) if branch else None,
            }
        )
    return (
        _head(journal, iso_day)
        | _formatted(journal, organization)
        | {"entries": entries, "transactions": [transaction_form(row) for row in transactions]}
    )


def transaction_form(row: RowMapping) -> dict[str, Any]:
    """One ledger line, its stored keys (accounting.md 3.1)."""
    form = {key: value for key, value in row.items() if key != "line_index"}
    return form | {"index": row["line_index"], "date": iso_day(row["date"]), "created_at": iso_instant(row["created_at"])}
