"""One server program that a test owns: started with a log file, waited for, stopped by its process id."""

import atexit
import shutil
import signal
import subprocess
import threading
import time
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Self

READY_TIMEOUT_S = 60
STOP_TIMEOUT_S = 20
POLL_S = 0.05
LOG_TAIL_CHARS = 4000


class ServerStartError(RuntimeError):
    """The program ended or did not become ready in time; the message carries the end of its log."""


class ServerProcess(ABC):
    """Base of the servers. A stopped or killed server starts again on the same folder and port.

    Nothing outlives the tests: they stop what they started; an interrupted run does at exit; and should pytest itself be killed,
    the kernel ends the server (`setpriv --pdeathsig`, where util-linux is installed and the main thread starts the server).
    """

    name = "server"
    ready_timeout_s = READY_TIMEOUT_S

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.folder.mkdir(parents=True, exist_ok=True)
        self.log_path = self.folder / f"{self.name}.log"
        self._process: subprocess.Popen[bytes] | None = None

    @abstractmethod
    def command(self) -> list[str]:
        """Program and arguments that run the server in the foreground."""

    @abstractmethod
    def is_ready(self) -> bool:
        """Whether the started server answers."""

    def prepare(self) -> None:  # noqa: B027 - most servers need nothing
        """Whatever has to exist before each start."""

    @property
    def pid(self) -> int:
        """Process id of the running server."""
        if self._process is None:
            raise RuntimeError(f"{self.name} is not running")
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether the process exists (it may be paused)."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> Self:
        """Start and wait until the server answers. Does nothing when it runs."""
        if self.running:
            return self
        self.prepare()
        with self.log_path.open("ab") as log:
            self._process = subprocess.Popen(
                [*_tied_to_us(), *self.command()],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is pytest's; it stops us in order
            )
        atexit.register(self.kill)
        try:
            self._wait_until_ready(self._process)
        except BaseException:
            self.kill()
            raise
        return self

    def stop(self) -> None:
        """End in order (SIGTERM), by force after a while."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End at once, as a crash or a power cut of the machine's process would (SIGKILL)."""
        self._end(signal.SIGKILL)

    def restart(self) -> Self:
        """Stop in order and start again on the same data."""
        self.stop()
        return self.start()

    def pause(self) -> None:
        """Freeze: connections stay open, nothing is answered."""
        if self._process is not None:
            self._process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Thaw after `pause`."""
        if self._process is not None:
            self._process.send_signal(signal.SIGCONT)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_exception: object) -> None:
        self.stop()

    def _wait_until_ready(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + self.ready_timeout_s
        while not self.is_ready():
            if process.poll() is not None:
                raise ServerStartError(f"{self.name} ended with {process.returncode}:\n{self.log_tail()}")
            if time.monotonic() > deadline:
                raise ServerStartError(f"{self.name} was not ready within {self.ready_timeout_s} s:\n{self.log_tail()}")
            time.sleep(POLL_S)

    def log_tail(self) -> str:
        """The end of the server's own log."""
        return self.log_path.read_text(errors="replace")[-LOG_TAIL_CHARS:]

    def _end(self, how: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        atexit.unregister(self.kill)
        if process.poll() is not None:
            return
        process.send_signal(how)
        process.send_signal(signal.SIGCONT)  # a paused server could not end
        try:
            process.wait(STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(STOP_TIMEOUT_S)


def _tied_to_us() -> list[str]:
    """A prefix that has the kernel kill the server when the thread that started it ends: the main thread, or nobody's."""
    setpriv = shutil.which("setpriv")
    if setpriv is None or threading.current_thread() is not threading.main_thread():
        return []
    return [setpriv, "--pdeathsig", "KILL"]
