"""The tables of expenses. Amounts are in the expense's currency."""

import sqlalchemy as sa

from domain.accounts.tables import accounts
from domain.kit.tables import amount_type, id_column, rate_type, tenant_table, timestamps

FIRST_EXPENSE_ID = 1000
FIRST_CATEGORY_ID = 1000

expenses = tenant_table(
    "expenses",
    id_column(),
    sa.Column("currency_code", sa.String(3), nullable=False),
    sa.Column("exchange_rate", rate_type(), nullable=False),
    sa.Column("description", sa.String(1000)),
    sa.Column("payment_account_id", sa.ForeignKey("accounts.id"), nullable=False),
    sa.Column("payee_id", sa.ForeignKey("contacts.id")),
    sa.Column("reference_no", sa.String(255)),
    sa.Column("total_amount", amount_type(), nullable=False),
    sa.Column("landed_cost_amount", amount_type(), nullable=False),
    sa.Column("allocated_cost_amount", amount_type(), nullable=False),
    sa.Column("invoiced_amount", amount_type(), nullable=False),
    sa.Column("published_at", sa.Date),
    sa.Column("payment_date", sa.Date, nullable=False),
    sa.Column("user_id", sa.Integer),
    sa.Column("branch_id", sa.ForeignKey("branches.id")),
    sa.Column("project_id", sa.Integer),
    *timestamps(),
    sa.Index("ix_expenses_payment_date", "payment_date"),
    sa.Index("ix_expenses_created_at", "created_at"),
    sa.Index("ix_expenses_payment_account_id", "payment_account_id"),
    sa.Index("ix_expenses_payee_id", "payee_id"),
)

expense_categories = tenant_table(
    "expense_categories",
    id_column(),
    sa.Column("expense_id", sa.ForeignKey("expenses.id"), nullable=False),
    sa.Column("index", sa.Integer, nullable=False),
    sa.Column("expense_account_id", sa.ForeignKey("accounts.id"), nullable=False),
    sa.Column("amount", amount_type(), nullable=False),
    sa.Column("description", sa.String(255)),
    sa.Column("landed_cost", sa.Boolean(create_constraint=False), nullable=False),
    sa.Column("allocated_cost_amount", amount_type(), nullable=False),
    sa.Column("project_id", sa.Integer),
    *timestamps(),
    sa.Index("ix_expense_categories_expense_id", "expense_id"),
    sa.Index("ix_expense_categories_expense_account_id", "expense_account_id"),
)


def _of_payment_account(column: sa.Column[str]) -> sa.Label[str]:
    value = sa.select(column).where(accounts.c.id == expenses.c.payment_account_id).scalar_subquery()
    return value.label("payment_account_id")


payment_account_slug = _of_payment_account(accounts.c.slug)
payment_account_name = _of_payment_account(accounts.c.name)
"""Of the account that paid: lists filter by its slug and sort by its name."""
