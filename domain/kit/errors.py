"""Typed errors. Every error that the service answers is declared once, as an :class:`ErrorCode`, beside the rule that raises it.

The wire shape is `platform.md` section 2: every 4xx body has an `errors` array; some codes travel under a second name that
clients of the reference look for (`aliases`). Error bodies keep camelCase keys.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

REGISTRY: dict[str, "ErrorCode"] = {}
"""Every declared code by name: the source of the error catalogue in OpenAPI."""


@dataclass(frozen=True, slots=True)
class ErrorCode:
    """A declared error: its name on the wire, HTTP status and default message.

    `aliases` are further names under which clients look for the same error.
    """

    type: str
    message: str
    status: int = HTTPStatus.BAD_REQUEST
    aliases: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        known = REGISTRY.setdefault(self.type, self)
        if known != self:
            msg = f"the error code {self.type} is declared twice with different meanings"
            raise RuntimeError(msg)

    def __call__(
        self,
        message: str | None = None,
        *,
        payload: Any = None,
        meta: Any = None,
        headers: Mapping[str, str] | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> "DomainError":
        """The exception to raise. `payload` (camelCase keys) and `meta` go to the wire as they are; `extra` beside `errors`."""
        problem = DomainError(self, message or self.message, payload=payload, meta=meta, headers=dict(headers or {}))
        problem.extra = dict(extra or {})
        return problem


class DomainError(Exception):
    """A refused request: nothing was done. Carries its declared code."""

    def __init__(
        self, code: ErrorCode, message: str, *, payload: Any = None, meta: Any = None, headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.payload = payload
        self.meta = meta
        self.headers = headers or {}
        self.extra: dict[str, Any] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (self.code, self.message, self.payload, self.meta, self.headers)

    @property
    def status(self) -> int:
        """HTTP status of the answer."""
        return self.code.status

    def body(self) -> dict[str, Any]:
        """The JSON body of the answer, camelCase keys."""
        errors = []
        for name in (self.code.type, *self.code.aliases):
            element: dict[str, Any] = {"statusCode": self.code.status, "type": name, "message": self.message}
            if self.payload is not None:
                element["payload"] = self.payload
            if self.meta is not None:
                element["meta"] = self.meta
            errors.append(element)
        body: dict[str, Any] = {"statusCode": self.code.status, "message": self.message, **self.extra, "errors": errors}
        if self.code.status == HTTPStatus.NOT_FOUND and self.code is NOT_FOUND:
            body["message"] = "NotFoundError"
        return body


def _rebuild(code: ErrorCode, message: str, payload: Any, meta: Any, headers: dict[str, str]) -> DomainError:
    return DomainError(code, message, payload=payload, meta=meta, headers=headers)


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """One failed check of a request field. `path` is the key path, outermost first."""

    path: tuple[str, ...]
    rule: str
    message: str
    value: Any = None


@dataclass(eq=False)
class ValidationFailedError(Exception):
    """The body or query does not have the declared form."""

    problems: Sequence[FieldProblem] = field(default_factory=tuple)

    status = int(HTTPStatus.BAD_REQUEST)
    headers: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return "; ".join(f"{'.'.join(problem.path)}: {problem.message}" for problem in self.problems)

    def body(self) -> dict[str, Any]:
        """The reference's class-validator shape, with the `errors` array beside it."""
        return {
            "statusCode": self.status,
            "error": "Bad Request",
            "message": [
                {
                    "target": {},
                    "value": problem.value,
                    "property": ".".join(problem.path),
                    "children": [],
                    "constraints": {problem.rule: problem.message},
                }
                for problem in self.problems
            ],
            "errors": [
                {
                    "statusCode": self.status,
                    "type": VALIDATION_ERROR.type,
                    "message": problem.message,
                    "property": ".".join(problem.path),
                }
                for problem in self.problems
            ],
        }


VALIDATION_ERROR = ErrorCode("VALIDATION_ERROR", "The request does not have the expected form.")
MALFORMED_BODY = ErrorCode("MALFORMED_BODY", "The body is not valid JSON.")
QUERY_PARTS_MAX = 1000
QUERY_TOO_LONG = ErrorCode(
    "QUERY_TOO_LONG", f"A query has at most {QUERY_PARTS_MAX:,} parameters. Ask for fewer, or without a filter."
)
BODY_TOO_LARGE = ErrorCode("BODY_TOO_LARGE", "The body is larger than this service accepts.", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
NUMERIC_ID_EXPECTED = ErrorCode("NUMERIC_ID_EXPECTED", "Validation failed (numeric string is expected)")
NOT_FOUND = ErrorCode("NOT_FOUND", "There is no such record.", HTTPStatus.NOT_FOUND)
ROUTE_NOT_FOUND = ErrorCode("ROUTE_NOT_FOUND", "There is no such endpoint.", HTTPStatus.NOT_FOUND)
METHOD_NOT_ALLOWED = ErrorCode("METHOD_NOT_ALLOWED", "This endpoint does not answer that method.", HTTPStatus.METHOD_NOT_ALLOWED)
NOT_ACCEPTABLE = ErrorCode("NOT_ACCEPTABLE", "No representation of the requested type exists.", HTTPStatus.NOT_ACCEPTABLE)
UNAUTHORIZED = ErrorCode("UNAUTHORIZED", "Unauthorized", HTTPStatus.UNAUTHORIZED)
FORBIDDEN = ErrorCode(
    "USER_PERMISSIONS_FORBIDDEN", "Your role does not allow this. Ask an administrator of the organization.", HTTPStatus.FORBIDDEN
)
IDEMPOTENCY_KEY_REUSED = ErrorCode(
    "IDEMPOTENCY_KEY_REUSED",
    "This Idempotency-Key was used for another request. Send a new key with a new request.",
    HTTPStatus.UNPROCESSABLE_ENTITY,
)
IDEMPOTENCY_KEY_INVALID = ErrorCode("IDEMPOTENCY_KEY_INVALID", "An Idempotency-Key has 1 to 200 printable ASCII characters.")
TOO_MANY_REQUESTS = ErrorCode("TOO_MANY_REQUESTS", "ThrottlerException: Too Many Requests", HTTPStatus.TOO_MANY_REQUESTS)
TENANT_BUSY = ErrorCode(
    "TENANT_BUSY", "This organization has too many requests waiting. Try again shortly.", HTTPStatus.SERVICE_UNAVAILABLE
)
REPORTS_BUSY = ErrorCode(
    "REPORTS_BUSY",
    "Other long reports of this organization are being made. Try again when they are done.",
    HTTPStatus.SERVICE_UNAVAILABLE,
)
REPORT_TIMED_OUT = ErrorCode(
    "REPORT_TIMED_OUT",
    "The report could not be made in time. Try again later, or ask for a shorter period.",
    HTTPStatus.SERVICE_UNAVAILABLE,
)
TENANT_UNAVAILABLE = ErrorCode(
    "TENANT_UNAVAILABLE", "The books of this organization are being opened. Try again shortly.", HTTPStatus.SERVICE_UNAVAILABLE
)
DATABASE_UNAVAILABLE = ErrorCode(
    "DATABASE_UNAVAILABLE", "The database cannot be reached at the moment. Try again shortly.", HTTPStatus.SERVICE_UNAVAILABLE
)
INTERNAL_ERROR = ErrorCode("INTERNAL_ERROR", "Internal server error", HTTPStatus.INTERNAL_SERVER_ERROR)
