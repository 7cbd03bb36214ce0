"""The chart as lists: structure, views, filters, search, sort (accounting.md 2.4); the register of an account."""

import json
from decimal import Decimal
from urllib.parse import quote

import pytest

from tests.domain.accounts.factories import add, family, listed, names, pay


def roles(*items):
    """A filter: field, comparator, value, and the condition that joins it."""
    keys = ("fieldKey", "comparator", "value", "condition")
    return "stringified_filter_roles=" + quote(json.dumps([dict(zip(keys, item, strict=False)) for item in items]))


def test_a_tree_nests_and_a_flat_list_goes_depth_first(books):
    top, middle, low = family(books, 3)
    side = add(books, "Side", parent_account_id=top)
    tree = books.get("/accounts?view_slug=expenses").ok["accounts"]
    root = next(account for account in tree if account["id"] == top)
    assert root["account_level"] == 1
    assert {child["id"] for child in root["children"]} == {middle, side}
    (leaf,) = next(child for child in root["children"] if child["id"] == middle)["children"]
    assert (leaf["id"], leaf["account_level"], leaf["children"]) == (low, 3, [])
    assert leaf["flatten_name"] == "Generation 1: Generation 2: Generation 3"
    flat = listed(books)
    assert not any("children" in account for account in flat)
    position = {account["id"]: index for index, account in enumerate(flat)}
    assert position[top] < position[middle] < position[low]
    assert position[low] == position[middle] + 1
    assert {account["id"]: account["account_level"] for account in flat if account["id"] >= top} == {
        top: 1, middle: 2, low: 3, side: 2,
    }  # fmt: skip
    assert books.get("/accounts?structure=heap").errors == ["VALIDATION_ERROR"]


def test_balances_are_not_rolled_up(books):
    top, low = family(books, 2)
    pay(books, low, 7)
    assert (books.amount(top), books.amount(low)) == (None, 7)


def test_active_ones_or_inactive_ones_only(books):
    top, low = family(books, 2)
    assert books.post(f"/accounts/{low}/inactivate").status == 200
    assert low not in [account["id"] for account in listed(books)]
    for flag in ("only_inactive=true", "onlyInactive=1", "inactive_mode=on"):
        (only,) = books.get(f"/accounts?{flag}").ok["accounts"]
        assert (only["id"], only["account_level"], only["children"]) == (low, 1, [])  # a root of this list
    assert top in [account["id"] for account in listed(books, "only_inactive=0")]
    assert listed(books, "only_inactive=1&search_keyword=generation")[0]["id"] == low


def test_paging_does_not_matter(books):
    assert len(listed(books, "page=3&page_size=5")) == 34


@pytest.mark.parametrize(
    ("view", "kinds"),
    [
        ("assets", {"asset"}),
        ("liabilities", {"liability"}),
        ("equity", {"equity"}),
        ("income", {"income"}),
        ("expenses", {"expense"}),
    ],
)
def test_views(books, view, kinds):
    found = listed(books, f"view_slug={view}")
    assert {account["account_root_type"] for account in found} == kinds
    assert len(found) == len([account for account in listed(books) if account["account_root_type"] in kinds])
    meta = books.get(f"/accounts?view_slug={view}").ok["filter_meta"]
    assert meta["view"]["view_slug"] == view


def test_a_view_must_exist(books):
    assert books.get("/accounts?view_slug=nothing").errors == ["view_not_found"]


_FILTERS = [
    ((("name", "contains", "BANK"),), {"Bank Account", "Saving Bank Account", "Bank Fees and Charges"}),
    ((("name", "starts_with", "bänk"),), {"Bank Account", "Bank Fees and Charges"}),
    ((("name", "equals", "RENT"),), {"Rent"}),
    ((("code", "ends_with", "0003"), ("name", "contains", "%", "and")), set()),
    ((("code", "equals", "30003"),), {"Owner's Equity", "Drawings"}),
    ((("type", "equals", "cash"),), {"Undeposited Funds", "Petty Cash"}),
    ((("root_type", "equals", "equity"), ("name", "not_contains", "equity")), {"Retained Earnings", "Drawings"}),
    ((("rootType", "is", "equity"), ("normal", "is_not", "credit")), set()),
    ((("normal", "equals", "debit"), ("type", "equals", "inventory")), {"Inventory Asset"}),
    ((("balance", "bigger_or_equal", "10"),), {"Coffee", "Owner's Equity"}),
    ((("balance", "smaller_than", 10),), set()),
    ((("name", "equals", "Rent"), ("type", "equals", "cash", "or"), ("code", "ends_with", "4", "and")), {"Rent", "Petty Cash"}),
    ((("created_at", "after", "2024-06-01"),), set()),
]


@pytest.mark.parametrize(("filters", "expected"), _FILTERS)
def test_filters(books, filters, expected):
    pay(books, add(books))
    assert set(names(books, roles(*filters))) == expected


@pytest.mark.mariadb
def test_filters_on_mariadb(mariadb_books):
    pay(mariadb_books, add(mariadb_books))
    for filters, expected in _FILTERS:
        assert set(names(mariadb_books, roles(*filters))) == expected, filters


def test_filters_that_are_refused(books):
    for field in ("slug", "active", "currency", "nothing"):
        assert books.get(f"/accounts?{roles((field, 'equals', 'x'))}").errors == ["filter_roles_fields_not_found"]
    for text in ("nonsense", "[1]", '[{"fieldKey": "name"}]'):
        answer = books.get(f"/accounts?stringified_filter_roles={quote(text)}")
        assert answer.errors == ["stringified_filter_roles_invalid"]


@pytest.mark.parametrize(
    ("keyword", "expected"),
    [
        ("bank", {"Bank Account", "Saving Bank Account", "Bank Fees and Charges"}),
        ("RÉNT", {"Rent"}),
        ("1000", {"Bank Account", "Saving Bank Account", "Undeposited Funds", "Petty Cash", "Computer Equipment",
                  "Office Equipment", "Accounts Receivable (A/R)", "Inventory Asset", "Prepaid Expenses"}),
        ("00010", set()),
        ("%", set()),
    ],
)  # fmt: skip
def test_search(books, keyword, expected):
    assert set(names(books, f"search_keyword={quote(keyword)}")) == expected


def test_a_child_that_is_found_without_its_parent_is_a_root(books):
    family(books, 3)
    (found,) = books.get("/accounts?search_keyword=Generation%202").ok["accounts"]
    assert (found["account_level"], found["children"]) == (1, [])


def test_sort(books):
    add(books, "apple")
    add(books, "Émile", code="6000")
    add(books, "Zebra")
    ordered = names(books, "view_slug=expenses&column_sort_by=name&sort_order=ASC")
    assert ordered.index("apple") < ordered.index("Depreciation Expense") < ordered.index("Émile") < ordered.index("Zebra")
    assert names(books, "view_slug=expenses&column_sort_by=name&sort_order=desc") == ordered[::-1]
    codes = [account["code"] for account in listed(books, "column_sort_by=code&sort_order=desc&view_slug=assets")]
    assert codes == sorted(codes, reverse=True)
    meta = books.get("/accounts?column_sort_by=name&sort_order=asc&search_keyword=rent").ok["filter_meta"]
    assert (meta["field_key"], meta["order"], meta["search_keyword"]) == ("name", "asc", "rent")
    for field in ("root_type", "normal", "nothing"):
        assert books.get(f"/accounts?column_sort_by={field}").errors == ["sort_column_not_found"]


def test_balances_sort_as_numbers(books):
    for name, amount in (("Nine", 9), ("Hundred", 100), ("Ten", 10)):
        pay(books, add(books, name), amount)
    ordered = [name for name in names(books, "column_sort_by=balance&sort_order=asc") if name in {"Nine", "Ten", "Hundred"}]
    assert ordered == ["Nine", "Ten", "Hundred"]


REGISTER = {
    "date", "formatted_date", "transaction_type", "transaction_id", "transaction_type_formatted", "credit", "debit",
    "formatted_credit", "formatted_debit", "fc_credit", "fc_debit", "formatted_fc_credit", "formatted_fc_debit",
}  # fmt: skip


def test_register(books):
    euros = add(books, "Euro bank", "bank", currency_code="EUR")
    first = pay(books, euros, 100, date="2024-05-02", currency_code="EUR", exchange_rate="1.1")
    second = pay(books, euros, 50, date="2024-05-20", currency_code="EUR", exchange_rate="1.2")
    pay(books, books.account("rent"), 5)
    newer, older = books.get(f"/accounts/transactions?account_id={euros}").ok
    assert (newer["transaction_id"], older["transaction_id"]) == (second, first)
    assert set(older) >= REGISTER
    assert (older["transaction_type"], older["transaction_type_formatted"]) == ("Journal", "Manual journal")
    assert (older["date"], older["formatted_date"]) == ("2024-05-02T00:00:00.000Z", "02 May 2024")
    assert (Decimal(older["debit"]), Decimal(older["credit"])) == (110, 0)
    assert (Decimal(older["fc_debit"]), Decimal(older["fc_credit"])) == (100, 0)
    assert (older["formatted_debit"], older["formatted_credit"]) == ("$110.00", "")
    assert (older["formatted_fc_debit"], older["formatted_fc_credit"]) == ("€100.00", "")
    assert len(books.get("/accounts/transactions").ok) == 6
    assert len(books.get(f"/accounts/transactions?accountId={euros}&limit=1").ok) == 1


def test_register_refusals(books):
    assert books.get("/accounts/transactions?account_id=4242").errors == ["NOT_FOUND"]
    for query in ("account_id=x", "limit=0", "limit=1001", "limit=x"):
        assert books.get(f"/accounts/transactions?{query}").errors == ["VALIDATION_ERROR"]
    assert books.get("/accounts/transactions?account_id=&limit=1000").ok == []
