"""Where organizations' parts of a pack are made. Here: threads of this process. On a cluster: Ray tasks (actors/report_tasks.py)."""

from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import Protocol

from tenancy.config import Config
from tenancy.packs.model import PackOutcome, PackRequest
from tenancy.packs.rendering import render_tenant_pack
from tenancy.registry import TenantRecord


class Executor(Protocol):
    """Makes parts of packs beside each other. Used from one thread; the driver bounds how many are under way."""

    def submit(self, record: TenantRecord, request: PackRequest, folder: Path, *, reuse: bool) -> None:
        """Begin an organization's part."""

    def wait(self, timeout_s: float) -> list[PackOutcome]:
        """What ended, once something has or the time is over. A part whose process died ends with an error."""

    def close(self) -> None:
        """Stop what is under way, as far as that is possible; no half-written archive stays under its name."""


Render = Callable[[Config, TenantRecord, PackRequest, Path, bool], PackOutcome]


def render(config: Config, record: TenantRecord, request: PackRequest, folder: Path, reuse: bool) -> PackOutcome:  # noqa: FBT001
    """`render_tenant_pack` with the arguments that executors pass on."""
    return render_tenant_pack(config, record, request, folder, reuse=reuse)


class ThreadExecutor:
    """An :class:`Executor` of threads. What is under way when it is closed goes on to its end, and its file is whole."""

    def __init__(self, config: Config, *, threads: int, run: Render = render) -> None:
        self._config = config
        self._run = run
        self._pool = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="pack")
        self._running: dict[Future[PackOutcome], int] = {}

    def submit(self, record: TenantRecord, request: PackRequest, folder: Path, *, reuse: bool) -> None:
        """Begin a part."""
        future = self._pool.submit(self._run, self._config, record, request, folder, reuse)
        self._running[future] = record.id

    def wait(self, timeout_s: float) -> list[PackOutcome]:
        """What ended."""
        done, _ = wait(self._running, timeout=timeout_s, return_when=FIRST_COMPLETED)
        return [_outcome(future, self._running.pop(future)) for future in done]

    def close(self) -> None:
        """Begin nothing more, and wait for what was begun."""
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._running.clear()


def _outcome(future: "Future[PackOutcome]", tenant_id: int) -> PackOutcome:
    problem = future.exception()
    if problem is None:
        return future.result()
    return PackOutcome(tenant_id=tenant_id, error=f"{type(problem).__name__}: {problem}")
