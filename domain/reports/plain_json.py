"""Statements as plain JSON (reports.md sections 4 and 11 to 13)."""

from typing import Any

from domain.kit.money import from_scaled
from domain.ledger.daily import Sums
from domain.reports.number_format import NumberFormat
from domain.reports.sheet import Node, Sheet
from domain.reports.trial_balance import TrialBalance, TrialLine


def trial_balance(sheet: TrialBalance, numbers: NumberFormat) -> dict[str, Any]:
    """`data` of the trial balance."""
    return {
        "accounts": [_trial_line(line, numbers) for line in sheet.lines],
        "total": _trial_sums(sheet.total, numbers, total=True),
    }


def _trial_line(line: TrialLine, numbers: NumberFormat) -> dict[str, Any]:
    account = line.account
    return {
        "id": account.id,
        "parent_account_id": account.parent_account_id,
        "name": account.name,
        "formatted_name": f"{account.name} - {account.code}" if account.code else account.name,
        "code": account.code,
        "account_normal": account.normal.value,
        **_trial_sums(line.sums, numbers, total=False),
        "children": [_trial_line(child, numbers) for child in line.children],
    }


def _trial_sums(sums: Sums, numbers: NumberFormat, *, total: bool) -> dict[str, Any]:
    text = numbers.total if total else numbers.row
    return {
        "credit": from_scaled(sums.credit),
        "debit": from_scaled(sums.debit),
        "balance": from_scaled(sums.movement),
        "currency_code": numbers.currency,
        "formatted_credit": text(sums.credit),
        "formatted_debit": text(sums.debit),
        "formatted_balance": text(sums.movement),
    }


def balance_sheet(sheet: Sheet, numbers: NumberFormat) -> list[dict[str, Any]]:
    """`data` of the balance sheet."""
    return [_balance_node(node, numbers) for node in sheet.nodes]


def _balance_node(node: Node, numbers: NumberFormat) -> dict[str, Any]:
    form: dict[str, Any] = {"name": node.label, "id": node.id, "node_type": node.kind}
    if node.account is not None:
        form |= {"index": node.account.index, "code": node.account.code}
    elif node.kind == "AGGREGATE":
        form["type"] = node.kind
    form["total"] = numbers.amount(node.figures[0], total=node.account is None)
    form["children"] = [_balance_node(child, numbers) for child in node.children]
    return form


def profit_loss(sheet: Sheet, numbers: NumberFormat) -> list[dict[str, Any]]:
    """`data` of the profit and loss sheet."""
    return [_profit_node(node, numbers) for node in sheet.nodes]


def _profit_node(node: Node, numbers: NumberFormat) -> dict[str, Any]:
    form: dict[str, Any] = {
        "id": node.id,
        "name": node.label,
        "node_type": node.kind,
        "total": numbers.amount(node.figures[0], total=node.account is None),
    }
    if node.children or node.kind == "ACCOUNTS":
        form["children"] = [_profit_node(child, numbers) for child in node.children]
    return form
