"""Archives on disk: written whole or not at all, and recognised again later."""

import contextlib
import hashlib
import json
import os
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from ulid import ULID

from domain.kit.text import fold_text
from tenancy.packs.model import ARCHIVE_BYTES_MAX, MANIFEST

_COPY_BYTES = 1024 * 1024
_UNSAFE = re.compile(r"[^a-z0-9]+")
_NAME_CHARACTERS_MAX = 60


class ArchiveTooLargeError(RuntimeError):
    """The files of one organization are more than an archive may hold."""

    def __init__(self) -> None:
        super().__init__(
            f"the files of one organization are more than {ARCHIVE_BYTES_MAX // 1024**2} MiB; choose a shorter period"
        )


def archive_name(name: str | None, organization_id: str) -> str:
    """What an organization's archive is called: readable, and its own."""
    words = _UNSAFE.sub("-", fold_text(name or "")).strip("-")[:_NAME_CHARACTERS_MAX].strip("-")
    return f"{words}-{organization_id}.zip" if words else f"{organization_id}.zip"


def write_whole(path: Path, write: Callable[[IO[bytes]], None]) -> None:
    """Write a file under another name, bring it to the disk, then give it its own: nobody ever sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{ULID()}.part")
    try:
        with part.open("wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def remove_parts(path: Path) -> None:
    """What earlier, killed attempts at a file left behind."""
    for part in path.parent.glob(f".{path.name}.*.part"):
        with contextlib.suppress(OSError):
            part.unlink()


def write_archive(
    path: Path,
    files: Iterable[tuple[Mapping[str, Any], bytes]],
    manifest: Callable[[list[dict[str, Any]]], Mapping[str, Any]],
    at: datetime,
) -> None:
    """Write an archive: each file (what it is, with its `name`; its bytes), then the manifest, made from the list of files.

    Raises:
        ArchiveTooLargeError.

    """
    stamp = at.timetuple()[:6]

    def write(out: IO[bytes]) -> None:
        listed: list[dict[str, Any]] = []
        size = 0
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for about, content in files:
                size += len(content)
                if size > ARCHIVE_BYTES_MAX:
                    raise ArchiveTooLargeError
                listed.append({**about, "size_bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()})
                archive.writestr(_entry(about["name"], stamp), content)
            text = json.dumps(manifest(listed), indent=2, ensure_ascii=False)
            archive.writestr(_entry(MANIFEST, stamp), text.encode())

    remove_parts(path)
    write_whole(path, write)


def _entry(name: str, stamp: tuple[int, ...]) -> zipfile.ZipInfo:
    year, month, day, hour, minute, second = stamp
    entry = zipfile.ZipInfo(name, (max(year, 1980), month, day, hour, minute, second))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def read_manifest(path: Path, fingerprint: str) -> dict[str, Any] | None:
    """The manifest of a whole archive that answers this question; None where there is none, or a damaged one, or another's."""
    try:
        with zipfile.ZipFile(path) as archive:
            manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
            if manifest["fingerprint"] != fingerprint:
                return None
            for file in manifest["files"]:
                with archive.open(file["name"]) as content:
                    if _digest(content) != file["sha256"]:
                        return None
    except (OSError, zipfile.BadZipFile, ValueError, KeyError, TypeError, EOFError):
        return None
    return manifest


def file_digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return _digest(file)


def _digest(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while piece := file.read(_COPY_BYTES):
        digest.update(piece)
    return digest.hexdigest()
