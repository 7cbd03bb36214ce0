"""The contacts table. `balance` and `opening_balance` are in the contact's currency, positive on its normal side."""

import sqlalchemy as sa

from domain.kit.tables import amount_type, id_column, long_text, rate_type, tenant_table, timestamps

FIRST_CONTACT_ID = 1

_ADDRESS_KEYS = (
    "address1",
    "address2",
    "address_city",
    "address_country",
    "address_email",
    "address_postcode",
    "address_phone",
    "address_state",
)


def _address(place: str) -> list[sa.Column[str]]:
    return [sa.Column(f"{place}_{key}", sa.String(255)) for key in _ADDRESS_KEYS]


contacts = tenant_table(
    "contacts",
    id_column(),
    sa.Column("contact_service", sa.String(20), nullable=False),
    sa.Column("contact_type", sa.String(40)),
    sa.Column("balance", amount_type(), nullable=False, server_default="0"),
    sa.Column("currency_code", sa.String(3), nullable=False),
    sa.Column("opening_balance", amount_type(), nullable=False, server_default="0"),
    sa.Column("opening_balance_at", sa.Date),
    sa.Column("opening_balance_exchange_rate", rate_type(), nullable=False),
    sa.Column("opening_balance_branch_id", sa.ForeignKey("branches.id")),
    sa.Column("salutation", sa.String(255)),
    sa.Column("first_name", sa.String(255)),
    sa.Column("last_name", sa.String(255)),
    sa.Column("company_name", sa.String(255)),
    sa.Column("display_name", sa.String(255), nullable=False),
    sa.Column("email", sa.String(255)),
    sa.Column("work_phone", sa.String(255)),
    sa.Column("personal_phone", sa.String(255)),
    sa.Column("website", sa.String(255)),
    *_address("billing"),
    *_address("shipping"),
    sa.Column("note", long_text()),
    sa.Column("active", sa.Boolean(create_constraint=False), nullable=False),
    *timestamps(),
    sa.Index("ix_contacts_contact_service_active", "contact_service", "active"),
    sa.Index("ix_contacts_display_name", "display_name"),
)
