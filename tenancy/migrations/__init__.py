"""Alembic revisions: `system` for the system database, `tenant` for every tenant's. `python -m tenancy.migrations` writes new ones."""
