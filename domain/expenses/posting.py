"""What an expense puts into the ledger: the payment, and each category against it (accounting.md 7.3)."""

from domain.expenses.model import Expense
from domain.ledger.model import Journal, ReferenceType, line, settle_residue


def journal_of(expense: Expense, base_currency: str) -> Journal:
    """The posting. What is paid is converted as a whole; the residue of converting the categories goes to the largest of them."""
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
        line(
            account_id=category.expense_account_id,
            amount=category.amount,
            currency=currency,
            rate=rate,
            base_currency=base_currency,
            index=position,
            branch_id=expense.branch_id,
            project_id=category.project_id,
            note=category.description,
        )
        for position, category in enumerate(expense.categories, start=2)
    ]
    largest = max(range(len(categories)), key=lambda position: (abs(categories[position].movement), -position))
    return Journal(
        reference_type=ReferenceType.EXPENSE,
        reference_id=expense.id,
        date=expense.payment_date,
        base_currency=base_currency,
        lines=settle_residue([payment, *categories], onto=1 + largest),
    )
