"""Alembic's entry for a tenant's database."""

import tenancy.tenant_tables  # noqa: F401 - registers its tables
from domain.catalog import tenant_metadata
from tenancy.migrations.environment import run

run(tenant_metadata())
