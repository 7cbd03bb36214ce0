"""Tax rates: an edit retires, documents keep what they were made with (accounting.md 5)."""

from decimal import Decimal

import pytest

from domain.tax_rates.repository import TAX_RATES

VAT = {"name": "VAT", "code": "VAT-10", "rate": 10}


def add(books, **more):
    return books.post("/tax-rates", VAT | more).created


def codes(books):
    return [rate["code"] for rate in books.get("/tax-rates").ok["data"]]


def test_seeded_rates(books):
    found = books.get("/tax-rates").ok["data"]
    assert sorted((rate["id"], rate["name"], rate["code"]) for rate in found) == [
        (1, "Tax Exempt", "TAX-EXEMPT"),
        (2, "Tax on Purchases", "TAX-PURCHASES"),
        (3, "Tax on Sales", "TAX-SALES"),
        (4, "Sales Tax on Imports", "TAX-IMPORTS"),
    ]
    assert [rate["name"] for rate in found] == ["Sales Tax on Imports", "Tax Exempt", "Tax on Purchases", "Tax on Sales"]
    assert {(rate["rate"], rate["active"], rate["rate_formatted"]) for rate in found} == {(0, True, "0%")}


def test_create(books):
    made = add(books, rate="7.25", description="Value added", is_compound=True)
    assert (made["id"], made["rate"], made["description"], made["active"]) == (5, Decimal("7.25"), "Value added", False)
    assert (made["is_non_recoverable"], made["is_compound"], made["deleted_at"]) == (False, True, None)
    assert "rate_formatted" not in made
    found = books.get("/tax-rates/5").ok
    assert (found["name_formatted"], found["rate_formatted"]) == ("VAT [7.25%]", "7.25%")
    assert add(books, code="B", active="1")["active"] is True
    books.verify()


@pytest.mark.parametrize(("rate", "stored"), [("19.99995", "20"), ("0.00004", "0"), (1000, "1000"), (0, "0")])
def test_percentages_have_four_decimals(books, rate, stored):
    assert Decimal(add(books, rate=rate)["rate"]) == Decimal(stored)


@pytest.mark.parametrize("wrong", [{"name": ""}, {"code": " "}, {"rate": ""}, {"rate": -1}, {"rate": "1000.01"}, {"rate": "x"}])
def test_what_has_not_the_form_is_refused(books, wrong):
    assert books.post("/tax-rates", VAT | wrong).errors == ["VALIDATION_ERROR"]
    for key in VAT:
        assert books.post("/tax-rates", {name: value for name, value in VAT.items() if name != key}).errors == [
            "VALIDATION_ERROR"
        ]


def test_codes_are_there_once(books):
    add(books, code="TÄX")
    assert books.post("/tax-rates", VAT | {"code": " tax "}).errors == ["TAX_CODE_NOT_UNIQUE"]
    other = add(books, code="B")["id"]
    assert books.put(f"/tax-rates/{other}", VAT | {"code": "tax"}).errors == ["TAX_CODE_NOT_UNIQUE"]
    assert books.delete("/tax-rates/5").status == 200
    assert books.put(f"/tax-rates/{other}", VAT | {"code": "tax"}).ok["code"] == "tax"  # a retired rate frees its code


@pytest.mark.parametrize("change", [{"name": "Sales tax"}, {"code": "VAT-11"}, {"rate": 11}])
def test_an_edit_that_documents_would_show_makes_a_new_rate(books, change):
    old = add(books, description="Value added", active=True, is_compound=True)
    books.clock.advance(hours=1)
    new = books.put(f"/tax-rates/{old['id']}", VAT | change).ok
    assert new["id"] == old["id"] + 1
    assert new.items() >= (VAT | change | {"description": "Value added", "active": True, "is_compound": True}).items()
    assert new["created_at"] == "2024-06-01T13:00:00.000Z"
    assert books.get(f"/tax-rates/{old['id']}").errors == ["TAX_RATE_NOT_FOUND"]
    assert len(codes(books)) == 5
    retired = books.query(lambda ctx: ctx.warm.get(TAX_RATES)[old["id"]])
    assert (retired.code, retired.rate, retired.deleted_at.isoformat()) == ("VAT-10", 10, "2024-06-01")
    books.verify()


def test_other_edits_stay_in_place(books):
    old = add(books, description="Value added")
    new = books.put(f"/tax-rates/{old['id']}", VAT | {"rate": "10.0", "description": "", "is_non_recoverable": True}).ok
    assert (new["id"], new["description"], new["is_non_recoverable"]) == (old["id"], None, True)
    assert books.get(f"/tax-rates/{old['id']}").ok["active"] is False


def test_delete_retires(books):
    made = add(books)["id"]
    answer = books.delete(f"/tax-rates/{made}")
    assert (answer.status, answer.body) == (200, b"")
    assert "VAT-10" not in codes(books)
    assert books.sql("SELECT deleted_at FROM tax_rates WHERE id = :id", id=made) == [("2024-06-01",)]
    for method, path in (("DELETE", ""), ("GET", ""), ("PUT", "/activate"), ("PUT", "/inactivate")):
        answer = books.call(method, f"/tax-rates/{made}{path}")
        assert (answer.status, answer.errors) == (400, ["TAX_RATE_NOT_FOUND"])
    assert books.put(f"/tax-rates/{made}", VAT).errors == ["TAX_RATE_NOT_FOUND"]
    assert add(books)["id"] == made + 1
    books.verify()


def test_switch(books):
    made = add(books)["id"]
    assert books.put(f"/tax-rates/{made}/inactivate").errors == ["TAX_RATE_ALREADY_INACTIVE"]
    answer = books.put(f"/tax-rates/{made}/activate")
    assert answer.status == 200
    assert books.get(f"/tax-rates/{made}").ok["active"] is True
    assert books.put(f"/tax-rates/{made}/activate").errors == ["TAX_RATE_ALREADY_ACTIVE"]
    assert books.put(f"/tax-rates/{made}/inactivate").status == 200
    assert books.get(f"/tax-rates/{made}").ok["active"] is False


def test_who_may(books):
    permissions = [{"subject": "TaxRate", "ability": "Create", "value": True}]
    role = {"role_name": "Clerk", "role_description": "", "permissions": permissions}
    books.add_member(user_id=2, role_id=books.post("/roles", role).created["data"]["id"])
    made = books.post("/tax-rates", VAT, user_id=2).created["id"]
    assert books.get(f"/tax-rates/{made}", user_id=2).ok["name"] == "VAT"
    assert books.put(f"/tax-rates/{made}", VAT, user_id=2).status == 403
    assert books.delete(f"/tax-rates/{made}", user_id=2).status == 403
