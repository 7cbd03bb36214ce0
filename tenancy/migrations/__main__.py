"""Write a revision from the difference between the declared tables and the newest revision:

python -m tenancy.migrations tenant "bills and vendor credits"
python -m tenancy.migrations tenant --initial      # before the first release only: all tables in one new first revision

Read what it wrote: Alembic sees no renamed columns, and moves no data. A revision may be interrupted and run again on MySQL, and the
service of the release before goes on meanwhile: add first, fill so that doing it twice does no harm, remove one release later.
There is no way back but a backup, hence no downgrades.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from alembic import command
from alembic.script import ScriptDirectory

from tenancy.migration import Kind, alembic_config, revisions, upgrade
from tenancy.tenant_database import open_engine


def write_revision(kind: Kind, message: str) -> Path | None:
    """Compare the tables with a database that has all revisions so far. None where there is no difference."""
    script = ScriptDirectory.from_config(alembic_config(kind))
    number = int(script.get_current_head() or 0) + 1
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'compare.db'}", pool_size=2)
        try:
            if number > 1:
                upgrade(engine, kind)
            with engine.connect() as connection:
                return _compare(kind, message, connection, number)
        finally:
            engine.dispose()


def _compare(kind: Kind, message: str, connection: Any, number: int) -> Path | None:
    config = alembic_config(kind)
    config.attributes["connection"] = connection

    def drop_if_empty(_context: Any, _revision: Any, directives: list[Any]) -> None:
        if directives[0].upgrade_ops.is_empty():
            directives.clear()

    written = command.revision(
        config, message, autogenerate=True, rev_id=f"{number:04d}", process_revision_directives=drop_if_empty
    )
    if written is None or isinstance(written, list):
        return None
    path = Path(written.path)
    path.write_text("".join(line for line in path.read_text().splitlines(keepends=True) if "# ###" not in line))
    for arguments in (["check", "--fix-only", "--quiet"], ["format", "--quiet"]):
        subprocess.run([str(Path(sys.executable).with_name("ruff")), *arguments, str(path)], check=True)  # noqa: S603 - our own
    return path


def forget(kind: Kind) -> None:
    """Remove all revisions."""
    for path in (Path(alembic_config(kind).get_main_option("script_location") or "") / "versions").glob("*.py"):
        path.unlink()
    revisions.cache_clear()


def main() -> None:
    """Parse the command line."""
    parser = argparse.ArgumentParser(prog="python -m tenancy.migrations")
    parser.add_argument("kind", choices=("system", "tenant"))
    parser.add_argument("message", nargs="?", help="what changes, in a few words")
    parser.add_argument("--initial", action="store_true", help="replace all revisions by one: never after a release")
    chosen = parser.parse_args()
    if chosen.initial:
        forget(chosen.kind)
    elif not chosen.message:
        parser.error("say what changes")
    path = write_revision(chosen.kind, chosen.message or "initial")
    sys.stdout.write(f"{path}\n" if path else "nothing differs\n")


if __name__ == "__main__":
    main()
