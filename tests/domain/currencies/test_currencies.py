from domain.currencies.service import ensure_currency

NOK = {"currency_code": "NOK", "currency_name": "Norwegian Krone", "currency_sign": "Nkr"}


def codes(books):
    return [item["currency_code"] for item in books.get("/currencies").ok]


def test_seeded_currencies(books):
    listed = books.get("/currencies").ok
    assert [item["currency_code"] for item in listed] == ["USD", "CAD", "EUR", "LYD", "GBP", "CNY", "AUD", "INR"]
    assert listed[0]["id"] == 1000
    assert [item["currency_code"] for item in listed if item["is_base_currency"]] == ["USD"]
    assert (listed[4]["currency_name"], listed[4]["currency_sign"]) == ("British Pound Sterling", "£")


def test_the_base_currency_is_seeded_too(make_books):
    books = make_books(base_currency="SEK")
    last = books.get("/currencies").ok[-1]
    assert (last["currency_code"], last["currency_name"], last["is_base_currency"]) == ("SEK", "Swedish Krona", True)


def test_create_edit_delete(books):
    answer = books.post("/currencies", {**NOK, "currency_code": " nok "})
    assert (answer.status, answer.body) == (201, b"")
    found = books.get("/currencies/nok").ok
    assert found["currency_code"] == "NOK"
    changed = books.put(f"/currencies/{found['id']}", {"currency_name": "Krone", "currency_sign": "kr"}).ok
    assert (changed["currency_name"], changed["currency_sign"], changed["currency_code"]) == ("Krone", "kr", "NOK")
    answer = books.delete("/currencies/NOK")
    assert (answer.status, answer.body) == (200, b"")
    assert "NOK" not in codes(books)
    assert books.get("/currencies/NOK").status == 404


def test_a_code_is_there_once(books):
    assert books.post("/currencies", {**NOK, "currency_code": "eur"}).errors == ["CURRENCY_CODE_EXISTS"]


def test_all_of_a_currency_is_required(books):
    for key in NOK:
        assert books.post("/currencies", {**NOK, key: ""}).errors == ["VALIDATION_ERROR"]
        assert books.post("/currencies", {**NOK, key: None}).errors == ["VALIDATION_ERROR"]
    assert books.put("/currencies/1000", {"currency_name": "Dollar"}).errors == ["VALIDATION_ERROR"]


def test_what_is_not_there(books):
    assert books.put("/currencies/4242", {"currency_name": "x", "currency_sign": "x"}).errors == ["NOT_FOUND"]
    assert books.delete("/currencies/ZZZ").errors == ["NOT_FOUND"]


def test_the_base_currency_stays(books):
    assert books.delete("/currencies/USD").errors == ["CANNOT_DELETE_BASE_CURRENCY"]


def test_a_used_currency_stays(books):
    assert books.post("/accounts", {"name": "Giro", "account_type": "bank", "currency_code": "EUR"}).created
    assert books.delete("/currencies/EUR").errors == ["CURRENCY_IN_USE"]
    assert "EUR" in codes(books)


def test_ensure_adds_what_is_missing_once(books):
    first, again = (books.command(lambda ctx: ensure_currency(ctx, "JPY")) for _ in range(2))
    assert first == again
    assert (first.currency_name, first.currency_sign) == ("Japanese Yen", "¥")
    assert codes(books).count("JPY") == 1
