"""Posting: write a balanced journal to the ledger, and keep account and contact balances in step, in one transaction.

An edit replaces the lines of its reference; the previous version stays in the audit trail (DECISIONS 13).
"""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from domain.accounts.model import CONTROL_TYPES
from domain.accounts.repository import CHART, add_to_amounts
from domain.accounts.rules import balance_delta
from domain.contacts.balances import add_to_contact_balances
from domain.kit.context import LedgerChange, TenantContext
from domain.kit.identifiers import next_ids
from domain.kit.money import ZERO
from domain.ledger import repository
from domain.ledger.model import Journal, ReferenceType
from domain.ledger.tables import FIRST_LINE_ID, ledger_lines


def post(ctx: TenantContext, journal: Journal) -> list[dict[str, Any]]:
    """Write a posting. Returns the stored rows."""
    if not journal.lines:
        return []
    created_at = ctx.now()
    ids = next_ids(ctx.warm, ledger_lines, len(journal.lines), first=FIRST_LINE_ID)
    rows = [
        {
            "id": line_id,
            "date": journal.date,
            "account_id": line.account_id,
            "debit": line.debit,
            "credit": line.credit,
            "foreign_debit": line.foreign_debit,
            "foreign_credit": line.foreign_credit,
            "currency_code": line.currency,
            "exchange_rate": line.rate,
            "reference_type": journal.reference_type.value,
            "reference_id": journal.reference_id,
            "transaction_type": journal.transaction_type,
            "transaction_number": journal.transaction_number,
            "reference_number": journal.reference_number,
            "contact_id": line.contact_id,
            "item_id": line.item_id,
            "branch_id": line.branch_id,
            "project_id": line.project_id,
            "note": line.note,
            "user_id": ctx.user.user_id,
            "index_group": line.index_group,
            "line_index": line.index,
            "costable": line.costable,
            "tax_rate_id": line.tax_rate_id,
            "tax_rate": line.tax_rate,
            "created_at": created_at,
        }
        for line_id, line in zip(ids, journal.lines, strict=True)
    ]
    repository.insert_lines(ctx.db, rows)
    _move_balances(ctx, rows, sign=1)
    ctx.changes.ledger.append(LedgerChange(added=rows))
    return rows


def unpost(ctx: TenantContext, reference_type: ReferenceType, reference_id: int) -> None:
    """Remove the posting of a document and its effect on balances. Without a posting nothing happens."""
    rows = repository.read_reference(ctx.db, reference_type.value, reference_id)
    if not rows:
        return
    repository.delete_reference(ctx.db, reference_type.value, reference_id)
    _move_balances(ctx, rows, sign=-1)
    ctx.changes.ledger.append(LedgerChange(removed=[(reference_type.value, reference_id)]))


def repost(ctx: TenantContext, journal: Journal) -> list[dict[str, Any]]:
    """Replace the posting of a document."""
    unpost(ctx, journal.reference_type, journal.reference_id)
    return post(ctx, journal)


def _move_balances(ctx: TenantContext, rows: Iterable[Any], *, sign: int) -> None:
    chart, base_currency = ctx.warm.get(CHART), ctx.base_currency
    by_account: dict[int, Decimal] = defaultdict(lambda: ZERO)
    by_contact: dict[tuple[int, str], list[tuple[Decimal, Decimal, str]]] = defaultdict(list)
    for row in rows:
        account = chart.accounts[row["account_id"]]
        base, foreign = row["debit"] - row["credit"], row["foreign_debit"] - row["foreign_credit"]
        by_account[account.id] += sign * balance_delta(
            account, base=base, foreign=foreign, currency=row["currency_code"], base_currency=base_currency
        )
        if row["contact_id"] is not None and account.account_type in CONTROL_TYPES:
            movement = (sign * base, sign * foreign, row["currency_code"])
            by_contact[row["contact_id"], account.account_type].append(movement)
    add_to_amounts(ctx, by_account)
    if by_contact:
        add_to_contact_balances(ctx, by_contact)
