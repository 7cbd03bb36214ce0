"""MongoDB's wire protocol for the tests: FerretDB over SQLite files, built here from Go modules when Go is installed."""

import fcntl
import os
import shutil
import subprocess
from pathlib import Path

from tests.services.ports import LOOPBACK, accepts_connections, free_port
from tests.services.process import ServerProcess

FERRETDB_VERSION = "1.24.2"
SOURCE = Path(__file__).with_name("ferretdb")
BUILD_TIMEOUT_S = 280
GO_USUAL = "/usr/local/go/bin/go"


class FerretDbMissingError(RuntimeError):
    """There is no FerretDB program and none could be built; the message says why."""


class FerretDbServer(ServerProcess):
    """FerretDB on a loopback port, its data in a folder of its own."""

    name = "ferretdb"

    def __init__(self, folder: Path, *, program: Path, port: int | None = None) -> None:
        super().__init__(folder)
        self.port = port or free_port()
        self._program = program
        self._data = self.folder / "data"

    @property
    def url(self) -> str:
        """Connection string for pymongo."""
        return f"mongodb://{LOOPBACK}:{self.port}/"

    def command(self) -> list[str]:
        return [str(self._program), f"{LOOPBACK}:{self.port}", str(self._data)]

    def is_ready(self) -> bool:
        return accepts_connections(self.port)

    def prepare(self) -> None:
        self._data.mkdir(exist_ok=True)


def find_or_build() -> Path:
    """The FerretDB program, built on first use (about a minute) and kept in the user's cache.

    Raises:
        FerretDbMissingError: no Go, or the build failed.

    """
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "countinghouse" / "bin"
    program = cache / f"ferretdb-{FERRETDB_VERSION}"
    if program.exists():
        return program
    go = shutil.which("go") or shutil.which(GO_USUAL)
    if go is None:
        raise FerretDbMissingError("no Go toolchain to build FerretDB with")
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / "ferretdb.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # one build, however many pytest workers
        if not program.exists():
            _build(go, program)
    return program


def _build(go: str, program: Path) -> None:
    unfinished = program.with_suffix(".unfinished")
    try:
        done = subprocess.run(
            [go, "build", "-trimpath", "-mod=readonly", "-tags=ferretdb_no_postgresql", "-o", str(unfinished), "."],
            check=False,
            cwd=SOURCE,
            env={**os.environ, "CGO_ENABLED": "0"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=BUILD_TIMEOUT_S,
        )
    except subprocess.TimeoutExpired:
        raise FerretDbMissingError(f"building FerretDB took more than {BUILD_TIMEOUT_S} s") from None
    if done.returncode != 0:
        reason = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise FerretDbMissingError(f"building FerretDB failed: {reason}")
    unfinished.rename(program)
