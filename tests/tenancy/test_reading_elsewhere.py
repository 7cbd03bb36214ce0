"""What a tenant's process does not answer itself: a ledger over the budget, and long answers. Here the snapshot is read in a thread."""

import asyncio
from collections.abc import Callable

import pytest

from domain.kit.errors import REPORTS_BUSY
from domain.kit.exchange import WireAnswer, WireRequest
from domain.ledger.columns import LEDGER, LedgerView, memory_bytes
from tenancy import reading
from tenancy.answers import CachedAnswer
from tenancy.reading import SEND_ALONE
from tenancy.snapshot import Source, answer_from_snapshot
from tests.books import Books, SteadyClock
from tests.workbooks import said

SHEETS = ("balance-sheet", "trial-balance-sheet", "profit-loss-sheet", "cashflow-statement", "general-ledger", "journal")
FORMS = ("application/json", "application/json+table", "application/csv", "application/xlsx")
OTHERS = (
    "/reports/receivable-aging-summary",
    "/reports/customer-balance-summary",
    "/reports/transactions-by-customers",
    "/reports/transactions-by-reference?reference_type=Journal&reference_id=1",
    "/banking/transactions?account_id=1003",
)


class SnapshotInThread:
    """An `Elsewhere` of this process."""

    def __init__(self) -> None:
        self.url = ""
        self.asked: list[tuple[str, bool]] = []

    async def answer(self, request: WireRequest, ledger: LedgerView | None) -> tuple[CachedAnswer | None, WireAnswer]:
        self.asked.append((request.path, ledger is not None))
        return await asyncio.to_thread(answer_from_snapshot, Source(self.url, 1, {}), request, ledger, SteadyClock())


@pytest.fixture
def elsewhere() -> SnapshotInThread:
    return SnapshotInThread()


@pytest.fixture
def make_bounded(make_books: Callable[..., Books], elsewhere: SnapshotInThread) -> Callable[[int], Books]:
    """Makes books whose ledger may take so many bytes."""

    def make(bytes_max: int) -> Books:
        books = make_books(options={"ledger_bytes_max": bytes_max, "elsewhere": elsewhere})
        elsewhere.url = books.url
        return books

    return make


def post(books: Books, amount: int = 100) -> int:
    """A journal of two lines; its id."""
    entries = [{"account_id": 1003, "debit": amount}, {"account_id": 1016, "credit": amount}]
    return int(books.post("/manual-journals", {"date": "2024-05-01", "publish": True, "entries": entries}).created["id"])


def held(books: Books) -> bool:
    return LEDGER.name in books.runtime.state.values


def same_answers(bounded: Books, books: Books) -> None:
    paths = [(f"/reports/{sheet}", form) for sheet in SHEETS for form in FORMS] + [(path, "") for path in OTHERS]
    for path, form in paths:
        headers = {"accept": form} if form else {}
        first, second = bounded.get(path, headers=headers), books.get(path, headers=headers)
        assert first.status == 200, (path, form, first.body[:500])
        assert said(first.body) == said(second.body), (path, form)
        assert first.headers["content-type"] == second.headers["content-type"]


def test_a_ledger_over_the_budget_gives_the_same_answers_and_is_not_loaded(make_bounded, make_books, elsewhere) -> None:
    bounded, books = make_bounded(0), make_books()
    for each in (bounded, books):
        for amount in (100, 250):
            post(each, amount)
    same_answers(bounded, books)
    assert not held(bounded)
    assert held(books)
    assert len(elsewhere.asked) == bounded.runtime.counters["snapshot_reads"] > 0
    assert not any(with_ledger for _, with_ledger in elsewhere.asked)
    bounded.verify()


def test_a_write_is_seen_by_the_next_report(make_bounded) -> None:
    books = make_bounded(0)
    for count in range(1, 4):
        post(books)
        account = next(item for item in books.get("/reports/trial-balance-sheet").ok["data"]["accounts"] if item["id"] == 1003)
        assert account["debit"] == 100 * count


def test_a_small_answer_is_kept_until_the_next_write(make_bounded, elsewhere) -> None:
    books = make_bounded(0)
    first = books.get("/reports/balance-sheet")
    etag = first.headers["etag"]
    assert books.get("/reports/balance-sheet").body == first.body
    assert books.get("/reports/balance-sheet", headers={"if-none-match": etag}).status == 304
    assert len(elsewhere.asked) == 1
    post(books)
    assert books.get("/reports/balance-sheet").body != first.body
    assert len(elsewhere.asked) == 2


def test_a_ledger_that_outgrows_the_budget_is_released(make_bounded, elsewhere) -> None:
    books = make_bounded(memory_bytes(4))
    post(books)
    books.get("/reports/balance-sheet")
    assert held(books)
    post(books)
    assert held(books), "four lines are within the budget"
    post(books)
    assert not held(books)
    assert not elsewhere.asked
    assert books.get("/reports/balance-sheet").status == 200
    assert not held(books)
    assert elsewhere.asked == [("/reports/balance-sheet", False)]


def test_a_ledger_over_the_budget_is_measured_once(make_bounded, monkeypatch) -> None:
    books = make_bounded(0)
    books.get("/reports/balance-sheet")
    assert books.runtime.state.outgrown == {LEDGER.name}
    monkeypatch.setattr("domain.ledger.columns.count_lines", None)
    post(books)
    assert books.get("/reports/balance-sheet").status == 200


def test_a_refusal_comes_from_the_tenants_process(make_bounded, elsewhere) -> None:
    books = make_bounded(0)
    books.get("/reports/balance-sheet")
    elsewhere.asked.clear()
    assert books.get("/reports/balance-sheet?from_date=never").status == 400
    assert books.get("/reports/balance-sheet", user_id=77).status == 403
    assert not elsewhere.asked


def test_a_long_listing_goes_elsewhere_with_the_ledger(make_books, make_bounded, elsewhere, monkeypatch) -> None:
    monkeypatch.setattr(reading, "ROWS_MAX", 8)
    bounded, books = make_bounded(memory_bytes(100)), make_books()
    for each in (bounded, books):
        post(each)
        post(each)
    assert bounded.get("/reports/general-ledger").body == books.get("/reports/general-ledger").body
    assert not elsewhere.asked, "four rows of JSON are no long answer"
    xlsx = {"accept": "application/xlsx"}
    first, second = (each.get("/reports/general-ledger", headers=xlsx).body for each in (bounded, books))
    assert said(first) == said(second)
    assert elsewhere.asked == [("/reports/general-ledger", True)], "four rows of a spreadsheet are, here"


def test_a_ledger_that_the_database_has_moved_on_from_is_read_again(make_bounded) -> None:
    books = make_bounded(memory_bytes(100))
    journal_id = post(books)
    books.get("/reports/general-ledger")
    old = books.runtime.state.values[LEDGER.name].view()
    assert books.delete(f"/manual-journals/{journal_id}").status == 200
    request = books.request("GET", "/reports/general-ledger")
    _, answer = answer_from_snapshot(Source(books.url, 1, {}), request, old, SteadyClock())
    assert answer.status == 200
    assert answer.body == books.get("/reports/general-ledger").body


def test_a_warm_read_that_must_wait_leaves_its_batch(make_bounded, elsewhere) -> None:
    books = make_bounded(0)
    request = books.request("GET", "/reports/balance-sheet")
    batched = WireRequest(request.id, request.method, request.path, principal=request.principal, alone=False)
    answers = books.execute([batched, books.request("GET", "/accounts")])
    assert [answer.status for answer in answers] == [SEND_ALONE.status, 200]
    assert not elsewhere.asked


def test_too_many_reports_are_refused_with_a_time_to_come_back(make_books) -> None:
    class Busy:
        async def answer(self, _request: WireRequest, _ledger: LedgerView | None) -> tuple[CachedAnswer | None, WireAnswer]:
            raise REPORTS_BUSY(headers={"Retry-After": "5"})

    books = make_books(options={"ledger_bytes_max": 0, "elsewhere": Busy()})
    answer = books.get("/reports/balance-sheet")
    assert (answer.status, answer.errors, answer.headers["retry-after"]) == (503, ["REPORTS_BUSY"], "5")
    assert books.get("/accounts").status == 200


def test_another_tenants_database_is_not_read(books) -> None:
    request = books.request("GET", "/reports/balance-sheet")
    _, answer = answer_from_snapshot(Source(books.url, 2, {}), request)
    assert answer.status == 500


@pytest.mark.mariadb
def test_a_snapshot_of_mariadb_gives_the_same_answers(mariadb_books) -> None:
    post(mariadb_books)
    for sheet in SHEETS:
        request = mariadb_books.request("GET", f"/reports/{sheet}")
        _, answer = answer_from_snapshot(Source(mariadb_books.url, 1, {}), request, None, SteadyClock())
        assert answer.body == mariadb_books.get(f"/reports/{sheet}").body


def test_a_long_question_is_answered_elsewhere_and_not_kept(
    make_bounded: Callable[[int], Books], elsewhere: SnapshotInThread
) -> None:
    books = make_bounded(10**9)
    text = "2024-01-05 x\n  Assets:Bank  5 USD\n  Equity:Opening\n"
    asked = [{"files": [{"name": "a", "text": text + "\n" * lines}]} for lines in (10, reading.ROWS_MAX)]
    here, there = (books.post("/journal-imports/preview", body).ok for body in asked)
    assert here == there
    assert elsewhere.asked == [("/journal-imports/preview", False)]
    chosen = {**asked[0], "mapping": [{"ledger_account": "Assets:Bank", "account_id": 1003}]}
    assert books.post("/journal-imports/preview", chosen).ok["accounts"][0]["target"]["account_id"] == 1003
    assert books.runtime.stats()["cache_bytes"] == 0
