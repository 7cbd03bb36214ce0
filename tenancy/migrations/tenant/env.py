"""Alembic's entry for the tenant database; called by tenancy.migration with a connection."""

from alembic import context

import tenancy.tenant_tables  # noqa: F401 - registers its tables
from domain.catalog import tenant_metadata
from tenancy.migration import VERSION_TABLE
from tenancy.migrations.rendering import render_item

METADATA = tenant_metadata()

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=METADATA,
    version_table=VERSION_TABLE,
    render_item=render_item,
    render_as_batch=connection.dialect.name == "sqlite",
    user_module_prefix="tables.",
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
