"""The organization's profile: one row. The system database keeps a copy for the pages before sign-in to the books."""

import sqlalchemy as sa

from domain.kit.tables import long_text, tenant_table, timestamps

ORGANIZATION_ROW_ID = 1

organization = tenant_table(
    "organization",
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("tenant_id", sa.BigInteger, nullable=False),
    sa.Column("organization_id", sa.String(64), nullable=False),
    sa.Column("name", sa.String(255), nullable=False),
    sa.Column("base_currency", sa.String(3), nullable=False),
    sa.Column("location", sa.String(2)),
    sa.Column("industry", sa.String(255)),
    sa.Column("language", sa.String(8), nullable=False),
    sa.Column("timezone", sa.String(64), nullable=False),
    sa.Column("date_format", sa.String(40), nullable=False),
    sa.Column("fiscal_year", sa.String(16), nullable=False),
    sa.Column("tax_number", sa.String(255)),
    sa.Column("primary_color", sa.String(16)),
    sa.Column("logo_key", sa.String(255)),
    sa.Column("address", long_text()),
    *timestamps(),
)
