"""Accounts as they travel."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import RowMapping

from domain.accounts.model import ACCOUNT_TYPES, Account, Chart
from domain.kit.context import Organization
from domain.kit.formatting import format_amount, format_date, format_instant, format_money
from domain.kit.wire import iso_day, iso_instant
from domain.ledger.model import REFERENCE_LABELS, ReferenceType


def account_type_forms() -> list[dict[str, Any]]:
    """All account types, in their order."""
    forms = []
    for item in ACCOUNT_TYPES.values():
        form: dict[str, Any] = {
            "label": item.label,
            "key": item.key,
            "normal": item.normal.value,
            "parent_type": item.parent,
            "root_type": item.root.value,
        }
        if item.multi_currency:
            form["multi_currency"] = True
        forms.append(form | {"balance_sheet": item.balance_sheet, "income_sheet": item.income_sheet})
    return forms


def stored_form(account: Account) -> dict[str, Any]:
    """Stored keys and computed type keys; what create and edit answer."""
    kind = account.type
    return {
        "id": account.id,
        "name": account.name,
        "slug": account.slug,
        "code": account.code,
        "account_type": account.account_type,
        "parent_account_id": account.parent_account_id,
        "description": account.description,
        "active": account.active,
        "index": account.index,
        "predefined": account.predefined,
        "currency_code": account.currency_code,
        "seeded_at": account.seeded_at and iso_day(account.seeded_at),
        "plaid_account_id": account.plaid_account_id,
        "plaid_item_id": account.plaid_item_id,
        "account_mask": account.account_mask,
        "uncategorized_transactions": account.uncategorized_transactions,
        "is_system_account": account.is_system_account,
        "is_feeds_active": account.is_feeds_active,
        "is_syncing_owner": account.is_syncing_owner,
        "last_feeds_updated_at": account.last_feeds_updated_at and iso_instant(account.last_feeds_updated_at),
        "created_at": iso_instant(account.created_at),
        "updated_at": iso_instant(account.updated_at),
        "account_type_label": kind.label,
        "account_parent_type": kind.parent,
        "account_root_type": kind.root.value,
        "account_normal": kind.normal.value,
        "account_normal_formatted": kind.normal.value.capitalize(),
        "is_balance_sheet_account": kind.balance_sheet,
        "is_p_l_sheet": kind.income_sheet,
    }


def detail_form(account: Account, chart: Chart, amounts: Mapping[int, Decimal], organization: Organization) -> dict[str, Any]:
    """An account with its balance; what get answers."""
    amount = amounts.get(account.id)
    return stored_form(account) | {
        "amount": amount,
        "bank_balance": account.bank_balance,
        "formatted_amount": format_amount(amount, account.currency_code),
        "bank_balance_formatted": format_amount(account.bank_balance, account.currency_code),
        "last_feeds_updated_at_formatted": format_instant(account.last_feeds_updated_at, organization.date_format),
        "is_feeds_paused": False,
        "flatten_name": chart.flatten_name(account),
    }


def list_forms(
    chart: Chart, chosen: list[Account], amounts: Mapping[int, Decimal], organization: Organization, *, nested: bool
) -> list[dict[str, Any]]:
    """The chosen accounts, in their order among siblings: nested, or depth-first with levels.

    An account whose parent is not chosen stands as a root of the result (accounting.md 2.3).
    """
    wanted = {account.id for account in chosen}
    children: dict[int | None, list[Account]] = {}
    for account in chosen:
        parent = account.parent_account_id if account.parent_account_id in wanted else None
        children.setdefault(parent, []).append(account)

    def branch(parent: int | None, level: int) -> list[dict[str, Any]]:
        forms = []
        for account in children.get(parent, ()):
            form = detail_form(account, chart, amounts, organization) | {"account_level": level}
            below = branch(account.id, level + 1)
            if nested:
                forms.append(form | {"children": below})
            else:
                forms.extend([form, *below])
        return forms

    return branch(None, 1)


def transaction_form(row: RowMapping, organization: Organization) -> dict[str, Any]:
    """One ledger line of a register."""
    kind = row["transaction_type"] or row["reference_type"]
    base, foreign = organization.base_currency, row["currency_code"]
    return {
        "date": iso_day(row["date"]),
        "formatted_date": format_date(row["date"], organization.date_format),
        "transaction_type": row["reference_type"],
        "transaction_id": row["reference_id"],
        "transaction_type_formatted": REFERENCE_LABELS[ReferenceType(kind)] if kind in _KNOWN else kind,
        "transaction_number": row["transaction_number"],
        "reference_number": row["reference_number"],
        "note": row["note"],
        "credit": row["credit"],
        "debit": row["debit"],
        "formatted_credit": format_money(row["credit"], base, zero=""),
        "formatted_debit": format_money(row["debit"], base, zero=""),
        "fc_credit": row["foreign_credit"],
        "fc_debit": row["foreign_debit"],
        "formatted_fc_credit": format_money(row["foreign_credit"], foreign, zero=""),
        "formatted_fc_debit": format_money(row["foreign_debit"], foreign, zero=""),
    }


_KNOWN = {item.value for item in ReferenceType}
