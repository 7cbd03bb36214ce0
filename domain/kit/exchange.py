"""What travels between the gateway and who answers: a request, an answer, and who asks. Plain data, cheap to pickle."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.kit.errors import DomainError, ValidationFailedError
from domain.kit.wire import dump_json


@dataclass(frozen=True, slots=True)
class Principal:
    """A verified identity: who asks, and for which organization. Built by the gateway from a token or key, never from the body."""

    user_id: int
    email: str
    name: str
    verified: bool = True
    tenant_id: int | None = None
    organization_id: str | None = None
    api_key_id: int | None = None
    token_id: str | None = None
    """Of the token, for signing out. Stays in the gateway."""


@dataclass(frozen=True, slots=True)
class WireRequest:
    """One HTTP request, below `/api`. Header names are lower case; only those that a handler may need travel."""

    id: str
    method: str
    path: str
    query: str = ""
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    principal: Principal | None = None
    address: str = ""
    attempt: int = 1
    """Grows when the gateway repeats a request whose outcome is unknown."""
    alone: bool = True
    """False in a batch: the answers of others come no sooner than this one's."""


@dataclass(frozen=True, slots=True)
class WireAnswer:
    """One HTTP answer."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


JSON_HEADERS: Mapping[str, str] = {"content-type": "application/json; charset=utf-8"}


def error_answer(problem: DomainError | ValidationFailedError) -> WireAnswer:
    """The answer that a typed error becomes."""
    headers = {**JSON_HEADERS, **{name.lower(): value for name, value in problem.headers.items()}}
    return WireAnswer(problem.status, dump_json(problem.body()), headers)
