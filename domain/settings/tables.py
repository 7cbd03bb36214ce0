"""The settings table: one text a declared key."""

import sqlalchemy as sa

from domain.kit.tables import long_text, tenant_table

settings = tenant_table(
    "settings",
    sa.Column("group", sa.String(60), primary_key=True),
    sa.Column("key", sa.String(80), primary_key=True),
    sa.Column("value", long_text()),
)
