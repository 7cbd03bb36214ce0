"""What the two `env.py` have in common. Only `python -m tenancy.migrations` comes through here; the service runs revisions itself
(`tenancy.migration.upgrade`)."""

import sqlalchemy as sa
from alembic import context
from alembic.operations import Operations

from tenancy.migration import VERSION_TABLE
from tenancy.migrations.rendering import render_item


def run(metadata: sa.MetaData) -> None:
    """Compare the connected database with the declared tables, for Alembic to write a revision from."""
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=metadata,
        version_table=VERSION_TABLE,
        render_item=render_item,
        render_as_batch=True,
        user_module_prefix="tables.",
    )
    context.run_migrations(op=Operations(context.get_context()))
