"""Which form a client gets, by its Accept header, and the answers over the wire."""

import io

import openpyxl
import pypdf
import pytest

from domain.kit.errors import NOT_ACCEPTABLE, DomainError
from domain.reports.rendering.negotiation import Form, choose
from tests.domain.reports.test_report_endpoints import entry

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FIGURES = {
    "/reports/trial-balance-sheet": "$1,355.00",
    "/reports/balance-sheet": "$1,114.00",
    "/reports/profit-loss-sheet": "-$120.50",
    "/reports/cashflow-statement": "$1,114.00",
}
PATHS = tuple(FIGURES)


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("", Form.JSON), ("*/*", Form.JSON), ("application/json", Form.JSON), (" , ", Form.JSON), ("application/*", Form.JSON),
        ("application/json, text/plain, */*", Form.JSON), ("text/html,application/xhtml+xml,*/*;q=0.8", Form.JSON),
        ("application/json+table", Form.TABLE), ("application/json+table, application/json;q=0.5", Form.TABLE),
        ("application/csv", Form.CSV), ("text/csv", Form.CSV), ("TEXT/CSV; charset=utf-8", Form.CSV), ("text/*", Form.CSV),
        ("application/xlsx", Form.XLSX), (XLSX, Form.XLSX), ("application/pdf", Form.PDF),
        ("application/pdf, */*;q=0.1", Form.PDF), ("application/pdf;q=0.2, application/csv;q=0.9", Form.CSV),
        ("*/*, application/pdf", Form.PDF), ("application/pdf;q=0.1, */*", Form.JSON), ("application/json;q=0, text/csv", Form.CSV),
        ("application/json, application/pdf", Form.JSON), ("application/pdf;q=high", Form.PDF), ("application/pdf;q=NaN", Form.PDF),
        ("application/pdf ; q=1 , image/png", Form.PDF), ("image/png, */*;q=0.01", Form.JSON),
    ],
)  # fmt: skip
def test_the_preferred_form(accept, form):
    assert choose(accept) is form


@pytest.mark.parametrize(
    "accept",
    ["image/png", "application/pdf;q=0", "*/*;q=0", "application/xml, text/html", "nonsense", "audio/*", "application/json+html"],
)
def test_an_unknown_form_is_refused(accept):
    with pytest.raises(DomainError) as problem:
        choose(accept)
    assert problem.value.code is NOT_ACCEPTABLE


@pytest.fixture
def traded(books):
    entry(books, 1, "2024-02-01", ("bank-account", "owner-equity"), "1234.50")
    entry(books, 2, "2024-03-02", ("rent", "bank-account"), "120.50")
    return books


@pytest.mark.parametrize("path", PATHS)
def test_every_form_over_the_wire(traded, path):
    def get(accept):
        return traded.get(path, headers={"accept": accept})

    plain = traded.get(path)
    assert plain.headers["content-type"] == "application/json; charset=utf-8"
    assert {"data", "query", "meta"} == set(plain.ok)

    table = get("application/json+table")
    assert table.headers["content-type"] == "application/json; charset=utf-8"
    assert set(table.ok) == {"table", "query", "meta"}
    assert table.ok["query"] == plain.ok["query"]
    assert table.ok["table"]["rows"]

    sheet = get("application/csv")
    assert sheet.status == 200
    assert sheet.headers["content-type"] == "text/csv; charset=utf-8"
    assert sheet.headers["content-disposition"] == "attachment; filename=output.csv"
    assert FIGURES[path] in sheet.body.decode()

    book = get("application/xlsx")
    assert book.headers["content-type"] == XLSX
    assert book.headers["content-disposition"] == "attachment; filename=output.xlsx"
    assert openpyxl.load_workbook(io.BytesIO(book.body)).sheetnames == ["Sheet1"]

    paper = get("application/pdf")
    assert paper.headers["content-type"] == "application/pdf"
    assert "content-disposition" not in paper.headers
    text = pypdf.PdfReader(io.BytesIO(paper.body)).pages[0].extract_text()
    assert "Analytical Engines" in text
    assert plain.ok["meta"]["sheet_name"] in text
    assert FIGURES[path] in text


@pytest.mark.parametrize("path", PATHS)
def test_an_unknown_form_over_the_wire(traded, path):
    answer = traded.get(path, headers={"accept": "image/png"})
    assert (answer.status, answer.errors) == (406, ["NOT_ACCEPTABLE"])


def test_files_are_made_beside_the_event_loop_and_kept(traded):
    traded.get(PATHS[0])
    before = dict(traded.runtime.counters)
    first = traded.get(PATHS[0], headers={"accept": "application/pdf"})
    assert traded.runtime.counters["reads"] == before["reads"] + 1
    again = traded.get(PATHS[0], headers={"accept": "application/pdf"})
    assert again.body == first.body
    assert traded.runtime.counters["warm_reads"] == before["warm_reads"] + 1
    entry(traded, 3, "2024-05-01", ("bank-account", "owner-equity"), "1")
    assert traded.get(PATHS[0], headers={"accept": "application/pdf"}).body != first.body


def test_senseless_questions_stay_json(traded):
    answer = traded.get(f"{PATHS[0]}?from_date=2024-02-01&to_date=2024-01-31", headers={"accept": "application/pdf"})
    assert answer.errors == ["DATE_RANGE_INVERTED"]


def test_nobody_reads_a_file_without_permission(traded):
    staff = traded.sql("SELECT id FROM roles WHERE slug = 'staff'")[0][0]
    traded.add_member(user_id=7, role_id=staff)
    assert traded.get(PATHS[0], user_id=7, headers={"accept": "application/pdf"}).status == 403
