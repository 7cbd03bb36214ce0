import json

import pytest

from domain.kit.formatting import DATE_FORMATS_ACCEPTED
from domain.organization.repository import ORGANIZATION

EFFECTS = "x-countinghouse-effects"


def profile(books):
    return books.query(lambda ctx: ctx.warm.get(ORGANIZATION))


def lock(books):
    return [item["model_name"] for item in books.get("/organization/base-currency-mutate").ok["abilities"]]


def journal(books):
    entries = [
        {"index": 1, "account_id": books.account("bank-account"), "debit": 5, "credit": 0},
        {"index": 2, "account_id": books.account("owner-equity"), "debit": 0, "credit": 5},
    ]
    body = {"date": "2024-05-02", "journal_number": "J-1", "publish": True, "entries": entries}
    return books.post("/manual-journals", body).created


def test_change_of_everything(books):
    body = {
        "name": "Difference Engines",
        "industry": "Machinery",
        "location": "gb",
        "base_currency": "USD",
        "timezone": "Europe/London",
        "fiscal_year": "April",
        "language": "sv",
        "date_format": "DD/MM/yyyy",
        "tax_number": "GB 1",
        "address": {"address_1": "1 Dorset Street", "address2": "Floor 2", "city": "London", "postalCode": "W1", "phone": None},
        "primary_color": "#1a2B3c",
        "logo_key": "logos/1.png",
    }
    answer = books.put("/organization", body)
    assert answer.ok["code"] == 200
    stored = profile(books)
    assert (stored.name, stored.location, stored.fiscal_year, stored.language) == ("Difference Engines", "GB", "april", "sv")
    assert stored.address == {
        "address1": "1 Dorset Street",
        "address2": "Floor 2",
        "city": "London",
        "postal_code": "W1",
        "phone": None,
    }
    effect = json.loads(answer.headers[EFFECTS])["organization.profile"]
    assert effect["name"] == "Difference Engines"
    assert effect["address"]["address1"] == "1 Dorset Street"
    assert (effect["tenant_id"], effect["organization_id"], effect["logo_key"]) == (1, "org-1", "logos/1.png")
    books.runtime.state.clear()
    assert profile(books) == stored


def test_absent_keys_keep_their_value(books):
    books.put("/organization", {"industry": "Mills", "address": {"city": "Leeds", "phone": "1"}})
    books.put("/organization", {"primary_color": "#fff", "logo_key": "a"})
    books.put("/organization", {"address": {"phone": ""}, "name": ""})
    stored = profile(books)
    assert (stored.name, stored.industry, stored.primary_color) == ("Analytical Engines", "Mills", "#fff")
    assert stored.address == {"city": "Leeds", "phone": None}


def test_null_clears_what_may_be_empty(books):
    books.put("/organization", {"industry": "Mills", "address": {"city": "Leeds"}})
    books.put("/organization", {"industry": None, "address": None})
    assert (profile(books).industry, profile(books).address) == (None, None)


def test_no_change_has_no_effect(books):
    answer = books.put("/organization", {"name": "Analytical Engines"})
    assert answer.status == 200
    assert EFFECTS not in answer.headers


@pytest.mark.parametrize("date_format", DATE_FORMATS_ACCEPTED)
def test_every_known_date_format_is_accepted(books, date_format):
    assert books.put("/organization", {"date_format": date_format}).ok


@pytest.mark.parametrize(
    "body",
    [
        {"timezone": "Mars/Olympus"},
        {"timezone": "America"},
        {"timezone": "../etc/passwd"},
        {"location": "GBR"},
        {"fiscal_year": "smarch"},
        {"language": "xx"},
        {"date_format": "whenever"},
        {"base_currency": "dollar"},
        {"primary_color": "red"},
        {"address": "1 Dorset Street"},
        {"name": "x" * 256},
    ],
)
def test_refused_values(books, body):
    assert books.put("/organization", body).errors == ["VALIDATION_ERROR"]


def test_the_base_currency_changes_while_nothing_is_recorded(books):
    assert lock(books) == []
    assert books.put("/organization", {"base_currency": "jpy"}).ok
    assert {currency for (currency,) in books.sql("SELECT currency_code FROM accounts")} == {"JPY"}
    assert {item["currency_code"] for item in books.get("/accounts").ok["accounts"]} == {"JPY"}
    base = [item["currency_code"] for item in books.get("/currencies").ok if item["is_base_currency"]]
    assert base == ["JPY"]
    assert books.delete("/currencies/USD").status == 200
    books.verify()


def test_the_base_currency_is_locked_by_records(books):
    journal(books)
    assert lock(books) == ["AccountTransaction", "ManualJournal"]
    answer = books.put("/organization", {"base_currency": "EUR", "name": "Other"})
    assert answer.errors == ["BASE_CURRENCY_MUTATE_LOCKED"]
    assert answer.json["errors"][0]["payload"] == {"models": ["AccountTransaction", "ManualJournal"]}
    assert profile(books).name == "Analytical Engines"
    assert books.put("/organization", {"base_currency": "USD", "name": "Other"}).ok


def test_an_opened_bank_account_locks_the_base_currency(books):
    assert books.post("/accounts", {"name": "Stationery", "account_type": "expense"}).created
    assert lock(books) == []
    assert books.post("/accounts", {"name": "Giro", "account_type": "bank"}).created
    assert lock(books) == ["Account"]


def test_date_formats(books):
    listed = books.get("/date-formats").ok
    assert len(listed) == 9
    assert listed[0] == {"label": "06/01/24 [MM/DD/YY]", "key": "MM/DD/YY"}


def test_staff_may_not_change_it(books):
    books.add_member(user_id=2, role_id=2)
    assert books.put("/organization", {"name": "Mine"}, user_id=2).errors == ["USER_PERMISSIONS_FORBIDDEN"]
    assert books.get("/date-formats", user_id=2).ok
