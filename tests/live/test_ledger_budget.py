"""An organization over the memory budget of its actor: Ray tasks give the same bytes, and see every write that came before."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from domain.kit.context import SystemClock
from tests.books import Books
from tests.live.service import Client, LiveService, journal, new_organization
from tests.workbooks import said

pytestmark = pytest.mark.slow

PERIOD = "from_date=2024-01-01&to_date=2024-12-31"
SHEETS = ("balance-sheet", "trial-balance-sheet", "general-ledger", "journal")
FORMS = ("application/json", "application/csv", "application/xlsx")
WITHIN_S = 60


def _answers(ask: Callable[[str, dict[str, str]], bytes]) -> dict[tuple[str, str], Any]:
    return {(sheet, form): said(ask(f"/reports/{sheet}?{PERIOD}", {"accept": form})) for sheet in SHEETS for form in FORMS}


def _over_http(client: Client) -> dict[tuple[str, str], Any]:
    def ask(path: str, headers: dict[str, str]) -> bytes:
        answer = client.get(path, headers=headers)
        assert answer.status_code == 200, (path, headers, answer.text[:500])
        return answer.content

    return _answers(ask)


def _without_budget(service: LiveService, client: Client) -> dict[tuple[str, str], Any]:
    """From the same database, in this process."""
    (database,) = (service.data_dir / "tenants").glob("*.db")
    books = Books(f"sqlite:///{database}", tenant_id=client.tenant_id, clock=SystemClock())
    try:
        return _answers(lambda path, headers: books.get(path, headers=headers, user_id=client.user_id).body)
    finally:
        books.close()


def test_the_budget_changes_where_reports_are_made_and_nothing_else(tmp_path: Path) -> None:
    with LiveService(tmp_path, LEDGER_MEMORY_MIB="0") as service:
        client = new_organization(service)
        for count in range(1, 6):
            assert client.post("/manual-journals", journal(100)).status_code == 201
            sheet = client.get(f"/reports/trial-balance-sheet?{PERIOD}").json()
            (account,) = (item for item in sheet["data"]["accounts"] if item["id"] == 1003)
            assert account["debit"] == 100 * count, "the write before is seen"
        assert client.get("/accounts/1003").json()["amount"] == 500
        over = _over_http(client)
        _kill_and_ask_again(client, service.processes("IDLE") + service.processes("_make_answer"))
    assert _without_budget(service, client) == over


def _kill_and_ask_again(client: Client, tasks: list) -> None:
    """Nobody is lost with a worker."""
    for process in tasks:
        process.kill()
    deadline = time.monotonic() + WITHIN_S
    while (answer := client.get(f"/reports/profit-loss-sheet?{PERIOD}")).status_code == 503 and time.monotonic() < deadline:
        assert int(answer.headers["retry-after"]) > 0
        time.sleep(1)
    assert answer.status_code == 200, answer.text
