"""`countinghouse openapi`, and that what the web application was made from is what the program says now."""

import json
from pathlib import Path

from typer.testing import CliRunner

from cli.documents import openapi_text
from cli.main import app

ROOT = Path(__file__).parents[2]
MADE_FROM = ROOT / "webapp" / "src" / "api" / "openapi.json"


def test_the_document_is_written_the_same_every_time(tmp_path: Path) -> None:
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    for path in (first, second):
        result = CliRunner().invoke(app, ["openapi", "--out", str(path)])
        assert result.exit_code == 0, result.output
    assert first.read_bytes() == second.read_bytes()
    document = json.loads(first.read_text())
    assert "/api/manual-journals" in document["paths"]
    assert "/api/auth/signin" in document["paths"]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["openapi", "--out", str(tmp_path / "nothing" / "api.json")])
    assert result.exit_code == 1
    assert "cannot be written" in result.output


def test_the_web_applications_client_is_of_this_api() -> None:
    stale = [
        path
        for path in (MADE_FROM,)
        if path.exists() and json.loads(path.read_text(encoding="utf-8")) != json.loads(openapi_text())
    ]
    assert not stale, "run: .venv/bin/countinghouse openapi --out webapp/src/api/openapi.json; npm --prefix webapp run generate"
