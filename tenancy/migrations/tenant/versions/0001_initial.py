"""initial"""

import sqlalchemy as sa
from alembic.operations import Operations

from domain.kit import tables

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade(op: Operations) -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("slug", sa.String(length=255), nullable=False),
        sa.Column("code", sa.String(length=10), nullable=True),
        sa.Column("account_type", sa.String(length=40), nullable=False),
        sa.Column("parent_account_id", sa.Integer(), nullable=True),
        sa.Column("description", tables.long_text(), nullable=True),
        sa.Column("active", sa.Boolean(create_constraint=False), nullable=False),
        sa.Column("index", sa.Integer(), nullable=True),
        sa.Column("predefined", sa.Boolean(create_constraint=False), nullable=False),
        sa.Column("amount", tables.ExactDecimal(4, 22), nullable=True),
        sa.Column("currency_code", sa.String(length=3), nullable=False),
        sa.Column("seeded_at", sa.Date(), nullable=True),
        sa.Column("plaid_account_id", sa.String(length=255), nullable=True),
        sa.Column("plaid_item_id", sa.String(length=255), nullable=True),
        sa.Column("account_mask", sa.String(length=255), nullable=True),
        sa.Column("bank_balance", tables.ExactDecimal(4, 22), nullable=True),
        sa.Column("uncategorized_transactions", sa.Integer(), server_default="0", nullable=False),
        sa.Column("is_system_account", sa.Boolean(create_constraint=False), server_default=sa.text("1"), nullable=False),
        sa.Column("is_feeds_active", sa.Boolean(create_constraint=False), server_default=sa.text("0"), nullable=False),
        sa.Column("is_syncing_owner", sa.Boolean(create_constraint=False), server_default=sa.text("0"), nullable=False),
        sa.Column("last_feeds_updated_at", tables.UtcDateTime(), nullable=True),
        sa.Column("created_at", tables.UtcDateTime(), nullable=False),
        sa.Column("updated_at", tables.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["parent_account_id"], ["accounts.id"], name=op.f("fk_accounts_parent_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("name", name=op.f("uq_accounts_name")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_unicode_520_ci",
        mysql_engine="InnoDB",
    )
    with op.batch_alter_table("accounts", schema=None) as batch_op:
        batch_op.create_index("ix_accounts_account_type", ["account_type"], unique=False)
        batch_op.create_index("ix_accounts_slug", ["slug"], unique=False)

    op.create_table(
        "audit_trail",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", tables.UtcDateTime(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("user_name", sa.String(length=600), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("before", tables.long_text(), nullable=True),
        sa.Column("after", tables.long_text(), nullable=True),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_trail")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_unicode_520_ci",
        mysql_engine="InnoDB",
    )
    with op.batch_alter_table("audit_trail", schema=None) as batch_op:
        batch_op.create_index("ix_audit_trail_at", ["at"], unique=False)
        batch_op.create_index("ix_audit_trail_subject", ["subject", "subject_id"], unique=False)
        batch_op.create_index("ix_audit_trail_user_id", ["user_id"], unique=False)

    op.create_table(
        "branches",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("code", sa.String(length=255), nullable=True),
        sa.Column("address", sa.String(length=255), nullable=True),
        sa.Column("city", sa.String(length=255), nullable=True),
        sa.Column("country", sa.String(length=255), nullable=True),
        sa.Column("phone_number", sa.String(length=255), nullable=True),
        sa.Column("email", sa.String(length=255), nullable=True),
        sa.Column("website", sa.String(length=255), nullable=True),
        sa.Column("primary", sa.Boolean(create_constraint=False), nullable=False),
        sa.Column("created_at", tables.UtcDateTime(), nullable=False),
        sa.Column("updated_at", tables.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_branches")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_unicode_520_ci",
        mysql_engine="InnoDB",
    )
    op.create_table(
        "currencies",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("currency_code", sa.String(length=3), nullable=False),
        sa.Column("currency_name", sa.String(length=255), nullable=False),
        sa.Column("currency_sign", sa.String(length=255), nullable=False),
        sa.Column("created_at", tables.UtcDateTime(), nullable=False),
        sa.Column("updated_at", tables.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_currencies")),
        sa.UniqueConstraint("currency_code", name=op.f("uq_currencies_currency_code")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_unicode_520_ci",
        mysql_engine="InnoDB",
    )
    op.create_table(
        "exchange_rates",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("from_currency", sa.String(length=3), nullable=False),
        sa.Column("to_currency", sa.String(length=3), nullable=False),
        sa.Column("rate", tables.ExactDecimal(8, 24), nullable=False),
        sa.Column("created_at", tables.UtcDateTime(), nullable=False),
        sa.Column("updated_at", tables.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exchange_rates")),
        sa.UniqueConstraint(
            "from_currency", "to_currency", "date", name=op.f("uq_exchange_rates_from_currency_to_currency_date")
        ),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_unicode_520_ci",
        mysql_engine="InnoDB",
    )
    op.create_table(
        "idempotency_keys",
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("status", sa.SmallInteger(), nullable=False),
        sa.Column("headers", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(16777216), nullable=False),
        sa.Column("created_at", tables.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_idempotency_keys")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_unicode_520_ci",
        mysql_engine="InnoDB",
    )
    with op.batch_alter_table("idempotency_keys", schema=None) as batch_op:
        batch_op.create_index("ix_idempotency_keys_created_at", ["created_at"], unique=False)

    op.create_table(
        "organization",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("organization_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("base_currency", sa.String(length=3), nullable=False),
        sa.Column("location", sa.String(length=2), nullable=True),
        sa.Column("industry", sa.String(length=255), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("timezone", sa.String(length=64), nullable=False),
        sa.Column("date_format", sa.String(length=40), nullable=False),
        sa.Column("fiscal_year", sa.String(length=16), nullable=False),
        sa.Column("tax_number", sa.String(length=255), nullable=True),
        sa.Column("primary_color", sa.String(length=16), nullable=True),
        sa.Column("logo_key", sa.String(length=255), nullable=True),
        sa.Column("address", tables.long_text(), nullable=True),
        sa.Column("created_at", tables.UtcDateTime(), nullable=False),
        sa.Column("updated_at", tables.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organization")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_unicode_520_ci",
        mysql_engine="InnoDB",
    )
    op.create_table(
        "roles",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("slug", sa.String(length=255), nullable=True),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("description", tables.long_text(), nullable=True),
        sa.Column("predefined", sa.Boolean(create_constraint=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roles")),
        sa.UniqueConstraint("slug", name=op.f("uq_roles_slug")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_unicode_520_ci",
        mysql_engine="InnoDB",
    )
    op.create_table(
        "settings",
        sa.Column("group", sa.String(length=60), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("value", tables.long_text(), nullable=True),
        sa.PrimaryKeyConstraint("group", "key", name=op.f("pk_settings")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_unicode_520_ci",
        mysql_engine="InnoDB",
    )
    op.create_table(
        "tax_rates",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("code", sa.String(length=255), nullable=False),
        sa.Column("rate", tables.ExactDecimal(4, 10), nullable=False),
        sa.Column("description", tables.long_text(), nullable=True),
        sa.Column("is_non_recoverable", sa.Boolean(create_constraint=False), server_default=sa.text("0"), nullable=False),
        sa.Column("is_compound", sa.Boolean(create_constraint=False), server_default=sa.text("0"), nullable=False),
        sa.Column("active", sa.Boolean(create_constraint=False), server_default=sa.text("0"), nullable=False),
        sa.Column("deleted_at", sa.Date(), nullable=True),
        sa.Column("created_at", tables.UtcDateTime(), nullable=False),
        sa.Column("updated_at", tables.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tax_rates")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_unicode_520_ci",
        mysql_engine="InnoDB",
    )
    with op.batch_alter_table("tax_rates", schema=None) as batch_op:
        batch_op.create_index("ix_tax_rates_code", ["code"], unique=False)

    op.create_table(
        "tenant_identity",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tenant_id", sa.BigInteger(), nullable=False),
        sa.Column("organization_id", sa.String(length=64), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("holder", sa.String(length=255), nullable=True),
        sa.Column("seeded_at", tables.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tenant_identity")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_unicode_520_ci",
        mysql_engine="InnoDB",
    )
    op.create_table(
        "warehouses",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("code", sa.String(length=255), nullable=True),
        sa.Column("address", sa.String(length=255), nullable=True),
        sa.Column("city", sa.String(length=255), nullable=True),
        sa.Column("country", sa.String(length=255), nullable=True),
        sa.Column("phone_number", sa.String(length=255), nullable=True),
        sa.Column("email", sa.String(length=255), nullable=True),
        sa.Column("website", sa.String(length=255), nullable=True),
        sa.Column("primary", sa.Boolean(create_constraint=False), nullable=False),
        sa.Column("created_at", tables.UtcDateTime(), nullable=False),
        sa.Column("updated_at", tables.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_warehouses")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_unicode_520_ci",
        mysql_engine="InnoDB",
    )
    op.create_table(
        "contacts",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("contact_service", sa.String(length=20), nullable=False),
        sa.Column("contact_type", sa.String(length=40), nullable=True),
        sa.Column("balance", tables.ExactDecimal(4, 22), server_default="0", nullable=False),
        sa.Column("currency_code", sa.String(length=3), nullable=False),
        sa.Column("opening_balance", tables.ExactDecimal(4, 22), server_default="0", nullable=False),
        sa.Column("opening_balance_at", sa.Date(), nullable=True),
        sa.Column("opening_balance_exchange_rate", tables.ExactDecimal(8, 24), nullable=False),
        sa.Column("opening_balance_branch_id", sa.Integer(), nullable=True),
        sa.Column("salutation", sa.String(length=255), nullable=True),
        sa.Column("first_name", sa.String(length=255), nullable=True),
        sa.Column("last_name", sa.String(length=255), nullable=True),
        sa.Column("company_name", sa.String(length=255), nullable=True),
        sa.Column("display_name", sa.String(length=255), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=True),
        sa.Column("work_phone", sa.String(length=255), nullable=True),
        sa.Column("personal_phone", sa.String(length=255), nullable=True),
        sa.Column("website", sa.String(length=255), nullable=True),
        sa.Column("billing_address1", sa.String(length=255), nullable=True),
        sa.Column("billing_address2", sa.String(length=255), nullable=True),
        sa.Column("billing_address_city", sa.String(length=255), nullable=True),
        sa.Column("billing_address_country", sa.String(length=255), nullable=True),
        sa.Column("billing_address_email", sa.String(length=255), nullable=True),
        sa.Column("billing_address_postcode", sa.String(length=255), nullable=True),
        sa.Column("billing_address_phone", sa.String(length=255), nullable=True),
        sa.Column("billing_address_state", sa.String(length=255), nullable=True),
        sa.Column("shipping_address1", sa.String(length=255), nullable=True),
        sa.Column("shipping_address2", sa.String(length=255), nullable=True),
        sa.Column("shipping_address_city", sa.String(length=255), nullable=True),
        sa.Column("shipping_address_country", sa.String(length=255), nullable=True),
        sa.Column("shipping_address_email", sa.String(length=255), nullable=True),
        sa.Column("shipping_address_postcode", sa.String(length=255), nullable=True),
        sa.Column("shipping_address_phone", sa.String(length=255), nullable=True),
        sa.Column("shipping_address_state", sa.String(length=255), nullable=True),
        sa.Column("note", tables.long_text(), nullable=True),
        sa.Column("active", sa.Boolean(create_constraint=False), nullable=False),
        sa.Column("created_at", tables.UtcDateTime(), nullable=False),
        sa.Column("updated_at", tables.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["opening_balance_branch_id"], ["branches.id"], name=op.f("fk_contacts_opening_balance_branch_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_unicode_520_ci",
        mysql_engine="InnoDB",
    )
    with op.batch_alter_table("contacts", schema=None) as batch_op:
        batch_op.create_index("ix_contacts_contact_service_active", ["contact_service", "active"], unique=False)
        batch_op.create_index("ix_contacts_display_name", ["display_name"], unique=False)

    op.create_table(
        "manual_journals",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("journal_number", sa.String(length=255), nullable=False),
        sa.Column("number_key", sa.String(length=765), nullable=False),
        sa.Column("reference", sa.String(length=255), nullable=True),
        sa.Column("journal_type", sa.String(length=255), nullable=True),
        sa.Column("amount", tables.ExactDecimal(4, 22), nullable=False),
        sa.Column("currency_code", sa.String(length=3), nullable=False),
        sa.Column("exchange_rate", tables.ExactDecimal(8, 24), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("description", sa.String(length=255), nullable=True),
        sa.Column("published_at", sa.Date(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("branch_id", sa.Integer(), nullable=True),
        sa.Column("created_at", tables.UtcDateTime(), nullable=False),
        sa.Column("updated_at", tables.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name=op.f("fk_manual_journals_branch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_manual_journals")),
        sa.UniqueConstraint("number_key", name=op.f("uq_manual_journals_number_key")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_unicode_520_ci",
        mysql_engine="InnoDB",
    )
    with op.batch_alter_table("manual_journals", schema=None) as batch_op:
        batch_op.create_index("ix_manual_journals_created_at", ["created_at"], unique=False)
        batch_op.create_index("ix_manual_journals_date", ["date"], unique=False)

    op.create_table(
        "members",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("system_user_id", sa.Integer(), nullable=False),
        sa.Column("first_name", sa.String(length=255), nullable=True),
        sa.Column("last_name", sa.String(length=255), nullable=True),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("active", sa.Boolean(create_constraint=False), nullable=False),
        sa.Column("role_id", sa.Integer(), nullable=True),
        sa.Column("invited_at", tables.UtcDateTime(), nullable=True),
        sa.Column("invite_accepted_at", tables.UtcDateTime(), nullable=True),
        sa.Column("created_at", tables.UtcDateTime(), nullable=False),
        sa.Column("updated_at", tables.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["role_id"], ["roles.id"], name=op.f("fk_members_role_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_members")),
        sa.UniqueConstraint("system_user_id", name=op.f("uq_members_system_user_id")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_unicode_520_ci",
        mysql_engine="InnoDB",
    )
    op.create_table(
        "role_permissions",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("role_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("ability", sa.String(length=80), nullable=False),
        sa.Column("value", sa.Boolean(create_constraint=False), nullable=False),
        sa.ForeignKeyConstraint(["role_id"], ["roles.id"], name=op.f("fk_role_permissions_role_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_permissions")),
        sa.UniqueConstraint("role_id", "subject", "ability", name=op.f("uq_role_permissions_role_id_subject_ability")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_unicode_520_ci",
        mysql_engine="InnoDB",
    )
    op.create_table(
        "expenses",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("currency_code", sa.String(length=3), nullable=False),
        sa.Column("exchange_rate", tables.ExactDecimal(8, 24), nullable=False),
        sa.Column("description", sa.String(length=1000), nullable=True),
        sa.Column("payment_account_id", sa.Integer(), nullable=False),
        sa.Column("payee_id", sa.Integer(), nullable=True),
        sa.Column("reference_no", sa.String(length=255), nullable=True),
        sa.Column("total_amount", tables.ExactDecimal(4, 22), nullable=False),
        sa.Column("landed_cost_amount", tables.ExactDecimal(4, 22), nullable=False),
        sa.Column("allocated_cost_amount", tables.ExactDecimal(4, 22), nullable=False),
        sa.Column("invoiced_amount", tables.ExactDecimal(4, 22), nullable=False),
        sa.Column("published_at", sa.Date(), nullable=True),
        sa.Column("payment_date", sa.Date(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("branch_id", sa.Integer(), nullable=True),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("created_at", tables.UtcDateTime(), nullable=False),
        sa.Column("updated_at", tables.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name=op.f("fk_expenses_branch_id")),
        sa.ForeignKeyConstraint(["payee_id"], ["contacts.id"], name=op.f("fk_expenses_payee_id")),
        sa.ForeignKeyConstraint(["payment_account_id"], ["accounts.id"], name=op.f("fk_expenses_payment_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expenses")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_unicode_520_ci",
        mysql_engine="InnoDB",
    )
    with op.batch_alter_table("expenses", schema=None) as batch_op:
        batch_op.create_index("ix_expenses_created_at", ["created_at"], unique=False)
        batch_op.create_index("ix_expenses_payee_id", ["payee_id"], unique=False)
        batch_op.create_index("ix_expenses_payment_account_id", ["payment_account_id"], unique=False)
        batch_op.create_index("ix_expenses_payment_date", ["payment_date"], unique=False)

    op.create_table(
        "imported_transactions",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("manual_journal_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=255), nullable=False),
        sa.Column("created_at", tables.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["manual_journal_id"],
            ["manual_journals.id"],
            name=op.f("fk_imported_transactions_manual_journal_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_imported_transactions")),
        sa.UniqueConstraint("manual_journal_id", name=op.f("uq_imported_transactions_manual_journal_id")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_unicode_520_ci",
        mysql_engine="InnoDB",
    )
    op.create_table(
        "ledger_lines",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("debit", tables.ExactDecimal(4, 22), nullable=False),
        sa.Column("credit", tables.ExactDecimal(4, 22), nullable=False),
        sa.Column("foreign_debit", tables.ExactDecimal(4, 22), nullable=False),
        sa.Column("foreign_credit", tables.ExactDecimal(4, 22), nullable=False),
        sa.Column("currency_code", sa.String(length=3), nullable=False),
        sa.Column("exchange_rate", tables.ExactDecimal(8, 24), nullable=False),
        sa.Column("reference_type", sa.String(length=40), nullable=False),
        sa.Column("reference_id", sa.Integer(), nullable=False),
        sa.Column("transaction_type", sa.String(length=40), nullable=True),
        sa.Column("transaction_number", sa.String(length=255), nullable=True),
        sa.Column("reference_number", sa.String(length=255), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("branch_id", sa.Integer(), nullable=True),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("note", tables.long_text(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("index_group", sa.Integer(), nullable=True),
        sa.Column("line_index", sa.Integer(), nullable=False),
        sa.Column("costable", sa.Boolean(create_constraint=False), nullable=True),
        sa.Column("tax_rate_id", sa.Integer(), nullable=True),
        sa.Column("tax_rate", tables.ExactDecimal(4, 10), nullable=True),
        sa.Column("created_at", tables.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_ledger_lines_account_id")),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name=op.f("fk_ledger_lines_branch_id")),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_ledger_lines_contact_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_lines")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_unicode_520_ci",
        mysql_engine="InnoDB",
    )
    with op.batch_alter_table("ledger_lines", schema=None) as batch_op:
        batch_op.create_index("ix_ledger_lines_account_id_date", ["account_id", "date"], unique=False)
        batch_op.create_index("ix_ledger_lines_branch_id", ["branch_id"], unique=False)
        batch_op.create_index("ix_ledger_lines_contact_id", ["contact_id"], unique=False)
        batch_op.create_index("ix_ledger_lines_reference", ["reference_type", "reference_id"], unique=False)

    op.create_table(
        "manual_journal_entries",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("manual_journal_id", sa.Integer(), nullable=False),
        sa.Column("index", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("debit", tables.ExactDecimal(4, 22), nullable=False),
        sa.Column("credit", tables.ExactDecimal(4, 22), nullable=False),
        sa.Column("note", tables.long_text(), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("branch_id", sa.Integer(), nullable=True),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_manual_journal_entries_account_id")),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name=op.f("fk_manual_journal_entries_branch_id")),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name=op.f("fk_manual_journal_entries_contact_id")),
        sa.ForeignKeyConstraint(
            ["manual_journal_id"], ["manual_journals.id"], name=op.f("fk_manual_journal_entries_manual_journal_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_manual_journal_entries")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_unicode_520_ci",
        mysql_engine="InnoDB",
    )
    with op.batch_alter_table("manual_journal_entries", schema=None) as batch_op:
        batch_op.create_index("ix_manual_journal_entries_account_id", ["account_id"], unique=False)
        batch_op.create_index("ix_manual_journal_entries_contact_id", ["contact_id"], unique=False)
        batch_op.create_index("ix_manual_journal_entries_manual_journal_id", ["manual_journal_id"], unique=False)

    op.create_table(
        "expense_categories",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("expense_id", sa.Integer(), nullable=False),
        sa.Column("index", sa.Integer(), nullable=False),
        sa.Column("expense_account_id", sa.Integer(), nullable=False),
        sa.Column("amount", tables.ExactDecimal(4, 22), nullable=False),
        sa.Column("description", sa.String(length=255), nullable=True),
        sa.Column("landed_cost", sa.Boolean(create_constraint=False), nullable=False),
        sa.Column("allocated_cost_amount", tables.ExactDecimal(4, 22), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("created_at", tables.UtcDateTime(), nullable=False),
        sa.Column("updated_at", tables.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["expense_account_id"], ["accounts.id"], name=op.f("fk_expense_categories_expense_account_id")),
        sa.ForeignKeyConstraint(["expense_id"], ["expenses.id"], name=op.f("fk_expense_categories_expense_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expense_categories")),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_unicode_520_ci",
        mysql_engine="InnoDB",
    )
    with op.batch_alter_table("expense_categories", schema=None) as batch_op:
        batch_op.create_index("ix_expense_categories_expense_account_id", ["expense_account_id"], unique=False)
        batch_op.create_index("ix_expense_categories_expense_id", ["expense_id"], unique=False)
