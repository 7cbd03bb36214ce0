"""The ledger table: the only truth about balances. One row a line; the rows of one reference are one posting."""

import sqlalchemy as sa

from domain.kit.tables import UtcDateTime, amount_type, id_column, long_text, percent_type, rate_type, tenant_table

FIRST_LINE_ID = 1000

ledger_lines = tenant_table(
    "ledger_lines",
    id_column(),
    sa.Column("date", sa.Date, nullable=False),
    sa.Column("account_id", sa.ForeignKey("accounts.id"), nullable=False),
    sa.Column("debit", amount_type(), nullable=False),
    sa.Column("credit", amount_type(), nullable=False),
    sa.Column("foreign_debit", amount_type(), nullable=False),
    sa.Column("foreign_credit", amount_type(), nullable=False),
    sa.Column("currency_code", sa.String(3), nullable=False),
    sa.Column("exchange_rate", rate_type(), nullable=False),
    sa.Column("reference_type", sa.String(40), nullable=False),
    sa.Column("reference_id", sa.Integer, nullable=False),
    sa.Column("transaction_type", sa.String(40)),
    sa.Column("transaction_number", sa.String(255)),
    sa.Column("reference_number", sa.String(255)),
    sa.Column("contact_id", sa.ForeignKey("contacts.id")),
    sa.Column("item_id", sa.Integer),
    sa.Column("branch_id", sa.ForeignKey("branches.id")),
    sa.Column("project_id", sa.Integer),
    sa.Column("note", long_text()),
    sa.Column("user_id", sa.Integer),
    sa.Column("index_group", sa.Integer),
    sa.Column("line_index", sa.Integer, nullable=False),
    sa.Column("costable", sa.Boolean(create_constraint=False)),
    sa.Column("tax_rate_id", sa.Integer),
    sa.Column("tax_rate", percent_type()),
    sa.Column("created_at", UtcDateTime(), nullable=False),
    sa.Index("ix_ledger_lines_reference", "reference_type", "reference_id"),
    sa.Index("ix_ledger_lines_account_id_date", "account_id", "date"),
    sa.Index("ix_ledger_lines_contact_id", "contact_id"),
    sa.Index("ix_ledger_lines_branch_id", "branch_id"),
)
