"""A report pack of many tenants, five reports as PDF and XLSX each, with one worker and with two: `countinghouse packs run`, timed.

python -m bench.packs [--tenants 100] [--lines 1000] [--mariadb]

The time is that of the whole command: start of Ray and of the workers, database, archives, summary.
"""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

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


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--tenants", type=int, default=100)
    options.add_argument("--lines", type=int, default=1000, help="ledger lines of each tenant")
    options.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    options.add_argument("--mariadb", action="store_true")
    given = options.parse_args()
    times = {}
    with installation(mariadb=given.mariadb) as made:
        timed(f"build {given.tenants} tenants of {given.lines:,} lines", lambda: build(made, given.tenants, given.lines))
        for workers in given.workers:
            out = made.folder / f"packs-{workers}"
            start, before = time.perf_counter(), os.times()
            subprocess.run(command(made, out, workers), check=True, timeout=TIMEOUT_S, stdout=subprocess.DEVNULL)
            times[workers] = time.perf_counter() - start
            cpu = sum(os.times()[2:4]) - sum(before[2:4])
            if len(list(out.glob("*.zip"))) != given.tenants:
                sys.exit(f"archives are missing in {out}")
            rate = given.tenants * len(REPORTS) * len(FORMATS) / times[workers]
            remark(f"pack with {workers} workers", f"{times[workers]:.1f} s, {rate:.1f} reports/s, {cpu:.0f} s of processor")
    if len(times) > 1:
        first, last = times[given.workers[0]], times[given.workers[-1]]
        remark(f"ratio {given.workers[0]} → {given.workers[-1]} workers (to reach: 1.7)", f"{first / last:.2f}")


if __name__ == "__main__":
    main()
