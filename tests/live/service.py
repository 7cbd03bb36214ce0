"""The whole service as a process of its own: `countinghouse up`, as a person would start it, on a free port, in a temporary folder."""

import itertools
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import psutil

from tests.services.ports import LOOPBACK, free_port
from tests.services.process import ServerProcess

PASSWORD = "correct horse battery"
BUILD_TIMEOUT_S = 60


class LiveService(ServerProcess):
    """`countinghouse up`. Its log is what a person would see in the terminal."""

    name = "countinghouse"
    ready_timeout_s = 180

    def __init__(self, folder: Path, *, port: int | None = None, **environment: str) -> None:
        super().__init__(folder)
        self.port = port or free_port()
        self.data_dir = folder / "data"
        self.environment = environment
        self._clients: list[Client] = []

    @property
    def url(self) -> str:
        """Where the service answers."""
        return f"http://{LOOPBACK}:{self.port}"

    def command(self) -> list[str]:
        settings = {
            "COUNTINGHOUSE_DATA_DIR": str(self.data_dir),
            "COUNTINGHOUSE_ENV_FILE": str(self.folder / "countinghouse.env"),
            "PORT": str(self.port),
            "THROTTLE_GLOBAL_LIMIT": "1000000",
            "THROTTLE_AUTH_LIMIT": "100000",
            **self.environment,
        }
        program = str(Path(sys.executable).with_name("countinghouse"))
        return ["env", *(f"{name}={value}" for name, value in settings.items()), program, "up"]

    def is_ready(self) -> bool:
        try:
            return httpx.get(f"{self.url}/readyz", timeout=2).status_code == 200
        except httpx.HTTPError:
            return False

    def _end(self, how: signal.Signals) -> None:
        family = self._family()
        super()._end(how)
        deadline = time.monotonic() + (20 if how is signal.SIGTERM else 0)
        while time.monotonic() < deadline and any(process.is_running() for process in family):
            time.sleep(0.1)
        for process in family:  # a killed service leaves Ray's processes behind; they are ours
            if process.is_running():
                process.kill()

    def _family(self) -> list[psutil.Process]:
        try:
            return psutil.Process(self.pid).children(recursive=True)
        except (psutil.Error, RuntimeError):
            return []

    def client(self) -> "Client":
        """Somebody who is not signed in."""
        self._clients.append(Client(self.url))
        return self._clients[-1]

    def __exit__(self, *exception: object) -> None:
        for client in self._clients:
            client.close()
        super().__exit__(*exception)

    def processes(self, title: str) -> list[psutil.Process]:
        """Ray's workers of this service whose title holds a text, such as `TenantActor`."""
        found = []
        for process in self._family():
            try:
                if title in " ".join(process.cmdline()):
                    found.append(process)
            except psutil.Error:
                continue
        return found


@dataclass
class Client:
    """A person's HTTP client."""

    url: str
    token: str = ""
    organization_id: str = ""
    user_id: int = 0
    tenant_id: int = 0
    email: str = ""
    _local: threading.local = field(default_factory=threading.local, repr=False)
    _opened: list[httpx.Client] = field(default_factory=list, repr=False)

    @property
    def http(self) -> httpx.Client:
        """The HTTP client of this thread: one that many threads share has lost connections under them."""
        if not hasattr(self._local, "http"):
            self._local.http = httpx.Client(timeout=60, verify=False)  # noqa: S501 - plain HTTP; no certificates to load
            self._opened.append(self._local.http)
        http: httpx.Client = self._local.http
        return http

    def close(self) -> None:
        """Close the connections of all threads."""
        for http in self._opened:
            http.close()

    def call(self, method: str, path: str, body: Any = None, *, headers: dict[str, str] | None = None) -> httpx.Response:
        """One request below `/api`."""
        content = body if isinstance(body, bytes) else None if body is None else json.dumps(body, default=_plain).encode()
        return self.http.request(method, f"{self.url}/api{path}", content=content, headers=self.headers(headers))

    def headers(self, more: dict[str, str] | None = None) -> dict[str, str]:
        """What identifies the person."""
        given = {"content-type": "application/json"}
        if self.token:
            given["authorization"] = f"Bearer {self.token}"
        if self.organization_id:
            given["organization-id"] = self.organization_id
        return given | (more or {})

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self.call("GET", path, **options)

    def post(self, path: str, body: Any = None, **options: Any) -> httpx.Response:
        return self.call("POST", path, body, **options)

    def put(self, path: str, body: Any = None, **options: Any) -> httpx.Response:
        return self.call("PUT", path, body, **options)

    def patch(self, path: str, body: Any = None, **options: Any) -> httpx.Response:
        return self.call("PATCH", path, body, **options)

    def delete(self, path: str, **options: Any) -> httpx.Response:
        return self.call("DELETE", path, **options)

    def sign_in(self, email: str, password: str = PASSWORD) -> "Client":
        """Sign in with the last used organization."""
        answer = self.post("/auth/signin", {"email": email, "password": password})
        assert answer.status_code == 201, answer.text
        form = answer.json()
        self.email, self.token, self.organization_id = email, form["access_token"], form["organization_id"]
        self.user_id, self.tenant_id = form["user_id"], form["tenant_id"]
        return self


_numbers = itertools.count(1)


def new_organization(service: LiveService, *, name: str = "Analytical Engines", base_currency: str = "USD") -> Client:
    """A new person with a new organization whose books are ready."""
    client = service.client()
    email = f"owner{next(_numbers)}-{os.getpid()}@example.com"
    person = {"first_name": "Ada", "last_name": "Lovelace", "email": email, "password": PASSWORD}
    answer = client.post("/auth/signup", person)
    assert answer.status_code == 201, answer.text
    client.sign_in(email)
    build(client, name=name, base_currency=base_currency)
    return client


def build(client: Client, *, name: str = "Analytical Engines", base_currency: str = "USD") -> None:
    """Build the person's organization and wait for it."""
    profile = {
        "name": name, "location": "US", "base_currency": base_currency, "timezone": "UTC", "fiscal_year": "january",
        "language": "en",
    }  # fmt: skip
    answer = client.post("/organization/build", profile)
    assert answer.status_code in {200, 201}, answer.text
    job_id = answer.json()["data"]["job_id"]
    for state in _poll(client, job_id):
        assert not state["is_failed"], state
        if state["is_completed"]:
            return
    raise AssertionError("the build did not end in time")


def _poll(client: Client, job_id: str) -> Iterator[dict[str, Any]]:
    deadline = time.monotonic() + BUILD_TIMEOUT_S
    while time.monotonic() < deadline:
        answer = client.get(f"/organization/build/{job_id}")
        assert answer.status_code == 200, answer.text
        yield answer.json()
        time.sleep(0.25)


def journal(amount: Any = 100, *, date: str = "2024-06-01", debit: int = 1003, credit: int = 1016, **more: Any) -> dict[str, Any]:
    """A published two-line journal: petty cash from owner's equity."""
    return {
        "date": date,
        "publish": True,
        "entries": [{"account_id": debit, "debit": amount}, {"account_id": credit, "credit": amount}],
        **more,
    }


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else str(value)
