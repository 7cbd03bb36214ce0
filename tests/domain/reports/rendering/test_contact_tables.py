"""Agings and balance summaries as tables: the worked examples of reports-tables.md I and J, and every form over the wire."""

import csv
import io
import re
from datetime import date
from decimal import Decimal

import openpyxl
import pypdf
import pytest

from domain.reports.number_format import NumberFormat
from domain.reports.rendering import csv_file, pdf_file, table_json, xlsx_file
from domain.reports.rendering.table import flatten
from domain.reports.sheets import aging, contact_balances
from tests.domain.contacts.factories import add
from tests.domain.reports.contact_factories import (
    ACME,
    CUSTOMERS,
    OPEN,
    SUPPLIER,
    VENDOR,
    aged,
    owed,
    prepared_aging,
    prepared_balances,
    summary,
)
from tests.domain.reports.rendering.factories import Prepared, outline
from tests.domain.reports.test_listing_endpoints import entry

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def rendered(adapter, statement):
    return table_json.render(adapter(statement))


def lines(adapter, statement):
    return outline(rendered(adapter, statement)["rows"])


def keys(row):
    return [cell["key"] for cell in row["cells"]]


# ---- table JSON


def test_aging_of_the_worked_example():
    form = rendered(aging.table, prepared_aging())
    assert form["columns"] == [
        {"key": "customer_name", "label": "Customer name", "cell_index": 0},
        {"key": "current", "label": "Current", "cell_index": 1},
        {"key": "aging_period", "label": "0 - 30", "cell_index": 2},
        {"key": "aging_period", "label": "31 - 60", "cell_index": 3},
        {"key": "aging_period", "label": "61 - And Over", "cell_index": 4},
        {"key": "total", "label": "Total", "cell_index": 5},
    ]
    assert outline(form["rows"]) == [
        "contact #101  Acme | 65.00 | 150.00 | 70.00 | 20.00 | $305.00",
        "contact #102  Beta | ∅ | ∅ | ∅ | ∅ | $0.00",
        "total  ∅ | $65.00 | $150.00 | $70.00 | $20.00 | $305.00",
    ]
    figures = ["current", "aging_period", "aging_period", "aging_period", "total"]
    assert [keys(row) for row in form["rows"]] == [["customer_name", *figures]] * 2 + [["blank", *figures]]
    assert [row.get("id") for row in form["rows"]] == [101, 102, None]
    assert [line.split()[1] for line in lines(aging.table, prepared_aging(none_zero=True))] == ["#101", "∅"]


def test_aging_of_payables_and_of_what_has_no_contact():
    postings = [owed(1, "2023-03-20", -80, contact=201, account=6), owed(2, "2023-03-20", -5, contact=None, account=6)]
    form = rendered(aging.table, Prepared(aged(postings, [SUPPLIER], service=VENDOR, periods=1)))
    assert [column["label"] for column in form["columns"]] == ["Vendor name", "Current", "0 - And Over", "Total"]
    assert form["columns"][0]["key"] == keys(form["rows"][0])[0] == "vendor_name"
    assert outline(form["rows"]) == [
        "contact #201  Supplier | ∅ | 80.00 | $80.00",
        "contact  Without contact | ∅ | 5.00 | $5.00",
        "total  ∅ | $0.00 | $85.00 | $85.00",
    ]


def test_balances_of_the_worked_example():
    form = rendered(contact_balances.table, prepared_balances())
    assert form["columns"] == [
        {"key": "name", "label": "Account name"},
        {"key": "total", "label": "Total"},
        {"key": "percentage_of_column", "label": "% of Column"},
    ]
    acme, beta, total = (
        "CUSTOMER #101  Acme | $1,050.00 | 93.33%",
        "CUSTOMER #102  Beta | $75.00 | 6.67%",
        "TOTAL  Total | $1,125.00 | 100.00%",
    )
    assert outline(form["rows"]) == [acme, beta, total]
    assert [keys(row) for row in form["rows"]] == [["name", "total", "percentageOfColumn"]] * 3
    idle = lines(contact_balances.table, prepared_balances(none_transactions=False))
    assert idle == [acme, beta, "CUSTOMER #103  Zed | ∅ | ∅", total]
    assert lines(contact_balances.table, prepared_balances(as_date=date(2022, 12, 31))) == [
        "CUSTOMER #101  Acme | $200.00 | 72.73%", "CUSTOMER #102  Beta | $75.00 | 27.27%", "TOTAL  Total | $275.00 | 100.00%",
    ]  # fmt: skip
    assert lines(contact_balances.table, prepared_balances(people=[]))[0].startswith("CUSTOMER  Without contact | $1,125.00")


def test_balances_of_vendors_without_shares():
    statement = prepared_balances(people=[SUPPLIER], service=VENDOR)
    statement.percentages = frozenset()
    form = rendered(contact_balances.table, statement)
    assert [column["key"] for column in form["columns"]] == ["name", "total"]
    assert outline(form["rows"]) == ["VENDOR #201  Supplier | $1,700.00", "TOTAL  Total | $1,700.00"]


def test_no_contact_no_rows():
    assert lines(aging.table, Prepared(aged([], []))) == []
    assert lines(contact_balances.table, prepared_balances(people=[], postings=[])) == []
    nobody = prepared_balances(contacts=frozenset({4711}))
    assert lines(contact_balances.table, nobody) == []
    assert len(rendered(contact_balances.table, nobody)["columns"]) == 3


# ---- the same figures in every form

NUMBERS = {
    "default": NumberFormat(currency="USD", precision=2),
    "parentheses": NumberFormat(currency="USD", precision=2, parentheses=True, show_zero=True),
    "yen": NumberFormat(currency="JPY", precision=0, money="none"),
}
OVERPAID = [*OPEN, owed(7, "2023-03-30", -400), owed(8, "2023-03-30", 12, contact=102), owed(9, "2023-01-01", 7, contact=None)]


def aging_statement():
    return aging.table, Prepared(aged(OVERPAID))


def balances_statement():
    postings = [*summary(), owed(9, "2023-01-30", -100, contact=102)]
    return contact_balances.table, prepared_balances(people=CUSTOMERS, postings=postings, none_transactions=False)


def plain_texts(statement):
    """The texts of the plain JSON, by row."""
    sheet, numbers = statement.sheet, statement.numbers
    kind = sheet.service.value
    if statement.percentages:
        form = contact_balances.plain_json(sheet, numbers, shares=True)
        rows = [*form[f"{kind}s"], form["total"]]
        return [[row["total"]["formatted_amount"], row["percentage_of_column"]["formatted_amount"]] for row in rows]
    form = aging.plain_json(sheet, numbers)
    return [
        [part["formatted_amount"] for part in (row["current"], *(age["total"] for age in row["aging"]), row["total"])]
        for row in (*form[f"{kind}s"], form["total"])
    ]


@pytest.mark.parametrize("style", NUMBERS)
@pytest.mark.parametrize("make", [aging_statement, balances_statement])
def test_every_form_shows_the_same_figures(make, style):
    adapter, statement = make()
    statement.numbers = NUMBERS[style]
    flat = [item.row for item in flatten(adapter(statement).rows)]
    texts = [[cell.text for cell in row.cells] for row in flat]
    assert [row[1:] for row in texts] == plain_texts(statement)
    assert [[cell["value"] for cell in row["cells"]] for row in rendered(adapter, statement)["rows"]] == texts
    assert list(csv.reader(io.StringIO(csv_file.render(adapter(statement)).decode())))[1:] == texts
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_file.render(adapter(statement))))["Sheet1"]
    for number, row in enumerate(flat, start=2):
        for place, cell in enumerate(row.cells, start=1):
            held = sheet.cell(number, place)
            if cell.value is None:
                assert (held.value or "") == cell.text
            else:
                assert held.data_type == "n"
                assert round(Decimal(str(held.value)), 12) == round(Decimal(cell.value), 12)
    pages = pypdf.PdfReader(io.BytesIO(pdf_file.render(adapter(statement)))).pages
    printed = re.sub(r"\s", "", "".join(page.extract_text() for page in pages))
    for row in texts:
        assert re.sub(r"\s", "", "".join(row)) in printed


def test_a_share_is_a_percentage_in_a_workbook():
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_file.render(contact_balances.table(prepared_balances()))))["Sheet1"]
    assert [cell.value for cell in sheet[1]] == ["Account name", "Total", "% of Column"]
    assert sheet.cell(2, 3).number_format.startswith("0.00%")
    assert abs(sheet.cell(2, 3).value - 1050 / 1125) < 1e-12
    total = sheet.cell(sheet.max_row, 2)
    assert (total.value, total.font.bold, total.border.bottom.style) == (1125, True, "double")


# ---- over the wire

FIGURES = {
    "/reports/receivable-aging-summary": "$333.33",
    "/reports/receivable_aging_summary": "$333.33",
    "/reports/payable-aging-summary": "$70.00",
    "/reports/customer-balance-summary?percentage_column=true": "$333.33",
    "/reports/vendor-balance-summary": "$70.00",
}


@pytest.fixture
def traded(books):
    customer = add(books, display_name=ACME.name)["id"]
    vendor = add(books, "vendors", display_name="Mill")["id"]
    entry(books, 1, "2024-02-29", ("accounts-receivable", "sales-of-product-income"), "333.33", contact_id=customer)
    entry(books, 2, "2024-03-01", ("accounts-payable", "rent"), "-70", contact_id=vendor)
    return books


@pytest.mark.parametrize("path", FIGURES)
def test_every_form_over_the_wire(traded, path):
    def get(accept):
        return traded.get(path, headers={"accept": accept})

    plain = traded.get(path)
    assert plain.headers["content-type"] == "application/json; charset=utf-8"
    assert {"data", "query", "meta"} <= set(plain.ok)
    name = "Acme" if FIGURES[path] == "$333.33" else "Mill"

    table = get("application/json+table")
    assert set(table.ok) == {"table", "query", "meta"}
    assert (table.ok["query"], table.ok["meta"]) == (plain.ok["query"], plain.ok["meta"])
    assert table.ok["table"]["rows"][0]["cells"][0]["value"] == name
    assert FIGURES[path] in [cell["value"] for cell in table.ok["table"]["rows"][-1]["cells"]]

    file = get("application/csv")
    assert file.headers["content-type"] == "text/csv; charset=utf-8"
    assert file.headers["content-disposition"] == "attachment; filename=output.csv"
    last = file.body.decode().split("\n")[-1]
    assert FIGURES[path] in last

    book = get("application/xlsx")
    assert book.headers["content-type"] == XLSX
    assert openpyxl.load_workbook(io.BytesIO(book.body))["Sheet1"]["A2"].value == name

    paper = get("application/pdf")
    assert paper.headers["content-type"] == "application/pdf"
    text = pypdf.PdfReader(io.BytesIO(paper.body)).pages[0].extract_text()
    for wanted in ("Analytical Engines", plain.ok["meta"]["sheet_name"], "As 2024/06/01", name, FIGURES[path]):
        assert wanted in text
    refused = get("image/png")
    assert (refused.status, refused.errors) == (406, ["NOT_ACCEPTABLE"])


@pytest.mark.parametrize("path", FIGURES)
def test_nobody_reads_a_file_without_permission(traded, path):
    staff = traded.sql("SELECT id FROM roles WHERE slug = 'staff'")[0][0]
    traded.add_member(user_id=7, role_id=staff)
    assert traded.get(path, user_id=7, headers={"accept": "application/csv"}).status == 403
