"""Wire models of expenses (accounting.md 7.1 and 7.2)."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints

from domain.accounts.schemas import AccountOut
from domain.branches.schemas import BranchOut
from domain.kit.schemas import (
    Day,
    OptionalAmount,
    OptionalCurrency,
    OptionalFlag,
    OptionalId,
    OptionalRate,
    OptionalText,
    RecordId,
    WireModel,
    blank_to_none,
)
from domain.manual_journals.schemas import Attachments, OptionalIndex

CATEGORIES_MAX = 2000
Description = Annotated[Annotated[str, StringConstraints(max_length=1000)] | None, BeforeValidator(blank_to_none)]


class ExpenseCategoryIn(WireModel):
    """One category. On edits, `id` tells which one it changes; without it, index and account do."""

    id: OptionalId = None
    index: OptionalIndex = None
    expense_account_id: RecordId
    amount: OptionalAmount = None
    description: OptionalText = None
    landed_cost: OptionalFlag = None
    project_id: OptionalId = None


class ExpenseIn(WireModel):
    """A new or changed expense. On edits, absent keys keep their value; categories are always all of them."""

    payment_date: Day
    payment_account_id: RecordId
    reference_no: OptionalText = None
    description: Description = None
    currency_code: OptionalCurrency = None
    exchange_rate: OptionalRate = None
    publish: OptionalFlag = None
    payee_id: OptionalId = None
    branch_id: OptionalId = None
    attachments: Attachments = None
    categories: Annotated[list[ExpenseCategoryIn], Field(max_length=CATEGORIES_MAX)]

    @property
    def attachment_keys(self) -> list[str]:
        """The keys of the named attachments."""
        return [item.key for item in self.attachments or ()]


class ExpenseCategoryOut(WireModel):
    """One category."""

    id: int
    expense_id: int
    index: int
    expense_account_id: int
    amount: Decimal
    description: str | None
    landed_cost: bool
    allocated_cost_amount: Decimal
    unallocated_cost_amount: Decimal
    project_id: int | None
    created_at: datetime
    updated_at: datetime


class ExpenseOut(WireModel):
    """An expense as stored, with what follows from it."""

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
    published_at: str | None
    payment_date: str
    user_id: int | None
    branch_id: int | None
    project_id: int | None
    created_at: datetime
    updated_at: datetime
    is_published: bool
    local_amount: Decimal
    local_landed_cost_amount: Decimal
    local_allocated_cost_amount: Decimal
    local_unallocated_cost_amount: Decimal
    unallocated_cost_amount: Decimal
    billable_amount: Decimal
    categories: list[ExpenseCategoryOut]


class ExpenseCategoryRowOut(ExpenseCategoryOut):
    """A category with its account."""

    amount_formatted: str
    expense_account: AccountOut


class ExpenseRowOut(ExpenseOut):
    """An expense in the list."""

    formatted_amount: str
    formatted_landed_cost_amount: str
    formatted_allocated_cost_amount: str
    formatted_date: str
    formatted_created_at: str
    formatted_published_at: str
    payment_account: AccountOut
    attachments: list[dict[str, Any]]
    categories: list[ExpenseCategoryRowOut]  # type: ignore[assignment]


class ExpenseDetailOut(ExpenseRowOut):
    """One expense."""

    branch: BranchOut | None


class ExpenseListOut(WireModel):
    """`GET /expenses`."""

    expenses: list[ExpenseRowOut]
    pagination: dict[str, int]
    filter_meta: dict[str, Any]
