"""What the measurements share: clocks, percentiles, rows of figures, and books to measure on."""

import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.books import Books, Response
from tests.services.mariadb_server import MariaDbServer
from tests.tenancy.installation import Installation

YEAR = 2024
WHOLE_YEAR = f"from_date={YEAR}-01-01&to_date={YEAR}-12-31"
CONTACTS = 200
REQUESTS_AT_ONCE = 16


def figure(name: str, seconds: float, remark: str = "") -> None:
    """One row: a name, milliseconds, and what else there is to say."""
    print(f"{name:58} {seconds * 1000:10.1f} ms{f'  {remark}' if remark else ''}", flush=True)


def remark(name: str, text: str) -> None:
    """One row of words."""
    print(f"{name:58} {text}", flush=True)


def best_of(run: Callable[[], Any], *, rounds: int = 1) -> tuple[float, Any]:
    """The best time of some rounds in seconds, and the last result."""
    best, result = float("inf"), None
    for _ in range(rounds):
        start = time.perf_counter()
        result = run()
        best = min(best, time.perf_counter() - start)
    return best, result


def timed(name: str, run: Callable[[], Any], *, rounds: int = 1) -> Any:
    """Print the best time of some rounds; the last result."""
    best, result = best_of(run, rounds=rounds)
    figure(name, best)
    return result


def percentile(values: Sequence[float], percent: float) -> float:
    """The value below which so many percent of the values are (nearest rank)."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(len(ranked) * percent / 100))]


def spread(name: str, seconds: Sequence[float]) -> None:
    """One row: median, 99th percentile and greatest of many times."""
    middle, high, greatest = (percentile(seconds, percent) * 1000 for percent in (50, 99, 100))
    remark(name, f"p50 {middle:.1f} ms, p99 {high:.1f} ms, max {greatest:.1f} ms of {len(seconds):,}")


def peak_mib() -> float:
    """The most memory that this process has had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@contextmanager
def installation(*, mariadb: bool = False) -> Iterator[Installation]:
    """An empty installation in a temporary folder, on SQLite or on a MariaDB of its own."""
    with ExitStack() as opened:
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="countinghouse-bench-")))
        server = opened.enter_context(MariaDbServer(folder / "mariadb")) if mariadb else None
        made = Installation(folder / "var", server=server)
        opened.callback(made.close)
        yield made


def journals(
    accounts: Sequence[int], lines: int, *, lines_each: int, receivable: int = 0, contacts: Sequence[int] = (), seed: int = 7
) -> Iterator[dict[str, Any]]:
    """Bodies of manual journals over the year, with so many lines together. With contacts, half of the lines are receivables."""
    chance = random.Random(seed)
    for number in range(lines // lines_each):
        entries: list[dict[str, Any]] = []
        for _ in range(lines_each // 2):
            amount = chance.randrange(100, 500_000) / 100
            debit, credit = chance.sample(list(accounts), 2)
            first = {"account_id": receivable, "contact_id": chance.choice(list(contacts))} if contacts else {"account_id": debit}
            entries.append({**first, "debit": amount, "note": f"Delivery {chance.randrange(10**6)}, as agreed"})
            entries.append({"account_id": credit, "credit": amount, "note": "Carried by the morning post"})
        day = date(YEAR, 1, 1) + timedelta(days=chance.randrange(366))
        yield {"date": day.isoformat(), "reference": f"REF-{number}", "publish": True, "entries": entries}


def plain_accounts(listed: Sequence[dict[str, Any]]) -> list[int]:
    """Accounts of the answer of `GET /accounts` to which anything may be posted by hand, without a contact."""
    return [item["id"] for item in listed if item["account_type"] not in {"accounts-receivable", "accounts-payable"}]


def fill(books: Books, lines: int, *, lines_each: int, contacts: int = 0, user_id: int = 1) -> None:
    """Post manual journals through the tenant's own runtime, many in a group."""
    listed = books.get("/accounts", user_id=user_id).ok["accounts"]
    receivable = next(item["id"] for item in listed if item["account_type"] == "accounts-receivable")
    people = []
    for number in range(contacts):
        body = {"display_name": f"Customer {number:04}", "currency_code": "USD", "customer_type": "business"}
        people.append(books.post("/customers", body, user_id=user_id).ok["id"])
    waiting = []
    bodies = journals(plain_accounts(listed), lines, lines_each=lines_each, receivable=receivable, contacts=people)
    for body in bodies:
        waiting.append(books.request("POST", "/manual-journals", body, user_id=user_id))
        if len(waiting) == REQUESTS_AT_ONCE:
            _all_created(books.execute(waiting))
            waiting.clear()
    _all_created(books.execute(waiting) if waiting else [])


def _all_created(answers: Sequence[Response]) -> None:
    for answer in answers:
        if answer.status not in {200, 201}:
            sys.exit(f"a journal was refused: {answer.status} {answer.body[:500]!r}")
