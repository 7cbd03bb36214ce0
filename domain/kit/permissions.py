"""What a caller may be asked to hold. Subjects and abilities are those of `platform.md` section 9.2, spelt exactly so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Permission:
    """One ability on one subject, such as `Account`/`Create`."""

    subject: str
    ability: str

    def __str__(self) -> str:
        return f"{self.subject}:{self.ability}"


PUBLIC = Permission("*", "public")
"""No sign-in needed."""
SIGNED_IN = Permission("*", "signed-in")
"""Any signed-in person, with or without an organization."""
MEMBER = Permission("*", "member")
"""Any active member of the organization: look-up lists that forms need (DECISIONS 17)."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject of permissions with the usual four abilities."""

    name: str
    label: str
    defaults: bool = False
    """Whether the abilities are offered ticked in a new role."""
    abilities: tuple[str, ...] = ("View", "Create", "Edit", "Delete")
    extra: Mapping[str, str] = field(default_factory=dict)
    """Further abilities and their labels."""

    def __getitem__(self, ability: str) -> Permission:
        if ability not in self.abilities and ability not in self.extra:
            msg = f"{self.name} has no ability {ability}"
            raise KeyError(msg)
        return Permission(self.name, ability)

    @property
    def view(self) -> Permission:
        """May read."""
        return self["View"]

    @property
    def create(self) -> Permission:
        """May create and import."""
        return self["Create"]

    @property
    def edit(self) -> Permission:
        """May change, publish, activate."""
        return self["Edit"]

    @property
    def delete(self) -> Permission:
        """May delete."""
        return self["Delete"]


Account = Subject("Account", "Chart of accounts", extra={"TransactionsLocking": "Transactions locking"})
ManualJournal = Subject("ManualJournal", "Manual journals")
Cashflow = Subject("Cashflow", "Cash flow", abilities=("View", "Create", "Delete"))
Item = Subject("Item", "Items", defaults=True)
InventoryAdjustment = Subject("InventoryAdjustment", "Inventory adjustments", defaults=True)
Customer = Subject("Customer", "Customers", defaults=True)
Vendor = Subject("Vendor", "Vendors", defaults=True)
SaleEstimate = Subject("SaleEstimate", "Sale estimates", defaults=True)
SaleInvoice = Subject("SaleInvoice", "Sale invoices", defaults=True, extra={"bad-debt": "Due amount to bad debt"})
SaleReceipt = Subject("SaleReceipt", "Sale receipts", defaults=True)
CreditNote = Subject("CreditNote", "Credit notes", defaults=True, extra={"Refund": "Refund"})
PaymentReceive = Subject("PaymentReceive", "Payments received", defaults=True)
Bill = Subject("Bill", "Bills", defaults=True)
VendorCredit = Subject("VendorCredit", "Vendor credits", defaults=True, extra={"Refund": "Refund"})
PaymentMade = Subject("PaymentMade", "Payments made", defaults=True)
Expense = Subject("Expense", "Expenses", defaults=True)
TaxRate = Subject("TaxRate", "Tax rates")
BankRule = Subject("BankRule", "Bank rules")
Preferences = Subject("Preferences", "Preferences", abilities=(), extra={"Mutate": "Change preferences"})
Report = Subject(
    "Report",
    "All reports",
    abilities=(),
    extra={
        "read-balance-sheet": "Balance sheet",
        "read-trial-balance-sheet": "Trial balance",
        "read-profit-loss": "Profit and loss",
        "read-journal": "Journal",
        "read-general-ledger": "General ledger",
        "read-cashflow": "Cash flow statement",
        "read-cashflow-account-transactions": "Cash account transactions",
        "read-ar-aging-summary": "Receivables aging",
        "read-ap-aging-summary": "Payables aging",
        "read-purchases-by-items": "Purchases by items",
        "read-sales-by-items": "Sales by items",
        "read-customers-transactions": "Transactions by customers",
        "read-vendors-transactions": "Transactions by vendors",
        "read-customers-summary-balance": "Customer balances",
        "read-vendors-summary-balance": "Vendor balances",
        "read-inventory-valuation-summary": "Inventory valuation",
        "read-inventory-item-details": "Inventory item details",
        "read-sales-tax-liability-summary": "Sales tax liability",
    },
)

SUBJECTS: tuple[Subject, ...] = (
    Account, ManualJournal, Cashflow, Item, InventoryAdjustment, Customer, Vendor, SaleEstimate, SaleInvoice, SaleReceipt,
    CreditNote, PaymentReceive, Bill, VendorCredit, PaymentMade, Expense, TaxRate, BankRule, Report, Preferences,
)  # fmt: skip

PREFERENCES = Preferences["Mutate"]
"""May change settings, organization, currencies, users, roles, branches, warehouses, templates and API keys."""
TRANSACTIONS_LOCKING = Account["TransactionsLocking"]


@dataclass(frozen=True, slots=True)
class Grants:
    """What a role holds. The admin role holds everything (`platform.md` 9.4)."""

    everything: bool
    pairs: frozenset[Permission] = frozenset()

    @classmethod
    def of(cls, pairs: Iterable[Permission]) -> "Grants":
        """Just these."""
        return cls(everything=False, pairs=frozenset(pairs))

    def allow(self, needed: Permission) -> bool:
        """Whether a member with these grants may do what needs this permission."""
        return self.everything or needed.subject == "*" or needed in self.pairs


EVERYTHING = Grants(everything=True)
