"""Brings a parsed journal file into the books, through the use cases that the API has: all of it, or nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn

from pydantic import ValidationError

from domain.accounts.model import ACCOUNT_TYPES, CONTROL_TYPES, Account, fold_name
from domain.accounts.repository import CHART
from domain.accounts.rules import slug_of
from domain.accounts.schemas import AccountIn
from domain.accounts.service import create_account, open_account
from domain.currencies.service import ensure_currency
from domain.journal_files.accounts import AccountPlan, PlannedAccount, plan_accounts
from domain.journal_files.errors import JournalFileError
from domain.journal_files.identity import transaction_keys
from domain.journal_files.mapping import AccountMapping
from domain.journal_files.model import JournalFile, JournalTransaction
from domain.journal_import import repository, rules
from domain.journal_import.model import ImportResult, PlannedJournal
from domain.kit.context import TenantContext
from domain.kit.errors import DomainError, ErrorCode
from domain.kit.money import ZERO
from domain.kit.text import fold_text
from domain.manual_journals.schemas import ManualJournalIn
from domain.manual_journals.service import create_manual_journal
from domain.settings.service import setting

Progress = Callable[[int, int], None]
"""Called with how many transactions are done, of how many."""

JOURNAL_FILE_REFUSED = ErrorCode("JOURNAL_FILE_REFUSED", "The journal file cannot be imported. Nothing was imported.")
IMPORT_REHEARSED = ErrorCode("IMPORT_REHEARSED", "The import was only rehearsed: nothing was imported.", 409)


NUMBER_DIGITS = 16
"""Of a transaction's key, in the number of its journal."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A transaction that is to be posted."""

    key: str
    transaction: JournalTransaction
    journal: PlannedJournal


def import_journal(
    ctx: TenantContext, journal: JournalFile, mapping: AccountMapping | None = None, *, progress: Progress | None = None
) -> ImportResult:
    """Create the accounts that are missing and post every transaction that was not imported before, as published manual journals.

    The acting transaction holds all of it. A second import of the same file adds nothing.

    Raises:
        JOURNAL_FILE_REFUSED: the message says file, line and why.

    """
    try:
        return _import(ctx, journal, mapping, progress or _silent)
    except JournalFileError as problem:
        raise JOURNAL_FILE_REFUSED(str(problem), meta={"file": problem.file, "line": problem.line}) from problem


def rehearse_import(
    ctx: TenantContext, journal: JournalFile, mapping: AccountMapping | None = None, *, progress: Progress | None = None
) -> NoReturn:
    """Do the whole import and then refuse it, so that nothing stays.

    Raises:
        IMPORT_REHEARSED: it would succeed; `meta` is the `ImportResult`. JOURNAL_FILE_REFUSED: it would not.

    """
    raise IMPORT_REHEARSED(meta=import_journal(ctx, journal, mapping, progress=progress))


def _silent(done: int, total: int) -> None:
    """No one watches."""


def _import(ctx: TenantContext, journal: JournalFile, mapping: AccountMapping | None, progress: Progress) -> ImportResult:
    plan = plan_accounts(journal, mapping, default_currency=ctx.base_currency)
    rates = rules.base_rates(journal, plan, mapping, ctx.base_currency)
    keys = transaction_keys(journal.transactions)
    known = repository.known_keys(ctx.db, keys)
    entries: list[_Entry] = []
    left_out = [str(notice) for notice in journal.notices]
    for key, transaction in zip(keys, journal.transactions, strict=True):
        if key in known:
            continue
        planned = rules.plan_journal(transaction, currencies=plan.currencies, base_currency=ctx.base_currency, rates=rates)
        if planned is None:
            left_out.append(f"{transaction.file}:{transaction.line}: the transaction has no amounts")
        else:
            entries.append(_Entry(key, transaction, planned))
    accounts, created = _prepare_accounts(ctx, plan, entries)
    _post(ctx, entries, accounts, progress)
    return ImportResult(tuple(created), len(entries), len(known), tuple(left_out))


def _post(ctx: TenantContext, entries: Sequence[_Entry], accounts: Mapping[str, Account], progress: Progress) -> None:
    posted: list[tuple[str, int, str]] = []
    for number, entry in enumerate(entries, start=1):
        where = entry.transaction
        try:
            journal_id = create_manual_journal(ctx, _body(entry.journal, accounts, number=_number(ctx, entry.key))).id
        except ValidationError as problem:
            first = problem.errors()[0]
            what = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
            raise JournalFileError(f"it cannot be posted: {what}", file=where.file, line=where.line) from problem
        except DomainError as problem:
            raise JournalFileError(f"{problem.message} ({problem.code.type})", file=where.file, line=where.line) from problem
        posted.append((entry.key, journal_id, f"{where.file}:{where.line}"))
        progress(number, len(entries))
    repository.insert_keys(ctx.db, posted, ctx.now())


def _number(ctx: TenantContext, key: str) -> str | None:
    """The next number; one of the import's own where journals are not numbered automatically."""
    return None if setting(ctx, "manual_journals", "auto_increment") else f"I-{key[:NUMBER_DIGITS]}"


def _body(journal: PlannedJournal, accounts: Mapping[str, Account], *, number: str | None) -> ManualJournalIn:
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
                    "account_id": accounts[line.ledger_account].id,
                    "debit": max(line.amount, ZERO),
                    "credit": max(-line.amount, ZERO),
                    "note": line.note or None,
                }
                for index, line in enumerate(journal.lines, start=1)
            ],
        }
    )


# ---- accounts


def _prepare_accounts(ctx: TenantContext, plan: AccountPlan, entries: Sequence[_Entry]) -> tuple[dict[str, Account], list[str]]:
    """The account of the books for each ledger account that is posted to, and the names of those created for it."""
    currencies: dict[str, set[str]] = {}
    first: dict[str, JournalTransaction] = {}
    for entry in entries:
        for line in entry.journal.lines:
            currencies.setdefault(line.ledger_account, set()).add(entry.journal.currency)
            first.setdefault(line.ledger_account, entry.transaction)
    for currency in sorted(set().union(*currencies.values()) - {ctx.base_currency}):
        ensure_currency(ctx, currency)
    found: dict[str, Account] = {}
    created: list[str] = []
    for planned in plan.entries:
        name = planned.ledger_account
        if name not in first:
            continue
        account = _existing(ctx, planned, first[name])
        if account is None:
            currency = rules.account_currency(name, planned.type or "", currencies, ctx.base_currency)
            account = _create(ctx, planned, currency, first[name])
            created.append(account.name)
        found[name] = account
    return found, created


def _existing(ctx: TenantContext, planned: PlannedAccount, where: JournalTransaction) -> Account | None:
    """The account that the mapping names, or that an earlier import created.

    Raises:
        JournalFileError: it is not there, is of another class, or is a control account.

    """
    chart = ctx.warm.get(CHART)
    if planned.existing_code is not None:
        account = chart.by_code.get(fold_text(planned.existing_code))
    else:
        account = chart.by_name.get(fold_name(planned.existing_name or planned.name or ""))
    if account is None and not planned.is_new:
        wanted = planned.existing_name or f"with the code {planned.existing_code}"
        raise _refusal(f"{planned.ledger_account} is mapped to the account {wanted}, which the books do not have", where)
    account_type = account.account_type if account else planned.type or ""
    if account_type in CONTROL_TYPES:
        raise _refusal(
            f"{planned.ledger_account} would be posted to an account of type {account_type}, whose lines each need a customer or "
            "vendor; map it to other-current-asset or other-current-liability",
            where,
        )
    if account and planned.type and ACCOUNT_TYPES[planned.type].root is not account.type.root:
        raise _refusal(
            f"the books have an account {account.name} of type {account.account_type}, but {planned.ledger_account} is of type "
            f"{planned.type}; map it to an account, or give it another name",
            where,
        )
    return account


def _create(ctx: TenantContext, planned: PlannedAccount, currency: str, where: JournalTransaction) -> Account:
    name, account_type = planned.name or planned.ledger_account, planned.type or ""
    try:
        if setting(ctx, "accounts", "account_code_required"):
            return open_account(ctx, name=name, slug=slug_of(name), account_type=account_type, currency=currency)
        return create_account(ctx, AccountIn(name=name, account_type=account_type, currency_code=currency))
    except DomainError as problem:
        raise _refusal(f"the account {name} cannot be created: {problem.message}", where) from problem


def _refusal(message: str, where: JournalTransaction) -> JournalFileError:
    return JournalFileError(message, file=where.file, line=where.line)
