"""From a parsed journal to what is to be posted of it: which transactions are new, and as which journals."""

from collections.abc import Mapping

from domain.journal_files.accounts import plan_accounts
from domain.journal_files.errors import JournalFileError, Refuse, raise_problem
from domain.journal_files.identity import transaction_keys
from domain.journal_files.mapping import AccountMapping
from domain.journal_files.model import JournalFile, JournalTransaction, Notice
from domain.journal_import import repository, rules
from domain.journal_import.model import Bounds, ImportPlan, PlannedEntry, PlannedJournal
from domain.kit.context import TenantContext
from domain.kit.errors import ErrorCode

IMPORT_TOO_LARGE = ErrorCode(
    "JOURNAL_IMPORT_TOO_LARGE",
    "The files have more than one request can import. `countinghouse import-journal` takes files of any size.",
)
_WITHOUT_AMOUNTS = "the transaction has no amounts"


def plan_import(
    ctx: TenantContext, journal: JournalFile, mapping: AccountMapping | None, *, refuse: Refuse = raise_problem
) -> ImportPlan:
    """What of the journal is new to the books, and what each transaction becomes.

    Where `refuse` does not raise, transactions that cannot be planned are not in the plan.

    Raises:
        JournalFileError: an account's type, a commodity's currency or a currency's rate is not known, or an amount is too large.

    """
    accounts = plan_accounts(journal, mapping, default_currency=ctx.base_currency, refuse=refuse)
    rates = rules.base_rates(journal, accounts, mapping, ctx.base_currency)
    keys = transaction_keys(journal.transactions)
    known = repository.known_journals(ctx.db, keys)
    entries: list[PlannedEntry] = []
    empty: list[JournalTransaction] = []
    for key, transaction in zip(keys, journal.transactions, strict=True):
        if key in known or not _is_readable(transaction, accounts.currencies):
            continue
        try:
            planned = _planned(ctx, transaction, currencies=accounts.currencies, rates=rates)
        except JournalFileError as problem:
            refuse(problem)
            continue
        if planned is None:
            empty.append(transaction)
        else:
            entries.append(PlannedEntry(key, transaction, planned))
    return ImportPlan(accounts, tuple(entries), len(known), tuple(empty))


def check_bounds(plan: ImportPlan, bounds: Bounds) -> None:
    """Refuse what would hold up everybody else's writes for too long.

    Raises:
        JOURNAL_IMPORT_TOO_LARGE.

    """
    transactions, lines = len(plan.entries), plan.lines
    if transactions > bounds.transactions_max or lines > bounds.lines_max:
        raise IMPORT_TOO_LARGE(
            f"The files have {transactions:,} new transactions with {lines:,} lines; one request imports at most "
            f"{bounds.transactions_max:,} with {bounds.lines_max:,}. Import them in parts, or with "
            "`countinghouse import-journal`, which takes files of any size.",
            meta={
                "transactions": transactions,
                "lines": lines,
                "transactions_max": bounds.transactions_max,
                "lines_max": bounds.lines_max,
            },
        )


def notices_of(journal: JournalFile, plan: ImportPlan) -> list[Notice]:
    """What is left out of the import on purpose, and why."""
    return [*journal.notices, *(Notice(_WITHOUT_AMOUNTS, empty.file, empty.line) for empty in plan.empty)]


def _is_readable(transaction: JournalTransaction, currencies: Mapping[str, str]) -> bool:
    """Whether the currencies of all its amounts are known."""
    return all(
        amount is None or not amount.quantity or amount.commodity in currencies
        for posting in transaction.postings
        for amount in (posting.amount, posting.weight)
    )


def _planned(
    ctx: TenantContext, transaction: JournalTransaction, *, currencies: Mapping[str, str], rates: rules.Rates
) -> PlannedJournal | None:
    try:
        return rules.plan_journal(transaction, currencies=currencies, base_currency=ctx.base_currency, rates=rates)
    except ArithmeticError as problem:
        raise JournalFileError("an amount is too large", file=transaction.file, line=transaction.line) from problem
