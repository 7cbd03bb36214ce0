"""A report pack of many tenants, five reports as PDF and XLSX each, with one worker and with two: `countinghouse packs run`, timed.

python -m bench.packs [--tenants 100] [--lines 1000] [--mariadb]

The whole command counts the start of Ray and of its workers, some ten seconds; warm is from the first archives to the last one.
"""

import argparse
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psutil

from bench.kit import YEAR, fill, installation, remark, timed
from tests.books import Books
from tests.tenancy.installation import SECRET, Installation

REPORTS = ("balance-sheet", "profit-loss", "trial-balance", "cash-flow", "general-ledger")
FORMATS = ("pdf", "xlsx")
LINES_EACH = 20
TIMEOUT_S = 3600


def build(made: Installation, tenants: int, lines: int) -> None:
    for number in range(tenants):
        record = made.built(f"Company {number:04}")
        books = Books(made.url(record), tenant_id=record.id, clock=made.clock)
        try:
            fill(books, lines, lines_each=LINES_EACH, user_id=record.owner_user_id)
        finally:
            books.close()


def command(made: Installation, out: Path, workers: int) -> list[str]:
    settings = {
        "COUNTINGHOUSE_DATA_DIR": str(made.config.data_dir),
        "SYSTEM_DATABASE_URL": made.config.system_database_url,
        "TENANT_DATABASE_URL": made.config.tenant_database_url,
        "TENANT_DATABASE_PREFIX": made.config.tenant_database_prefix,
        "APP_JWT_SECRET": SECRET,
    }
    program = str(Path(sys.executable).with_name("countinghouse"))
    return [
        "env", *(f"{name}={value}" for name, value in settings.items()), program, "packs", "run",
        "--tenants", "all", "--reports", ",".join(REPORTS), "--format", ",".join(FORMATS), "--period", str(YEAR),
        "--columns", "month", "--workers", str(workers), "--out", str(out),
    ]  # fmt: skip


def machine_use(before: Any) -> tuple[float, float]:
    """Processor seconds since then of everything that runs here: used, and withheld by the host. Tells of others' load."""
    after = psutil.cpu_times()
    return sum(getattr(after, name) - getattr(before, name) for name in ("user", "nice", "system")), after.steal - before.steal


def run(made: Installation, workers: int, tenants: int) -> tuple[float, float]:
    """Reports a second: over the whole command, and from the end of the first archives to the end of the last."""
    out = made.folder / f"packs-{workers}"
    start, before = time.perf_counter(), psutil.cpu_times()
    subprocess.run(command(made, out, workers), check=True, timeout=TIMEOUT_S, stdout=subprocess.DEVNULL)
    taken = time.perf_counter() - start
    used, withheld = machine_use(before)
    ended = sorted(archive.stat().st_mtime for archive in out.glob("*.zip"))
    if len(ended) != tenants:
        sys.exit(f"archives are missing in {out}")
    skipped = max(workers, 1)
    files = len(REPORTS) * len(FORMATS)
    whole, warm = tenants * files / taken, (tenants - skipped) * files / (ended[-1] - ended[skipped - 1])
    remark(
        f"pack, {workers} workers",
        f"{taken:.1f} s, {whole:.1f} reports/s; warm {warm:.1f} reports/s; machine used {used:.0f} s, {withheld:.0f} s withheld",
    )
    return whole, warm


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--tenants", type=int, default=100)
    options.add_argument("--lines", type=int, default=1000, help="ledger lines of each tenant")
    options.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    options.add_argument("--mariadb", action="store_true")
    given = options.parse_args()
    whole, warm = {}, {}
    with installation(mariadb=given.mariadb) as made:
        timed(f"build {given.tenants} tenants of {given.lines:,} lines", lambda: build(made, given.tenants, given.lines))
        for workers in given.workers:
            whole[workers], warm[workers] = run(made, workers, given.tenants)
    first, last = given.workers[0], given.workers[-1]
    if first != last:
        remark(f"{first} → {last} workers, the whole command", f"{whole[last] / whole[first]:.2f} times the rate")
        remark(f"{first} → {last} workers, warm (to reach: 1.7)", f"{warm[last] / warm[first]:.2f} times the rate")


if __name__ == "__main__":
    main()
