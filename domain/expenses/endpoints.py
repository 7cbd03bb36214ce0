"""The HTTP interface of expenses (accounting.md 7.2)."""

from typing import Any

from domain.branches.rules import BRANCH_ID_NOT_FOUND
from domain.expenses import rules, service
from domain.expenses.schemas import ExpenseDetailOut, ExpenseIn, ExpenseListOut, ExpenseOut
from domain.kit.bulk import bulk_delete, check_bulk_delete
from domain.kit.context import TenantContext
from domain.kit.endpoint import EMPTY, Answer, EndpointGroup
from domain.kit.lists import ListQuery
from domain.kit.permissions import Expense
from domain.kit.schemas import BulkDeleteCheckOut, BulkDeleteIn
from domain.manual_journals.rules import (
    AMOUNT_TOO_LARGE,
    CONTACTS_NOT_FOUND,
    CURRENCY_NOT_ALLOWED,
    DOCUMENT_KEYS_INVALID,
    TRANSACTION_MATCHED,
)
from domain.transactions_locking.rules import DATE_LOCKED

endpoint = EndpointGroup("Expenses")
_WRITE_ERRORS = (
    rules.CATEGORY_ACCOUNTS_NOT_FOUND,
    rules.PAYMENT_ACCOUNT_TYPE,
    rules.CATEGORY_ACCOUNT_TYPE,
    rules.TOTAL_IS_ZERO,
    CURRENCY_NOT_ALLOWED,
    AMOUNT_TOO_LARGE,
    CONTACTS_NOT_FOUND,
    DOCUMENT_KEYS_INVALID,
    BRANCH_ID_NOT_FOUND,
    DATE_LOCKED,
)
_DELETE_ERRORS = (TRANSACTION_MATCHED, rules.HAS_LANDED_COST, DATE_LOCKED)


@endpoint.get("/expenses", permission=Expense.view, query=ListQuery, returns=ExpenseListOut)
def list_expenses(ctx: TenantContext, query: ListQuery) -> dict[str, Any]:
    """Expenses with their categories"""
    return service.list_expenses(ctx, query)


@endpoint.get("/expenses/{expense_id}", permission=Expense.view, returns=ExpenseDetailOut)
def get_expense(ctx: TenantContext, expense_id: int) -> dict[str, Any]:
    """One expense"""
    return service.expense_form(ctx, expense_id)


@endpoint.post("/expenses", permission=Expense.create, body=ExpenseIn, returns=ExpenseOut, errors=_WRITE_ERRORS)
def create_expense(ctx: TenantContext, body: ExpenseIn) -> dict[str, Any]:
    """Write an expense, as a draft or published"""
    return service.created_form(ctx, body)


@endpoint.put(
    "/expenses/{expense_id}",
    permission=Expense.edit,
    body=ExpenseIn,
    returns=ExpenseOut,
    errors=(*_WRITE_ERRORS, rules.ALLOCATED_CATEGORY),
)
def edit_expense(ctx: TenantContext, expense_id: int, body: ExpenseIn) -> dict[str, Any]:
    """Change an expense"""
    return service.edit_expense(ctx, expense_id, body)


@endpoint.delete("/expenses/{expense_id}", permission=Expense.delete, errors=_DELETE_ERRORS)
def delete_expense(ctx: TenantContext, expense_id: int) -> Answer:
    """Delete an expense, draft or published"""
    service.delete_expense(ctx, expense_id)
    return EMPTY


@endpoint.post("/expenses/{expense_id}/publish", permission=Expense.edit, errors=(rules.ALREADY_PUBLISHED, DATE_LOCKED))
def publish_expense(ctx: TenantContext, expense_id: int) -> Answer:
    """Post a draft to the ledger"""
    service.publish_expense(ctx, expense_id)
    return EMPTY


@endpoint.post("/expenses/validate-bulk-delete", permission=Expense.delete, body=BulkDeleteIn, returns=BulkDeleteCheckOut)
def check_bulk_delete_expenses(ctx: TenantContext, body: BulkDeleteIn) -> dict[str, Any]:
    """Which expenses could be deleted; deletes nothing"""
    return check_bulk_delete(ctx, body.ids, service.delete_expense)


@endpoint.post("/expenses/bulk-delete", permission=Expense.delete, body=BulkDeleteIn, errors=_DELETE_ERRORS)
def bulk_delete_expenses(ctx: TenantContext, body: BulkDeleteIn) -> Answer:
    """Delete several expenses, all or nothing unless undeletable ones may be skipped"""
    bulk_delete(ctx, body.ids, service.delete_expense, skip_undeletable=bool(body.skip_undeletable))
    return EMPTY
