"""The chart of accounts: account types, accounts, and the tree they form."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from domain.kit.text import fold_text


class RootType(StrEnum):
    """The five classes of accounts. Classification of statements goes by this, never by the wire flags."""

    ASSET = "asset"
    LIABILITY = "liability"
    EQUITY = "equity"
    INCOME = "income"
    EXPENSE = "expense"


class Normal(StrEnum):
    """The side on which an account's balance grows."""

    DEBIT = "debit"
    CREDIT = "credit"


@dataclass(frozen=True, slots=True)
class AccountType:
    """One of the nineteen account types (accounting.md 2.1).

    `balance_sheet` and `income_sheet` are the flags of the wire, inverted for three liability types as on the reference.
    """

    key: str
    label: str
    root: RootType
    parent: str
    balance_sheet: bool
    income_sheet: bool
    multi_currency: bool = False

    @property
    def normal(self) -> Normal:
        """Debit for assets and expenses, credit for the rest."""
        return Normal.DEBIT if self.root in {RootType.ASSET, RootType.EXPENSE} else Normal.CREDIT


def _types() -> Iterator[AccountType]:
    asset, liability, equity, income, expense = RootType
    yield AccountType("cash", "Cash", asset, "current-asset", balance_sheet=True, income_sheet=False, multi_currency=True)
    yield AccountType("bank", "Bank", asset, "current-asset", balance_sheet=True, income_sheet=False, multi_currency=True)
    for key, label, parent in (
        ("accounts-receivable", "Accounts Receivable", "current-asset"),
        ("inventory", "Inventory", "current-asset"),
        ("other-current-asset", "Other Current Asset", "current-asset"),
        ("fixed-asset", "Fixed Asset", "fixed-asset"),
        ("none-current-asset", "Non-Current Asset", "fixed-asset"),
    ):
        yield AccountType(key, label, asset, parent, balance_sheet=True, income_sheet=False)
    yield AccountType(
        "accounts-payable", "Accounts Payable", liability, "current-liability", balance_sheet=True, income_sheet=False
    )
    yield AccountType(
        "credit-card", "Credit Card", liability, "current-liability", balance_sheet=True, income_sheet=False, multi_currency=True
    )
    yield AccountType("tax-payable", "Tax Payable", liability, "current-liability", balance_sheet=True, income_sheet=False)
    for key, label, parent in (
        ("other-current-liability", "Other Current Liability", "current-liability"),
        ("long-term-liability", "Long Term Liability", "long-term-liability"),
        ("non-current-liability", "Non-Current Liability", "non-current-liability"),
    ):
        yield AccountType(key, label, liability, parent, balance_sheet=False, income_sheet=True)
    yield AccountType("equity", "Equity", equity, "equity", balance_sheet=True, income_sheet=False)
    for key, label, root in (
        ("income", "Income", income),
        ("other-income", "Other Income", income),
        ("cost-of-goods-sold", "Cost of Goods Sold", expense),
        ("expense", "Expense", expense),
        ("other-expense", "Other Expense", expense),
    ):
        yield AccountType(key, label, root, root.value, balance_sheet=False, income_sheet=True)


ACCOUNT_TYPES: Mapping[str, AccountType] = {item.key: item for item in _types()}
"""By key, in the order of the types endpoint."""

ACCOUNTS_RECEIVABLE = "accounts-receivable"
ACCOUNTS_PAYABLE = "accounts-payable"
CONTROL_TYPES = frozenset({ACCOUNTS_RECEIVABLE, ACCOUNTS_PAYABLE})
"""Types whose lines carry a contact and make up contact balances."""

LEVEL_MAX = 6
"""Deepest level of the tree; roots are level 1 (accounting.md 2.3)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One account. Its balance is kept apart (`Chart.amounts`), since it changes with every posting."""

    id: int
    name: str
    slug: str
    account_type: str
    code: str | None = None
    parent_account_id: int | None = None
    description: str | None = None
    active: bool = True
    index: int | None = None
    predefined: bool = False
    currency_code: str
    seeded_at: date | None = None
    plaid_account_id: str | None = None
    plaid_item_id: str | None = None
    account_mask: str | None = None
    bank_balance: Decimal | None = None
    uncategorized_transactions: int = 0
    is_system_account: bool = True
    is_feeds_active: bool = False
    is_syncing_owner: bool = False
    last_feeds_updated_at: datetime | None = None
    created_at: datetime
    updated_at: datetime

    @property
    def type(self) -> AccountType:
        """Its account type."""
        return ACCOUNT_TYPES[self.account_type]

    @property
    def normal(self) -> Normal:
        """The side on which its balance grows."""
        return self.type.normal


def fold_name(name: str) -> str:
    """Names are compared without letter case, accents and outer blanks."""
    return " ".join(fold_text(name).split())


@dataclass(frozen=True)
class Chart:
    """All accounts of an organization, with the tree that they form. Immutable; a change makes a new chart."""

    accounts: Mapping[int, Account] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Account]:
        return iter(self.accounts.values())

    def get(self, account_id: int | None) -> Account | None:
        """By id."""
        return self.accounts.get(account_id) if account_id is not None else None

    @cached_property
    def by_name(self) -> Mapping[str, Account]:
        """By folded name."""
        return {fold_name(account.name): account for account in self}

    @cached_property
    def by_code(self) -> Mapping[str, Account]:
        """By code, lowest id first where seeds repeat one."""
        return {fold_text(account.code): account for account in reversed(list(self)) if account.code}

    @cached_property
    def children(self) -> Mapping[int | None, tuple[Account, ...]]:
        """Direct children by parent id, in id order; roots under None."""
        grouped: dict[int | None, list[Account]] = {}
        for account in sorted(self, key=lambda item: item.id):
            parent = account.parent_account_id if account.parent_account_id in self.accounts else None
            grouped.setdefault(parent, []).append(account)
        return {parent: tuple(group) for parent, group in grouped.items()}

    def with_slug(self, slug: str) -> Account | None:
        """The role account of a slug: a predefined one is preferred, then the lowest id (accounting.md 2.6)."""
        found = [account for account in self if account.slug == slug]
        return min(found, key=lambda account: (not account.predefined, account.id), default=None)

    def ancestors(self, account: Account) -> list[Account]:
        """From the parent up to the root."""
        line: list[Account] = []
        parent = self.get(account.parent_account_id)
        while parent is not None and len(line) <= len(self.accounts):
            line.append(parent)
            parent = self.get(parent.parent_account_id)
        return line

    def level(self, account: Account) -> int:
        """1 for roots, one more a level."""
        return len(self.ancestors(account)) + 1

    def descendants(self, account_id: int) -> list[Account]:
        """All accounts below, parents before children."""
        found: list[Account] = []
        for child in self.children.get(account_id, ()):
            found.append(child)
            found.extend(self.descendants(child.id))
        return found

    def height(self, account_id: int) -> int:
        """Levels below the account: 0 for a leaf."""
        return max((1 + self.height(child.id) for child in self.children.get(account_id, ())), default=0)

    def flatten_name(self, account: Account) -> str:
        """Ancestors root-first, then the own name: `Root: Mid: Leaf`."""
        return ": ".join([*(item.name for item in reversed(self.ancestors(account))), account.name])

    def replacing(self, changed: Iterable[Account]) -> "Chart":
        """The chart with these accounts put in or changed."""
        return Chart({**self.accounts, **{account.id: account for account in changed}})

    def without(self, account_id: int) -> "Chart":
        """The chart without the account; its children become roots."""
        return Chart({key: account for key, account in self.accounts.items() if key != account_id})
