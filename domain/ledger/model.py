"""The journal: a posting that balances, or cannot be built.

Every line holds two amounts: in the currency of its document (foreign) and in the organization's base currency. Both are whole
minor units, and both balance (DECISIONS 1 and 30). Nothing is ever divided back.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from domain.kit.money import ONE, ZERO, convert, quantize


class ReferenceType(StrEnum):
    """The kind of document behind a posting, as stored and on the wire (accounting.md 3.6)."""

    SALE_INVOICE = "SaleInvoice"
    INVOICE_WRITE_OFF = "InvoiceWriteOff"
    SALE_RECEIPT = "SaleReceipt"
    PAYMENT_RECEIVE = "PaymentReceive"
    CREDIT_NOTE = "CreditNote"
    REFUND_CREDIT_NOTE = "RefundCreditNote"
    BILL = "Bill"
    BILL_PAYMENT = "BillPayment"
    VENDOR_CREDIT = "VendorCredit"
    REFUND_VENDOR_CREDIT = "RefundVendorCredit"
    LANDED_COST = "LandedCost"
    INVENTORY_ADJUSTMENT = "InventoryAdjustment"
    JOURNAL = "Journal"
    EXPENSE = "Expense"
    CASHFLOW_TRANSACTION = "CashflowTransaction"
    CUSTOMER_OPENING_BALANCE = "CustomerOpeningBalance"
    VENDOR_OPENING_BALANCE = "VendorOpeningBalance"


REFERENCE_LABELS: dict[ReferenceType, str] = {
    ReferenceType.SALE_INVOICE: "Sale invoice",
    ReferenceType.INVOICE_WRITE_OFF: "Invoice write-off",
    ReferenceType.SALE_RECEIPT: "Sale receipt",
    ReferenceType.PAYMENT_RECEIVE: "Payment received",
    ReferenceType.CREDIT_NOTE: "Credit Note",
    ReferenceType.REFUND_CREDIT_NOTE: "Refund Credit Note",
    ReferenceType.BILL: "Bill",
    ReferenceType.BILL_PAYMENT: "Payment made",
    ReferenceType.VENDOR_CREDIT: "Vendor Credit",
    ReferenceType.REFUND_VENDOR_CREDIT: "Refund Vendor Credit",
    ReferenceType.LANDED_COST: "Landed Cost",
    ReferenceType.INVENTORY_ADJUSTMENT: "Inventory adjustment",
    ReferenceType.JOURNAL: "Manual journal",
    ReferenceType.EXPENSE: "Expense",
    ReferenceType.CASHFLOW_TRANSACTION: "Cashflow transaction",
    ReferenceType.CUSTOMER_OPENING_BALANCE: "Customer opening balance",
    ReferenceType.VENDOR_OPENING_BALANCE: "Vendor opening balance",
}


class UnbalancedJournalError(ValueError):
    """A posting whose debits and credits differ, or with an amount that cannot be posted. A defect of the posting rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalLine:
    """One debit or credit of a posting.

    `debit` and `credit` are base currency; `foreign_debit` and `foreign_credit` are in `currency` (base units per unit: `rate`).
    """

    account_id: int
    debit: Decimal = ZERO
    credit: Decimal = ZERO
    foreign_debit: Decimal = ZERO
    foreign_credit: Decimal = ZERO
    currency: str
    rate: Decimal = ONE
    index: int = 1
    index_group: int | None = None
    contact_id: int | None = None
    item_id: int | None = None
    branch_id: int | None = None
    project_id: int | None = None
    note: str | None = None
    tax_rate_id: int | None = None
    tax_rate: Decimal | None = None
    costable: bool | None = None

    @property
    def movement(self) -> Decimal:
        """Debit less credit, base currency."""
        return self.debit - self.credit

    @property
    def foreign_movement(self) -> Decimal:
        """Debit less credit, in the line's currency."""
        return self.foreign_debit - self.foreign_credit

    @property
    def blank(self) -> bool:
        """Whether nothing is posted."""
        return not (self.debit or self.credit or self.foreign_debit or self.foreign_credit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Journal:
    """A balanced posting of one document. Blank lines are left out.

    Raises:
        UnbalancedJournalError: debits and credits differ, in base currency or in any of its currencies; a negative amount;
            or an amount with a fraction of a minor unit.

    """

    reference_type: ReferenceType
    reference_id: int
    date: date
    base_currency: str
    lines: tuple[JournalLine, ...]
    transaction_number: str | None = None
    reference_number: str | None = None
    transaction_type: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "lines", tuple(line for line in self.lines if not line.blank))
        base = ZERO
        foreign: dict[str, Decimal] = defaultdict(lambda: ZERO)
        for line in self.lines:
            self._check_line(line)
            base += line.movement
            foreign[line.currency] += line.foreign_movement
        if base or any(foreign.values()):
            msg = (
                f"{self.reference_type.value} {self.reference_id} does not balance: {base} {self.base_currency}, {dict(foreign)}"
            )
            raise UnbalancedJournalError(msg)

    def _check_line(self, line: JournalLine) -> None:
        sides = (
            (line.debit, self.base_currency),
            (line.credit, self.base_currency),
            (line.foreign_debit, line.currency),
            (line.foreign_credit, line.currency),
        )
        for amount, currency in sides:
            if amount and (amount < 0 or quantize(amount, currency) != amount):
                msg = f"{self.reference_type.value} {self.reference_id}: {amount} {currency} cannot be posted"
                raise UnbalancedJournalError(msg)


def line(
    *,
    account_id: int,
    amount: Decimal,
    currency: str,
    rate: Decimal,
    base_currency: str,
    index: int = 1,
    index_group: int | None = None,
    contact_id: int | None = None,
    branch_id: int | None = None,
    note: str | None = None,
) -> JournalLine:
    """A line of a signed amount in the document's currency: positive is a debit, negative a credit.

    The amount must be in whole minor units; the base amount is converted and rounded here, once.
    """
    base = convert(abs(amount), rate, base_currency)
    debit = amount > 0
    return JournalLine(
        account_id=account_id,
        debit=base if debit else ZERO,
        credit=ZERO if debit else base,
        foreign_debit=amount if debit else ZERO,
        foreign_credit=ZERO if debit else -amount,
        currency=currency,
        rate=rate,
        index=index,
        index_group=index_group,
        contact_id=contact_id,
        branch_id=branch_id,
        note=note,
    )


def settle_residue(lines: Sequence[JournalLine], onto: int | None = None) -> tuple[JournalLine, ...]:
    """The lines with the residue of converting each of them put on one line, so that base debits equal base credits.

    `onto` is the position of the document's control line (DECISIONS 1); without one, the line with the largest base amount takes it.
    """
    residue = sum((item.movement for item in lines), ZERO)
    if not residue:
        return tuple(lines)
    if onto is None:
        onto = max(range(len(lines)), key=lambda position: (abs(lines[position].movement), -position))
    target = lines[onto]
    movement = target.movement - residue
    mended = replace(target, debit=max(movement, ZERO), credit=max(-movement, ZERO))
    return (*lines[:onto], mended, *lines[onto + 1 :])
