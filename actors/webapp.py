"""The web application's files, served from memory: loaded once, bounded, found by their path. Nothing of a request reaches the disk."""

import gzip
import hashlib
import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from domain.kit.errors import ROUTE_NOT_FOUND
from domain.kit.exchange import WireAnswer

logger = logging.getLogger(__name__)

FILES_MAX = 2_000
BYTES_MAX = 64 * 1024**2
"""Of all files together, with their compressed forms."""
COMPRESS_FROM_BYTES = 1024
ENCODINGS = {"br": ".br", "gzip": ".gz"}
"""Compressed forms, the preferred one first, and how the build names them beside the file."""
MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".map": "application/json; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
_COMPRESSED_ALREADY = frozenset({".ico", ".jpg", ".png", ".webp", ".woff2"})
_HASHED = re.compile(r"/assets/.*-[A-Za-z0-9_-]{8,}\.\w+(\.map)?")
_INDEX = "/index.html"
_FOR_EVER = "public, max-age=31536000, immutable"
_PAGE_HEADERS = {
    # Mantine sets style attributes; scripts come from our own files alone.
    "content-security-policy": (
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; "
        "font-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    ),
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_NOT_BUILT = b"""<!doctype html><html lang="en"><meta charset="utf-8"><title>Countinghouse</title>
<h1>Countinghouse</h1>
<p>The service runs. Its web application is not built: run <code>make webapp</code>, then start the service again.</p>
<p>The <a href="/api/docs">description of the API</a> is there without it.</p></html>
"""


@dataclass(frozen=True, slots=True)
class SiteFile:
    """A file in all its forms; `forms` has the plain one under the empty name."""

    media_type: str
    cache_control: str
    digest: str
    forms: Mapping[str, bytes]

    @property
    def size_bytes(self) -> int:
        """All forms together."""
        return sum(map(len, self.forms.values()))

    def answer(self, headers: Mapping[str, str]) -> WireAnswer:
        """The form that the client reads best; 304 where it has that one."""
        encoding = next((name for name in ENCODINGS if name in self.forms and accepts(headers, "accept-encoding", name)), "")
        tag = f'"{self.digest}{encoding and "-"}{encoding}"'
        shared = {"etag": tag, "cache-control": self.cache_control, "vary": "accept-encoding"}
        if tag in headers.get("if-none-match", ""):
            return WireAnswer(304, b"", shared)
        if encoding:
            shared["content-encoding"] = encoding
        if self.media_type.startswith("text/html"):
            shared |= _PAGE_HEADERS
        return WireAnswer(200, self.forms[encoding], {**shared, "content-type": self.media_type})


def accepts(headers: Mapping[str, str], name: str, value: str) -> bool:
    """Whether a header such as Accept-Encoding names the value, without weighting it zero. Wildcards count as no."""
    for part in headers.get(name, "").split(","):
        choice, _, weight = part.partition(";")
        if choice.strip().lower() == value:
            return not re.fullmatch(r"\s*q\s*=\s*0(\.0*)?\s*", weight)
    return False


class WebApplication:
    """The built web application of a folder; where there is none, a page that says how to build it."""

    def __init__(self, folder: Path) -> None:
        self._files = _load(folder)

    def answer(self, path: str, headers: Mapping[str, str]) -> WireAnswer:
        """The file at a path; the application's page for any other place that a browser asks for, since its own router knows them.

        Raises:
            ROUTE_NOT_FOUND: nothing is there, and the client wants no page.

        """
        file = self._files.get(_INDEX if path == "/" else path)
        if file is None:
            if path.startswith("/assets/") or not (path == "/" or accepts(headers, "accept", "text/html")):
                raise ROUTE_NOT_FOUND(f"Cannot GET {path[:200]}")
            file = self._files.get(_INDEX)
        if file is None:
            return WireAnswer(404, _NOT_BUILT, {"content-type": MEDIA_TYPES[".html"], **_PAGE_HEADERS})
        return file.answer(headers)


def _load(folder: Path) -> dict[str, SiteFile]:
    """The files by their path in URLs. None at all where they are too many or too large: half an application helps nobody."""
    files: dict[str, SiteFile] = {}
    size_bytes = 0
    for path in _sources(folder):
        try:
            file = _read(path, f"/{path.relative_to(folder).as_posix()}")
        except OSError as problem:
            logger.warning("a file of the web application cannot be read: %s", problem)
            continue
        size_bytes += file.size_bytes
        if len(files) == FILES_MAX or size_bytes > BYTES_MAX:
            logger.error("the web application in %s has more than %d files or %d bytes", folder, FILES_MAX, BYTES_MAX)
            return {}
        files[f"/{path.relative_to(folder).as_posix()}"] = file
    return files


def _sources(folder: Path) -> Iterator[Path]:
    """Files proper within the folder: no hidden ones, no links out of it, no compressed forms."""
    root = folder.resolve()
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if not hidden and path.suffix not in ENCODINGS.values() and path.is_file() and path.resolve().is_relative_to(root):
            yield path


def _read(path: Path, url_path: str) -> SiteFile:
    plain = path.read_bytes()
    forms = {"": plain}
    for encoding, suffix in ENCODINGS.items():
        beside = path.with_name(path.name + suffix)
        if beside.is_file() and not beside.is_symlink():
            forms[encoding] = beside.read_bytes()
    if "gzip" not in forms and len(plain) >= COMPRESS_FROM_BYTES and path.suffix not in _COMPRESSED_ALREADY:
        forms["gzip"] = gzip.compress(plain, mtime=0)
    return SiteFile(
        media_type=MEDIA_TYPES.get(path.suffix.lower(), "application/octet-stream"),
        cache_control=_FOR_EVER if _HASHED.fullmatch(url_path) else "no-cache",
        digest=hashlib.blake2b(plain, digest_size=12).hexdigest(),
        forms=forms,
    )
