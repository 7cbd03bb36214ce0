"""What an import would do, without doing any of it: every problem that can be known beforehand, at the account or line that it is about."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from domain.accounts.model import Account
from domain.accounts.repository import CHART
from domain.journal_files.accounts import PlannedAccount
from domain.journal_files.errors import AccountNameError, JournalFileError, UnmappedAccountError, UnmappedCommodityError
from domain.journal_files.model import JournalFile, JournalTransaction, Notice
from domain.journal_files.numbers import EXACT
from domain.journal_import import rules
from domain.journal_import.chart import AccountRefusedError, check_creation, find_account, named_account
from domain.journal_import.choices import Choices, Source
from domain.journal_import.model import Bounds, ImportPlan, PlannedEntry
from domain.journal_import.planning import check_bounds, notices_of, plan_import
from domain.journal_import.service import journal_body, posting_refusals
from domain.kit.context import TenantContext
from domain.kit.money import ZERO
from domain.kit.text import fold_text
from domain.manual_journals.rules import check_size
from domain.transactions_locking.model import FINANCIAL
from domain.transactions_locking.service import guard

Rate = Literal["base", "declared", "not_needed", "missing", "unknown"]
"""Of a commodity: the base currency; has a declared price; has none and needs none; lacks one; is no known currency."""
_ANY_ACCOUNT_ID = 1
"""Stands for accounts that are yet to be created, where a journal's form is checked."""


@dataclass(frozen=True, slots=True)
class AccountPreview:
    """Where one ledger account goes, and what its postings in the files come to (debit, credit) by commodity."""

    planned: PlannedAccount
    source: Source
    account: Account | None
    currency: str
    postings: int
    totals: Mapping[str, tuple[Decimal, Decimal]]
    problem: JournalFileError | None

    @property
    def name(self) -> str:
        """Of the account of the books, the existing or the new one."""
        return self.account.name if self.account else self.planned.name or self.planned.ledger_account


@dataclass(frozen=True, slots=True)
class CommodityPreview:
    """What is known of one commodity."""

    commodity: str
    currency: str | None
    postings: int
    rate: Rate
    problem: JournalFileError | None


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What an import would do."""

    journal: JournalFile
    plan: ImportPlan
    accounts: tuple[AccountPreview, ...]
    commodities: tuple[CommodityPreview, ...]
    problems: tuple[JournalFileError, ...]
    """All of them, those at accounts and commodities too."""
    left_out: tuple[Notice, ...]

    @property
    def creates(self) -> int:
        """Accounts that would be created."""
        used = self.plan.first_uses()
        return sum(item.account is None and item.planned.ledger_account in used for item in self.accounts)

    @property
    def to_import(self) -> int:
        """Transactions that are new to the books, those with problems too."""
        return len(self.journal.transactions) - self.plan.already_there - len(self.plan.empty)

    @property
    def can_import(self) -> bool:
        """Whether nothing is known to be in the way, and there is something to do."""
        return bool(self.plan.entries) and not self.problems


def preview_import(ctx: TenantContext, journal: JournalFile, choices: Choices, bounds: Bounds) -> ImportPreview:
    """What the import of a journal would do to the books as they are.

    Raises:
        JOURNAL_IMPORT_TOO_LARGE: beyond the bounds.

    """
    problems: list[JournalFileError] = []
    plan = plan_import(ctx, journal, choices.mapping, refuse=problems.append)
    check_bounds(plan, bounds)
    usage = _Usage.of(journal)
    accounts = _accounts(ctx, plan, choices, usage, problems)
    problems += [item.problem for item in accounts if item.problem is not None]
    ids = dict.fromkeys(usage.first, _ANY_ACCOUNT_ID)
    problems += [problem for entry in plan.entries if (problem := _problem_of(ctx, entry, ids)) is not None]
    rates = rules.base_rates(journal, plan.accounts, choices.mapping, ctx.base_currency)
    has_rate: dict[str, Rate] = {**dict.fromkeys(rates, "declared"), ctx.base_currency: "base"}
    commodities = [
        _commodity(name, count, plan.accounts.currencies.get(name), has_rate, problems)
        for name, count in usage.commodities.items()
    ]
    left_out = tuple(notices_of(journal, plan))
    return ImportPreview(journal, plan, tuple(accounts), tuple(commodities), _each_once(problems), left_out)


def _each_once(problems: list[JournalFileError]) -> tuple[JournalFileError, ...]:
    """What is about one account or commodity is said once, however many lines have it."""
    return tuple({(item.kind, item.about or item): item for item in reversed(problems)}.values())[::-1]


@dataclass(slots=True)
class _Usage:
    """What the files have of each account and commodity."""

    first: dict[str, JournalTransaction] = field(default_factory=dict)
    postings: Counter[str] = field(default_factory=Counter)
    totals: dict[str, dict[str, tuple[Decimal, Decimal]]] = field(default_factory=dict)
    commodities: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, journal: JournalFile) -> "_Usage":
        usage = cls()
        for transaction in journal.transactions:
            for posting in transaction.postings:
                usage.first.setdefault(posting.account, transaction)
                usage.postings[posting.account] += 1
                if posting.amount is not None and (posting.amount.quantity or posting.amount.commodity):
                    usage._count(posting.account, posting.amount.commodity, posting.amount.quantity)
                if posting.weight is not None and posting.cost is not None:
                    usage.commodities.setdefault(posting.weight.commodity, 0)
        return usage

    def _count(self, account: str, commodity: str, quantity: Decimal) -> None:
        self.commodities[commodity] += 1
        held = self.totals.setdefault(account, {})
        debit, credit = held.get(commodity, (ZERO, ZERO))
        if quantity > 0:
            held[commodity] = EXACT.add(debit, quantity), credit
        else:
            held[commodity] = debit, EXACT.subtract(credit, quantity)


def _accounts(
    ctx: TenantContext, plan: ImportPlan, choices: Choices, usage: _Usage, problems: list[JournalFileError]
) -> list[AccountPreview]:
    chart = ctx.warm.get(CHART)
    currencies, needed = plan.currencies_by_account(), plan.first_uses()
    known: dict[str, JournalFileError] = {
        item.about: item for item in reversed(problems) if isinstance(item, UnmappedAccountError | AccountNameError)
    }
    found: list[AccountPreview] = []
    codes: dict[str, str] = {}
    for planned in plan.accounts.entries:
        name = planned.ledger_account
        where, used = needed.get(name, usage.first[name]), currencies.get(name, set())
        problem = known.get(name)
        account = None if problem else named_account(chart, planned)
        if problem is None and name in needed:
            problem = _target_problem(ctx, planned, where, used)
        if problem is None and account is None and planned.code is not None:
            problem = _twice(planned, codes.setdefault(fold_text(planned.code), name), where)
        source = choices.sources.get(name) or ("new" if account is None else "name")
        found.append(
            AccountPreview(
                planned=planned,
                source=source,
                account=account,
                currency=account.currency_code
                if account
                else rules.account_currency(planned.type or "", used, ctx.base_currency),
                postings=usage.postings[name],
                totals=usage.totals.get(name, {}),
                problem=problem,
            )
        )
    return found


def _target_problem(
    ctx: TenantContext, planned: PlannedAccount, where: JournalTransaction, used: set[str]
) -> JournalFileError | None:
    """Why the ledger account cannot be posted where it would go."""
    try:
        account = find_account(ctx.warm.get(CHART), planned, where, currencies=used, base_currency=ctx.base_currency)
        if account is None:
            check_creation(ctx, planned, rules.account_currency(planned.type or "", used, ctx.base_currency), where)
    except JournalFileError as problem:
        return problem
    return None


def _twice(planned: PlannedAccount, owner: str, where: JournalTransaction) -> JournalFileError | None:
    """Why the code of a new account cannot be, where another new one has it."""
    if owner == planned.ledger_account:
        return None
    text = f"{planned.ledger_account} and {owner} are both given the code {planned.code}; give one another code"
    return AccountRefusedError(text, file=where.file, line=where.line, about=planned.ledger_account)


def _problem_of(ctx: TenantContext, entry: PlannedEntry, account_ids: Mapping[str, int]) -> JournalFileError | None:
    """Why the transaction cannot be posted, as far as that can be known without posting it."""
    try:
        with posting_refusals(entry.transaction):
            body = journal_body(entry.journal, account_ids, number=None)
            guard(ctx, FINANCIAL, body.date)
            total = sum((line.debit or ZERO for line in body.entries), ZERO)
            check_size(total, rate=entry.journal.rate, base_currency=ctx.base_currency)
    except JournalFileError as problem:
        return problem
    return None


def _commodity(
    commodity: str, postings: int, currency: str | None, has_rate: Mapping[str, Rate], problems: list[JournalFileError]
) -> CommodityPreview:
    if currency is None:
        unmapped = (item for item in problems if isinstance(item, UnmappedCommodityError) and item.about == commodity)
        return CommodityPreview(commodity, None, postings, "unknown", next(unmapped, None))
    without_rate = (item for item in problems if isinstance(item, rules.UnknownRateError) and item.about == currency)
    problem = next(without_rate, None)
    rate: Rate = "missing" if problem is not None else has_rate.get(currency, "not_needed")
    return CommodityPreview(commodity, currency, postings, rate, problem)
