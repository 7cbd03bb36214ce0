"""One service per data directory: a file with the process's id, locked as long as it runs."""

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self

FILE_NAME = "countinghouse.pid"


class AlreadyRunningError(RuntimeError):
    """Another process serves this data directory."""

    def __init__(self, pid: str) -> None:
        super().__init__(f"the service is already running (process {pid or 'unknown'})")
        self.pid = pid


class InstanceLock:
    """Held while the service runs. The lock goes with the process, however it ends; a file left over means nothing."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / FILE_NAME
        self._descriptor: int | None = None

    def __enter__(self) -> Self:
        """Take the lock.

        Raises:
            AlreadyRunningError: another process holds it.

        """
        self._path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as problem:
            pid = os.read(descriptor, 20).decode(errors="replace").strip()
            os.close(descriptor)
            raise AlreadyRunningError(pid) from problem
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        self._descriptor = descriptor
        return self

    def __exit__(self, _kind: type[BaseException] | None, _problem: BaseException | None, _trace: TracebackType | None) -> None:
        if self._descriptor is not None:
            os.ftruncate(self._descriptor, 0)
            os.close(self._descriptor)
            self._descriptor = None
