"""The tax rates table. A rate that is edited or deleted is retired (`deleted_at`), never removed: documents keep their own rate."""

import sqlalchemy as sa

from domain.kit.tables import id_column, long_text, percent_type, tenant_table, timestamps

FIRST_TAX_RATE_ID = 1

tax_rates = tenant_table(
    "tax_rates",
    id_column(),
    sa.Column("name", sa.String(255), nullable=False),
    sa.Column("code", sa.String(255), nullable=False),
    sa.Column("rate", percent_type(), nullable=False),
    sa.Column("description", long_text()),
    sa.Column("is_non_recoverable", sa.Boolean(create_constraint=False), nullable=False, server_default=sa.false()),
    sa.Column("is_compound", sa.Boolean(create_constraint=False), nullable=False, server_default=sa.false()),
    sa.Column("active", sa.Boolean(create_constraint=False), nullable=False, server_default=sa.false()),
    sa.Column("deleted_at", sa.Date),
    *timestamps(),
    sa.Index("ix_tax_rates_code", "code"),
)
