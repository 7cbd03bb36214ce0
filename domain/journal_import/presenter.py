"""Journal imports as they travel."""

from collections.abc import Mapping, Sequence
from typing import Any

from domain.journal_files.errors import JournalFileError
from domain.journal_files.model import Notice
from domain.journal_import.model import ImportResult, PlannedEntry
from domain.journal_import.preview import AccountPreview, CommodityPreview, ImportPreview
from domain.journal_import.service import problem_meta
from domain.kit.context import Organization
from domain.kit.formatting import format_date
from domain.kit.money import ZERO

JOURNALS_SHOWN_MAX = 20
LINES_SHOWN_MAX = 1_000
"""Of the journals that are shown; the last one is shown whole."""
PROBLEMS_SHOWN_MAX = 200
NOTICES_SHOWN_MAX = 500


def preview_form(preview: ImportPreview, given: list[str], organization: Organization) -> dict[str, Any]:
    """What an import would do. `given` are the paths of the files that were sent."""
    transactions = preview.journal.transactions
    days = [transaction.date for transaction in transactions]
    first, last = (min(days), max(days)) if days else (None, None)
    names = {item.planned.ledger_account: item.name for item in preview.accounts}
    return {
        "files": list(dict.fromkeys(preview.journal.files)),
        "unused_files": _unused(given, preview.journal.files),
        "transactions": len(transactions),
        "to_import": preview.to_import,
        "already_there": preview.plan.already_there,
        "first_date": first and first.isoformat(),
        "last_date": last and last.isoformat(),
        "formatted_first_date": format_date(first, organization.date_format),
        "formatted_last_date": format_date(last, organization.date_format),
        "accounts_to_create": preview.creates,
        "can_import": preview.can_import,
        "accounts": [_account_form(item, preview.plan.accounts.currencies) for item in preview.accounts],
        "commodities": [_commodity_form(item) for item in preview.commodities],
        "problems": [_problem_form(item) for item in preview.problems[:PROBLEMS_SHOWN_MAX]],
        "problems_count": len(preview.problems),
        "left_out": [_notice_form(item) for item in preview.left_out[:NOTICES_SHOWN_MAX]],
        "left_out_count": len(preview.left_out),
        "journals": [_journal_form(entry, names, organization) for entry in _first(preview.plan.entries)],
    }


def result_form(result: ImportResult) -> dict[str, Any]:
    """What an import did."""
    return {
        "journals_created": result.journals_created,
        "already_there": result.already_there,
        "accounts_created": list(result.accounts_created),
        "left_out": list(result.left_out[:NOTICES_SHOWN_MAX]),
        "left_out_count": len(result.left_out),
    }


def past_form(entry: Mapping[str, Any]) -> dict[str, Any]:
    """An earlier import, from its entry in the audit trail."""
    done = entry["after"]
    return {
        "id": entry["id"],
        "imported_at": entry["at"],
        "formatted_imported_at": entry["formatted_at"],
        "user_id": entry["user_id"],
        "user_name": entry["user_name"],
        **{name: done[name] for name in ("files", "journals_created", "accounts_created", "already_there", "left_out")},
    }


def _first(entries: Sequence[PlannedEntry]) -> list[PlannedEntry]:
    shown: list[PlannedEntry] = []
    lines = 0
    for entry in entries[:JOURNALS_SHOWN_MAX]:
        if lines >= LINES_SHOWN_MAX:
            break
        shown.append(entry)
        lines += len(entry.journal.lines)
    return shown


def _unused(given: list[str], read: tuple[str, ...]) -> list[str]:
    """Files that nothing includes. One that was found by its name alone was read under another path."""
    used = {*read, *(path.rpartition("/")[2] for path in read)}
    return [path for path in given if path not in used]


def _problem_form(problem: JournalFileError) -> dict[str, Any]:
    return problem_meta(problem) | {"message": problem.message}


def _notice_form(notice: Notice) -> dict[str, Any]:
    return {"file": notice.file, "line": notice.line, "message": notice.message}


def _account_form(item: AccountPreview, currencies: Mapping[str, str]) -> dict[str, Any]:
    account, planned = item.account, item.planned
    return {
        "ledger_account": planned.ledger_account,
        "postings": item.postings,
        "totals": [
            {"commodity": name, "currency_code": currencies.get(name), "debit": debit, "credit": credit}
            for name, (debit, credit) in item.totals.items()
        ],
        "target": {
            "source": item.source,
            "account_id": account.id if account else None,
            "name": item.name,
            "code": account.code if account else planned.code,
            "account_type": account.account_type if account else planned.type,
            "currency_code": item.currency,
        },
        "problem": _problem_form(item.problem) if item.problem else None,
    }


def _commodity_form(item: CommodityPreview) -> dict[str, Any]:
    return {
        "commodity": item.commodity,
        "currency_code": item.currency,
        "postings": item.postings,
        "rate": item.rate,
        "problem": _problem_form(item.problem) if item.problem else None,
    }


def _journal_form(entry: PlannedEntry, names: Mapping[str, str], organization: Organization) -> dict[str, Any]:
    journal = entry.journal
    return {
        "file": entry.transaction.file,
        "line": entry.transaction.line,
        "date": journal.date.isoformat(),
        "formatted_date": format_date(journal.date, organization.date_format),
        "description": journal.description or None,
        "reference": journal.reference or None,
        "currency_code": journal.currency,
        "exchange_rate": journal.rate,
        "lines": [
            {
                "ledger_account": line.ledger_account,
                "account": names[line.ledger_account],
                "debit": max(line.amount, ZERO),
                "credit": max(-line.amount, ZERO),
                "note": line.note or None,
            }
            for line in journal.lines
        ],
    }
