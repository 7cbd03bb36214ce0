"""What makes an expense valid. Pure: the refusals of accounting.md 7.2, each a function, to be asked in that order."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from domain.accounts.model import Account, Chart, RootType
from domain.expenses.model import ExpenseCategory
from domain.kit.errors import ErrorCode
from domain.kit.money import ZERO

CATEGORY_ACCOUNTS_NOT_FOUND = ErrorCode("some_expenses_not_found", "A category names an account that does not exist.")
PAYMENT_ACCOUNT_TYPE = ErrorCode(
    "payment_account_has_invalid_type", "Expenses are paid from cash, bank, credit-card or other asset accounts."
)
CATEGORY_ACCOUNT_TYPE = ErrorCode("expenses_account_has_invalid_type", "The account of a category is an expense account.")
TOTAL_IS_ZERO = ErrorCode("total_amount_equals_zero", "The categories of an expense sum to more than zero.")
ALREADY_PUBLISHED = ErrorCode(
    "expense_already_published", "The expense is published already.", aliases=("EXPENSE.ALREADY.PUBLISHED",)
)
HAS_LANDED_COST = ErrorCode(
    "EXPENSE_HAS_ASSOCIATED_LANDED_COST", "Costs of this expense were allocated to bills; remove the allocations first."
)
ALLOCATED_CATEGORY = ErrorCode(
    "ENTRIES_ALLOCATED_COST_COULD_NOT_DELETED",
    "A category whose cost was allocated to bills keeps its account, its mark as landed cost and at least the allocated amount.",
)

PAYMENT_TYPES = frozenset({"cash", "bank", "credit-card", "other-current-asset", "none-current-asset", "fixed-asset"})
"""Types of accounts from which expenses are paid."""


def category_accounts(categories: Iterable[ExpenseCategory], chart: Chart) -> list[Account]:
    """The account of each category; all of them exist."""
    named = [category.expense_account_id for category in categories]
    missing = [account_id for account_id in dict.fromkeys(named) if account_id not in chart.accounts]
    if missing:
        raise CATEGORY_ACCOUNTS_NOT_FOUND(payload={"accountsIds": missing})
    return [chart.accounts[account_id] for account_id in named]


def check_payment_account(account: Account) -> None:
    """Money can be paid from the account."""
    if account.account_type not in PAYMENT_TYPES:
        raise PAYMENT_ACCOUNT_TYPE(f"Nothing is paid from “{account.name}”, an account of type {account.account_type}.")


def check_category_accounts(accounts: Iterable[Account]) -> None:
    """Categories are expenses."""
    for account in accounts:
        if account.type.root is not RootType.EXPENSE:
            raise CATEGORY_ACCOUNT_TYPE(f"“{account.name}” is no expense account.")


def check_total(categories: Iterable[ExpenseCategory]) -> Decimal:
    """The sum, which is more than zero."""
    total = sum((category.amount for category in categories), ZERO)
    if total <= 0:
        raise TOTAL_IS_ZERO()
    return total


def landed_cost_amount(categories: Iterable[ExpenseCategory]) -> Decimal:
    """The sum of the categories that landed costs may take from."""
    return sum((category.amount for category in categories if category.landed_cost), ZERO)


def keep_identity(
    old: Sequence[ExpenseCategory], new: Sequence[ExpenseCategory], named_ids: Sequence[int | None]
) -> list[ExpenseCategory]:
    """The new categories, each with id, allocated cost and time of creation of the old one that it changes, if it changes one.

    `named_ids` are the ids that the caller sent. Without one, the old category with the same index and account is meant, then the
    one with the same account, then the one with the same index (accounting.md 7.2).

    Raises:
        ALLOCATED_CATEGORY: a category with allocated cost would vanish, shrink below it, or become something else.

    """
    pairs: dict[int, ExpenseCategory] = {}
    left = {category.id: category for category in old}
    for position, named in enumerate(named_ids):
        if named is not None and named in left:
            pairs[position] = left.pop(named)
    for alike in _LIKENESSES:
        by_key: dict[tuple[int, ...], list[ExpenseCategory]] = defaultdict(list)
        for category in reversed(left.values()):
            by_key[alike(category)].append(category)
        for position, category in enumerate(new):
            found = by_key[alike(category)] if position not in pairs else []
            if found:
                pairs[position] = left.pop(found.pop().id)
    kept = [_continued(pairs.get(position), category) for position, category in enumerate(new)]
    if any(category.allocated_cost_amount for category in left.values()):
        raise ALLOCATED_CATEGORY("A category whose cost was allocated to bills cannot be removed.")
    return kept


_LIKENESSES: tuple[Callable[[ExpenseCategory], tuple[int, ...]], ...] = (
    lambda category: (category.index, category.expense_account_id),
    lambda category: (category.expense_account_id,),
    lambda category: (category.index,),
)


def _continued(old: ExpenseCategory | None, new: ExpenseCategory) -> ExpenseCategory:
    if old is None:
        return new
    allocated = old.allocated_cost_amount
    if allocated and (new.amount < allocated or not new.landed_cost or new.expense_account_id != old.expense_account_id):
        raise ALLOCATED_CATEGORY()
    return replace(new, id=old.id, allocated_cost_amount=allocated, created_at=old.created_at)
