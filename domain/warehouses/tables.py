"""The warehouses table. Exactly one row is primary."""

import sqlalchemy as sa

from domain.kit.tables import id_column, tenant_table, timestamps

FIRST_WAREHOUSE_ID = 1

warehouses = tenant_table(
    "warehouses",
    id_column(),
    sa.Column("name", sa.String(255), nullable=False),
    sa.Column("code", sa.String(255)),
    sa.Column("address", sa.String(255)),
    sa.Column("city", sa.String(255)),
    sa.Column("country", sa.String(255)),
    sa.Column("phone_number", sa.String(255)),
    sa.Column("email", sa.String(255)),
    sa.Column("website", sa.String(255)),
    sa.Column("primary", sa.Boolean(create_constraint=False), nullable=False),
    *timestamps(),
)
