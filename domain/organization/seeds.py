"""What a freshly built organization contains (platform-tenant-schema.md section 6): accounts, settings, roles, tax rates, currencies, owner."""

from dataclasses import dataclass
from decimal import Decimal

from domain.accounts.model import Account
from domain.accounts.repository import insert_accounts
from domain.accounts.tables import FIRST_ACCOUNT_ID, accounts
from domain.currencies.service import seed_currencies
from domain.kit.context import Organization, TenantContext
from domain.kit.identifiers import next_ids
from domain.kit.permissions import Bill, PaymentMade, PaymentReceive, SaleEstimate, SaleInvoice, SaleReceipt
from domain.members.model import ADMIN, STAFF, Role, RolePermission
from domain.members.repository import insert_roles
from domain.members.service import add_member
from domain.members.tables import FIRST_PERMISSION_ID, FIRST_ROLE_ID, role_permissions, roles
from domain.organization.repository import has_organization, insert_organization
from domain.settings import repository as settings
from domain.settings.model import SEEDED as SEEDED_SETTINGS
from domain.tax_rates.model import TaxRate
from domain.tax_rates.repository import insert_tax_rate
from domain.tax_rates.tables import FIRST_TAX_RATE_ID, tax_rates


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerPerson:
    """The person who founds the organization, as the system database knows them."""

    system_user_id: int
    email: str
    first_name: str | None = None
    last_name: str | None = None


# name, slug (misspelt where the wire has it so), account type, code, predefined, description
_ACCOUNTS: tuple[tuple[str, str, str, str, bool, str], ...] = (
    ("Bank Account", "bank-account", "bank", "10001", True, ""),
    ("Saving Bank Account", "saving-bank-account", "bank", "10002", False, ""),
    ("Undeposited Funds", "undeposited-funds", "cash", "10003", True, ""),
    ("Petty Cash", "petty-cash", "cash", "10004", True, ""),
    ("Computer Equipment", "computer-equipment", "fixed-asset", "10005", False, ""),
    ("Office Equipment", "office-equipment", "fixed-asset", "10006", False, ""),
    ("Accounts Receivable (A/R)", "accounts-receivable", "accounts-receivable", "10007", True, ""),
    ("Inventory Asset", "inventory-asset", "inventory", "10008", True, "The value of the goods in stock."),
    ("Accounts Payable (A/P)", "accounts-payable", "accounts-payable", "20001", True, ""),
    (
        "Owner A Drawings", "owner-drawings", "other-current-liability", "20002", False,
        "What the owner took out of the business for private use.",
    ),
    ("Loan", "owner-drawings", "other-current-liability", "20003", False, "Money borrowed, to be paid back."),
    (
        "Opening Balance Liabilities", "opening-balance-liabilities", "other-current-liability", "20004", False,
        "Holds the difference that is left when liabilities are carried over from earlier books.",
    ),
    (
        "Revenue Received in Advance", "revenue-received-in-advance", "other-current-liability", "20005", False,
        "Paid by customers for goods or services that are still to be delivered.",
    ),
    ("Tax Payable", "tax-payable", "tax-payable", "20006", True, ""),
    ("Retained Earnings", "retained-earnings", "equity", "30001", True, "Profits of earlier years that stayed in the business."),
    (
        "Opening Balance Equity", "opening-balance-equity", "equity", "30002", True,
        "The other side of balances that are carried over from earlier books.",
    ),
    ("Owner's Equity", "owner-equity", "equity", "30003", True, ""),
    ("Drawings", "drawings", "equity", "30003", True, ""),
    ("Other Expenses", "other-expenses", "other-expense", "40011", True, ""),
    ("Cost of Goods Sold", "cost-of-goods-sold", "cost-of-goods-sold", "40002", True, "What the goods that were sold had cost."),
    ("Office expenses", "office-expenses", "expense", "40003", False, ""),
    ("Rent", "rent", "expense", "40004", False, ""),
    (
        "Exchange Gain or Loss", "exchange-grain-loss", "other-expense", "40005", True,
        "Differences between the exchange rate of a document and that of its payment.",
    ),
    ("Bank Fees and Charges", "bank-fees-and-charges", "expense", "40006", False, "What banks charge for their services."),
    ("Depreciation Expense", "depreciation-expense", "expense", "40007", False, ""),
    ("Sales of Product Income", "sales-of-product-income", "income", "50001", True, ""),
    ("Sales of Service Income", "sales-of-service-income", "income", "50002", False, ""),
    ("Uncategorized Income", "uncategorized-income", "income", "50003", True, ""),
    ("Other Income", "other-income", "other-income", "50004", False, "Income from outside of the ordinary business."),
    ("Unearned Revenue", "unearned-revenue", "other-current-liability", "50005", True, ""),
    ("Prepaid Expenses", "prepaid-expenses", "other-current-asset", "100010", True, ""),
    ("Discount", "discount", "other-income", "40008", True, ""),
    ("Purchase Discount", "purchase-discount", "other-expense", "40009", True, ""),
    ("Other Charges", "other-charges", "other-income", "40010", True, ""),
)  # fmt: skip

_ITEM_ACCOUNTS = {
    "preferred_sell_account": "sales-of-product-income",
    "preferred_cost_account": "cost-of-goods-sold",
    "preferred_inventory_account": "inventory-asset",
}
_TAX_RATES = (
    ("Tax Exempt", "TAX-EXEMPT"),
    ("Tax on Purchases", "TAX-PURCHASES"),
    ("Tax on Sales", "TAX-SALES"),
    ("Sales Tax on Imports", "TAX-IMPORTS"),
)
_STAFF_SUBJECTS = (SaleInvoice, SaleEstimate, SaleReceipt, PaymentReceive, Bill, PaymentMade)
_STAFF_ABILITIES = ("Create", "Delete", "View", "Edit")


def seed_books(ctx: TenantContext, profile: Organization, owner: OwnerPerson) -> bool:
    """Fill an empty tenant. Returns False, and does nothing, where it was seeded before. The context's organization is the profile."""
    if has_organization(ctx.db):
        return False
    insert_organization(ctx, profile)
    chart = _seed_accounts(ctx, profile)
    _seed_settings(ctx, chart)
    admin = _seed_roles(ctx)
    _seed_tax_rates(ctx)
    seed_currencies(ctx)
    add_member(
        ctx,
        system_user_id=owner.system_user_id,
        email=owner.email,
        role_id=admin.id,
        first_name=owner.first_name,
        last_name=owner.last_name,
    )
    return True


def _seed_accounts(ctx: TenantContext, profile: Organization) -> list[Account]:
    now, today = ctx.now(), ctx.today()
    ids = next_ids(ctx.warm, accounts, len(_ACCOUNTS), first=FIRST_ACCOUNT_ID)
    chart = [
        Account(
            id=account_id,
            name=name,
            slug=slug,
            code=code,
            account_type=account_type,
            description=description,
            active=True,
            index=1,
            predefined=predefined,
            currency_code=profile.base_currency,
            seeded_at=today,
            created_at=now,
            updated_at=now,
        )
        for account_id, (name, slug, account_type, code, predefined, description) in zip(ids, _ACCOUNTS, strict=True)
    ]
    insert_accounts(ctx, chart)
    return chart


def _seed_settings(ctx: TenantContext, chart: list[Account]) -> None:
    by_slug = {account.slug: account.id for account in reversed(chart)}
    texts: dict[tuple[str, str], str | None] = {(group, key): value for group, key, value in SEEDED_SETTINGS}
    texts |= {("items", key): str(by_slug[slug]) for key, slug in _ITEM_ACCOUNTS.items()}
    settings.put(ctx, texts)


def _seed_roles(ctx: TenantContext) -> Role:
    admin_id, staff_id = next_ids(ctx.warm, roles, 2, first=FIRST_ROLE_ID)
    pairs = [(subject.name, ability) for subject in _STAFF_SUBJECTS for ability in _STAFF_ABILITIES]
    ids = next_ids(ctx.warm, role_permissions, len(pairs), first=FIRST_PERMISSION_ID)
    admin = Role(id=admin_id, slug=ADMIN, name="Admin", description="Unrestricted access to all modules.", predefined=True)
    staff = Role(
        id=staff_id,
        slug=STAFF,
        name="Staff",
        description="Access to all modules except reports, settings and accountant.",
        predefined=True,
        permissions=tuple(
            RolePermission(id=permission_id, role_id=staff_id, subject=subject, ability=ability, value=True)
            for permission_id, (subject, ability) in zip(ids, pairs, strict=True)
        ),
    )
    insert_roles(ctx, [admin, staff])
    return admin


def _seed_tax_rates(ctx: TenantContext) -> None:
    now = ctx.now()
    for rate_id, (name, code) in zip(
        next_ids(ctx.warm, tax_rates, len(_TAX_RATES), first=FIRST_TAX_RATE_ID), _TAX_RATES, strict=True
    ):
        insert_tax_rate(
            ctx, TaxRate(id=rate_id, name=name, code=code, rate=Decimal(0), active=True, created_at=now, updated_at=now)
        )
