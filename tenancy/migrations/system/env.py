"""Alembic's entry for the system database."""

from tenancy.migrations.environment import run
from tenancy.system_tables import SYSTEM_METADATA

run(SYSTEM_METADATA)
