from decimal import Decimal

import pytest


def store(books, rate, *, day=None, source="EUR", target="USD"):
    body = {"date": day, "from_currency": source, "to_currency": target, "rate": rate}
    return books.post("/exchange-rates", body).created


def latest(books, source, target, path="/exchange_rates/latest"):
    return books.get(f"{path}?from_currency={source}&to_currency={target}").ok["exchange_rate"]


@pytest.mark.parametrize("path", ["/exchange_rates/latest", "/exchange-rates/latest"])
def test_nothing_known_is_one(books, path):
    assert books.get(f"{path}?from_currency=eur").ok == {"base_currency": "EUR", "to_currency": "USD", "exchange_rate": 1}
    assert books.get(path).ok == {"base_currency": "USD", "to_currency": "USD", "exchange_rate": 1}


def test_the_latest_on_or_before_today(books):
    store(books, "1.05", day="2024-05-01")
    store(books, "1.08", day="2024-06-01")
    store(books, "1.50", day="2024-06-02")
    assert latest(books, "EUR", "USD") == Decimal("1.08")
    books.clock.advance(days=1)
    assert latest(books, "EUR", "USD", "/exchange-rates/latest") == Decimal("1.5")


def test_the_inverse_where_only_that_is_stored(books):
    store(books, 3, source="EUR", target="GBP")
    assert latest(books, "GBP", "EUR") == Decimal("0.33333333")
    store(books, "0.34", day="2020-01-01", source="GBP", target="EUR")
    assert latest(books, "GBP", "EUR") == Decimal("0.34")


def test_a_huge_rate_has_an_inverse_above_zero(books):
    store(books, 10**9)
    assert latest(books, "USD", "EUR") == Decimal("0.00000001")


def test_one_between_a_currency_and_itself(books):
    assert latest(books, "EUR", "EUR") == 1


def test_one_rate_a_day_and_pair(books):
    first = store(books, "1.1")
    second = store(books, "1.2")
    assert (first["id"], second["id"]) == (1000, 1000)
    assert first["formatted_date"] == "01 Jun 2024"
    listed = books.get("/exchange-rates").ok
    assert [(item["id"], item["rate"]) for item in listed["exchange_rates"]] == [(1000, Decimal("1.2"))]
    assert listed["pagination"] == {"total": 1, "page": 1, "page_size": 12}


def test_defaults_are_today_and_the_base_currency(books):
    rate = books.post("/exchange-rates", {"fromCurrency": "gbp", "rate": "1.27"}).created
    assert (rate["date"], rate["from_currency"], rate["to_currency"]) == ("2024-06-01T00:00:00.000Z", "GBP", "USD")


def test_list_is_newest_first_and_of_one_currency(books):
    for day, source in (("2024-01-01", "EUR"), ("2024-03-01", "GBP"), ("2024-02-01", "EUR")):
        store(books, 2, day=day, source=source)
    everything = books.get("/exchange-rates?page_size=2").ok
    assert [item["date"][:10] for item in everything["exchange_rates"]] == ["2024-03-01", "2024-02-01"]
    assert everything["pagination"]["total"] == 3
    euro = books.get("/exchange-rates?from_currency=EUR&column_sort_by=date&sort_order=asc").ok["exchange_rates"]
    assert [item["date"][:10] for item in euro] == ["2024-01-01", "2024-02-01"]


def test_refusals(books):
    def errors(**body):
        return books.post("/exchange-rates", {"from_currency": "EUR", "rate": 1} | body).errors

    assert errors(from_currency="USD") == ["EXCHANGE_RATE_SAME_CURRENCY"]
    assert errors(from_currency="XTS") == ["EXCHANGE_RATE_CURRENCY_NOT_FOUND"]
    assert errors(from_currency="euro") == ["VALIDATION_ERROR"]
    for rate in (0, -1, "", "0.000000001", 10**10, "abc"):
        assert errors(rate=rate) == ["VALIDATION_ERROR"]


def test_delete(books):
    rate = store(books, "1.1")
    assert books.delete(f"/exchange-rates/{rate['id']}").status == 200
    assert books.delete(f"/exchange-rates/{rate['id']}").errors == ["NOT_FOUND"]
    assert latest(books, "EUR", "USD") == 1
