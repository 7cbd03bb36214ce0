"""A program of its own: reads a table as JSON from standard input, writes its PDF to standard output.

Typesetting a long table takes hundreds of megabytes that the library keeps for later; here they go back with the process, and an
actor stays small. Imports nothing of ours: it starts in milliseconds.
"""

import json
import resource
import sys
from pathlib import Path

_MEMORY_BYTES_MAX = 4 * 1024**3
_TAGGED_ROWS_MAX = 1000
"""Tags, which screen readers need, double the time and ten times the size of a long table."""


def main() -> None:
    """Typeset one table."""
    import typst

    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES_MAX, _MEMORY_BYTES_MAX))
    data = sys.stdin.buffer.read()
    compiler = typst.Compiler(Path(__file__).with_name("statement.typ").read_bytes())
    tagged = len(json.loads(data)["rows"]) <= _TAGGED_ROWS_MAX
    pdf = compiler.compile(format="pdf", sys_inputs={"data": data.decode()}, pdf_tags=tagged)
    if not isinstance(pdf, bytes):
        msg = "no document came out"
        raise TypeError(msg)
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    main()
