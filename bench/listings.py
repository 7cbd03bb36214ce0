"""How fast listings of ledger lines are, in every form, and what memory they take: one tenant on SQLite, its runtime in this process.

python -m bench.listings [--lines 100000]

A PDF has 10,000 rows at most; what is typeset here is January alone, a twelfth of the lines.
"""

import argparse
import sys
import threading
import time
from typing import Self

import psutil

from bench.kit import CONTACTS, WHOLE_YEAR, YEAR, best_of, figure, fill, installation, peak_mib, remark, timed
from tests.books import Books

LINES_EACH = 20
SAMPLE_S = 0.02
TIMEOUT_S = 600
ROUNDS = 3
JSON, TABLE, CSV, XLSX, PDF = (f"application/{name}" for name in ("json", "json+table", "csv", "xlsx", "pdf"))
GENERAL_LEDGER, JOURNAL, CUSTOMERS = (f"/reports/{name}" for name in ("general-ledger", "journal", "transactions-by-customers"))
YEAR_FORMS = (
    (GENERAL_LEDGER, (JSON, TABLE, CSV, XLSX)),
    (JOURNAL, (JSON, TABLE, CSV)),
    (CUSTOMERS, (JSON, TABLE, CSV)),
)


def measure(books: Books, user_id: int, path: str, period: str, form: str, *, rounds: int = ROUNDS) -> None:
    def ask() -> bytes:
        request = books.request("GET", f"{path}?{period}", user_id=user_id, headers={"accept": form})
        answer = books.loop.run(books.runtime.execute([request]), TIMEOUT_S)[0]
        if answer.status != 200:
            sys.exit(f"{path} as {form}: {answer.status} {answer.body[:300]!r}")
        return bytes(answer.body)

    best = processor = float("inf")
    for _ in range(rounds):
        fill(books, 2, lines_each=2, user_id=user_id)  # else it is the kept answer
        before = time.process_time()
        seconds, body = best_of(ask)
        best, processor = min(best, seconds), min(processor, time.process_time() - before)
    name = f"{path.removeprefix('/reports/')} as {form.removeprefix('application/')}"
    figure(name, best, f"{processor * 1000:.0f} ms of processor, {len(body) / 1e6:.1f} MB")


class ChildrenMemory(threading.Thread):
    """The most memory that programs started by this process have together while this watches, in bytes."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._ended = threading.Event()
        self.peak = 0

    def run(self) -> None:
        while not self._ended.wait(SAMPLE_S):
            self.peak = max(self.peak, sum(_resident(child) for child in psutil.Process().children(recursive=True)))

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._ended.set()
        self.join()


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0  # it has just ended


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--lines", type=int, default=100_000)
    lines = options.parse_args().lines
    with installation() as made:
        record = made.built()
        books, owner = Books(made.url(record), tenant_id=record.id, clock=made.clock), record.owner_user_id
        try:
            timed(
                f"post {lines:,} lines in journals of {LINES_EACH}",
                lambda: fill(books, lines, lines_each=LINES_EACH, contacts=CONTACTS, user_id=owner),
            )
            remark("peak memory with the books", f"{peak_mib():.0f} MiB")
            for path, forms in YEAR_FORMS:
                for form in forms:
                    measure(books, owner, path, WHOLE_YEAR, form)
            remark("peak memory after all of these", f"{peak_mib():.0f} MiB")
            january = f"from_date={YEAR}-01-01&to_date={YEAR}-01-31"
            with ChildrenMemory() as typesetter:
                measure(books, owner, GENERAL_LEDGER, january, PDF, rounds=1)
            rows = books.sql("SELECT COUNT(*) FROM ledger_lines WHERE date < :until", until=f"{YEAR}-02-01")[0][0]
            remark("lines in that PDF", f"{rows:,}")
            remark("peak memory of its typesetter", f"{typesetter.peak / 1024**2:.0f} MiB")
        finally:
            books.close()


if __name__ == "__main__":
    main()
