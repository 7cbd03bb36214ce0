"""`make bench` measures everything at moderate sizes; `make bench ARGS="packs --tenants 20"` one part. Figures: docs/PERFORMANCE.md."""

import subprocess
import sys

PARTS = {
    "ledger": ("bench.ledger_columns", "the columns of the ledger: build, follow, ask, load"),
    "statements": ("bench.statements", "statements with many columns, and as JSON"),
    "listings": ("bench.listings", "general ledger, journal, contact transactions of 100,000 rows in every form"),
    "hledger": ("bench.against_hledger", "the monthly balance sheet against `hledger bs -M`"),
    "packs": ("bench.packs", "report packs of many tenants with one worker and two"),
    "pages": ("bench.pages", "the heavy pages of the web application in a real Chromium"),
    "beside": ("bench.beside_general_ledger", "other requests of a tenant while its general ledger is made"),
    "http": ("bench.http_load", "the whole stack under load"),
}
MODERATE = {"hledger": ["--postings", "200000"], "packs": ["--tenants", "40"]}
"""What a run of everything asks of the parts that take minutes."""


def main(arguments: list[str]) -> None:
    """Each part in a process of its own, so that none inherits the memory of another."""
    name, *options = arguments or [""]
    if name and name not in PARTS:
        listed = "\n".join(f"  {part:12} {about}" for part, (_, about) in PARTS.items())
        print(f"{__doc__}\n{listed}\nEach takes --help.")
        sys.exit(0 if name in {"-h", "--help"} else 2)
    for part in [name] if name else PARTS:
        print(f"== {part}", flush=True)
        given = options if name else MODERATE.get(part, [])
        ended = subprocess.run([sys.executable, "-m", PARTS[part][0], *given], check=False)
        if ended.returncode:
            sys.exit(ended.returncode)


main(sys.argv[1:])
