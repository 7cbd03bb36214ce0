"""The books of one tenant in this process: a real database, the real runtime, no Ray and no HTTP. What most tests of the domain use.

def test_something(books):
    journal = books.post("/manual-journals", {...}).created
    assert books.get("/accounts").json["accounts"]
"""

import asyncio
import itertools
import json
import shutil
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, insert, text

from domain.catalog import tenant_metadata
from domain.kit.context import ActingUser, Clock, Organization, TenantContext
from domain.kit.exchange import Principal, WireAnswer, WireRequest
from domain.organization.seeds import OwnerPerson
from tenancy.provisioning import seed
from tenancy.runtime import TenantRuntime
from tenancy.tenant_database import open_engine
from tenancy.tenant_tables import tenant_identity

OWNER = OwnerPerson(system_user_id=1, email="ada@example.com", first_name="Ada", last_name="Lovelace")
START = datetime(2024, 6, 1, 12, 0, tzinfo=UTC)


class SteadyClock:
    """A clock that stands still until it is moved."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at

    def now(self) -> datetime:
        """The set instant."""
        return self.at

    def advance(self, **parts: float) -> None:
        """Move forward."""
        self.at += timedelta(**parts)


@dataclass(frozen=True)
class Response:
    """An answer with its JSON read, amounts as decimals."""

    status: int
    body: bytes
    headers: dict[str, str]

    @property
    def json(self) -> Any:
        """The body; None where it is empty."""
        return json.loads(self.body, parse_float=Decimal) if self.body else None

    @property
    def ok(self) -> Any:
        """The body of a success."""
        assert self.status in {200, 201}, (self.status, self.body[:2000])
        return self.json

    created = ok

    @property
    def errors(self) -> list[str]:
        """The types of a refusal's errors."""
        assert self.status >= 400, (self.status, self.body[:500])
        return [error["type"] for error in self.json["errors"]]


class EventLoop:
    """One event loop in a thread of its own."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def run(self, coroutine: Any, timeout_s: float = 60) -> Any:
        """The coroutine's result."""
        return self.submit(coroutine).result(timeout_s)

    def submit(self, coroutine: Any) -> "Future[Any]":
        """Started, not waited for."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop)

    def close(self) -> None:
        """Stop it."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


class Books:
    """One tenant's books, used as its owner unless told otherwise."""

    _ids = itertools.count(1)

    def __init__(self, url: str, *, tenant_id: int = 1, clock: Clock | None = None, **options: Any) -> None:
        self.url = url
        self.tenant_id = tenant_id
        self.clock: Any = clock or SteadyClock()
        self.loop = EventLoop()
        self.runtime = TenantRuntime.open(url, tenant_id, clock=self.clock, **options)

    def principal(self, user_id: int = 1) -> Principal:
        """A verified identity."""
        return Principal(user_id, f"user{user_id}@example.com", f"User {user_id}", tenant_id=self.tenant_id)

    def request(
        self, method: str, path: str, body: Any = None, *, user_id: int = 1, headers: dict[str, str] | None = None
    ) -> WireRequest:
        """A request as the gateway would pass it on."""
        route, _, query = path.partition("?")
        payload = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body, default=str).encode()
        return WireRequest(
            id=f"test-{next(self._ids)}",
            method=method,
            path=route,
            query=query,
            body=payload,
            headers=headers or {},
            principal=self.principal(user_id),
            address="127.0.0.1",
        )

    def call(self, method: str, path: str, body: Any = None, **options: Any) -> Response:
        """One request, answered."""
        return self.execute([self.request(method, path, body, **options)])[0]

    def execute(self, requests: list[WireRequest]) -> list[Response]:
        """Several requests in one batch."""
        answers: list[WireAnswer] = self.loop.run(self.runtime.execute(requests))
        return [Response(answer.status, answer.body, dict(answer.headers)) for answer in answers]

    def get(self, path: str, **options: Any) -> Response:
        """GET."""
        return self.call("GET", path, **options)

    def post(self, path: str, body: Any = None, **options: Any) -> Response:
        """POST."""
        return self.call("POST", path, body, **options)

    def put(self, path: str, body: Any = None, **options: Any) -> Response:
        """PUT."""
        return self.call("PUT", path, body, **options)

    def patch(self, path: str, body: Any = None, **options: Any) -> Response:
        """PATCH."""
        return self.call("PATCH", path, body, **options)

    def delete(self, path: str, **options: Any) -> Response:
        """DELETE."""
        return self.call("DELETE", path, **options)

    def command(self, run: Callable[[TenantContext], Any], *, user: ActingUser | None = None) -> Any:
        """An internal command through the single writer."""
        return self.loop.run(self.runtime.run_command(run, user or ActingUser(1, 1, "Ada Lovelace")))

    def query(self, run: Callable[[TenantContext], Any], *, user: ActingUser | None = None) -> Any:
        """An internal read."""
        return self.loop.run(self.runtime.run_query(run, user or ActingUser(1, 1, "Ada Lovelace")))

    def sql(self, statement: str, **parameters: Any) -> list[Any]:
        """Raw SQL beside the service: to look, or to break something on purpose."""
        with self.runtime.engine.begin() as connection:
            result = connection.execute(text(statement), parameters)
            return list(result.all()) if result.returns_rows else []

    def account(self, slug: str) -> int:
        """Id of a seeded account by its slug (the lowest id where seeds repeat one)."""
        found: int = self.sql("SELECT MIN(id) FROM accounts WHERE slug = :slug", slug=slug)[0][0]
        return found

    def amount(self, account_id: int) -> Decimal | None:
        """The stored balance, as the service answers it."""
        value = self.get(f"/accounts/{account_id}").ok["amount"]
        return None if value is None else Decimal(value)

    def ledger(self, reference_type: str, reference_id: int) -> list[dict[str, Any]]:
        """The lines of one posting, in order."""
        from domain.ledger.repository import read_reference

        rows = self.query(lambda ctx: [dict(row) for row in read_reference(ctx.db, reference_type, reference_id)])
        return list(rows)

    def verify(self) -> None:
        """The books are right: every balance, every posting, the chain, the warm state."""
        from domain.verification.service import verify_books

        report = self.query(lambda ctx: verify_books(ctx.db, warm=self.runtime.state))
        assert not report.problems, report.problems

    def add_member(self, *, user_id: int, role_id: int | None, email: str | None = None) -> int:
        """Another member of the organization."""
        from domain.members.service import add_member

        member = self.command(
            lambda ctx: add_member(
                ctx, system_user_id=user_id, email=email or f"user{user_id}@example.com", role_id=role_id, first_name="User"
            )
        )
        return int(member.id)

    def close(self) -> None:
        """Give everything back."""
        self.loop.run(self.runtime.drain())
        self.runtime.close()
        self.loop.close()


def profile(tenant_id: int = 1, **changes: Any) -> Organization:
    """An organization's profile with sane defaults."""
    values: dict[str, Any] = {
        "tenant_id": tenant_id,
        "organization_id": f"org-{tenant_id}",
        "name": "Analytical Engines",
        "base_currency": "USD",
        "location": "US",
        "timezone": "UTC",
    }
    return Organization(**values | changes)


def create_books(url: str, *, tenant_id: int = 1, clock: Clock | None = None, **changes: Any) -> None:
    """Create and seed the tables of an organization in an empty database."""
    metadata = tenant_metadata()
    clock = clock or SteadyClock()
    organization = profile(tenant_id, **changes)
    engine = open_engine(url, pool_size=1)
    try:
        with engine.connect().execution_options(countinghouse_writer=True) as connection, connection.begin():
            metadata.create_all(connection)
            connection.execute(
                insert(tenant_identity).values(
                    id=1, tenant_id=tenant_id, organization_id=organization.organization_id, epoch=0, seeded_at=clock.now()
                )
            )
        seed(engine, organization, OWNER, clock)
    finally:
        engine.dispose()


_templates: dict[tuple[Any, ...], Path] = {}


@pytest.fixture(scope="session")
def books_templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where freshly seeded SQLite books wait to be copied: seeding costs more than copying."""
    return tmp_path_factory.mktemp("templates")


@pytest.fixture
def make_books(books_templates: Path, tmp_path: Path) -> Iterator[Callable[..., Books]]:
    """Makes books on SQLite: `make_books(base_currency="EUR", fiscal_year="april", clock=…)`."""
    made: list[Books] = []

    def make(*, tenant_id: int = 1, clock: Clock | None = None, options: dict[str, Any] | None = None, **changes: Any) -> Books:
        key = (tenant_id, *sorted(changes.items()))
        template = _templates.get(key)
        if template is None or not template.exists():
            template = books_templates / f"{len(_templates)}-{threading.get_ident()}.db"
            create_books(f"sqlite:///{template}", tenant_id=tenant_id, **changes)
            _templates[key] = template
        path = tmp_path / f"tenant-{tenant_id}-{len(made)}.db"
        shutil.copy(template, path)
        books = Books(f"sqlite:///{path}", tenant_id=tenant_id, clock=clock, **options or {})
        made.append(books)
        return books

    yield make
    for books in made:
        books.close()


@pytest.fixture
def books(make_books: Callable[..., Books]) -> Books:
    """The books of an organization with base currency USD, on SQLite, on 2024-06-01."""
    return make_books()


@pytest.fixture
def mariadb_books(mariadb_url: str) -> Iterator[Books]:
    """The same on MariaDB."""
    create_books(mariadb_url)
    books = Books(mariadb_url)
    yield books
    books.close()


def read_connection(books: Books) -> Connection:
    """A connection of the tenant's pool, to close by the test."""
    return books.runtime.engine.connect()
