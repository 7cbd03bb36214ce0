"""The tables of manual journals. Amounts are in the journal's currency."""

import sqlalchemy as sa

from domain.kit.tables import amount_type, id_column, long_text, rate_type, tenant_table, timestamps
from domain.manual_journals.model import NUMBER_KEY_LENGTH_MAX, NUMBER_LENGTH_MAX

FIRST_JOURNAL_ID = 1000
FIRST_ENTRY_ID = 1000

manual_journals = tenant_table(
    "manual_journals",
    id_column(),
    sa.Column("journal_number", sa.String(NUMBER_LENGTH_MAX), nullable=False),
    sa.Column("number_key", sa.String(NUMBER_KEY_LENGTH_MAX), nullable=False, unique=True),
    sa.Column("reference", sa.String(255)),
    sa.Column("journal_type", sa.String(255)),
    sa.Column("amount", amount_type(), nullable=False),
    sa.Column("currency_code", sa.String(3), nullable=False),
    sa.Column("exchange_rate", rate_type(), nullable=False),
    sa.Column("date", sa.Date, nullable=False),
    sa.Column("description", sa.String(255)),
    sa.Column("published_at", sa.Date),
    sa.Column("user_id", sa.Integer),
    sa.Column("branch_id", sa.ForeignKey("branches.id")),
    *timestamps(),
    sa.Index("ix_manual_journals_date", "date"),
    sa.Index("ix_manual_journals_created_at", "created_at"),
)

manual_journal_entries = tenant_table(
    "manual_journal_entries",
    id_column(),
    sa.Column("manual_journal_id", sa.ForeignKey("manual_journals.id"), nullable=False),
    sa.Column("index", sa.Integer, nullable=False),
    sa.Column("account_id", sa.ForeignKey("accounts.id"), nullable=False),
    sa.Column("debit", amount_type(), nullable=False),
    sa.Column("credit", amount_type(), nullable=False),
    sa.Column("note", long_text()),
    sa.Column("contact_id", sa.ForeignKey("contacts.id")),
    sa.Column("branch_id", sa.ForeignKey("branches.id")),
    sa.Column("project_id", sa.Integer),
    sa.Index("ix_manual_journal_entries_manual_journal_id", "manual_journal_id"),
    sa.Index("ix_manual_journal_entries_account_id", "account_id"),
    sa.Index("ix_manual_journal_entries_contact_id", "contact_id"),
)
