"""Use cases of expenses. Each does one thing, in the transaction it is given; none commits."""

from dataclasses import replace
from typing import Any

from domain.accounts.repository import CHART
from domain.accounts.service import get_account
from domain.branches.repository import BRANCHES
from domain.branches.service import branches_active, document_branch
from domain.expenses import presenter, repository, rules
from domain.expenses.model import Expense, ExpenseCategory
from domain.expenses.posting import journal_of
from domain.expenses.schemas import ExpenseIn
from domain.expenses.tables import FIRST_CATEGORY_ID, FIRST_EXPENSE_ID, expense_categories, expenses
from domain.kit.context import TenantContext
from domain.kit.errors import NOT_FOUND
from domain.kit.identifiers import next_id, next_ids
from domain.kit.lists import ListQuery
from domain.kit.money import ZERO, quantize
from domain.ledger import service as ledger
from domain.ledger.model import ReferenceType
from domain.manual_journals.repository import is_matched
from domain.manual_journals.rules import (
    TRANSACTION_MATCHED,
    check_attachments,
    check_currencies,
    check_size,
    document_rate,
)
from domain.manual_journals.service import known_contacts
from domain.transactions_locking.model import FINANCIAL
from domain.transactions_locking.service import guard

SUBJECT = "Expense"


def get_expense(ctx: TenantContext, expense_id: int) -> Expense:
    """The expense with its categories.

    Raises:
        NOT_FOUND: no such expense.

    """
    expense = repository.find_expense(ctx.db, expense_id)
    if expense is None:
        raise NOT_FOUND()
    return expense


def expense_form(ctx: TenantContext, expense_id: int) -> dict[str, Any]:
    """One expense with its accounts and branch, as it travels."""
    expense = get_expense(ctx, expense_id)
    branch = ctx.warm.get(BRANCHES).get(expense.branch_id) if expense.branch_id is not None else None
    return presenter.detail_form(expense, ctx.warm.get(CHART), ctx.organization, branch)


def list_expenses(ctx: TenantContext, query: ListQuery) -> dict[str, Any]:
    """A page of expenses, newest first unless told."""
    found, pagination, filter_meta = repository.list_expenses(ctx.db, query)
    forms = presenter.list_forms(found, ctx.warm.get(CHART), ctx.organization)
    return {"expenses": forms, "pagination": pagination, "filter_meta": filter_meta}


def create_expense(ctx: TenantContext, body: ExpenseIn) -> Expense:
    """Write an expense, and post it if it is to be published.

    Raises:
        the refusals of `rules` in the order of accounting.md 7.2, BRANCH_ID_NOT_FOUND, DATE_LOCKED.

    """
    expense, _ = _create(ctx, body)
    return expense


def created_form(ctx: TenantContext, body: ExpenseIn) -> dict[str, Any]:
    """Write an expense; its form as create answers it."""
    expense, stored = _create(ctx, body)
    return presenter.created_form(stored, expense)


def _create(ctx: TenantContext, body: ExpenseIn) -> tuple[Expense, dict[str, Any]]:
    expense = _planned(ctx, body, None)
    guard(ctx, FINANCIAL, expense.published_at and expense.payment_date)
    repository.insert_expense(ctx.db, expense)
    if expense.is_published:
        ledger.post(ctx, journal_of(expense, ctx.base_currency))
    stored = presenter.stored_form(expense, ctx.base_currency)
    ctx.audit("created", SUBJECT, expense.id, after=stored)
    return expense, stored


def edit_expense(ctx: TenantContext, expense_id: int, body: ExpenseIn) -> dict[str, Any]:
    """Change an expense; its posting is replaced. Categories keep their identity and their allocated cost. Returns the form after.

    Raises:
        NOT_FOUND, ALLOCATED_CATEGORY, and what create raises.

    """
    old = get_expense(ctx, expense_id)
    new = _planned(ctx, body, old)
    if new.is_published:
        guard(ctx, FINANCIAL, old.payment_date, new.payment_date)
    repository.replace_expense(ctx.db, old, new)
    if new.is_published:
        ledger.repost(ctx, journal_of(new, ctx.base_currency))
    before, after = (presenter.stored_form(item, ctx.base_currency) for item in (old, new))
    ctx.audit("edited", SUBJECT, expense_id, before=before, after=after)
    return after


def _planned(ctx: TenantContext, body: ExpenseIn, old: Expense | None) -> Expense:
    """The expense that the body asks for, checked, with the ids it is to have. On edits, absent keys keep their value."""

    def kept(name: str) -> Any:
        """The sent value, else the present one."""
        return getattr(body, name) if old is None or body.given(name) else getattr(old, name)

    currency = body.currency_code or (old.currency_code if old else ctx.base_currency)
    sent_rate = body.exchange_rate or (old.exchange_rate if old else None)
    rate = document_rate(sent_rate, currency=currency, base_currency=ctx.base_currency)
    payment_account = get_account(ctx, body.payment_account_id)
    categories = _categories(ctx, body, currency)
    accounts = rules.category_accounts(categories, ctx.warm.get(CHART))
    rules.check_payment_account(payment_account)
    rules.check_category_accounts(accounts)
    total = rules.check_total(categories)
    check_currencies([payment_account], currency=currency, base_currency=ctx.base_currency)
    check_size(total, *(item.amount for item in categories), rate=rate, base_currency=ctx.base_currency)
    payee_id = kept("payee_id")
    known_contacts(ctx, [payee_id])
    check_attachments(body.attachment_keys)
    if old is not None:
        categories = rules.keep_identity(old.categories, categories, [category.id for category in body.categories])
    branch_id = document_branch(ctx, kept("branch_id")) if branches_active(ctx) else None
    now, published_at = ctx.now(), old.published_at if old else None
    return Expense(
        id=old.id if old else next_id(ctx.warm, expenses, first=FIRST_EXPENSE_ID),
        currency_code=currency,
        exchange_rate=rate,
        description=kept("description"),
        payment_account_id=payment_account.id,
        payee_id=payee_id,
        reference_no=kept("reference_no"),
        total_amount=total,
        landed_cost_amount=rules.landed_cost_amount(categories),
        allocated_cost_amount=old.allocated_cost_amount if old else ZERO,
        invoiced_amount=old.invoiced_amount if old else ZERO,
        published_at=ctx.today() if body.publish and published_at is None else published_at,
        payment_date=body.payment_date,
        user_id=old.user_id if old else ctx.user.user_id,
        branch_id=branch_id,
        project_id=old.project_id if old else None,
        created_at=old.created_at if old else now,
        updated_at=now,
        categories=tuple(sorted(categories, key=lambda category: (category.index, category.id))),
    )


def _categories(ctx: TenantContext, body: ExpenseIn, currency: str) -> list[ExpenseCategory]:
    ids = next_ids(ctx.warm, expense_categories, len(body.categories), first=FIRST_CATEGORY_ID)
    now = ctx.now()
    return [
        ExpenseCategory(
            id=category_id,
            index=position if item.index is None else item.index,
            expense_account_id=item.expense_account_id,
            amount=quantize(item.amount or ZERO, currency),
            description=item.description,
            landed_cost=bool(item.landed_cost),
            project_id=item.project_id,
            created_at=now,
            updated_at=now,
        )
        for position, (category_id, item) in enumerate(zip(ids, body.categories, strict=True), start=1)
    ]


def publish_expense(ctx: TenantContext, expense_id: int) -> None:
    """Post a draft.

    Raises:
        NOT_FOUND, ALREADY_PUBLISHED, DATE_LOCKED.

    """
    old = get_expense(ctx, expense_id)
    if old.is_published:
        raise rules.ALREADY_PUBLISHED()
    guard(ctx, FINANCIAL, old.payment_date)
    new = replace(old, published_at=ctx.today(), updated_at=ctx.now())
    repository.update_head(ctx.db, new)
    ledger.post(ctx, journal_of(new, ctx.base_currency))
    before, after = (presenter.stored_form(item, ctx.base_currency) for item in (old, new))
    ctx.audit("published", SUBJECT, expense_id, before=before, after=after)


def delete_expense(ctx: TenantContext, expense_id: int) -> None:
    """Remove an expense, draft or published, and its posting.

    Raises:
        NOT_FOUND, TRANSACTION_MATCHED, HAS_LANDED_COST, DATE_LOCKED.

    """
    old = get_expense(ctx, expense_id)
    if old.is_published:
        guard(ctx, FINANCIAL, old.payment_date)
    if is_matched(ctx.db, SUBJECT, expense_id):
        raise TRANSACTION_MATCHED()
    if old.allocated_cost_amount or any(category.allocated_cost_amount for category in old.categories):
        raise rules.HAS_LANDED_COST()
    ledger.unpost(ctx, ReferenceType.EXPENSE, expense_id)
    repository.delete_expense(ctx.db, expense_id)
    ctx.audit("deleted", SUBJECT, expense_id, before=presenter.stored_form(old, ctx.base_currency))
