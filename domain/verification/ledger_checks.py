"""Checks of the ledger against itself and against the balances stored beside it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from sqlalchemy import Connection, RowMapping

from domain.accounts.model import ACCOUNT_TYPES, ACCOUNTS_PAYABLE, ACCOUNTS_RECEIVABLE, CONTROL_TYPES, Chart
from domain.accounts.rules import balance_delta
from domain.kit.money import ZERO, decimal_text
from domain.ledger import repository as ledger
from domain.verification import repository
from domain.verification.model import FINDINGS_MAX, Check


def postings_balance(connection: Connection) -> Check:
    """Debits equal credits in every posting, in base currency and in each of its currencies (DECISIONS 1)."""
    check = Check("postings", "Every posting balances, in base currency and in its own currencies")
    lines, debit, credit = ledger.totals(connection)
    check.checked = lines
    for row in ledger.unbalanced_references(connection):
        check.problem(f"{row['reference_type']} {row['reference_id']} does not balance")
    if debit != credit:
        check.problem(f"the ledger as a whole does not balance: debit {debit}, credit {credit}")
    return check


def account_balances(connection: Connection, chart: Chart, amounts: Mapping[int, Decimal], base_currency: str) -> Check:
    """The stored balance of every account is what its ledger lines come to (accounting.md 3.4)."""
    check = Check("accounts", "Stored account balances equal the ledger", checked=len(chart.accounts))
    expected: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for row in ledger.account_sums(connection):
        account = chart.get(row["account_id"])
        if account is None:
            check.problem(f"the ledger has lines of account {row['account_id']}, which does not exist")
            continue
        expected[account.id] += balance_delta(
            account,
            base=row["debit"] - row["credit"],
            foreign=row["foreign_debit"] - row["foreign_credit"],
            currency=row["currency_code"],
            base_currency=base_currency,
        )
    for account in chart:
        stored, computed = amounts.get(account.id, ZERO), expected.get(account.id, ZERO)
        if stored != computed:
            check.problem(f"account {account.id} “{account.name}” stores {stored}, its ledger lines come to {computed}")
    return check


def contact_balances(connection: Connection, chart: Chart, base_currency: str) -> Check:
    """The stored balance of every contact is what its lines on control accounts come to, in its currency (accounting.md 3.5)."""
    check = Check("contacts", "Stored contact balances equal the ledger; sub-ledgers equal control accounts")
    control = {account.id: account for account in chart if account.account_type in CONTROL_TYPES}
    expected: dict[int, Decimal] = defaultdict(lambda: ZERO)
    controlled: dict[tuple[str, str], Decimal] = defaultdict(lambda: ZERO)
    contacts = {row["id"]: row for row in repository.contact_balances(connection)}
    check.checked = len(contacts)
    for row in ledger.contact_sums(connection, list(control)) if control else ():
        contact = contacts.get(row["contact_id"])
        if contact is None:
            if row["contact_id"] is not None:
                check.problem(f"the ledger has lines of contact {row['contact_id']}, which does not exist")
            continue
        account = control[row["account_id"]]
        controlled[account.account_type, account.currency_code] += balance_delta(
            account,
            base=row["debit"] - row["credit"],
            foreign=row["foreign_debit"] - row["foreign_credit"],
            currency=row["currency_code"],
            base_currency=base_currency,
        )
        in_base = contact["currency_code"] == base_currency  # counts base amounts of all its lines
        if not in_base and row["currency_code"] != contact["currency_code"]:
            check.note(f"contact {contact['id']} has lines in {row['currency_code']}, which its balance does not count")
            continue
        movement = row["debit"] - row["credit"] if in_base else row["foreign_debit"] - row["foreign_credit"]
        expected[contact["id"]] += movement if contact["contact_service"] == "customer" else -movement
    for contact in contacts.values():
        stored, computed = contact["balance"] or ZERO, expected.get(contact["id"], ZERO)
        if stored != computed:
            name = f"contact {contact['id']} “{contact['display_name']}”"
            check.problem(f"{name} stores {stored}, its ledger lines come to {computed}")
    _compare_sub_ledgers(check, controlled, contacts.values())
    for row in repository.bare_control_lines(connection, list(control), FINDINGS_MAX) if control else ():
        check.note(
            f"{row['lines']} lines of {control[row['account_id']].name} in {row['currency_code']} have no contact: "
            f"{row['movement']} in base currency stands outside of the sub-ledger"
        )
    return check


def _compare_sub_ledgers(check: Check, controlled: Mapping[tuple[str, str], Decimal], contacts: Iterable[RowMapping]) -> None:
    """Control accounts equal the balances of their contacts, by currency (DECISIONS 12). Lines without a contact are not counted."""
    owed: dict[tuple[str, str], Decimal] = defaultdict(lambda: ZERO)
    for contact in contacts:
        kind = ACCOUNTS_RECEIVABLE if contact["contact_service"] == "customer" else ACCOUNTS_PAYABLE
        owed[kind, contact["currency_code"]] += contact["balance"] or ZERO
    for kind, currency in sorted({*controlled, *owed}):
        account, sub_ledger = controlled.get((kind, currency), ZERO), owed.get((kind, currency), ZERO)
        if account != sub_ledger:
            label = ACCOUNT_TYPES[kind].label
            both = f"come to {decimal_text(account)}, the balances of their contacts to {decimal_text(sub_ledger)}"
            check.problem(f"{label} in {currency} {both}")
