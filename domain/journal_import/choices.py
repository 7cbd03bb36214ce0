"""What a request says about the accounts of its files, what earlier imports made of them, and the mapping that comes of both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from domain.accounts.model import Chart, fold_name
from domain.accounts.repository import CHART
from domain.journal_files.accounts import AccountPlan, plan_accounts
from domain.journal_files.errors import JournalFileError, UnmappedAccountError
from domain.journal_files.identity import transaction_keys
from domain.journal_files.mapping import AccountMapping, Target
from domain.journal_files.model import JournalFile, JournalTransaction
from domain.journal_import import repository, rules
from domain.journal_import.model import PlannedLine
from domain.journal_import.schemas import AccountChoiceIn, JournalImportIn
from domain.kit.context import TenantContext
from domain.manual_journals.model import ManualJournalEntry
from domain.manual_journals.repository import read_entries
from domain.manual_journals.rules import ACCOUNTS_NOT_FOUND

Source = Literal["chosen", "earlier", "name", "new"]
"""Why a ledger account goes where it goes: chosen in the request, as an earlier import had it, an account of that name, a new one."""
JOURNALS_READ_MAX = 500
"""Journals of earlier imports that are looked at."""


@dataclass(frozen=True, slots=True)
class Choices:
    """The mapping of a request, completed."""

    mapping: AccountMapping
    sources: Mapping[str, Source] = field(default_factory=dict)
    """Why, by ledger account; those that the mapping leaves to the rules by name are missing."""


def complete_choices(ctx: TenantContext, journal: JournalFile, body: JournalImportIn) -> Choices:
    """What was chosen; else what an earlier import of these files did; else, where its type is unknown, an account with the very name.

    Raises:
        ACCOUNTS_NOT_FOUND: an account is chosen that does not exist.

    """
    chart = ctx.warm.get(CHART)
    commodities = {choice.commodity: choice.currency_code for choice in body.commodities}
    targets = _chosen(chart, body.mapping)
    sources: dict[str, Source] = dict.fromkeys(targets, "chosen")
    problems: list[JournalFileError] = []
    plan = plan_accounts(
        journal, AccountMapping(targets, commodities=commodities), default_currency=ctx.base_currency, refuse=problems.append
    )
    for name, account_id in _earlier(ctx, journal, plan, commodities).items():
        if name not in targets and account_id in chart.accounts:
            targets[name] = Target(existing_name=chart.accounts[account_id].name)
            sources[name] = "earlier"
    for name in (problem.about for problem in problems if isinstance(problem, UnmappedAccountError)):
        namesake = chart.by_name.get(fold_name(name))
        if name not in targets and namesake is not None:
            targets[name] = Target(existing_name=namesake.name)
            sources[name] = "name"
    return Choices(AccountMapping(targets, commodities=commodities), sources)


def _chosen(chart: Chart, mapping: list[AccountChoiceIn]) -> dict[str, Target]:
    missing = [
        choice.account_id for choice in mapping if choice.account_id is not None and choice.account_id not in chart.accounts
    ]
    if missing:
        raise ACCOUNTS_NOT_FOUND("The mapping names an account that does not exist.", payload={"accountsIds": missing})
    return {
        choice.ledger_account: Target(existing_name=account.name)
        if (account := chart.get(choice.account_id)) is not None
        else Target(type=choice.account_type, name=choice.name, code=choice.code)
        for choice in mapping
    }


def _earlier(ctx: TenantContext, journal: JournalFile, plan: AccountPlan, commodities: Mapping[str, str]) -> dict[str, int]:
    """The account to which an earlier import posted each ledger account, by the latest transaction that is still as it was."""
    keys = transaction_keys(journal.transactions)
    known = repository.known_journals(ctx.db, keys)
    latest: dict[str, tuple[JournalTransaction, int]] = {}
    for key, transaction in zip(keys, journal.transactions, strict=True):
        if key in known:
            latest.update({posting.account: (transaction, known[key]) for posting in transaction.postings})
    journal_ids = list(dict.fromkeys(journal_id for _, journal_id in latest.values()))[-JOURNALS_READ_MAX:]
    if not journal_ids:
        return {}
    entries = read_entries(ctx.db, journal_ids)
    rates = rules.base_rates(journal, plan, AccountMapping(commodities=commodities), ctx.base_currency)
    found: dict[str, int] = {}
    for name, (transaction, journal_id) in latest.items():
        try:
            planned = rules.plan_journal(transaction, currencies=plan.currencies, base_currency=ctx.base_currency, rates=rates)
        except (JournalFileError, LookupError, ArithmeticError):  # a rate or currency that the files no longer tell
            continue
        account_id = _account_of(name, planned.lines if planned else (), entries[journal_id])
        if account_id is not None:
            found[name] = account_id
    return found


def _account_of(name: str, lines: Sequence[PlannedLine], entries: Sequence[ManualJournalEntry]) -> int | None:
    """The account of the entry that a ledger account's line became; none where the journal was changed since."""
    if [line.amount for line in lines] != [entry.debit - entry.credit for entry in entries]:
        return None
    return next((entry.account_id for line, entry in zip(lines, entries, strict=True) if line.ledger_account == name), None)
