"""Brings a parsed journal file into the books, through the use cases that the API has: all of it, or nothing."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn

from pydantic import ValidationError

from domain.accounts.model import Account
from domain.accounts.repository import CHART
from domain.currencies.service import ensure_currency
from domain.journal_files.errors import JournalFileError
from domain.journal_files.mapping import AccountMapping
from domain.journal_files.model import JournalFile, JournalTransaction
from domain.journal_import import repository, rules
from domain.journal_import.chart import create_planned, find_account, first_fault
from domain.journal_import.model import Bounds, ImportPlan, ImportResult, PlannedEntry, PlannedJournal
from domain.journal_import.planning import check_bounds, notices_of, plan_import
from domain.kit.context import TenantContext
from domain.kit.errors import DomainError, ErrorCode
from domain.kit.money import ZERO
from domain.manual_journals.schemas import ManualJournalIn
from domain.manual_journals.service import create_manual_journal
from domain.settings.service import setting

Progress = Callable[[int, int], None]
"""Called with how many transactions are done, of how many."""

JOURNAL_FILE_REFUSED = ErrorCode("JOURNAL_FILE_REFUSED", "The journal file cannot be imported. Nothing was imported.")
IMPORT_REHEARSED = ErrorCode("IMPORT_REHEARSED", "The import was only rehearsed: nothing was imported.", 409)

SUBJECT = "JournalImport"
NUMBER_DIGITS = 16
"""Of a transaction's key, in the number of its journal."""
NAMES_KEPT_MAX = 100
"""Files, and accounts created, that the audit entry of an import names."""


def import_journal(
    ctx: TenantContext,
    journal: JournalFile,
    mapping: AccountMapping | None = None,
    *,
    progress: Progress | None = None,
    bounds: Bounds | None = None,
) -> ImportResult:
    """Create the accounts that are missing and post every transaction that was not imported before, as published manual journals.

    The acting transaction holds all of it. A second import of the same file adds nothing.

    Raises:
        JOURNAL_FILE_REFUSED: the message says file, line and why. JOURNAL_IMPORT_TOO_LARGE: beyond the bounds.

    """
    with refusals():
        return _import(ctx, journal, mapping, progress or _silent, bounds)


def rehearse_import(
    ctx: TenantContext, journal: JournalFile, mapping: AccountMapping | None = None, *, progress: Progress | None = None
) -> NoReturn:
    """Do the whole import and then refuse it, so that nothing stays.

    Raises:
        IMPORT_REHEARSED: it would succeed; `meta` is the `ImportResult`. JOURNAL_FILE_REFUSED: it would not.

    """
    raise IMPORT_REHEARSED(meta=import_journal(ctx, journal, mapping, progress=progress))


@contextmanager
def refusals() -> Iterator[None]:
    """Turns what is wrong with a journal file into the refusal that travels.

    Raises:
        JOURNAL_FILE_REFUSED: `meta` has file, line, kind and what it is about.

    """
    try:
        yield
    except JournalFileError as problem:
        raise JOURNAL_FILE_REFUSED(str(problem), meta=problem_meta(problem)) from problem


def problem_meta(problem: JournalFileError) -> dict[str, Any]:
    """A problem of a journal file for programs."""
    return {"file": problem.file, "line": problem.line, "kind": problem.kind, "about": problem.about or None}


def _silent(done: int, total: int) -> None:
    """No one watches."""


def _import(
    ctx: TenantContext, journal: JournalFile, mapping: AccountMapping | None, progress: Progress, bounds: Bounds | None
) -> ImportResult:
    plan = plan_import(ctx, journal, mapping)
    if bounds is not None:
        check_bounds(plan, bounds)
    accounts, created = _prepare_accounts(ctx, plan)
    _post(ctx, plan.entries, accounts, progress)
    left_out = tuple(str(notice) for notice in notices_of(journal, plan))
    result = ImportResult(tuple(created), len(plan.entries), plan.already_there, left_out)
    if result.changed:
        _note(ctx, journal, result)
    return result


def _note(ctx: TenantContext, journal: JournalFile, result: ImportResult) -> None:
    ctx.audit(
        "imported",
        SUBJECT,
        0,
        after={
            "files": list(dict.fromkeys(journal.files))[:NAMES_KEPT_MAX],
            "journals_created": result.journals_created,
            "already_there": result.already_there,
            "left_out": len(result.left_out),
            "accounts_created": len(result.accounts_created),
            "accounts": list(result.accounts_created[:NAMES_KEPT_MAX]),
        },
    )


def _post(ctx: TenantContext, entries: Sequence[PlannedEntry], accounts: Mapping[str, Account], progress: Progress) -> None:
    posted: list[tuple[str, int, str]] = []
    ids = {name: account.id for name, account in accounts.items()}
    for number, entry in enumerate(entries, start=1):
        where = entry.transaction
        with posting_refusals(where):
            journal_id = create_manual_journal(ctx, journal_body(entry.journal, ids, number=_number(ctx, entry.key))).id
        posted.append((entry.key, journal_id, f"{where.file}:{where.line}"))
        progress(number, len(entries))
    repository.insert_keys(ctx.db, posted, ctx.now())


@contextmanager
def posting_refusals(where: JournalTransaction) -> Iterator[None]:
    """Turns the refusal of a manual journal into one that names the transaction.

    Raises:
        JournalFileError.

    """
    try:
        yield
    except ValidationError as problem:
        raise JournalFileError(f"it cannot be posted: {first_fault(problem)}", file=where.file, line=where.line) from problem
    except DomainError as problem:
        raise JournalFileError(f"{problem.message} ({problem.code.type})", file=where.file, line=where.line) from problem


def _number(ctx: TenantContext, key: str) -> str | None:
    """The next number; one of the import's own where journals are not numbered automatically."""
    return None if setting(ctx, "manual_journals", "auto_increment") else f"I-{key[:NUMBER_DIGITS]}"


def journal_body(journal: PlannedJournal, account_ids: Mapping[str, int], *, number: str | None) -> ManualJournalIn:
    """The planned journal as the use case of manual journals takes it.

    Raises:
        ValidationError: a day, an amount or a text that it does not take.

    """
    return ManualJournalIn.model_validate(
        {
            "date": journal.date.isoformat(),
            "journal_number": number,
            "reference": journal.reference or None,
            "description": journal.description or None,
            "currency_code": journal.currency,
            "exchange_rate": journal.rate,
            "publish": True,
            "entries": [
                {
                    "index": index,
                    "account_id": account_ids[line.ledger_account],
                    "debit": max(line.amount, ZERO),
                    "credit": max(-line.amount, ZERO),
                    "note": line.note or None,
                }
                for index, line in enumerate(journal.lines, start=1)
            ],
        }
    )


def _prepare_accounts(ctx: TenantContext, plan: ImportPlan) -> tuple[dict[str, Account], list[str]]:
    """The account of the books for each ledger account that is posted to, and the names of those created for it."""
    currencies, first = plan.currencies_by_account(), plan.first_uses()
    for currency in sorted(set().union(*currencies.values()) - {ctx.base_currency}):
        ensure_currency(ctx, currency)
    found: dict[str, Account] = {}
    created: list[str] = []
    for planned in plan.accounts.entries:
        name = planned.ledger_account
        if name not in first:
            continue
        used, where = currencies[name], first[name]
        account = find_account(ctx.warm.get(CHART), planned, where, currencies=used, base_currency=ctx.base_currency)
        if account is None:
            currency = rules.account_currency(planned.type or "", used, ctx.base_currency)
            account = create_planned(ctx, planned, currency, where)
            created.append(account.name)
        found[name] = account
    return found, created
