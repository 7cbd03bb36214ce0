"""What a new organization starts with (accounting.md 2.1 and 2.5)."""

import pytest

from tests.domain.accounts.factories import listed

SEEDS = """
Bank Account | bank-account | bank | 10001 | 1
Saving Bank Account | saving-bank-account | bank | 10002 | 0
Undeposited Funds | undeposited-funds | cash | 10003 | 1
Petty Cash | petty-cash | cash | 10004 | 1
Computer Equipment | computer-equipment | fixed-asset | 10005 | 0
Office Equipment | office-equipment | fixed-asset | 10006 | 0
Accounts Receivable (A/R) | accounts-receivable | accounts-receivable | 10007 | 1
Inventory Asset | inventory-asset | inventory | 10008 | 1
Accounts Payable (A/P) | accounts-payable | accounts-payable | 20001 | 1
Owner A Drawings | owner-drawings | other-current-liability | 20002 | 0
Loan | owner-drawings | other-current-liability | 20003 | 0
Opening Balance Liabilities | opening-balance-liabilities | other-current-liability | 20004 | 0
Revenue Received in Advance | revenue-received-in-advance | other-current-liability | 20005 | 0
Tax Payable | tax-payable | tax-payable | 20006 | 1
Retained Earnings | retained-earnings | equity | 30001 | 1
Opening Balance Equity | opening-balance-equity | equity | 30002 | 1
Owner's Equity | owner-equity | equity | 30003 | 1
Drawings | drawings | equity | 30003 | 1
Other Expenses | other-expenses | other-expense | 40011 | 1
Cost of Goods Sold | cost-of-goods-sold | cost-of-goods-sold | 40002 | 1
Office expenses | office-expenses | expense | 40003 | 0
Rent | rent | expense | 40004 | 0
Exchange Gain or Loss | exchange-grain-loss | other-expense | 40005 | 1
Bank Fees and Charges | bank-fees-and-charges | expense | 40006 | 0
Depreciation Expense | depreciation-expense | expense | 40007 | 0
Sales of Product Income | sales-of-product-income | income | 50001 | 1
Sales of Service Income | sales-of-service-income | income | 50002 | 0
Uncategorized Income | uncategorized-income | income | 50003 | 1
Other Income | other-income | other-income | 50004 | 0
Unearned Revenue | unearned-revenue | other-current-liability | 50005 | 1
Prepaid Expenses | prepaid-expenses | other-current-asset | 100010 | 1
Discount | discount | other-income | 40008 | 1
Purchase Discount | purchase-discount | other-expense | 40009 | 1
Other Charges | other-charges | other-income | 40010 | 1
"""

TYPES = """
cash | Cash | asset | debit | current-asset | yes | 1 | 0
bank | Bank | asset | debit | current-asset | yes | 1 | 0
accounts-receivable | Accounts Receivable | asset | debit | current-asset | no | 1 | 0
inventory | Inventory | asset | debit | current-asset | no | 1 | 0
other-current-asset | Other Current Asset | asset | debit | current-asset | no | 1 | 0
fixed-asset | Fixed Asset | asset | debit | fixed-asset | no | 1 | 0
none-current-asset | Non-Current Asset | asset | debit | fixed-asset | no | 1 | 0
accounts-payable | Accounts Payable | liability | credit | current-liability | no | 1 | 0
credit-card | Credit Card | liability | credit | current-liability | yes | 1 | 0
tax-payable | Tax Payable | liability | credit | current-liability | no | 1 | 0
other-current-liability | Other Current Liability | liability | credit | current-liability | no | 0 | 1
long-term-liability | Long Term Liability | liability | credit | long-term-liability | no | 0 | 1
non-current-liability | Non-Current Liability | liability | credit | non-current-liability | no | 0 | 1
equity | Equity | equity | credit | equity | no | 1 | 0
income | Income | income | credit | income | no | 0 | 1
other-income | Other Income | income | credit | income | no | 0 | 1
cost-of-goods-sold | Cost of Goods Sold | expense | debit | expense | no | 0 | 1
expense | Expense | expense | debit | expense | no | 0 | 1
other-expense | Other Expense | expense | debit | expense | no | 0 | 1
"""


def rows(text):
    return [line.split(" | ") for line in text.strip().splitlines()]


@pytest.mark.parametrize("base", ["USD", "JPY"])
def test_seeded_accounts(make_books, base):
    books = make_books(base_currency=base)
    found = sorted(listed(books), key=lambda account: account["id"])
    assert [account["id"] for account in found] == list(range(1000, 1034))
    for account, (name, slug, kind, code, predefined) in zip(found, rows(SEEDS), strict=True):
        stored = (account["name"], account["slug"], account["account_type"], account["code"], account["predefined"])
        assert stored == (name, slug, kind, code, predefined == "1")
        assert account["currency_code"] == base
        assert account["active"] is True
        assert account["amount"] is None
        assert account["seeded_at"] == "2024-06-01T00:00:00.000Z"
        assert account["parent_account_id"] is None


def test_seeded_settings_prefer_seeded_accounts(books):
    stored = {(item["group"], item["key"]): item["value"] for item in books.get("/settings").ok}
    preferred = [stored["items", f"preferred_{role}_account"] for role in ("sell", "cost", "inventory")]
    assert preferred == [1025, 1019, 1007]
    assert stored["accounts", "account_code_unique"] is True


def test_account_types(books):
    found = books.get("/accounts/types").ok
    for item, (key, label, root, normal, parent, foreign, balance_sheet, income_sheet) in zip(found, rows(TYPES), strict=True):
        expected = {
            "label": label,
            "key": key,
            "normal": normal,
            "parent_type": parent,
            "root_type": root,
            "balance_sheet": balance_sheet == "1",
            "income_sheet": income_sheet == "1",
        }
        assert item == expected | ({"multi_currency": True} if foreign == "yes" else {})
