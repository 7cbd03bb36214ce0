"""What an opening balance puts into the ledger: the control account against Opening Balance Equity (DECISIONS 10)."""

from datetime import date

from domain.accounts.model import Normal
from domain.contacts.model import Contact
from domain.ledger.model import Journal, line


def opening_journal(
    contact: Contact, *, day: date, control_account_id: int, equity_account_id: int, base_currency: str
) -> Journal:
    """The posting: a customer's opening balance debits receivables, a vendor's credits payables. A negative one swaps sides."""
    opening = contact.opening
    debit = opening.amount if contact.contact_service.normal is Normal.DEBIT else -opening.amount
    lines = (
        line(
            account_id=account_id,
            amount=amount,
            currency=contact.currency_code,
            rate=opening.rate,
            base_currency=base_currency,
            index=index,
            contact_id=contact.id,
            branch_id=opening.branch_id,
        )
        for index, (account_id, amount) in enumerate(((control_account_id, debit), (equity_account_id, -debit)), start=1)
    )
    return Journal(
        reference_type=contact.contact_service.opening_type,
        reference_id=contact.id,
        date=day,
        base_currency=base_currency,
        lines=tuple(lines),
    )
