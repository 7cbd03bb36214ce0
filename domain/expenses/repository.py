"""All SQL of expenses. Statements are composed once."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, RowMapping, bindparam, delete, insert, select, update

from domain.expenses.listing import EXPENSES
from domain.expenses.model import Expense, ExpenseCategory
from domain.expenses.tables import expense_categories, expenses
from domain.kit.lists import ListQuery, compose, fetch_page

_expenses, _categories = expenses.c, expense_categories.c
_HEAD = (
    "id", "currency_code", "exchange_rate", "description", "payment_account_id", "payee_id", "reference_no", "total_amount",
    "landed_cost_amount", "allocated_cost_amount", "invoiced_amount", "published_at", "payment_date", "user_id", "branch_id",
    "project_id", "created_at", "updated_at",
)  # fmt: skip
_LINE = (
    "id", "index", "expense_account_id", "amount", "description", "landed_cost", "allocated_cost_amount", "project_id",
    "created_at", "updated_at",
)  # fmt: skip

_INSERT = insert(expenses)
_INSERT_CATEGORIES = insert(expense_categories)
_UPDATE = update(expenses).where(_expenses.id == bindparam("of_id"))
_UPDATE_CATEGORY = (
    update(expense_categories)
    .where(_categories.id == bindparam("of_id"))
    .values({name: bindparam(f"new_{name}") for name in _LINE if name != "id"})
)
_DELETE = delete(expenses).where(_expenses.id == bindparam("of_id"))
_DELETE_CATEGORIES = delete(expense_categories).where(_categories.id.in_(bindparam("of_ids", expanding=True)))
_DELETE_ALL_CATEGORIES = delete(expense_categories).where(_categories.expense_id == bindparam("of_id"))
_READ = select(*(_expenses[name] for name in _HEAD)).where(_expenses.id == bindparam("of_id"))
_READ_CATEGORIES = (
    select(_categories.expense_id, *(_categories[name] for name in _LINE))
    .where(_categories.expense_id.in_(bindparam("of_ids", expanding=True)))
    .order_by(_categories.expense_id, _categories.index, _categories.id)
)
_PAGE = select(*(_expenses[name] for name in _HEAD))


def _head(expense: Expense) -> dict[str, Any]:
    return {name: getattr(expense, name) for name in _HEAD}


def insert_expense(connection: Connection, expense: Expense) -> None:
    """Store a new expense."""
    connection.execute(_INSERT, _head(expense))
    _insert_categories(connection, expense.id, expense.categories)


def _insert_categories(connection: Connection, expense_id: int, categories: Sequence[ExpenseCategory]) -> None:
    rows = [{name: getattr(category, name) for name in _LINE} | {"expense_id": expense_id} for category in categories]
    connection.execute(_INSERT_CATEGORIES, rows)


def replace_expense(connection: Connection, old: Expense, new: Expense) -> None:
    """Store a changed expense. Categories that keep their id stay in place: landed costs refer to them."""
    update_head(connection, new)
    known = {category.id for category in old.categories}
    kept = [category for category in new.categories if category.id in known]
    gone = known - {category.id for category in kept}
    added = [category for category in new.categories if category.id not in known]
    if gone:
        connection.execute(_DELETE_CATEGORIES, {"of_ids": sorted(gone)})
    if kept:
        rows = [
            {f"new_{name}": getattr(category, name) for name in _LINE if name != "id"} | {"of_id": category.id}
            for category in kept
        ]
        connection.execute(_UPDATE_CATEGORY, rows)
    if added:
        _insert_categories(connection, new.id, added)


def update_head(connection: Connection, expense: Expense) -> None:
    """Store an expense whose categories stay."""
    values = _head(expense)
    del values["id"]
    connection.execute(_UPDATE, values | {"of_id": expense.id})


def delete_expense(connection: Connection, expense_id: int) -> None:
    """Remove an expense and its categories."""
    connection.execute(_DELETE_ALL_CATEGORIES, {"of_id": expense_id})
    connection.execute(_DELETE, {"of_id": expense_id})


def find_expense(connection: Connection, expense_id: int) -> Expense | None:
    """The expense, if there is one."""
    row = connection.execute(_READ, {"of_id": expense_id}).mappings().first()
    return _with_categories(connection, [row])[0] if row is not None else None


def list_expenses(connection: Connection, query: ListQuery) -> tuple[list[Expense], dict[str, int], dict[str, Any]]:
    """The expenses of a page with their categories, `pagination` and `filter_meta`: three statements, however long the page."""
    listing = compose(EXPENSES, query)
    rows, pagination = fetch_page(connection, listing, _PAGE)
    return _with_categories(connection, rows), pagination, listing.filter_meta


def _with_categories(connection: Connection, heads: Sequence[RowMapping]) -> list[Expense]:
    if not heads:
        return []
    by_expense: dict[int, list[ExpenseCategory]] = defaultdict(list)
    for row in connection.execute(_READ_CATEGORIES, {"of_ids": [head["id"] for head in heads]}):
        by_expense[row[0]].append(_category(row))
    return [Expense(**head, categories=tuple(by_expense[head["id"]])) for head in heads]


def _category(row: Row[Any]) -> ExpenseCategory:
    return ExpenseCategory(**dict(zip(_LINE, row[1:], strict=True)))
