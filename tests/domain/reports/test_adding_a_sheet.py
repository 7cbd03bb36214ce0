"""Adding a sheet means one file: a toy that is found beside the sheets is served, described and packed, and nothing else knows it."""

import base64
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pypdf
import pytest

from domain.catalog import tenant_endpoints
from domain.kit.openapi import openapi_document
from domain.reports.rendering.negotiation import MEDIA_TYPES
from domain.reports.report import find_reports
from tenancy.packs.model import FORMATS, REPORTS
from tenancy.packs.rendering import render_tenant_pack
from tests.books import Books, SteadyClock
from tests.packs.conftest import make_request, sell
from tests.tenancy.installation import Installation

TOYS = Path(__file__).parent / "toy_sheets"
PATH = "/reports/turnover"
SERVE = """
import sys
from domain.reports import sheets
sheets.__path__.append(sys.argv[1])
from tests.domain.reports.test_adding_a_sheet import serve
serve(sys.argv[2])
"""


def serve(folder: str) -> None:
    """In a process of its own, begun with the toy among the sheets: all that the service says of it, into a file."""
    installation = Installation(Path(folder) / "var")
    record = installation.built("Toys")
    sell(installation, record, 1000)
    books = Books(installation.url(record), tenant_id=record.id, clock=SteadyClock())
    query, owner = f"{PATH}?from_date=2024-05-01&to_date=2024-05-31", record.owner_user_id
    try:
        answers = {accept: books.get(query, user_id=owner, headers={"accept": accept}) for accept in MEDIA_TYPES}
        refused = books.get(f"{PATH}?from_date=2024-05-02&to_date=2024-05-01", user_id=owner)
    finally:
        books.close()
    outcome = render_tenant_pack(
        installation.config,
        record,
        make_request(reports=("turnover",), formats=tuple(FORMATS)),
        Path(folder),
        clock=SteadyClock(),
    )
    installation.close()
    said = {
        "bodies": {accept: base64.b64encode(answer.body).decode() for accept, answer in answers.items() if answer.status == 200},
        "refused": refused.errors,
        "operation": openapi_document(tenant_endpoints(), title="", version="")["paths"][f"/api{PATH}"]["get"],
        "pack": {"offered": list(REPORTS), "error": outcome.error, "file": outcome.file},
    }
    (Path(folder) / "said.json").write_text(json.dumps(said))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("toy")
    subprocess.run([sys.executable, "-c", SERVE, TOYS, made], check=True, timeout=120)
    return made


@pytest.fixture(scope="module")
def said(folder):
    return json.loads((folder / "said.json").read_text())


@pytest.fixture
def bodies(said):
    return {accept: base64.b64decode(body) for accept, body in said["bodies"].items()}


FIGURES = [["Petty Cash", "1,500.00"], ["Sales of Product Income", "1,000.00"]]


def test_without_its_file_there_is_no_toy():
    assert PATH not in {item.path for item in tenant_endpoints()}
    assert "turnover" not in REPORTS


def test_it_is_served_in_every_form(bodies):
    assert set(bodies) == set(MEDIA_TYPES)
    plain = json.loads(bodies["application/json"])
    lines = [[line["name"], line["turnover"]["formatted_amount"]] for line in plain["data"]]
    assert len(lines) == 3
    assert [line for line in lines if line in FIGURES] == FIGURES
    assert (plain["meta"]["sheet_name"], plain["query"]["from_date"]) == ("Turnover", "2024-05-01")
    table = json.loads(bodies["application/json+table"])["table"]
    assert [column["label"] for column in table["columns"]] == ["Account", "Turnover"]
    assert [[cell["value"] for cell in row["cells"]] for row in table["rows"]] == lines
    text = bodies["application/csv"].decode()
    assert all(name in text and amount in text for name, amount in lines)
    cells = [list(row) for row in openpyxl.load_workbook(io.BytesIO(bodies["application/xlsx"])).active.values]
    assert all([name, float(amount.replace(",", ""))] in cells for name, amount in lines)
    paper = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(bodies["application/pdf"])).pages)
    assert all(name in paper and amount in paper for name, amount in lines)


def test_it_is_described_and_guarded_like_all_others(said):
    operation = said["operation"]
    assert (operation["operationId"], operation["summary"]) == ("turnover", "The turnover of each account")
    assert operation["x-permission"] == "Report:read-general-ledger"
    assert set(operation["responses"]["200"]["content"]) == set(MEDIA_TYPES)
    assert said["refused"] == ["DATE_RANGE_INVERTED"]


def test_packs_offer_it_in_every_format(said, folder, bodies):
    assert said["pack"]["offered"] == [*REPORTS, "turnover"]
    assert said["pack"]["error"] is None
    with zipfile.ZipFile(folder / said["pack"]["file"]) as archive:
        assert {f"turnover.{name}" for name in FORMATS} < set(archive.namelist())
        packed = json.loads(archive.read("turnover.json"))
    assert packed["data"] == json.loads(bodies["application/json"])["data"]


@pytest.mark.parametrize("key", ["name", "operation", "path"])
def test_no_two_reports_have_the_same(key):
    values = [getattr(report, key) for report in find_reports()]
    assert len(values) >= 14
    assert len(set(values)) == len(values)
