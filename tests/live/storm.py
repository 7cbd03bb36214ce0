"""A storm of writes against a running service, and the account of what was acknowledged."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.live.service import Client, journal

RETRY_STATUSES = {500, 502, 503, 504}
PATIENCE_S = 90


@dataclass
class Storm:
    """Writers that create journals, each with its own Idempotency-Key, and repeat a request until it is acknowledged."""

    client: Client
    writers: int = 8
    acknowledged: dict[str, dict[str, Any]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    repeats: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self, count: int, *, meanwhile: Callable[[], None] = lambda: None) -> None:
        """Create so many journals; do something else in the middle of it."""
        with ThreadPoolExecutor(self.writers + 1) as pool:
            started = [pool.submit(self._write, f"storm-{id(self)}-{number}", number) for number in range(count)]
            while sum(item.done() for item in started) < count // 4:
                time.sleep(0.01)
            meanwhile()
            for item in started:
                item.result()

    def _write(self, key: str, number: int) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while True:
            answer = self._once(key, number)
            if answer is not None and answer.status_code == 201:
                with self._lock:
                    self.acknowledged[key] = answer.json()
                return
            if answer is not None and answer.status_code not in RETRY_STATUSES:
                with self._lock:
                    self.refused.append(f"{answer.status_code} {answer.text[:300]}")
                return
            if time.monotonic() > deadline:
                with self._lock:
                    self.refused.append(f"gave up: {answer.text[:300] if answer is not None else 'no answer'}")
                return
            with self._lock:
                self.repeats += 1
            time.sleep(0.05)

    def _once(self, key: str, number: int) -> httpx.Response | None:
        try:
            return self.client.post("/manual-journals", journal(number + 1, reference=key), headers={"idempotency-key": key})
        except httpx.HTTPError:
            return None


def all_journals(client: Client) -> list[dict[str, Any]]:
    """Every manual journal of the books."""
    answer = client.get("/manual-journals?page_size=10000&column_sort_by=created_at&sort_order=asc")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["manual_journals"]
    return found


def check_books(client: Client, storm: Storm) -> None:
    """No acknowledged write lost, none doubled, numbers without gaps, books right."""
    assert not storm.refused, storm.refused[:5]
    journals = all_journals(client)
    references = [item["reference"] for item in journals]
    assert len(references) == len(set(references)), "a write was applied twice"
    assert set(storm.acknowledged) == set(references), "an acknowledged write is missing, or one that nobody was told of is there"
    by_reference = {item["reference"]: item for item in journals}
    for key, form in storm.acknowledged.items():
        assert by_reference[key]["id"] == form["id"]
        assert by_reference[key]["journal_number"] == form["journal_number"]
    numbers = sorted(int(item["journal_number"].removeprefix("J-")) for item in journals)
    assert numbers == list(range(1, len(numbers) + 1)), "numbers have gaps"
    report = client.get("/verification")
    assert report.status_code == 200, report.text
    assert report.json()["problems"] == [], report.json()["problems"][:5]
