"""What an expense puts into the ledger: the payment, and each category against it (accounting.md 7.3)."""

from dataclasses import replace

from domain.expenses.model import Expense
from domain.ledger.model import Journal, ReferenceType, line, settle_residue


def journal_of(expense: Expense, base_currency: str) -> Journal:
    """The posting. Each category is converted by itself; the payment is what they come to (as control accounts, DECISIONS 1)."""
    currency, rate = expense.currency_code, expense.exchange_rate
    payment = line(
        account_id=expense.payment_account_id,
        amount=-expense.total_amount,
        currency=currency,
        rate=rate,
        base_currency=base_currency,
        index=1,
        branch_id=expense.branch_id,
    )
    categories = [
        replace(
            line(
                account_id=category.expense_account_id,
                amount=category.amount,
                currency=currency,
                rate=rate,
                base_currency=base_currency,
                index=position,
                branch_id=expense.branch_id,
                note=category.description,
            ),
            project_id=category.project_id,
        )
        for position, category in enumerate(expense.categories, start=2)
    ]
    return Journal(
        reference_type=ReferenceType.EXPENSE,
        reference_id=expense.id,
        date=expense.payment_date,
        base_currency=base_currency,
        lines=settle_residue([payment, *categories], onto=0),
    )
