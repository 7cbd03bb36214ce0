"""The currencies table: the codes that forms offer."""

import sqlalchemy as sa

from domain.kit.tables import id_column, tenant_table, timestamps

FIRST_CURRENCY_ID = 1000

currencies = tenant_table(
    "currencies",
    id_column(),
    sa.Column("currency_code", sa.String(3), nullable=False, unique=True),
    sa.Column("currency_name", sa.String(255), nullable=False),
    sa.Column("currency_sign", sa.String(255), nullable=False),
    *timestamps(),
)
