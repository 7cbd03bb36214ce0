"""Expenses as they travel."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from domain.accounts.model import Chart
from domain.accounts.presenter import stored_form as account_form
from domain.branches.model import Branch
from domain.branches.presenter import branch_form
from domain.expenses.model import Expense, ExpenseCategory
from domain.kit.context import Organization
from domain.kit.formatting import format_amount, format_date, format_instant
from domain.kit.money import convert
from domain.kit.wire import iso_day, iso_instant


def category_form(expense_id: int, category: ExpenseCategory) -> dict[str, Any]:
    """One category."""
    return {
        "id": category.id,
        "expense_id": expense_id,
        "index": category.index,
        "expense_account_id": category.expense_account_id,
        "amount": category.amount,
        "description": category.description,
        "landed_cost": category.landed_cost,
        "allocated_cost_amount": category.allocated_cost_amount,
        "unallocated_cost_amount": category.unallocated_cost_amount,
        "project_id": category.project_id,
        "created_at": iso_instant(category.created_at),
        "updated_at": iso_instant(category.updated_at),
    }


def _head(expense: Expense, base_currency: str) -> dict[str, Any]:
    def local(amount: Decimal) -> Decimal:
        return convert(amount, expense.exchange_rate, base_currency)

    return {
        "id": expense.id,
        "currency_code": expense.currency_code,
        "exchange_rate": expense.exchange_rate,
        "description": expense.description,
        "payment_account_id": expense.payment_account_id,
        "payee_id": expense.payee_id,
        "reference_no": expense.reference_no,
        "total_amount": expense.total_amount,
        "landed_cost_amount": expense.landed_cost_amount,
        "allocated_cost_amount": expense.allocated_cost_amount,
        "invoiced_amount": expense.invoiced_amount,
        "published_at": expense.published_at and iso_day(expense.published_at),
        "payment_date": iso_day(expense.payment_date),
        "user_id": expense.user_id,
        "branch_id": expense.branch_id,
        "project_id": expense.project_id,
        "created_at": iso_instant(expense.created_at),
        "updated_at": iso_instant(expense.updated_at),
        "is_published": expense.is_published,
        "local_amount": local(expense.total_amount),
        "local_landed_cost_amount": local(expense.landed_cost_amount),
        "local_allocated_cost_amount": local(expense.allocated_cost_amount),
        "local_unallocated_cost_amount": local(expense.unallocated_cost_amount),
        "unallocated_cost_amount": expense.unallocated_cost_amount,
        "billable_amount": expense.billable_amount,
    }


def stored_form(expense: Expense, base_currency: str) -> dict[str, Any]:
    """Stored keys, what follows from them, and categories; what edit answers, and what the audit trail keeps."""
    return _head(expense, base_currency) | {
        "categories": [category_form(expense.id, category) for category in expense.categories]
    }


def created_form(stored: Mapping[str, Any], expense: Expense) -> dict[str, Any]:
    """What create answers: days as they were sent, `YYYY-MM-DD` (accounting.md 1.1)."""
    published_on = expense.published_at and expense.published_at.isoformat()
    return {**stored, "payment_date": expense.payment_date.isoformat(), "published_at": published_on}


def list_forms(expenses: Sequence[Expense], chart: Chart, organization: Organization) -> list[dict[str, Any]]:
    """Expenses of a page, with the accounts of payment and categories."""
    used = {category.expense_account_id for expense in expenses for category in expense.categories}
    used |= {expense.payment_account_id for expense in expenses}
    accounts = {account_id: account_form(chart.accounts[account_id]) for account_id in used}
    return [_row(expense, accounts, organization) for expense in expenses]


def _row(expense: Expense, accounts: Mapping[int, dict[str, Any]], organization: Organization) -> dict[str, Any]:
    currency, pattern = expense.currency_code, organization.date_format
    categories = [
        category_form(expense.id, category)
        | {
            "amount_formatted": format_amount(category.amount, currency),
            "expense_account": accounts[category.expense_account_id],
        }
        for category in expense.categories
    ]
    return _head(expense, organization.base_currency) | {
        "formatted_amount": format_amount(expense.total_amount, currency),
        "formatted_landed_cost_amount": format_amount(expense.landed_cost_amount, currency),
        "formatted_allocated_cost_amount": format_amount(expense.allocated_cost_amount, currency),
        "formatted_date": format_date(expense.payment_date, pattern),
        "formatted_created_at": format_instant(expense.created_at, pattern),
        "formatted_published_at": format_date(expense.published_at, pattern),
        "payment_account": accounts[expense.payment_account_id],
        "attachments": [],
        "categories": categories,
    }


def detail_form(expense: Expense, chart: Chart, organization: Organization, branch: Branch | None) -> dict[str, Any]:
    """One expense with its branch."""
    return list_forms([expense], chart, organization)[0] | {"branch": branch_form(branch) if branch else None}
