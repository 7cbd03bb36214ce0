"""The exchange rates table: forms are filled from it. Documents store the rate that they were made with."""

import sqlalchemy as sa

from domain.kit.tables import id_column, rate_type, tenant_table, timestamps

FIRST_EXCHANGE_RATE_ID = 1000

exchange_rates = tenant_table(
    "exchange_rates",
    id_column(),
    sa.Column("date", sa.Date, nullable=False),
    sa.Column("from_currency", sa.String(3), nullable=False),
    sa.Column("to_currency", sa.String(3), nullable=False),
    sa.Column("rate", rate_type(), nullable=False),
    *timestamps(),
    sa.UniqueConstraint("from_currency", "to_currency", "date"),
)
