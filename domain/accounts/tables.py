"""The accounts table. `amount` is the running balance, in the account's own currency, positive on its normal side."""

import sqlalchemy as sa

from domain.kit.tables import UtcDateTime, amount_type, id_column, long_text, tenant_table, timestamps

FIRST_ACCOUNT_ID = 1000

accounts = tenant_table(
    "accounts",
    id_column(),
    sa.Column("name", sa.String(255), nullable=False, unique=True),
    sa.Column("slug", sa.String(255), nullable=False),
    sa.Column("code", sa.String(10)),
    sa.Column("account_type", sa.String(40), nullable=False),
    sa.Column("parent_account_id", sa.ForeignKey("accounts.id")),
    sa.Column("description", long_text()),
    sa.Column("active", sa.Boolean(create_constraint=False), nullable=False),
    sa.Column("index", sa.Integer),
    sa.Column("predefined", sa.Boolean(create_constraint=False), nullable=False),
    sa.Column("amount", amount_type()),
    sa.Column("currency_code", sa.String(3), nullable=False),
    sa.Column("seeded_at", sa.Date),
    sa.Column("plaid_account_id", sa.String(255)),
    sa.Column("plaid_item_id", sa.String(255)),
    sa.Column("account_mask", sa.String(255)),
    sa.Column("bank_balance", amount_type()),
    sa.Column("uncategorized_transactions", sa.Integer, nullable=False, server_default="0"),
    sa.Column("is_system_account", sa.Boolean(create_constraint=False), nullable=False, server_default=sa.true()),
    sa.Column("is_feeds_active", sa.Boolean(create_constraint=False), nullable=False, server_default=sa.false()),
    sa.Column("is_syncing_owner", sa.Boolean(create_constraint=False), nullable=False, server_default=sa.false()),
    sa.Column("last_feeds_updated_at", UtcDateTime()),
    *timestamps(),
    sa.Index("ix_accounts_slug", "slug"),
    sa.Index("ix_accounts_account_type", "account_type"),
)
