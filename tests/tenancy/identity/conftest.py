"""The system's endpoints in this process: a real database, the real runtime and authenticator, no Ray and no HTTP."""

import email as mail_format
import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from domain.kit.errors import DomainError
from domain.kit.exchange import Principal, WireRequest, error_answer
from domain.kit.permissions import PUBLIC
from tenancy.config import Config
from tenancy.identity.authentication import Authenticator
from tenancy.registry import mark_built, mark_initialized
from tenancy.system_catalog import system_routing
from tenancy.system_database import system_transaction
from tenancy.system_runtime import open_services, run_system_request
from tenancy.system_tables import SYSTEM_METADATA
from tests.books import Response, SteadyClock

PASSWORD = "correct horse battery"
SECRET = "a secret of the tests that is long enough"
BUILD = {
    "name": "Analytical Engines", "location": "US", "base_currency": "USD", "timezone": "Europe/Berlin", "fiscal_year": "april",
    "language": "en",
}  # fmt: skip


@dataclass
class Person:
    """Somebody who signed in."""

    email: str
    token: str
    organization_id: str
    tenant_id: int
    user_id: int


@dataclass
class System:
    """The gateway's part for system endpoints, without its event loop."""

    config: Config
    clock: SteadyClock = field(default_factory=SteadyClock)
    _ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        self.services = open_services(self.config)
        self.services.clock = self.clock
        with system_transaction(self.services.engine) as connection:
            SYSTEM_METADATA.create_all(connection)
        self.authenticator = Authenticator(self.services.engine, self.config, self.services.cache, clock=self.clock)

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        token: str | None = None,
        organization: str | None = None,
        cookie: str | None = None,
        address: str = "",
        headers: dict[str, str] | None = None,
    ) -> Response:
        """One request, as a gateway serves it."""
        payload = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        try:
            principal = self.principal(method, path, token, organization, cookie)
        except DomainError as problem:
            answer = error_answer(problem)
        else:
            request = WireRequest(
                id=f"test-{next(self._ids)}", method=method, path=path, body=payload, headers=headers or {}, principal=principal,
                address=address,
            )  # fmt: skip
            answer = run_system_request(self.services, request)
        return Response(answer.status, answer.body, dict(answer.headers))

    def principal(
        self, method: str, path: str, token: str | None, organization: str | None, cookie: str | None = None
    ) -> Principal | None:
        """Who asks."""
        endpoint, _ = system_routing().find(method, path)
        if endpoint.permission is PUBLIC:
            return None
        authorization = f"Bearer {token}" if token else None
        known = self.authenticator.cached(authorization, organization, endpoint=endpoint)
        return known or self.authenticator.principal(authorization, organization, cookie, endpoint=endpoint)

    def get(self, path: str, person: Person | None = None, **options: Any) -> Response:
        """GET, as a person in their organization."""
        return self.call("GET", path, **_as(person), **options)

    def post(self, path: str, body: Any = None, person: Person | None = None, **options: Any) -> Response:
        """POST."""
        return self.call("POST", path, body, **_as(person), **options)

    def put(self, path: str, body: Any = None, person: Person | None = None, **options: Any) -> Response:
        """PUT."""
        return self.call("PUT", path, body, **_as(person), **options)

    def sign_up(self, email: str = "ada@example.com", **changes: Any) -> Response:
        """A new person."""
        return self.post(
            "/auth/signup", {"first_name": "Ada", "last_name": "Lovelace", "email": email, "password": PASSWORD} | changes
        )

    def sign_in(self, email: str = "ada@example.com", password: str = PASSWORD) -> Person:
        """A session."""
        form = self.post("/auth/signin", {"email": email, "password": password}).created
        return Person(email, form["access_token"], form["organization_id"], form["tenant_id"], form["user_id"])

    def person(self, email: str = "ada@example.com") -> Person:
        """Somebody new, signed in."""
        self.sign_up(email).created  # noqa: B018 - a check
        return self.sign_in(email)

    def build(self, tenant_id: int) -> None:
        """As the build job ends."""
        with system_transaction(self.services.engine) as connection:
            mark_initialized(connection, tenant_id, self.clock.now(), revision="1")
            mark_built(connection, tenant_id, self.clock.now())

    def sql(self, statement: str, **parameters: Any) -> list[Any]:
        """Raw SQL beside the service."""
        with self.services.engine.connect().execution_options(countinghouse_writer=True) as connection, connection.begin():
            result = connection.execute(text(statement), parameters)
            return list(result.all()) if result.returns_rows else []

    def mails(self) -> list[Any]:
        """All mails sent so far, oldest first."""
        self.services.background.drain()
        folder = self.config.data_dir / "mail"
        return [mail_format.message_from_bytes(path.read_bytes()) for path in sorted(folder.glob("*.eml"))]

    def mail_text(self, index: int = -1) -> str:
        """The text of a mail."""
        return str(self.mails()[index].get_payload(decode=True).decode())

    def close(self) -> None:
        """Give everything back."""
        self.authenticator.close()
        self.services.close()


def _as(person: Person | None) -> dict[str, Any]:
    return {} if person is None else {"token": person.token, "organization": person.organization_id}


@pytest.fixture
def make_system(tmp_path: Path) -> Iterator[Callable[..., System]]:
    """Makes a system with settings of its own: `make_system(signup_disabled=True)`."""
    made: list[System] = []

    def make(**settings: Any) -> System:
        values = {
            "data_dir": tmp_path / f"system-{len(made)}",
            "jwt_secret": SECRET,
            "throttle_auth_limit": 1000,
            "base_url": "https://books.example",
        }
        made.append(System(Config(**values | settings)))
        return made[-1]

    yield make
    for system in made:
        system.close()


@pytest.fixture
def system(make_system: Callable[..., System]) -> System:
    """A system with the default settings and generous limits."""
    return make_system()


@pytest.fixture
def ada(system: System) -> Person:
    """Somebody with an organization that is not built."""
    return system.person()


@pytest.fixture
def bob(system: System) -> Person:
    """Somebody else."""
    return system.person("bob@example.com")
