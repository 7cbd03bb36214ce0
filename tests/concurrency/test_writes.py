"""Many at once: numbers stay consecutive, a key stands for one write, a refusal takes nothing with it, reads see committed state."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest

from domain.kit.exchange import WireRequest
from tests.books import Books, Response

WRITES = 200
BOOKS = [pytest.param("books", id="sqlite"), pytest.param("mariadb_books", id="mariadb")]


@pytest.fixture(params=BOOKS)
def any_books(request: pytest.FixtureRequest) -> Books:
    """Books on each kind of database."""
    books: Books = request.getfixturevalue(request.param)
    return books


def journal(amount: Any = 10, *, debit: int = 1000, credit: int = 1016, **more: Any) -> dict[str, Any]:
    entries = [{"account_id": debit, "debit": amount}, {"account_id": credit, "credit": amount}]
    return {"date": "2024-05-01", "publish": True, "entries": entries} | more


def at_once(books: Books, requests: list[WireRequest]) -> list[Response]:
    """Each request on its own, all of them before the first answer."""
    futures = [books.loop.submit(books.runtime.execute([request])) for request in requests]
    answers = [future.result(60)[0] for future in futures]
    return [Response(answer.status, answer.body, dict(answer.headers)) for answer in answers]


def count(books: Books, table: str) -> int:
    rows: int = books.sql(f"SELECT COUNT(*) FROM {table}")[0][0]
    return rows


def test_concurrent_creations_get_consecutive_numbers(any_books: Books) -> None:
    answers = at_once(any_books, [any_books.request("POST", "/manual-journals", journal()) for _ in range(WRITES)])
    created = [answer.created for answer in answers]
    assert sorted(item["journal_number"] for item in created) == [f"J-{number:05}" for number in range(1, WRITES + 1)]
    assert sorted(item["id"] for item in created) == list(range(1000, 1000 + WRITES))
    assert any_books.amount(1000) == 10 * WRITES
    assert any_books.post("/manual-journals", journal()).created["journal_number"] == f"J-{WRITES + 1:05}"
    any_books.verify()


def test_concurrent_batches_get_consecutive_numbers(any_books: Books) -> None:
    """As the gateway sends them: several writes in one call, several calls at a time, reads between."""
    with ThreadPoolExecutor(8) as threads:
        batches = list(threads.map(any_books.execute, [_mixed_batch(any_books, size) for size in range(1, 17)]))
    created = [answer.created for batch in batches for answer in batch if answer.status == 201]
    assert len(created) == sum(range(1, 17))
    assert sorted(item["journal_number"] for item in created) == [f"J-{number:05}" for number in range(1, len(created) + 1)]
    any_books.verify()


def _mixed_batch(books: Books, size: int) -> list[WireRequest]:
    writes = [books.request("POST", "/manual-journals", journal()) for _ in range(size)]
    return [*writes, books.request("GET", "/accounts"), books.request("GET", "/manual-journals")]


def test_one_key_at_once_makes_one_document(any_books: Books) -> None:
    headers = {"idempotency-key": "the-same"}
    answers = at_once(any_books, [any_books.request("POST", "/manual-journals", journal(), headers=headers) for _ in range(100)])
    assert {answer.status for answer in answers} == {201}
    assert len({answer.body for answer in answers}) == 1
    assert sum("idempotent-replayed" not in answer.headers for answer in answers) == 1
    assert count(any_books, "manual_journals") == 1
    assert any_books.amount(1000) == 10
    any_books.verify()


def test_a_key_survives_the_runtime(any_books: Books) -> None:
    headers = {"idempotency-key": "kept"}
    first = any_books.post("/manual-journals", journal(), headers=headers)
    any_books.runtime.state.clear()
    again = any_books.post("/manual-journals", journal(), headers=headers)
    assert (again.status, again.body) == (first.status, first.body)
    assert count(any_books, "manual_journals") == 1


def test_a_key_with_another_body_is_refused(any_books: Books) -> None:
    headers = {"idempotency-key": "reused"}
    requests = [any_books.request("POST", "/manual-journals", journal(amount), headers=headers) for amount in (1, 2, 1, 3)]
    answers = at_once(any_books, requests)
    assert [answer.status for answer in answers] == [201, 422, 201, 422]
    assert answers[1].errors == ["IDEMPOTENCY_KEY_REUSED"]
    assert any_books.post("/manual-journals", journal(4), headers=headers).status == 422
    assert any_books.post("/expenses", journal(1), headers=headers).status in {400, 422}
    assert count(any_books, "manual_journals") == 1
    any_books.verify()


def test_keys_of_two_people_do_not_meet(any_books: Books) -> None:
    any_books.add_member(user_id=2, role_id=1)
    requests = [
        any_books.request("POST", "/manual-journals", journal(), user_id=user_id, headers={"idempotency-key": "mine"})
        for user_id in (1, 2, 1, 2)
    ]
    numbers = [answer.created["journal_number"] for answer in at_once(any_books, requests)]
    assert numbers == ["J-00001", "J-00002", "J-00001", "J-00002"]


def test_refused_commands_of_a_group_leave_nothing(any_books: Books) -> None:
    bad = {
        1: journal(10, credit=999_999),
        2: journal(10) | {"entries": [{"account_id": 1000, "debit": 1}, {"account_id": 1016, "credit": 2}]},
        3: journal(10, journal_number="J-00001"),
        4: {"entries": "no"},
    }
    requests = [any_books.request("POST", "/manual-journals", bad.get(number % 5, journal())) for number in range(100)]
    answers = at_once(any_books, requests)
    assert [answer.status for answer in answers] == [400 if number % 5 else 201 for number in range(100)]
    numbers = [answer.created["journal_number"] for answer in answers[::5]]
    assert numbers == [f"J-{number:05}" for number in range(1, 21)]
    assert count(any_books, "manual_journals") == 20
    assert count(any_books, "ledger_lines") == 40
    assert any_books.amount(1000) == 200
    any_books.verify()


def test_a_write_sees_those_before_it_in_its_group(any_books: Books) -> None:
    requests = [
        any_books.request("POST", "/accounts", {"name": "Van", "account_type": "fixed-asset"}),
        any_books.request("POST", "/manual-journals", journal(debit=1034)),
        any_books.request("POST", "/accounts", {"name": "Van", "account_type": "fixed-asset"}),
        any_books.request("DELETE", "/accounts/1034"),
        any_books.request("DELETE", "/manual-journals/1000"),
        any_books.request("DELETE", "/accounts/1034"),
    ]
    assert [answer.status for answer in any_books.execute(requests)] == [201, 201, 400, 409, 200, 200]
    assert any_books.get("/accounts/1034").status == 404
    any_books.verify()


def test_reads_during_writes_see_committed_state_only(any_books: Books) -> None:
    """Every posting moves two accounts by the same amount; half of the commands fail after they may have written."""
    writes = [any_books.request("POST", "/manual-journals", journal(7)) for _ in range(100)]
    writes += [any_books.request("POST", "/manual-journals", journal(5, journal_number="J-00001")) for _ in range(100)]
    interleaved = [request for pair in zip(writes[:100], writes[100:], strict=True) for request in pair]
    written = [any_books.loop.submit(any_books.runtime.execute([request])) for request in interleaved]

    def read(path: str) -> list[int]:
        """One read after the other, until all is written, and once more."""
        seen = []
        while not all(future.done() for future in written):
            seen.append(_position(any_books.get(path).ok))
        return [*seen, _position(any_books.get(path).ok)]

    with ThreadPoolExecutor(len(READ_PATHS)) as threads:
        histories = list(threads.map(read, READ_PATHS))
    for history in histories:
        assert history == sorted(history), "a later read saw an older state"
        assert history[-1] == 100
    assert max(len(set(history)) for history in histories) > 1, "no read ran between writes"
    any_books.verify()


READ_PATHS = ("/accounts?structure=flat", "/accounts?structure=flat&column_sort_by=name", "/manual-journals?page_size=500")


def _position(snapshot: dict[str, Any]) -> int:
    """How many journals a read saw; it must be a whole number of them."""
    if "manual_journals" in snapshot:
        numbers = sorted(item["journal_number"] for item in snapshot["manual_journals"])
        assert numbers == [f"J-{number:05}" for number in range(1, len(numbers) + 1)]
        assert snapshot["pagination"]["total"] == len(numbers)
        return len(numbers)
    amounts = {item["id"]: Decimal(item["amount"] or 0) for item in snapshot["accounts"] if item["id"] in {1000, 1016}}
    assert amounts[1000] == amounts[1016]
    assert amounts[1000] % 7 == 0
    return int(amounts[1000] / 7)


def test_an_answered_write_is_seen_by_the_next_read(any_books: Books) -> None:
    def write_and_read(number: int) -> bool:
        name = f"Account {number}"
        account = any_books.post("/accounts", {"name": name, "account_type": "expense"}).created
        listed = any_books.get("/accounts?structure=flat").ok["accounts"]
        found = any_books.get(f"/accounts?structure=flat&search_keyword={name.replace(' ', '%20')}").ok["accounts"]
        return account["id"] in {item["id"] for item in listed} and account["id"] in {item["id"] for item in found}

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(write_and_read, range(64)))
    any_books.verify()
