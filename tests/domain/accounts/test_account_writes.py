"""Opening and changing accounts: every refusal, and their order (accounting.md 2.4)."""

from decimal import Decimal

import pytest

from tests.domain.accounts.factories import add, family, pay

NAME, CODE, TYPE = "account_name_not_unqiue", "account_code_not_unique", "account_type_not_found"
PARENT, OTHER_TYPE = "parent_account_not_found", "parent_has_different_type"
CURRENCY, DEPTH = "ACCOUNT_CURRENCY_NOT_SAME_PARENT_ACCOUNT", "PARENT_ACCOUNT_EXCEEDED_THE_DEPTH_LEVEL"
SINGLE = "ACCOUNT_TYPE_NOT_SUPPORTS_MULTI_CURRENCY"
COFFEE = {"name": "Coffee", "account_type": "expense"}


def refused(books, body):
    """The first error; nothing is left of the attempt."""
    before = books.sql("SELECT COUNT(*), MAX(id) FROM accounts")
    found = books.post("/accounts", body).errors
    assert books.sql("SELECT COUNT(*), MAX(id) FROM accounts") == before
    return found[0]


def test_create(books):
    body = {"name": "  Coffee & Tea ", "account_type": "expense", "code": " 6100 ", "description": "Beans"}
    made = books.post("/accounts", body).created
    assert made["id"] == 1034
    assert (made["name"], made["slug"], made["code"], made["description"]) == ("Coffee & Tea", "coffee-and-tea", "6100", "Beans")
    assert (made["currency_code"], made["active"], made["predefined"], made["seeded_at"]) == ("USD", True, False, None)
    assert (made["account_type_label"], made["account_parent_type"], made["account_root_type"]) == ("Expense",) + ("expense",) * 2
    assert (made["account_normal"], made["account_normal_formatted"]) == ("debit", "Debit")
    assert (made["is_balance_sheet_account"], made["is_p_l_sheet"]) == (False, True)
    assert made["created_at"] == made["updated_at"] == "2024-06-01T12:00:00.000Z"
    assert "formatted_amount" not in made
    found = books.get("/accounts/1034").ok
    assert (found["amount"], found["formatted_amount"], found["flatten_name"]) == (None, "0.00", "Coffee & Tea")
    assert (found["bank_balance_formatted"], found["last_feeds_updated_at_formatted"]) == ("0.00", "")
    assert found["is_feeds_paused"] is False


def test_blank_optional_fields_are_not_given(books):
    blank = dict.fromkeys(("code", "description", "currency_code", "parent_account_id", "active", "plaid_account_id"), "")
    made = books.post("/accounts", COFFEE | blank).created
    assert (made["code"], made["description"], made["currency_code"], made["parent_account_id"]) == (None, None, "USD", None)
    assert (made["active"], made["is_syncing_owner"]) == (True, False)


def test_what_comes_from_a_bank_feed_syncs(books):
    for key in ("plaid_account_id", "plaid_item_id"):
        made = books.post("/accounts", {"name": f"Feed {key}", "account_type": "bank", key: "p-1"}).created
        assert (made["is_syncing_owner"], made[key]) == (True, "p-1")


@pytest.mark.parametrize(
    "wrong",
    [{"name": "ab"}, {"name": "x" * 256}, {"name": None}, {"code": "12"}, {"code": "1234567"}, {"account_type": ""},
     {"currency_code": "EURO"}, {"parent_account_id": "x"}, {"description": "x" * 65536}],
)  # fmt: skip
def test_what_has_not_the_form_is_refused(books, wrong):
    assert refused(books, COFFEE | wrong) == "VALIDATION_ERROR"


@pytest.mark.parametrize("name", ["Rent", "rent", " RENT ", "rént", "Ｒｅｎｔ"])
def test_names_are_there_once(books, name):
    assert refused(books, COFFEE | {"name": name}) == NAME
    books.verify()


def test_codes_are_there_once(books):
    add(books, "Coffee", code="Zé1")
    assert refused(books, {"name": "Tea", "account_type": "expense", "code": "ZE1"}) == CODE
    assert refused(books, {"name": "Tea", "account_type": "expense", "code": "10001"}) == CODE


def test_a_code_may_be_required(books):
    setting = {"group": "accounts", "key": "account_code_required", "value": True}
    assert books.put("/settings", {"options": [setting]}).status == 200
    assert refused(books, COFFEE) == "account_code_required"
    assert books.post("/accounts", COFFEE | {"code": "6100"}).created


def test_a_type_must_exist(books):
    for kind in ("non-current-asset", "Expense", "money"):
        assert refused(books, COFFEE | {"account_type": kind}) == TYPE


def test_a_parent_must_exist_and_be_of_the_same_type(books):
    assert refused(books, COFFEE | {"parent_account_id": 4242}) == PARENT
    assert refused(books, COFFEE | {"parent_account_id": books.account("bank-account")}) == OTHER_TYPE
    assert books.post("/accounts", COFFEE | {"parent_account_id": books.account("rent")}).created


def test_a_child_has_the_currency_of_its_parent(books):
    euros = add(books, "Euro bank", "bank", currency_code="EUR")
    child = {"name": "Giro", "account_type": "bank"}
    assert refused(books, child | {"parent_account_id": euros}) == CURRENCY
    assert refused(books, child | {"parent_account_id": books.account("bank-account"), "currency_code": "EUR"}) == CURRENCY
    made = books.post("/accounts", child | {"parent_account_id": euros, "currency_code": "eur"}).created
    assert made["currency_code"] == "EUR"


def test_only_money_accounts_hold_another_currency(books):
    for item in books.get("/accounts/types").ok:
        body = {"name": f"In euros: {item['key']}", "account_type": item["key"], "currency_code": "EUR"}
        if item.get("multi_currency"):
            assert books.post("/accounts", body).created["currency_code"] == "EUR"
        else:
            assert refused(books, body) == SINGLE


def test_the_order_of_refusals(books):
    line = family(books, 6)
    add(books, "Coffee", code="6100")
    wrong = {
        "name": "coffee", "code": "6100", "account_type": "money", "parent_account_id": 4242, "currency_code": "EUR",
    }  # fmt: skip
    assert refused(books, wrong) == NAME
    assert refused(books, wrong := wrong | {"name": "Tea"}) == CODE
    assert refused(books, wrong := wrong | {"code": "6200"}) == TYPE
    assert refused(books, wrong := wrong | {"account_type": "other-expense"}) == PARENT
    assert refused(books, wrong := wrong | {"parent_account_id": line[-1]}) == OTHER_TYPE
    assert refused(books, wrong := wrong | {"account_type": "expense"}) == CURRENCY
    assert refused(books, wrong := wrong | {"currency_code": "USD"}) == DEPTH
    assert refused(books, wrong := wrong | {"currency_code": "EUR", "parent_account_id": None}) == SINGLE
    assert books.post("/accounts", wrong | {"currency_code": "USD"}).created


def test_accounts_nest_six_levels_deep(books):
    """Worked example E11."""
    *_, fifth, sixth = family(books, 6)
    assert refused(books, COFFEE | {"parent_account_id": sixth}) == DEPTH
    made = books.post("/accounts", COFFEE | {"parent_account_id": fifth}).created
    assert books.get(f"/accounts/{made['id']}").ok["flatten_name"] == (
        "Generation 1: Generation 2: Generation 3: Generation 4: Generation 5: Coffee"
    )


def test_a_child_is_as_active_as_its_parent(books):
    parent = add(books, "Parent", active=False)
    assert books.get(f"/accounts/{parent}").ok["active"] is False
    assert books.post("/accounts", COFFEE | {"parent_account_id": parent, "active": True}).created["active"] is False
    other = books.post("/accounts", {"name": "Tea", "account_type": "expense", "parent_account_id": 1021, "active": False})
    assert other.created["active"] is True


def test_edit(books):
    parent = add(books, "Parent")
    coffee = add(books, code="6100", description="Beans", parent_account_id=parent)
    pay(books, coffee)
    changed = books.put(f"/accounts/{coffee}", {"name": "Tea", "account_type": "expense"}).ok
    assert (changed["name"], changed["code"], changed["description"]) == ("Tea", "6100", "Beans")
    assert (changed["slug"], changed["parent_account_id"]) == ("coffee", parent)
    body = {"name": "tea", "account_type": "expense", "code": "", "description": "", "parent_account_id": ""}
    changed = books.put(f"/accounts/{coffee}", body | {"currency_code": "EUR", "active": False}).ok
    assert (changed["name"], changed["code"], changed["description"], changed["parent_account_id"]) == ("tea", None, None, None)
    assert (changed["currency_code"], changed["active"]) == ("USD", True)
    assert books.amount(coffee) == 10
    books.verify()


def test_predefined_accounts_may_be_edited(books):
    bank = books.account("bank-account")
    assert books.put(f"/accounts/{bank}", {"name": "Main bank", "account_type": "bank"}).ok["predefined"] is True
    assert books.account("bank-account") == bank


def test_refusals_of_an_edit_in_order(books):
    line = family(books, 3)
    add(books, "Coffee", code="6100")
    other = add(books, "Tea", code="6200")

    def refusal(**body):
        return books.put(f"/accounts/{other}", body).errors[0]

    wrong = {"name": "Coffee", "account_type": "income", "code": "6100", "parent_account_id": other}
    assert refusal(**wrong) == NAME
    assert refusal(**(wrong := wrong | {"name": "Tea"})) == "account_type_not_allowed_to_changed"
    assert refusal(**(wrong := wrong | {"account_type": "expense"})) == CODE
    assert refusal(**(wrong := wrong | {"code": "6200"})) == PARENT
    assert refusal(**(wrong | {"parent_account_id": 4242})) == PARENT
    assert refusal(**(wrong | {"parent_account_id": books.account("bank-account")})) == OTHER_TYPE
    assert refusal(name="Tea") == "VALIDATION_ERROR"
    assert books.put("/accounts/4242", {"name": "Tea", "account_type": "expense"}).errors == ["NOT_FOUND"]
    assert books.put(f"/accounts/{other}", wrong | {"parent_account_id": line[0]}).ok


def test_no_account_lies_below_itself(books):
    line = family(books, 4)
    for below in line[1:]:
        body = {"name": "Generation 1", "account_type": "expense", "parent_account_id": below}
        assert books.put(f"/accounts/{line[0]}", body).errors == [PARENT]
    assert len(books.get("/accounts").ok["accounts"]) == 35


def test_a_move_keeps_to_the_depth_with_all_that_lies_below(books):
    line = family(books, 4)
    top = add(books, "Top")
    middle = add(books, "Middle", parent_account_id=top)
    body = {"name": "Generation 1", "account_type": "expense"}
    assert books.put(f"/accounts/{line[0]}", body | {"parent_account_id": middle}).ok  # 2 + 4 levels
    low = add(books, "Low", parent_account_id=middle)
    assert books.put(f"/accounts/{line[0]}", body | {"parent_account_id": low}).errors == [DEPTH]


def test_a_move_keeps_to_the_currency(books):
    euros = add(books, "Euro bank", "bank", currency_code="EUR")
    body = {"name": "Euro bank", "account_type": "bank", "parent_account_id": books.account("bank-account")}
    assert books.put(f"/accounts/{euros}", body).errors == [CURRENCY]


def test_stored_balances_are_in_the_accounts_currency(books):
    """accounting.md 3.4 and worked example E9."""
    euros = add(books, "Euro bank", "bank", currency_code="EUR")
    pay(books, euros, 100, currency_code="EUR", exchange_rate="1.1")
    found = books.get(f"/accounts/{euros}").ok
    assert (Decimal(found["amount"]), found["formatted_amount"]) == (100, "100.00")
    assert books.amount(books.account("owner-equity")) == 110
    books.verify()


@pytest.mark.mariadb
def test_names_that_mariadb_takes_for_one(mariadb_books):
    books = mariadb_books
    cafe = add(books, "Café")
    tea = add(books, "Tea")
    for name in ("Cafe", "CAFÉ", "Cafe\u0301", "Ⓒafe", "Caf\u0001é"):
        assert books.post("/accounts", COFFEE | {"name": name}).errors == [NAME, "ACCOUNT.NAME.NOT.UNIQUE"], name
        assert books.put(f"/accounts/{tea}", {"name": name, "account_type": "expense"}).errors[0] == NAME
    assert books.put(f"/accounts/{cafe}", {"name": "Cafe", "account_type": "expense"}).ok
    books.verify()
