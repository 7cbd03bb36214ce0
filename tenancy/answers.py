"""From a handler's result to an HTTP answer, and the bounded cache of warm answers."""

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from domain.kit.endpoint import Answer, Endpoint
from domain.kit.exchange import JSON_HEADERS, WireAnswer
from domain.kit.wire import dump_json

COMPRESS_FROM_BYTES = 1024
COMPRESSION_LEVEL = 5
CACHE_BYTES_MAX = 8 * 1024 * 1024
CACHE_ENTRIES_MAX = 512
CACHED_BYTES_MAX = CACHE_BYTES_MAX // 4
"""A larger answer is not kept."""
EFFECTS_HEADER = "x-countinghouse-effects"
"""Internal: consequences that the gateway carries out before it answers. Never leaves the service."""


def plain_answer(endpoint: Endpoint, result: Any, effects: list[Any]) -> WireAnswer:
    """The answer of a handler's result, uncompressed."""
    if isinstance(result, Answer):
        status = result.status or endpoint.status
        headers = dict(result.headers)
        if isinstance(result.body, bytes):
            body = result.body
            if body:
                headers.setdefault("content-type", result.media_type)
        else:
            body = dump_json(result.body)
            headers.setdefault("content-type", JSON_HEADERS["content-type"])
    else:
        status, headers, body = endpoint.status, dict(JSON_HEADERS), dump_json(result)
    if effects:
        headers[EFFECTS_HEADER] = dump_json(dict(effects)).decode()
    return WireAnswer(status, body, headers)


def _is_compressed(media_type: str) -> bool:
    """Whether gzip would gain nothing: PDF, spreadsheets, archives."""
    return not (media_type.startswith(("application/json", "text/", "application/csv")) or not media_type)


@dataclass(slots=True)
class CachedAnswer:
    """A read's answer as of a version of the tenant's state; compressed once, when first asked for so."""

    version: int
    answer: WireAnswer
    etag: str
    compressed: bytes | None = None

    @classmethod
    def of(cls, answer: WireAnswer, version: int) -> "CachedAnswer":
        """With its entity tag: a digest of the bytes."""
        return cls(version, answer, f'"{hashlib.blake2b(answer.body, digest_size=12).hexdigest()}"')

    @property
    def size_bytes(self) -> int:
        """What it holds in memory."""
        return len(self.answer.body) + len(self.compressed or b"") + 512

    def for_request(self, headers: Mapping[str, str]) -> WireAnswer:
        """As this client can take it: 304 where it has it, gzip where it reads it."""
        shared = {**self.answer.headers, "etag": self.etag, "vary": "accept, accept-encoding, authorization, organization-id"}
        if self.etag in headers.get("if-none-match", ""):
            return WireAnswer(304, b"", {"etag": self.etag, "vary": shared["vary"]})
        small = len(self.answer.body) < COMPRESS_FROM_BYTES
        if (
            small
            or "gzip" not in headers.get("accept-encoding", "")
            or _is_compressed(self.answer.headers.get("content-type", ""))
        ):
            return WireAnswer(self.answer.status, self.answer.body, shared)
        if self.compressed is None:
            self.compressed = gzip.compress(self.answer.body, COMPRESSION_LEVEL, mtime=0)
        return WireAnswer(self.answer.status, self.compressed, {**shared, "content-encoding": "gzip"})


class AnswerCache:
    """Answers of reads by what they depend on, least recently used first out; bounded in number and bytes."""

    def __init__(self) -> None:
        self._entries: OrderedDict[tuple[Any, ...], CachedAnswer] = OrderedDict()
        self._bytes = 0

    def get(self, key: tuple[Any, ...], version: int) -> CachedAnswer | None:
        """The answer, if it was made at this version."""
        entry = self._entries.get(key)
        if entry is None:
            return None
        if entry.version != version:
            self._forget(key)
            return None
        self._entries.move_to_end(key)
        return entry

    def put(self, key: tuple[Any, ...], entry: CachedAnswer) -> None:
        """Keep an answer, unless it alone is too large."""
        if entry.size_bytes > CACHED_BYTES_MAX:
            return
        self._forget(key)
        self._entries[key] = entry
        self._bytes += 2 * (len(entry.answer.body) + 512)  # leaves room for its compressed form
        while self._bytes > CACHE_BYTES_MAX or len(self._entries) > CACHE_ENTRIES_MAX:
            self._forget(next(iter(self._entries)))

    def _forget(self, key: tuple[Any, ...]) -> None:
        entry = self._entries.pop(key, None)
        if entry is not None:
            self._bytes -= 2 * (len(entry.answer.body) + 512)
            self._bytes = max(self._bytes, 0)

    @property
    def bytes_held(self) -> int:
        """Approximate memory of the cache."""
        return self._bytes
