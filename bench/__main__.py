"""`make bench` measures everything; `make bench ARGS="http"` or `ARGS="ledger"` a part. Figures belong into docs/PERFORMANCE.md."""

import sys

from bench import http_load, ledger_columns

PARTS = {"ledger": ledger_columns.main, "http": http_load.main}

for name in sys.argv[1:] or PARTS:
    print(f"== {name}", flush=True)
    PARTS[name]()
