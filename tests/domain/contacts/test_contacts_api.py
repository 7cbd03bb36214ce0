"""Customers, vendors and contacts over their endpoints, on real books."""

import json
from typing import Any

import pytest

from tests.books import Books
from tests.domain.contacts.factories import add, journal, names

NOUNS = ("customers", "vendors")


# ---- what is stored


def test_a_customer_needs_no_more_than_a_name(books: Books) -> None:
    customer = add(books, display_name="  Kestrel  ", email="", website="")
    assert customer["id"] == 1
    assert (customer["contact_service"], customer["contact_type"]) == ("customer", "business")
    assert (customer["currency_code"], customer["display_name"], customer["active"]) == ("USD", "Kestrel", True)
    assert (customer["balance"], customer["opening_balance"], customer["opening_balance_at"]) == (0, 0, None)
    assert (customer["email"], customer["website"], customer["opening_balance_exchange_rate"]) == (None, None, 1)
    assert (customer["contact_normal"], customer["closing_balance"], customer["local_opening_balance"]) == ("debit", 0, 0)
    assert customer["created_at"] == "2024-06-01T12:00:00.000Z"
    vendor = add(books, "vendors")
    assert (vendor["id"], vendor["contact_service"], vendor["contact_type"]) == (2, "vendor", None)
    assert vendor["contact_normal"] == "credit"


def test_get_adds_display_texts(books: Books) -> None:
    add(books, customer_type="Individual", opening_balance=1234.5, opening_balance_at="2024-01-31")
    customer = books.get("/customers/1").ok
    assert (customer["formatted_balance"], customer["formatted_opening_balance"]) == ("1,234.50", "1,234.50")
    assert customer["formatted_opening_balance_at"] == "31 Jan 2024"
    assert customer["opening_balance_at"] == "2024-01-31T00:00:00.000Z"
    assert (customer["customer_type"], customer["formatted_customer_type"]) == ("individual", "Individual")
    assert books.get("/contacts/1").ok == {"customer": customer}
    add(books, "vendors")
    assert "customer_type" not in books.get("/vendors/2").ok


def test_a_kind_does_not_find_the_other(books: Books) -> None:
    add(books)
    add(books, "vendors")
    assert books.get("/customers/2").status == books.get("/vendors/1").status == 404
    assert books.get("/contacts/3").status == 404
    assert books.put("/customers/2", {"display_name": "X"}).status == 404
    assert books.put("/vendors/1/opening-balance", {"opening_balance": 5}).status == 404
    assert books.delete("/vendors/1").status == 404


@pytest.mark.parametrize("noun", NOUNS)
def test_addresses_and_postcodes_in_every_spelling(books: Books, noun: str) -> None:
    contact = add(
        books,
        noun,
        billing_address_1="1 High St",
        billingAddress2="Flat 2",
        billing_address_postcode="AB1",
        shipping_address1="Dock 4",
        shippingAddressZipcode=12345,
        shipping_address_email="",
    )
    for form in (contact, books.get(f"/{noun}/1").ok, books.get("/contacts/auto-complete").ok[0]):
        assert form["billing_address1"] == form["billing_address_1"] == "1 High St"
        assert form["billing_address2"] == form["billing_address_2"] == "Flat 2"
        assert form["shipping_address1"] == form["shipping_address_1"] == "Dock 4"
        assert (form["billing_address_postcode"], form["shipping_address_postcode"]) == ("AB1", "12345")
        assert form["shipping_address_email"] is None


@pytest.mark.parametrize("noun", NOUNS)
def test_edit_keeps_what_is_absent(books: Books, noun: str) -> None:
    add(books, noun, email="k@example.com", billing_address_1="1 High St", note="old", opening_balance=5, currency_code="EUR")
    body = {
        "display_name": "Kestrel Ltd",
        "email": "",
        "billing_address_city": "Leeds",
        "currency_code": "GBP",
        "opening_balance": 9,
    }
    edited = books.put(f"/{noun}/1", body).ok
    assert (edited["display_name"], edited["email"], edited["note"]) == ("Kestrel Ltd", None, "old")
    assert (edited["billing_address_1"], edited["billing_address_city"]) == ("1 High St", "Leeds")
    assert (edited["currency_code"], edited["opening_balance"], edited["balance"]) == ("EUR", 5, 5)
    assert books.get(f"/{noun}/1").ok.items() >= edited.items()
    books.verify()


def test_a_customer_keeps_its_type_and_a_vendor_its_name_on_edit(books: Books) -> None:
    add(books, customer_type="individual")
    assert books.put("/customers/1", {"display_name": "X"}).ok["contact_type"] == "individual"
    assert books.put("/customers/1", {"display_name": "X", "customer_type": "business"}).ok["contact_type"] == "business"
    add(books, "vendors")
    assert books.put("/vendors/2", {"first_name": "Ada", "active": False}).ok["display_name"] == "Kestrel"
    assert books.get("/vendors/2").ok["active"] is False


@pytest.mark.parametrize(
    "wrong",
    [
        {"display_name": " "},
        {"display_name": None},
        {"display_name": "x" * 256},
        {"email": "nobody"},
        {"billing_address_email": "nobody"},
        {"opening_balance": "much"},
        {"opening_balance": 1, "opening_balance_at": "31.12.2024"},
        {"opening_balance": 1, "opening_balance_exchange_rate": -1},
        {"currency_code": "EURO"},
        {"currency_code": "E1R"},
        {"active": "perhaps"},
    ],
)
@pytest.mark.parametrize("noun", NOUNS)
def test_malformed_contacts_are_refused(books: Books, noun: str, wrong: dict[str, Any]) -> None:
    answer = books.post(f"/{noun}", {"display_name": "Kestrel"} | wrong)
    assert (answer.status, answer.errors) == (400, ["VALIDATION_ERROR"])
    assert books.sql("SELECT COUNT(*) FROM contacts")[0][0] == 0


def test_an_unknown_currency_is_refused_a_listed_one_accepted(books: Books) -> None:
    body = {"display_name": "Kestrel", "currency_code": "qqq"}
    assert books.post("/customers", body).errors == ["CONTACT_CURRENCY_UNKNOWN"]
    books.post("/currencies", {"currency_code": "QQQ", "currency_name": "Quux", "currency_sign": "Q"}).created  # noqa: B018
    assert add(books, currency_code="qqq")["currency_code"] == "QQQ"
    assert add(books, currency_code="jpy")["currency_code"] == "JPY"


# ---- deleting


@pytest.mark.parametrize("noun", NOUNS)
def test_deleting_takes_the_opening_balance_along(books: Books, noun: str) -> None:
    control = books.account({"customers": "accounts-receivable", "vendors": "accounts-payable"}[noun])
    add(books, noun, opening_balance=5)
    answer = books.delete(f"/{noun}/1")
    assert (answer.status, answer.body) == (200, b"")
    assert books.get(f"/{noun}/1").status == 404
    assert books.amount(control) == 0
    assert books.sql("SELECT COUNT(*) FROM ledger_lines")[0][0] == 0
    books.verify()


@pytest.mark.parametrize("publish", [True, False])
def test_a_contact_with_documents_stays(books: Books, publish: bool) -> None:
    add(books, opening_balance=5)
    journal_id = journal(books, 1, publish=publish)
    answer = books.delete("/customers/1")
    assert (answer.status, answer.errors) == (409, ["CUSTOMER_HAS_TRANSACTIONS"])
    assert len(books.ledger("CustomerOpeningBalance", 1)) == 2
    books.delete(f"/manual-journals/{journal_id}").ok  # noqa: B018
    assert books.delete("/customers/1").status == 200
    books.verify()


def test_a_vendor_on_a_line_of_any_account_stays(books: Books) -> None:
    add(books, "vendors")
    entries = [
        {"account_id": books.account("rent"), "debit": "10", "contact_id": 1},
        {"account_id": books.account("owner-equity"), "credit": "10"},
    ]
    books.post("/manual-journals", {"date": "2024-05-01", "publish": True, "entries": entries}).created  # noqa: B018
    assert books.delete("/vendors/1").errors == ["VENDOR_HAS_TRANSACTIONS"]
    assert books.get("/vendors/1").ok["balance"] == 0


def test_bulk_deletion(books: Books) -> None:
    for number in range(3):
        add(books, display_name=f"C{number}", opening_balance=number)
    add(books, "vendors", display_name="V")
    journal(books, 2)
    ids = {"ids": [3, 2, 4, 1, 99]}
    answer = books.post("/customers/validate-bulk-delete", ids)
    assert answer.status == 201
    assert (answer.json["deletable_ids"], answer.json["non_deletable_ids"]) == ([3, 1], [2, 4, 99])
    assert names(books, "customers") == ["C2", "C1", "C0"]
    assert books.post("/customers/bulk-delete", ids).errors == ["CUSTOMER_HAS_TRANSACTIONS"]
    assert names(books, "customers") == ["C2", "C1", "C0"]
    assert books.post("/customers/bulk-delete", ids | {"skip_undeletable": True}).status == 201
    assert names(books, "customers") == ["C1"]
    assert names(books, "vendors") == ["V"]
    books.verify()


# ---- lists


def test_lists_page_search_sort_and_filter(books: Books) -> None:
    add(books, display_name="Bravo", company_name="Kestrel Ltd", opening_balance=5)
    add(books, display_name="alpha", email="a@example.com")
    add(books, display_name="Charlie", opening_balance=-3)
    add(books, "vendors", display_name="Alpha supplies")
    assert names(books, "customers", "column_sort_by=display_name&sort_order=asc") == ["alpha", "Bravo", "Charlie"]
    assert names(books, "customers", "column_sort_by=balance") == ["Bravo", "alpha", "Charlie"]
    assert names(books, "customers", "search_keyword=KESTREL") == ["Bravo"]
    assert names(books, "customers", "search_keyword=a@ex") == ["alpha"]
    assert names(books, "customers", "page_size=2&page=2") == ["Bravo"]
    roles = json.dumps([{"fieldKey": "balance", "comparator": "bigger_than", "value": 1}])
    assert names(books, "customers", f"stringified_filter_roles={roles}") == ["Bravo"]
    assert names(books, "vendors") == ["Alpha supplies"]
    page = books.get("/customers?page_size=2").ok
    assert page["pagination"] == {"total": 3, "page": 1, "page_size": 2}
    assert page["filter_meta"] == {"field_key": "created_at", "order": "desc"}
    assert books.get("/customers?column_sort_by=nothing").errors == ["sort_column_not_found"]
    assert books.get("/customers?column_sort_by=status").errors == ["sort_column_not_found"]


@pytest.mark.parametrize("noun", NOUNS)
def test_views(books: Books, noun: str) -> None:
    add(books, noun, display_name="owing", opening_balance=5)
    add(books, noun, display_name="even")
    assert names(books, noun, "view_slug=unpaid") == ["owing"]
    assert names(books, noun, "view_slug=overdue") == []
    assert books.get(f"/{noun}?view_slug=unpaid").ok["filter_meta"]["view"]["view_slug"] == "unpaid"
    assert books.get(f"/{noun}?view_slug=late").errors == ["view_not_found"]

    def filtered(comparator: str, value: str) -> str:
        return f"stringified_filter_roles={json.dumps([{'fieldKey': 'status', 'comparator': comparator, 'value': value}])}"

    assert names(books, noun, filtered("is_not", "unpaid")) == ["even"]
    assert names(books, noun, filtered("is_not", "overdue")) == ["even", "owing"]
    assert books.get(f"/{noun}?{filtered('is', 'late')}").errors == ["stringified_filter_roles_invalid"]
    assert [view["slug"] for view in books.get(f"/views/resource/{noun}").ok] == ["overdue", "unpaid"]
    meta = books.get(f"/resources/{noun}/meta").ok["resource_meta"]
    assert meta["default_filter_field"] == "displayName"
    assert list(meta["fields"]) == [
        "first_name", "last_name", "display_name", "email", "work_phone", "personal_phone", "company_name", "website", "created_at",
        "balance", "opening_balance", "opening_balance_at", "currency_code", "status",
    ]  # fmt: skip


def test_look_up_of_both_kinds(books: Books) -> None:
    for number in range(12):
        add(books, "customers" if number % 2 else "vendors", display_name=f"Contact {11 - number:02}")
    everybody = books.get("/contacts/auto-complete").ok
    assert [item["display_name"] for item in everybody] == [f"Contact {number:02}" for number in range(12)]
    assert (everybody[0]["formatted_contact_service"], everybody[1]["formatted_contact_service"]) == ("Customer", "Vendor")
    assert len(books.get("/contacts/auto-complete?limit=10").ok) == 10
    assert [item["display_name"] for item in books.get("/contacts/auto-complete?keyword=CT%2007").ok] == ["Contact 07"]
    assert books.get("/contacts/auto-complete?keyword=%25").ok == []
    assert books.get("/contacts/auto-complete?limit=0").errors == ["VALIDATION_ERROR"]
    assert books.get("/contacts/auto-complete?limit=ten").errors == ["VALIDATION_ERROR"]


def test_the_look_up_orders_names_without_case_and_accents(books: Books) -> None:
    for name in ("zebra", "Ångström & Co", "ångström", "Bravo", "Éclair"):
        add(books, display_name=name)
    found = [item["display_name"] for item in books.get("/contacts/auto-complete?limit=4").ok]
    assert found == ["ångström", "Ångström & Co", "Bravo", "Éclair"]


# ---- activation


@pytest.mark.parametrize("noun", NOUNS)
def test_activation(books: Books, noun: str) -> None:
    add(books, noun)
    assert books.patch("/contacts/1/activate").errors == ["CONTACT_ALREADY_ACTIVE"]
    answer = books.patch("/contacts/1/inactivate")
    assert (answer.status, answer.json) == (200, {"id": 1, "inactivated": True})
    assert books.patch("/contacts/1/inactivate").errors == ["CONTACT_ALREADY_INACTIVE"]
    assert names(books, noun) == []
    assert names(books, noun, "inactive_mode=true") == ["Kestrel"]
    assert books.patch("/contacts/1/activate").ok == {"id": 1, "activated": True}
    assert names(books, noun) == ["Kestrel"]
    assert books.patch("/contacts/2/activate").status == 404


def test_who_may_edit_customers_may_not_activate_vendors(books: Books) -> None:
    permissions = [{"subject": "Customer", "ability": "Edit", "value": True}]
    role_id = books.post("/roles", {"role_name": "Sales", "role_description": "", "permissions": permissions}).created["data"][
        "id"
    ]
    books.add_member(user_id=2, role_id=role_id)
    add(books)
    add(books, "vendors")
    assert books.patch("/contacts/1/inactivate", user_id=2).status == 200
    assert books.patch("/contacts/2/inactivate", user_id=2).errors == ["USER_PERMISSIONS_FORBIDDEN"]
    assert books.get("/vendors/2").ok["active"] is True


# ---- the audit trail


def test_every_change_is_noted(books: Books) -> None:
    add(books, opening_balance=5)
    books.put("/customers/1", {"display_name": "New"}).ok  # noqa: B018
    books.put("/customers/1/opening-balance", {"opening_balance": 7}).ok  # noqa: B018
    books.patch("/contacts/1/inactivate").ok  # noqa: B018
    books.delete("/customers/1")
    rows = books.sql("SELECT action, before, after FROM audit_trail WHERE subject = 'Customer' AND subject_id = 1 ORDER BY id")
    assert [row[0] for row in rows] == ["created", "edited", "opening balance edited", "inactivated", "deleted"]
    notes = [[part and json.loads(part) for part in row[1:]] for row in rows]
    assert notes[0][0] is None
    assert (notes[0][1]["opening_balance"], notes[0][1]["balance"]) == (5, 5)
    assert (notes[1][0]["display_name"], notes[1][1]["display_name"]) == ("Kestrel", "New")
    assert (notes[2][0]["balance"], notes[2][1]["balance"]) == (5, 7)
    assert notes[3] == [{"active": True}, {"active": False}]
    assert notes[4][0]["balance"] == 7
    books.verify()
