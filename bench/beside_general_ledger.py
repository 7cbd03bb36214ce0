"""What other requests of a tenant wait while somebody reads its whole general ledger: the running service on SQLite, over HTTP.

python -m bench.beside_general_ledger [--lines 100000] [--seconds 20]

One client asks for the general ledger of a year again and again; another, one request at a time, for small things and posts journals.
"""

import argparse
import sys
import tempfile
import threading
import time
from pathlib import Path

from bench.kit import WHOLE_YEAR, figure, journals, percentile, plain_accounts, remark, spread
from tests.live.service import Client, LiveService, journal, new_organization

LINES_EACH = 100
WARM_UP_REQUESTS = 20
PAUSE_S = 0.005
FORMS = ("application/json", "application/json+table")
SMALL = ("GET /settings", "GET /accounts", "POST /manual-journals")


def small(client: Client, which: str) -> float:
    method, path = which.split(" ")
    start = time.perf_counter()
    answer = client.call(method, path, journal(100) if method == "POST" else None)
    taken = time.perf_counter() - start
    if answer.status_code not in {200, 201}:
        sys.exit(f"{which}: {answer.status_code} {answer.text[:300]}")
    return taken


def small_ones(client: Client, seconds: float) -> dict[str, list[float]]:
    """The times of small requests in turn, for so long."""
    found: dict[str, list[float]] = {which: [] for which in SMALL}
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for which in SMALL:
            found[which].append(small(client, which))
            time.sleep(PAUSE_S)
    return found


class Reader(threading.Thread):
    """Asks for the general ledger until it is stopped."""

    def __init__(self, client: Client, form: str) -> None:
        super().__init__(daemon=True)
        self._client, self._form = client, form
        self._ended = threading.Event()
        self.times: list[float] = []
        self.bytes = 0
        self.error = ""

    def run(self) -> None:
        while not self._ended.is_set() and not self.error:
            start = time.perf_counter()
            headers = {"accept": self._form, "accept-encoding": "identity"}
            answer = self._client.get(f"/reports/general-ledger?{WHOLE_YEAR}", headers=headers)
            self.times.append(time.perf_counter() - start)
            self.bytes = len(answer.content)
            if answer.status_code != 200:
                self.error = f"{answer.status_code} {answer.text[:300]}"

    def stop(self) -> None:
        self._ended.set()
        self.join()
        if self.error:
            sys.exit(f"general ledger: {self.error}")


def fill(client: Client, lines: int) -> None:
    accounts = plain_accounts(client.get("/accounts").json()["accounts"])
    for body in journals(accounts, lines, lines_each=LINES_EACH):
        answer = client.post("/manual-journals", body)
        if answer.status_code != 201:
            sys.exit(f"a journal was refused: {answer.text[:300]}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--lines", type=int, default=100_000)
    options.add_argument("--seconds", type=float, default=20)
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="countinghouse-bench-") as folder, LiveService(Path(folder)) as service:
        client = new_organization(service)
        start = time.perf_counter()
        fill(client, given.lines)
        figure(f"post {given.lines:,} lines in journals of {LINES_EACH}", time.perf_counter() - start)
        for _ in range(WARM_UP_REQUESTS):
            for which in SMALL:
                small(client, which)
        for which, times in small_ones(client, given.seconds / 2).items():
            spread(f"alone: {which}", times)
        for form in FORMS:
            reader = Reader(client, form)
            reader.start()
            together = small_ones(client, given.seconds)
            reader.stop()
            name = form.removeprefix("application/")
            for which, times in together.items():
                spread(f"beside the general ledger as {name}: {which}", times)
            all_times = [taken for times in together.values() for taken in times]
            spread("beside it, all together (to reach: p99 100 ms)", all_times)
            remark(
                f"the general ledger as {name} (to reach: 1.5 s)",
                f"p50 {percentile(reader.times, 50):.2f} s, max {max(reader.times):.2f} s of {len(reader.times)}; "
                f"{reader.bytes / 1e6:.0f} MB",
            )


if __name__ == "__main__":
    main()
