"""Members of the organization, their roles, and what each role may do."""

import sqlalchemy as sa

from domain.kit.tables import UtcDateTime, id_column, long_text, tenant_table, timestamps

FIRST_MEMBER_ID = 1
FIRST_ROLE_ID = 1
FIRST_PERMISSION_ID = 1

roles = tenant_table(
    "roles",
    id_column(),
    sa.Column("slug", sa.String(255), unique=True),
    sa.Column("name", sa.String(255), nullable=False),
    sa.Column("description", long_text()),
    sa.Column("predefined", sa.Boolean(create_constraint=False), nullable=False),
)

role_permissions = tenant_table(
    "role_permissions",
    id_column(),
    sa.Column("role_id", sa.ForeignKey("roles.id"), nullable=False),
    sa.Column("subject", sa.String(80), nullable=False),
    sa.Column("ability", sa.String(80), nullable=False),
    sa.Column("value", sa.Boolean(create_constraint=False), nullable=False),
    sa.UniqueConstraint("role_id", "subject", "ability"),
)

members = tenant_table(
    "members",
    id_column(),
    sa.Column("system_user_id", sa.Integer, nullable=False, unique=True),
    sa.Column("first_name", sa.String(255)),
    sa.Column("last_name", sa.String(255)),
    sa.Column("email", sa.String(255), nullable=False),
    sa.Column("active", sa.Boolean(create_constraint=False), nullable=False),
    sa.Column("role_id", sa.ForeignKey("roles.id")),
    sa.Column("invited_at", UtcDateTime()),
    sa.Column("invite_accepted_at", UtcDateTime()),
    *timestamps(),
)
"""`system_user_id` is the person's id in the system database; a person belongs to many organizations (DECISIONS 25)."""
