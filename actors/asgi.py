"""The HTTP border of a gateway: from an ASGI scope to a request, from an answer to ASGI messages. No framework: microseconds count."""

import asyncio
import contextlib
import logging
import re
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any

from ulid import ULID

from domain.kit.errors import BODY_TOO_LARGE
from domain.kit.exchange import WireAnswer

logger = logging.getLogger(__name__)

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

HEADERS_PASSED = frozenset(
    {"accept", "accept-encoding", "accept-language", "content-type", "idempotency-key", "if-none-match", "user-agent"}
)
"""Headers that travel to the tenant's actor. Identity does not: it is verified here."""
HEADER_LENGTH_MAX = 8192
SEND_TIMEOUT_S = 60.0
"""How long a reader of a stream may take nothing of it."""
REQUEST_ID_LENGTH_MAX = 64
_UNSAFE = re.compile(r"[^A-Za-z0-9._:-]")
SECURITY_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
    (
        b"content-security-policy",
        b"default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'",
    ),
)


@dataclass(frozen=True, slots=True)
class Stream:
    """An answer without an end: `beginning` has its status and headers, `parts` all of its bytes. `close` is called at its end, come what may."""

    beginning: WireAnswer
    parts: AsyncGenerator[bytes, None]
    close: Callable[[], None]

    @property
    def status(self) -> int:
        """HTTP status."""
        return self.beginning.status


class ClientGoneError(Exception):
    """The client closed the connection before its request was complete."""


def headers_of(scope: Scope) -> dict[str, str]:
    """Header values by lower-case name; a repeated header's values are joined with commas."""
    headers: dict[str, str] = {}
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")[:HEADER_LENGTH_MAX]
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


def request_id_of(scope: Scope) -> tuple[str, bool]:
    """The request's id, and whether it came with the request: Serve gives one to each, keeps a client's, and sends it back itself."""
    for name, value in scope["headers"]:
        if name == b"x-request-id":
            return _UNSAFE.sub("", value.decode("latin-1"))[:REQUEST_ID_LENGTH_MAX], True
    return str(ULID()), False


def cookie(headers: Mapping[str, str], name: str) -> str | None:
    """A cookie's value."""
    text = headers.get("cookie")
    if not text:
        return None
    try:
        found = SimpleCookie(text).get(name)
    except CookieError:
        return None
    return found.value if found else None


async def read_body(receive: Receive, headers: Mapping[str, str], *, bytes_max: int) -> bytes:
    """The whole body.

    Raises:
        BODY_TOO_LARGE: more than so many bytes; the rest is not read.
        ClientGoneError: it never came.

    """
    announced = headers.get("content-length", "")
    if announced.isascii() and announced.isdigit() and int(announced) > bytes_max:
        raise BODY_TOO_LARGE(f"The body has {announced} bytes; at most {bytes_max} are accepted.")
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGoneError
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > bytes_max:
            raise BODY_TOO_LARGE(f"The body has more than the {bytes_max} bytes that are accepted.")
        chunks.append(chunk)
        if not message.get("more_body"):
            return chunks[0] if len(chunks) == 1 else b"".join(chunks)


async def lifespan(receive: Receive, send: Send) -> None:
    """Say that we are up, and at the end that we are down."""
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


async def send_answer(send: Send, answer: WireAnswer, *, head: bool, more: Mapping[str, str]) -> None:
    """One answer, with the security headers that it does not set itself."""
    headers = _headers(answer, more)
    if answer.status not in {204, 304}:
        headers.append((b"content-length", str(len(answer.body)).encode()))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if head else answer.body})


async def send_stream(send: Send, stream: Stream, *, more: Mapping[str, str]) -> None:
    """Send the parts as they come, until they end or the client goes away or takes none for a minute."""
    try:
        async with contextlib.aclosing(stream.parts) as parts:
            headers = _headers(stream.beginning, {**more, "cache-control": "no-store"})
            await send({"type": "http.response.start", "status": stream.status, "headers": headers})
            async for part in parts:
                async with asyncio.timeout(SEND_TIMEOUT_S):
                    await send({"type": "http.response.body", "body": part, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
    except TimeoutError:
        logger.info("a client took nothing of its stream for too long")
    finally:
        stream.close()


def _headers(answer: WireAnswer, more: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    headers = [(name.encode("latin-1"), value.encode("latin-1", "replace")) for name, value in answer.headers.items()]
    headers += [(name.encode("latin-1"), value.encode("latin-1")) for name, value in more.items()]
    given = {name for name, _ in headers}
    headers += [header for header in SECURITY_HEADERS if header[0] not in given]
    if b"cache-control" not in given:
        headers.append((b"cache-control", b"no-store" if answer.status >= 400 else b"private, no-cache"))  # noqa: PLR2004
    return headers
