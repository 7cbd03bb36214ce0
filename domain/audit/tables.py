"""The audit trail: append-only, chained by hash. Nothing in the service updates or deletes its rows."""

import sqlalchemy as sa

from domain.kit.tables import UtcDateTime, id_column, long_text, tenant_table

FIRST_ENTRY_ID = 1

audit_trail = tenant_table(
    "audit_trail",
    id_column(),
    sa.Column("at", UtcDateTime(), nullable=False),
    sa.Column("user_id", sa.Integer, nullable=False),
    sa.Column("user_name", sa.String(600), nullable=False),
    sa.Column("action", sa.String(40), nullable=False),
    sa.Column("subject", sa.String(80), nullable=False),
    sa.Column("subject_id", sa.Integer, nullable=False),
    sa.Column("before", long_text()),
    sa.Column("after", long_text()),
    sa.Column("previous_hash", sa.String(64), nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
    sa.Index("ix_audit_trail_subject", "subject", "subject_id"),
    sa.Index("ix_audit_trail_user_id", "user_id"),
    sa.Index("ix_audit_trail_at", "at"),
)
"""`before` and `after` are canonical JSON texts, as they were hashed."""
