"""Endpoints are declared once; routing, permission checks, validation, OpenAPI, the isolation test and the fuzz test derive from it.

    endpoint = EndpointGroup("Accounts")

    @endpoint.post("/accounts", permission=Account.create, body=AccountIn, returns=AccountOut)
    def create(ctx: TenantContext, body: AccountIn) -> dict[str, Any]: ...

Path parameters are the keyword arguments named in braces: `int` ids unless the function annotates `str`.
"""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from http import HTTPStatus
from typing import Any, TypeVar

from pydantic import BaseModel

from domain.kit.errors import ErrorCode
from domain.kit.permissions import Permission

Handler = TypeVar("Handler", bound=Callable[..., Any])


class Scope(Enum):
    """Where an endpoint runs."""

    SYSTEM = "system"
    """In the gateway, on the system database: identity and the registry of organizations."""
    TENANT = "tenant"
    """In the tenant's actor, on the tenant's database."""


class Mode(Enum):
    """How an endpoint of a tenant runs."""

    WARM = "warm"
    """A read that warm state can answer, on the event loop; falls back to READ where a value is not loaded."""
    READ = "read"
    """A read of the database, in a reader thread."""
    WRITE = "write"
    """A command, in order, by the single writer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with its own status, headers or bytes, where a plain value is not enough."""

    body: Any = None
    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    media_type: str = "application/json"
    exact_keys: bool = True


EMPTY = Answer(b"")
"""Success without a body."""


@dataclass(frozen=True)
class Endpoint:
    """One declared endpoint."""

    method: str
    path: str
    permission: Permission
    handler: Callable[..., Any]
    scope: Scope
    mode: Mode
    group: str
    summary: str
    status: int
    body: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    returns: Any = None
    errors: tuple[ErrorCode, ...] = ()
    path_types: Mapping[str, type] = field(default_factory=dict)
    any_of: tuple[Permission, ...] = ()
    """Further permissions of which one is enough."""
    name: str = ""
    idempotent: bool = True
    """Whether a write honours Idempotency-Key (false only where an answer holds a secret that must not be stored)."""
    limiter: str = "default"
    cached: bool = True
    """Whether a read's answer may be kept until the next write (false where it tells what was done beside the service)."""
    streams: bool = False
    """Whether the answer is the beginning of a stream, which the gateway continues."""
    allow_unverified: bool = False
    allow_unbuilt: bool = False
    media_types: tuple[str, ...] = ("application/json",)

    @property
    def writes(self) -> bool:
        """Whether the endpoint changes anything."""
        return self.mode is Mode.WRITE


class EndpointGroup:
    """Collects the endpoints of one noun."""

    def __init__(self, name: str, *, scope: Scope = Scope.TENANT) -> None:
        self.name = name
        self.scope = scope
        self.endpoints: list[Endpoint] = []

    def get(self, path: str, **options: Any) -> Callable[[Handler], Handler]:
        """Declare a read."""
        mode = Mode.WARM if options.pop("warm", False) else Mode.READ
        return self._declare("GET", (path,), mode, HTTPStatus.OK, options)

    def look(self, path: str, **options: Any) -> Callable[[Handler], Handler]:
        """Declare a read whose question is a body, as a POST that changes nothing. Its answers are not kept."""
        return self._declare("POST", (path,), Mode.READ, HTTPStatus.OK, {"cached": False, **options})

    def post(self, *paths: str, **options: Any) -> Callable[[Handler], Handler]:
        """Declare a creation or action; further paths are aliases. Answers 201 unless told."""
        return self._declare("POST", paths, Mode.WRITE, HTTPStatus.CREATED, options)

    def put(self, *paths: str, **options: Any) -> Callable[[Handler], Handler]:
        """Declare a change."""
        return self._declare("PUT", paths, Mode.WRITE, HTTPStatus.OK, options)

    def patch(self, *paths: str, **options: Any) -> Callable[[Handler], Handler]:
        """Declare a partial change."""
        return self._declare("PATCH", paths, Mode.WRITE, HTTPStatus.OK, options)

    def delete(self, *paths: str, **options: Any) -> Callable[[Handler], Handler]:
        """Declare a deletion."""
        return self._declare("DELETE", paths, Mode.WRITE, HTTPStatus.OK, options)

    def _declare(
        self, method: str, paths: Sequence[str], mode: Mode, status: int, options: dict[str, Any]
    ) -> Callable[[Handler], Handler]:
        permission = options.pop("permission", None)
        if permission is None:
            msg = f"{method} {paths[0]} declares no permission"
            raise RuntimeError(msg)
        status = int(options.pop("status", status))
        mode = options.pop("mode", mode)

        def register(handler: Handler) -> Handler:
            parameters = inspect.signature(handler).parameters
            for path in paths:
                names = [part[1:-1] for part in path.split("/") if part.startswith("{")]
                types = {name: str if parameters[name].annotation in (str, "str") else int for name in names}
                summary = (options.get("summary") or inspect.getdoc(handler) or handler.__name__).strip().split("\n")[0]
                rest = {key: value for key, value in options.items() if key != "summary"}
                self.endpoints.append(
                    Endpoint(
                        method=method,
                        path=path,
                        permission=permission,
                        handler=handler,
                        scope=self.scope,
                        mode=mode,
                        group=self.name,
                        summary=summary,
                        status=status,
                        path_types=types,
                        name=handler.__name__,
                        **rest,
                    )
                )
            return handler

        return register
