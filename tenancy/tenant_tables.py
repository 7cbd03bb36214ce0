"""Tables of a tenant's database that belong to its running, not to its books: identity and epoch, idempotency keys."""

import sqlalchemy as sa

from domain.kit.tables import UtcDateTime, tenant_table

tenant_identity = tenant_table(
    "tenant_identity",
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("tenant_id", sa.BigInteger, nullable=False),
    sa.Column("organization_id", sa.String(64), nullable=False),
    sa.Column("epoch", sa.BigInteger, nullable=False),
    sa.Column("holder", sa.String(255)),
    sa.Column("seeded_at", UtcDateTime()),
)
"""One row. An actor refuses a database that carries another tenant's id (LESSONS A12); the epoch fences out stale actors (DESIGN 7)."""

idempotency_keys = tenant_table(
    "idempotency_keys",
    sa.Column("key", sa.String(255), primary_key=True),
    sa.Column("fingerprint", sa.String(64), nullable=False),
    sa.Column("status", sa.SmallInteger, nullable=False),
    sa.Column("headers", sa.Text, nullable=False),
    sa.Column("body", sa.LargeBinary(2**24), nullable=False),
    sa.Column("created_at", UtcDateTime(), nullable=False),
    sa.Index("ix_idempotency_keys_created_at", "created_at"),
)
"""The answer of a write by its key, stored in the write's own transaction; kept 24 h. A unique index, not code, prevents doubles."""
