"""Tables of the system database: people, organizations, who belongs where, keys, jobs. No books."""

from typing import Any

import sqlalchemy as sa

from domain.kit.tables import MYSQL_OPTIONS, UtcDateTime, long_text

SYSTEM_METADATA = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def system_table(name: str, *columns: sa.schema.SchemaItem) -> sa.Table:
    """A table of the system database."""
    return sa.Table(name, SYSTEM_METADATA, *columns, **MYSQL_OPTIONS)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(create_constraint=False), nullable=False)


def _instant(name: str, **options: Any) -> "sa.Column[Any]":
    return sa.Column(name, UtcDateTime(), **options)


users = system_table(
    "users",
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("first_name", sa.String(255)),
    sa.Column("last_name", sa.String(255)),
    sa.Column("email", sa.String(255), nullable=False),
    sa.Column("email_folded", sa.String(255), nullable=False, unique=True),
    sa.Column("password_hash", sa.String(255)),
    _flag("active"),
    _flag("verified"),
    sa.Column("verify_token_hash", sa.String(64)),
    sa.Column("language", sa.String(8)),
    _instant("invite_accepted_at"),
    _instant("last_login_at"),
    sa.Column("last_tenant_id", sa.Integer),
    sa.Column("credentials_version", sa.Integer, nullable=False, server_default="1"),
    _instant("deleted_at"),
    _instant("created_at", nullable=False),
    _instant("updated_at", nullable=False),
)
"""`credentials_version` stands in every token: raising it revokes them all. Token and password columns hold digests only."""

tenants = system_table(
    "tenants",
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("organization_id", sa.String(64), nullable=False, unique=True),
    sa.Column("database_name", sa.String(64), nullable=False, unique=True),
    sa.Column("owner_user_id", sa.ForeignKey("users.id"), nullable=False),
    _instant("initialized_at"),
    _instant("seeded_at"),
    _instant("built_at"),
    sa.Column("build_job_id", sa.String(40)),
    sa.Column("upgrade_job_id", sa.String(40)),
    sa.Column("schema_revision", sa.String(40)),
    sa.Column("migration_state", sa.String(20)),
    sa.Column("migration_error", long_text()),
    _instant("migrated_at"),
    sa.Column("name", sa.String(255)),
    sa.Column("industry", sa.String(255)),
    sa.Column("location", sa.String(2)),
    sa.Column("base_currency", sa.String(3)),
    sa.Column("language", sa.String(8)),
    sa.Column("timezone", sa.String(64)),
    sa.Column("date_format", sa.String(40)),
    sa.Column("fiscal_year", sa.String(16)),
    sa.Column("tax_number", sa.String(255)),
    sa.Column("primary_color", sa.String(16)),
    sa.Column("logo_key", sa.String(255)),
    sa.Column("address", long_text()),
    _instant("created_at", nullable=False),
    _instant("updated_at", nullable=False),
    sa.Index("ix_tenants_name", "name"),
)
"""The registry. The profile columns are a copy of the tenant's own row, for the pages that are shown before its books are opened."""

memberships = system_table(
    "memberships",
    sa.Column("user_id", sa.ForeignKey("users.id"), primary_key=True),
    sa.Column("tenant_id", sa.ForeignKey("tenants.id"), primary_key=True),
    sa.Column("role_slug_hint", sa.String(255)),
    _flag("active"),
    _instant("created_at", nullable=False),
    sa.Index("ix_memberships_tenant_id", "tenant_id"),
)
"""Who belongs where. What a member may do is in the tenant's own database."""

names_due = system_table(
    "names_due",
    sa.Column("user_id", sa.ForeignKey("users.id"), primary_key=True),
    sa.Column("tenant_id", sa.ForeignKey("tenants.id"), primary_key=True),
    _instant("due_at", nullable=False),
    sa.Index("ix_names_due_due_at", "due_at"),
)
"""Which organizations are to be told what a person is called, and from when on."""

user_invites = system_table(
    "user_invites",
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("user_id", sa.ForeignKey("users.id"), nullable=False),
    sa.Column("tenant_id", sa.ForeignKey("tenants.id"), nullable=False),
    sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
    _instant("created_at", nullable=False),
    sa.Index("ix_user_invites_user_id", "user_id"),
)
"""Links of invitations that wait for an answer."""

password_resets = system_table(
    "password_resets",
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("user_id", sa.ForeignKey("users.id"), nullable=False),
    sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
    _instant("created_at", nullable=False),
    _instant("used_at"),
    sa.Index("ix_password_resets_user_id", "user_id"),
)

api_keys = system_table(
    "api_keys",
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("key_hash", sa.String(64), nullable=False, unique=True),
    sa.Column("prefix", sa.String(16), nullable=False),
    sa.Column("name", sa.String(255)),
    sa.Column("user_id", sa.ForeignKey("users.id"), nullable=False),
    sa.Column("tenant_id", sa.ForeignKey("tenants.id"), nullable=False),
    _instant("expires_at"),
    _instant("revoked_at"),
    _instant("created_at", nullable=False),
    _instant("updated_at", nullable=False),
    sa.Index("ix_api_keys_tenant_id", "tenant_id"),
)

revoked_tokens = system_table(
    "revoked_tokens",
    sa.Column("jti", sa.String(40), primary_key=True),
    _instant("expires_at", nullable=False),
    sa.Index("ix_revoked_tokens_expires_at", "expires_at"),
)

subscriptions = system_table(
    "subscriptions",
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("tenant_id", sa.ForeignKey("tenants.id"), nullable=False, unique=True),
    sa.Column("slug", sa.String(40), nullable=False),
    _instant("starts_at", nullable=False),
    _instant("created_at", nullable=False),
    _instant("updated_at", nullable=False),
)
"""Self-hosted: one row a tenant, never ending (platform.md 11)."""

jobs = system_table(
    "jobs",
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("kind", sa.String(60), nullable=False),
    sa.Column("tenant_id", sa.Integer),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("progress", sa.Integer, nullable=False),
    sa.Column("payload", long_text(), nullable=False),
    sa.Column("result", long_text()),
    sa.Column("error", long_text()),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("created_at", UtcDateTime(), nullable=False),
    sa.Column("updated_at", UtcDateTime(), nullable=False),
    sa.Column("due_at", UtcDateTime(), nullable=False),
    sa.Column("claimed_by", sa.String(60)),
    sa.Column("claimed_until", UtcDateTime()),
    sa.Column("unique_key", sa.String(191), unique=True),
    sa.Index("ix_jobs_state_due_at", "state", "due_at"),
    sa.Index("ix_jobs_tenant_id", "tenant_id"),
)
"""Job metadata where no MongoDB is configured."""
