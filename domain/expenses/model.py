"""Expenses: what was paid at once, from one account, for one or several things."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from domain.kit.money import ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpenseCategory:
    """One thing that was paid for. A negative amount is money back.

    `allocated_cost_amount` is what landed costs took from it for the goods of a bill.
    """

    id: int
    index: int
    expense_account_id: int
    amount: Decimal
    description: str | None = None
    landed_cost: bool = False
    allocated_cost_amount: Decimal = ZERO
    project_id: int | None = None
    created_at: datetime
    updated_at: datetime

    @property
    def unallocated_cost_amount(self) -> Decimal:
        """What landed costs may still take."""
        return max(self.amount - self.allocated_cost_amount, ZERO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expense:
    """An expense with its categories by index, in `currency_code`. A draft (`published_at` is None) is not in the ledger."""

    id: int
    currency_code: str
    exchange_rate: Decimal
    description: str | None
    payment_account_id: int
    payee_id: int | None
    reference_no: str | None
    total_amount: Decimal
    landed_cost_amount: Decimal
    allocated_cost_amount: Decimal
    invoiced_amount: Decimal
    published_at: date | None
    payment_date: date
    user_id: int | None
    branch_id: int | None
    project_id: int | None
    created_at: datetime
    updated_at: datetime
    categories: tuple[ExpenseCategory, ...]

    @property
    def is_published(self) -> bool:
        """Whether it is in the ledger."""
        return self.published_at is not None

    @property
    def unallocated_cost_amount(self) -> Decimal:
        """The total less what landed costs took."""
        return max(self.total_amount - self.allocated_cost_amount, ZERO)

    @property
    def billable_amount(self) -> Decimal:
        """The total less what was invoiced on."""
        return max(self.total_amount - self.invoiced_amount, ZERO)
