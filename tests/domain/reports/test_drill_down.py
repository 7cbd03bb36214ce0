"""From every row of every report to what is behind it, over the wire: the table's row is all that one needs to know."""

import pytest

from tests.domain.reports.test_bad_input import REPORTS, url
from tests.domain.reports.test_statement_requests import contact, owe

TABLES = [path for path, item in REPORTS.items() if "application/json+table" in item.media_types]
YEAR = "from_date=2024-01-01&to_date=2024-12-31"
COMPUTED = {"TOTAL", "total", "AGGREGATE", "ACCOUNTS", "NET_INCOME", "RETAINED_EARNINGS", "OPENING_BALANCE", "CLOSING_BALANCE"}


@pytest.fixture
def owing(books):
    acme = contact(books, "customers", "Acme", opening_balance=200, opening_balance_at="2024-01-10")
    contact(books, "vendors", "Supplier", opening_balance=70, opening_balance_at="2024-01-10")
    owe(books, 900001, "2024-05-20", "50.25", acme)
    return books


def rows_of(books, path, *query):
    def walk(rows):
        for row in rows:
            yield row
            yield from walk(row.get("children", []))

    days = [part for part in YEAR.split("&") if part.split("=")[0] in REPORTS[path].query.model_fields]
    answer = books.get(url(REPORTS[path], *days, *query), headers={"accept": "application/json+table"}).ok
    return list(walk(answer["table"]["rows"]))


@pytest.mark.parametrize("path", TABLES)
def test_each_row_leads_to_what_is_behind_it(owing, path):
    accounts, contacts, documents = set(), set(), set()
    for row in rows_of(owing, path):
        kinds = set(row.get("row_types", ()))
        if "reference_id" in row:
            documents.add((row["reference_type"], row["reference_id"]))
        elif "ACCOUNT" in kinds:
            accounts.add(int(str(row["id"]).removeprefix("account-")))
        elif kinds & {"CUSTOMER", "VENDOR", "contact"}:
            contacts.add(row["id"])
        else:
            assert not kinds or kinds & COMPUTED, row
    assert accounts or contacts or documents
    for account in accounts:
        found = owing.get(f"/reports/general-ledger?{YEAR}&accounts_ids[]={account}").ok["data"]
        assert str(account) in str(found)
    for kind, id_ in documents:
        assert owing.get(f"/reports/transactions-by-reference?reference_type={kind}&reference_id={id_}").ok["transactions"]
    for id_ in contacts:
        lines = [
            owing.get(f"/reports/transactions-by-{kind}?{YEAR}&{kind}_ids[]={id_}").ok["data"]
            for kind in ("customers", "vendors")
        ]
        assert any(found and found[0]["id"] == id_ and found[0]["transactions"] for found in lines)
