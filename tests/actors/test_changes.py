"""What a successful write tells, and how it travels to other gateways."""

import asyncio
import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest

from actors.changes import GAP, Change, ChangeNews, change_of, read_changes
from domain.catalog import tenant_endpoints
from domain.kit.exchange import JSON_HEADERS, Principal, WireAnswer
from domain.kit.routing import RoutingTable
from tenancy.cache import EmbeddedCache
from tenancy.cache_keys import CHANGES_CHANNEL
from tenancy.system_catalog import system_endpoints

NOW = dt.datetime(2026, 1, 31, 12, tzinfo=dt.UTC)
ROUTING = RoutingTable([*system_endpoints(), *tenant_endpoints()])
MEMBER = Principal(1, "1@example.com", "A", tenant_id=10)


def change(method: str, path: str, body: bytes = b"{}", *, status: int = 200, who: Principal | None = None) -> Change | None:
    endpoint, values = ROUTING.find(method, path)
    answer = WireAnswer(status, body, JSON_HEADERS)
    return change_of(endpoint, values, who or MEMBER, answer, path=path, now=NOW)


@pytest.mark.parametrize(
    ("method", "path", "body", "expected"),
    [
        ("POST", "/manual-journals", b'{"id": 12}', ("manual-journals", "created", 12)),
        ("PUT", "/accounts/1003", b"{}", ("accounts", "updated", 1003)),
        ("DELETE", "/currencies/EUR", b"", ("currencies", "deleted", "EUR")),
        ("PATCH", "/manual-journals/7/publish", b"{}", ("manual-journals", "publish", 7)),
        ("POST", "/journal-imports", b'{"journals_created": 3}', ("journal-imports", "created", None)),
        ("POST", "/expenses/bulk-delete", b"{}", ("expenses", "bulk-delete", None)),
        ("PUT", "/settings", b"[1]", ("settings", "updated", None)),
        ("POST", "/organization/build", b'{"data": {"delay": 0, "job_id": "01J"}}', ("organization", "build", "01J")),
    ],
)
def test_a_write_tells_what_was_changed(method: str, path: str, body: bytes, expected: tuple) -> None:
    told = change(method, path, body)
    assert told is not None
    assert (told.data["resource"], told.data["action"], told.data.get("id")) == expected
    assert (told.tenant_id, told.only_user_id, told.data["by"]) == (10, None, {"user_id": 1})
    assert (told.data["path"], told.data["at"]) == (path, "2026-01-31T12:00:00.000Z")


def test_what_changes_nothing_tells_nothing() -> None:
    assert change("POST", "/manual-journals", status=400) is None
    assert change("GET", "/accounts") is None
    assert change("POST", "/accounts/validate-bulk-delete") is None
    assert change("POST", "/journal-imports/preview") is None
    assert change("POST", "/auth/signout") is None
    assert change("POST", "/accounts", who=Principal(1, "a", "A")) is None


def test_a_report_pack_is_told_to_who_asked_for_it() -> None:
    told = change("POST", "/report-packs", b'{"id": "01J", "tenants": 1}')
    assert told is not None
    assert told.only_user_id == 1


class RecordingCache(EmbeddedCache):
    def __init__(self) -> None:
        super().__init__()
        self.sent: list[str] = []

    def publish(self, channel: str, message: str) -> None:
        assert channel == CHANGES_CHANNEL
        self.sent.append(message)


def test_changes_for_other_gateways_travel_together_and_a_flood_becomes_a_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("actors.changes.PENDING_MAX", 3)
    cache = RecordingCache()

    async def run(number: int) -> None:
        with ThreadPoolExecutor(1) as threads:
            news = ChangeNews(cache, threads, elsewhere=True)
            for item in range(number):
                news.tell(Change(10, {"id": item}))
            await news._sending

    asyncio.run(run(3))
    (message,) = cache.sent
    assert read_changes(message) == [Change(10, {"id": item}) for item in range(3)]
    asyncio.run(run(4))
    assert cache.sent[1:] == [GAP]
    assert read_changes(GAP) is None
