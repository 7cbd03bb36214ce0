"""What was imported before: a transaction's key and the journal that it became."""

import sqlalchemy as sa

from domain.kit.tables import UtcDateTime, tenant_table

imported_transactions = tenant_table(
    "imported_transactions",
    sa.Column("key", sa.String(64), primary_key=True),
    sa.Column(
        "manual_journal_id", sa.Integer, sa.ForeignKey("manual_journals.id", ondelete="CASCADE"), nullable=False, unique=True
    ),
    sa.Column("source", sa.String(255), nullable=False),
    sa.Column("created_at", UtcDateTime(), nullable=False),
)
"""The key is of `journal_files.identity`. A journal that is deleted takes its key along, so that it can be imported again."""
