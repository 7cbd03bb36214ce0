"""Three organizations on SQLite, with figures of their own, and what drives a pack of them."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

import pytest

from domain.kit.context import SystemClock
from tenancy.jobs import Job
from tenancy.jobs_sql import SqlJobStore
from tenancy.packs.driver import PackDriver
from tenancy.packs.execution import Render, ThreadExecutor, render
from tenancy.packs.model import PackRequest
from tenancy.registry import TenantRecord
from tests.books import Books, SteadyClock
from tests.tenancy.installation import Installation

KIND = "test.pack"
NAMES = ("Alpha", "Béta & Söhne", "=Gamma()")


def make_request(**changes: Any) -> PackRequest:
    values: dict[str, Any] = {
        "reports": ("balance-sheet", "profit-loss"),
        "formats": ("json", "csv", "xlsx"),
        "from_date": date(2024, 1, 1),
        "to_date": date(2024, 12, 31),
    }
    return PackRequest(**values | changes)


def sell(installation: Installation, record: TenantRecord, amount: int) -> None:
    """One sale for cash, and half of it spent, in May 2024."""
    books = Books(installation.url(record), tenant_id=record.id, clock=SteadyClock())
    try:
        cash, income = books.account("petty-cash"), books.account("sales-of-product-income")
        spent = books.get("/accounts", user_id=record.owner_user_id).ok["accounts"]
        expense = next(item["id"] for item in spent if item["account_type"] == "expense")
        for day, debit, credit, value in (("2024-05-02", cash, income, amount), ("2024-05-03", expense, cash, amount // 2)):
            entries = [
                {"index": 1, "account_id": debit, "debit": value, "credit": 0},
                {"index": 2, "account_id": credit, "debit": 0, "credit": value},
            ]
            body = {"date": day, "publish": True, "entries": entries}
            books.post("/manual-journals", body, user_id=record.owner_user_id).created  # noqa: B018 - a check
    finally:
        books.close()


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Shared by the tests of a file; none may write to it."""
    made = Installation(tmp_path_factory.mktemp("world") / "var")
    for number, name in enumerate(NAMES, start=1):
        sell(made, made.built(name), 1000 * number)
    yield made
    made.close()


def records_of(installation: Installation) -> list[TenantRecord]:
    from tenancy.registry import list_tenants

    with installation.engine.connect() as connection:
        return list_tenants(connection)


@dataclass
class Office:
    """Drives packs into one folder, with a job store of its own."""

    installation: Installation
    folder: Path
    store: SqlJobStore
    rendered: list[int] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, *, by: str = "me", lease_s: float = 30) -> Job:
        """A claimed job of a pack."""
        self.store.create(KIND)
        return self.claim(by=by, lease_s=lease_s)

    def claim(self, *, by: str, lease_s: float = 30) -> Job:
        job = self.store.claim([KIND], claimed_by=by, lease_s=lease_s, now=SystemClock().now())
        assert job is not None
        return job

    def driver(self, *, by: str = "me", run: Render = render, at_once: int = 2, **options: Any) -> PackDriver:
        def counting(config: Any, record: TenantRecord, request: PackRequest, folder: Path, reuse: bool) -> Any:
            with self.lock:
                self.rendered.append(record.id)
            return run(config, record, request, folder, reuse)

        executor = ThreadExecutor(self.installation.config, threads=at_once, run=counting)
        settings: dict[str, Any] = {"poll_s": 0.02, "retry_pause_s": 0.01} | options
        return PackDriver(
            store=self.store, executor=executor, slots=BoundedSemaphore(at_once), claimed_by=by, folder=self.folder, **settings
        )

    def run(self, job: Job, request: PackRequest | None = None, **options: Any) -> dict[str, Any]:
        driver = self.driver(**options)
        return driver.run(job, request or make_request(), records_of(self.installation))


@pytest.fixture
def open_office(tmp_path: Path) -> Callable[[Installation], Office]:
    def make(installation: Installation) -> Office:
        return Office(installation, tmp_path / "out", SqlJobStore(installation.engine))

    return make


@pytest.fixture
def office(world: Installation, open_office: Callable[[Installation], Office]) -> Iterator[Office]:
    made = open_office(world)
    yield made
    with world.engine.connect().execution_options(countinghouse_writer=True) as connection, connection.begin():
        connection.exec_driver_sql("DELETE FROM jobs")
