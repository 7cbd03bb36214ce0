"""The listings over the wire."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import text

from domain.kit.routing import split_path
from domain.ledger import repository_words
from domain.ledger.model import Journal, ReferenceType, line
from domain.ledger.repository_words import LedgerMovedError, read_words
from domain.ledger.service import post, repost
from domain.reports.entries import iso_of
from tests.domain.contacts.factories import add

LISTINGS = (
    "/reports/general-ledger", "/reports/journal", "/reports/transactions-by-customers", "/reports/transactions-by-vendors",
    "/financial_statements/transactions-by-vendors",
)  # fmt: skip


def entry(books, number: int, day: str, sides: tuple[str, str], amount: str, *, kind=ReferenceType.JOURNAL, write=post, **fields):
    contact = fields.pop("contact_id", None)
    note = fields.pop("note", None)

    def run(ctx):
        lines = tuple(
            line(account_id=books.account(slug), amount=value, currency="USD", rate=Decimal(1), base_currency="USD", index=place,
                 contact_id=contact if place == 1 else None, note=note)
            for place, (slug, value) in enumerate(zip(sides, (Decimal(amount), -Decimal(amount)), strict=True), start=1)
        )  # fmt: skip
        journal = Journal(reference_type=kind, reference_id=number, date=date.fromisoformat(day), base_currency="USD", lines=lines,
                          transaction_number=f"N-{number}", reference_number=f"R-{number}", **fields)  # fmt: skip
        write(ctx, journal)

    books.command(run)


@pytest.fixture
def traded(books):
    customer = add(books, display_name='Kestrel "K" & Söhne')["id"]
    vendor = add(books, "vendors", display_name="Mill")["id"]
    entry(books, 1, "2023-12-02", ("bank-account", "owner-equity"), "1000")
    entry(books, 2, "2024-01-05", ("rent", "bank-account"), "120.50", note='He said "no"\n\t<b>\u2028é')
    sale = ("accounts-receivable", "sales-of-product-income")
    entry(books, 3, "2024-02-29", sale, "333.33", kind=ReferenceType.SALE_INVOICE, contact_id=customer)
    entry(books, 4, "2024-03-01", ("accounts-payable", "bank-account"), "7", kind=ReferenceType.BILL_PAYMENT, contact_id=vendor)
    entry(
        books, 5, "2024-03-02", ("bank-account", "owner-equity"), "1", kind=ReferenceType.CASHFLOW_TRANSACTION,
        transaction_type="OwnerContribution",
    )  # fmt: skip
    return books


def account_of(answer, account_id):
    (found,) = [item for item in answer["data"] if item["id"] == account_id]
    return found


def test_general_ledger(traded):
    answer = traded.get("/reports/general-ledger?none_transactions=true").ok
    bank = account_of(answer, traded.account("bank-account"))
    assert bank["opening_balance"] == {
        "amount": 1000, "formatted_amount": "$1,000.00", "currency_code": "USD", "date": "2024-01-01",
    }  # fmt: skip
    assert [row["formatted_running_balance"] for row in bank["transactions"]] == ["879.50", "872.50", "873.50"]
    assert bank["closing_balance"]["amount"] == traded.amount(bank["id"]) == Decimal("873.5")
    assert [row["transaction_type_formatted"] for row in bank["transactions"]] == [
        "Manual journal", "Payment made", "Owner contribution",
    ]  # fmt: skip
    assert bank["transactions"][0]["note"] == 'He said "no"\n\t<b>\u2028é'
    receivable = account_of(answer, traded.account("accounts-receivable"))["transactions"][0]
    assert (receivable["contact_name"], receivable["contact_type"]) == ('Kestrel "K" & Söhne', "customer")
    assert answer["query"] == {
        "from_date": "2024-01-01", "to_date": "2024-06-01", "basis": "cash", "accounts_ids": [], "none_transactions": True,
        "branches_ids": [],
        "number_format": {
            "precision": 2, "divide_on1000": False, "show_zero": False, "format_money": "total", "negative_format": "mines",
        },
    }  # fmt: skip
    assert answer["meta"]["sheet_name"] == "General Ledger"
    assert answer["meta"]["formatted_date_range"] == "From 2024/01/01 | To 2024/06/01"
    assert answer["meta"]["basis"] == "accrual"


def test_drill_down_from_the_general_ledger_to_the_document(traded):
    receivable = traded.account("accounts-receivable")
    row = account_of(traded.get(f"/reports/general-ledger?accounts_ids[]={receivable}").ok, receivable)["transactions"][0]
    query = f"reference_type={row['reference_type'].lower()}&reference_id={row['reference_id']}"
    lines = traded.get(f"/reports/transactions-by-reference?{query}").ok["transactions"]
    assert [(item["account_id"], item["debit"]["formatted_amount"], item["credit"]["formatted_amount"]) for item in lines] == [
        (receivable, "333.33", ""), (traded.account("sales-of-product-income"), "", "333.33"),
    ]  # fmt: skip
    assert lines[0]["id"] == row["id"]
    assert lines[0] | {"id": 0, "contact_id": 0, "debit": 0, "credit": 0, "account_id": 0} == {
        "id": 0, "date": {"formatted_date": "2024-02-29", "date": "2024-02-29T00:00:00.000Z"}, "formatted_date": "2024-02-29",
        "credit": 0, "debit": 0, "reference_type": "SaleInvoice", "reference_id": 3, "formatted_reference_type": "Sale invoice",
        "contact_id": 0, "contact_type": "customer", "formatted_contact_type": "customer", "contactTypeFormatted": "customer",
        "account_name": "Accounts Receivable (A/R)", "account_code": "10007", "account_id": 0,
    }  # fmt: skip
    assert lines[1]["contact_type"] is None
    assert lines[1]["formatted_contact_type"] == ""


def test_journal(traded):
    answer = traded.get("/reports/journal?from_range=7&number_format[show_zero]=1").ok
    assert [(group["reference_type"], group["reference_id"]) for group in answer["data"]] == [
        ("Journal", 2), ("SaleInvoice", 3), ("BillPayment", 4),
    ]  # fmt: skip
    first = answer["data"][0]
    assert (first["debit"], first["formatted_credit"]) == (Decimal("120.5"), "$120.50")
    assert [item["formatted_credit"] for item in first["entries"]] == ["0.00", "120.50"]
    assert first["entries"][0]["created_at"] == "2024-06-01T12:00:00.000Z"
    one = traded.get("/reports/journal?transaction_type=BillPayment&transaction_id=4").ok["data"]
    assert [group["reference_id"] for group in one] == [4]
    assert answer["meta"]["sheet_name"] == "Journal Sheet"


def test_transactions_by_contacts(traded):
    (customer,) = traded.get("/reports/transactions-by-customers").ok["data"]
    assert customer["customer_name"] == 'Kestrel "K" & Söhne'
    assert customer["closing_balance"]["formatted_amount"] == "$333.33"
    row = customer["transactions"][0]
    assert (row["transaction_type"], row["transaction_number"], row["reference_id"]) == ("Sale invoice", "N-3", 3)
    for path in LISTINGS[3:]:
        answer = traded.get(path).ok
        (vendor,) = answer["data"]
        assert (vendor["vendor_name"], vendor["closing_balance"]["amount"]) == ("Mill", -7)
        assert answer["meta"]["sheet_name"] == "Transactions By Vendor"
    idle = add(traded, display_name="Idle")["id"]
    named = traded.get(f"/reports/transactions-by-customers?customers_ids[]={idle}").ok["data"]
    assert [(item["customer_name"], item["transactions"]) for item in named] == [("Idle", [])]


def test_cash_account_transactions(traded):
    bank = traded.account("bank-account")
    answer = traded.get(f"/banking/transactions?account_id={bank}&page_size=3").ok
    assert answer["pagination"] == {"total": 4, "page": 1, "page_size": 3}
    rows = answer["transactions"]
    assert [(row["formatted_deposit"], row["formatted_withdrawal"], row["formatted_running_balance"]) for row in rows] == [
        ("1.00", "", "873.50"), ("", "7.00", "872.50"), ("", "120.50", "879.50"),
    ]  # fmt: skip
    assert rows[0]["running_balance"] == rows[0]["balance"] == traded.amount(bank)
    assert (rows[0]["reference_number"], rows[0]["transaction_number"]) == ("R-5", "N-5")
    assert (rows[0]["status"], rows[0]["formatted_status"], rows[0]["uncategorized_transaction_id"]) == ("manual", "Manual", None)
    (oldest,) = traded.get(f"/banking/transactions?account_id={bank}&page_size=3&page=2").ok["transactions"]
    assert oldest["running_balance"] == oldest["deposit"] == 1000
    assert traded.get("/banking/transactions?account_id=999999").ok["transactions"] == []


def test_an_edited_document_is_listed_once(traded):
    bank = traded.account("bank-account")
    traded.get(f"/banking/transactions?account_id={bank}").ok  # noqa: B018 - the ledger is in memory from here on
    kind = ReferenceType.CASHFLOW_TRANSACTION
    entry(traded, 5, "2024-01-02", ("bank-account", "owner-equity"), "9", kind=kind, write=repost)
    answer = traded.get(f"/banking/transactions?account_id={bank}").ok
    assert [row["reference_id"] for row in answer["transactions"]] == [4, 2, 5, 1]
    assert answer["transactions"][0]["running_balance"] == traded.amount(bank)
    ledger = account_of(traded.get("/reports/general-ledger").ok, bank)
    assert [row["amount"] for row in ledger["transactions"]] == [Decimal(9), Decimal("-120.5"), Decimal(-7)]


@pytest.mark.parametrize("path", LISTINGS)
@pytest.mark.parametrize(
    "query",
    [
        "from_date=2024-02-01&to_date=2024-01-31", "from_date=tomorrow", "to_date=0001-01-01", "to_date=", "to_date=2023-02-29",
        "number_format[precision]=6", "number_format[format_money]=much", "number_format=1",
    ],
)  # fmt: skip
def test_senseless_questions_are_refused(books, path, query):
    answer = books.get(f"{path}?{query}")
    assert answer.status == 400
    assert answer.errors


@pytest.mark.parametrize(
    "path",
    [
        "/reports/general-ledger?accounts_ids[]=x", "/reports/general-ledger?branches_ids[]=-1", "/reports/journal?from_range=much",
        "/reports/journal?transaction_id=x", "/reports/transactions-by-customers?customers_ids[]=0",
        "/reports/transactions-by-reference", "/reports/transactions-by-reference?reference_type=Bill",
        "/reports/transactions-by-reference?reference_type=&reference_id=1",
        "/reports/transactions-by-reference?reference_type=Bill&reference_id=x", "/banking/transactions",
        "/banking/transactions?account_id=x", "/banking/transactions?account_id=1&page=0",
        "/banking/transactions?account_id=1&page_size=10001", "/banking/transactions?account_id=1&page_size=x",
    ],
)  # fmt: skip
def test_senseless_parameters_are_refused(books, path):
    answer = books.get(path)
    assert answer.status == 400
    assert answer.errors


def test_inverted_range_has_its_own_code(books):
    assert books.get(f"{LISTINGS[0]}?from_date=2024-02-01&to_date=2024-01-31").errors == ["DATE_RANGE_INVERTED"]


def test_empty_books_have_empty_listings(books):
    for path in LISTINGS[1:]:
        assert books.get(path).ok["data"] == []
    assert books.get("/reports/general-ledger?none_transactions=1").ok["data"] == []
    assert books.get("/reports/general-ledger?accounts_ids[]=999999").ok["data"] == []
    assert books.get("/reports/transactions-by-reference?reference_type=nothing&reference_id=1").ok == {"transactions": []}


def test_doubled_slashes_reach_the_same_endpoint(traded):
    assert split_path("//reports/general-ledger") == split_path("/reports/general-ledger")
    assert traded.get("//reports/journal").ok == traded.get("/reports/journal").ok


def test_listings_need_their_permission(books):
    staff = books.sql("SELECT id FROM roles WHERE slug = 'staff'")[0][0]
    books.add_member(user_id=7, role_id=staff)
    grants = books.get("/dashboard/boot", user_id=7).ok["abilities"]
    assert not [item for item in grants if item["subject"] == "Report"]
    for path in LISTINGS:
        assert books.get(path, user_id=7).status == 403
    assert books.get("/reports/transactions-by-reference?reference_type=Bill&reference_id=1", user_id=7).status == 200


@pytest.mark.parametrize("path", LISTINGS)
def test_listings_come_in_every_form(traded, path):
    def get(media_type):
        return traded.get(path, headers={"accept": media_type})

    table = get("application/json+table").ok
    assert table["query"] == traded.get(path).ok["query"]
    assert table["meta"]["sheet_name"]
    assert table["table"]["rows"]
    lines = get("application/csv").body.decode().split("\n")
    assert lines[0].split(",")[:2] == [column["label"] for column in table["table"]["columns"]][:2]
    assert get("application/xlsx").body.startswith(b"PK")
    assert get("application/pdf").body.startswith(b"%PDF")


def test_table_of_the_general_ledger(traded):
    bank = traded.account("bank-account")
    answer = traded.get(f"/reports/general-ledger?accounts_ids[]={bank}", headers={"accept": "application/json+table"}).ok
    (row,) = answer["table"]["rows"]
    assert (row["row_types"], row["cells"][0]) == (["ACCOUNT"], {"key": "date", "value": "Bank Account"})
    kinds = [child["row_types"][0] for child in row["children"]]
    assert kinds == ["OPENING_BALANCE", *["TRANSACTION"] * 3, "CLOSING_BALANCE"]
    assert row["children"][-1]["cells"][-1]["value"] == "$873.50"


# ---- reading words


@pytest.mark.parametrize("dense", [True, False])
def test_words_are_read_for_exactly_the_lines_asked_for(traded, monkeypatch, dense):
    monkeypatch.setattr(repository_words, "STRETCH_LINES", 4)
    monkeypatch.setattr(repository_words, "IDS_AT_ONCE_MAX", 2)
    monkeypatch.setattr(repository_words, "SPARSE_FROM", 100 if dense else 0)
    ids = [row[0] for row in traded.sql("SELECT id FROM ledger_lines ORDER BY id")][::2]
    words = traded.query(lambda ctx: read_words(ctx.db, ids))
    assert words.line_id == ids
    assert words.transaction_number == [f"N-{number}" for number in range(1, 6)]
    assert {iso_of(instant) for instant in words.created_at} == {"2024-06-01T12:00:00.000Z"}


def test_a_line_that_is_gone_is_not_left_out_silently(traded):
    with pytest.raises(LedgerMovedError):
        traded.query(lambda ctx: read_words(ctx.db, [1, 2]))


ODD_NOTE = 'He said "no"\r\n\t\x01\\ <b>,[] \u2028 Größe 😀'


def test_words_on_mariadb(mariadb_books, monkeypatch):
    for number in range(1, 4):
        entry(mariadb_books, number, "2024-01-05", ("rent", "bank-account"), "120.50", note=ODD_NOTE)
    bank = account_of(mariadb_books.get("/reports/general-ledger").ok, mariadb_books.account("bank-account"))
    assert [row["note"] for row in bank["transactions"]] == [ODD_NOTE] * 3
    group = mariadb_books.get("/reports/journal").ok["data"][0]
    assert group["entries"][0]["created_at"] == "2024-06-01T12:00:00.000Z"

    ids = [row[0] for row in mariadb_books.sql("SELECT id FROM ledger_lines ORDER BY id")]
    with monkeypatch.context() as patched:
        patched.delattr(repository_words, "_read_rows")  # a whole text is enough
        whole = mariadb_books.query(lambda ctx: read_words(ctx.db, ids))
    monkeypatch.setattr(repository_words, "_ALLOW_TEXT", text("SET SESSION group_concat_max_len = 100"))
    assert mariadb_books.query(lambda ctx: read_words(ctx.db, ids)) == whole, "a text that the server cut short is not used"
    monkeypatch.setattr(repository_words, "SPARSE_FROM", 0)
    assert mariadb_books.query(lambda ctx: read_words(ctx.db, ids[::2])).line_id == ids[::2]
    with pytest.raises(LedgerMovedError):
        mariadb_books.query(lambda ctx: read_words(ctx.db, [1, *ids]))
