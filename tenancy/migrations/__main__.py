"""Write a revision from the difference between the declared tables and the newest revision:

python -m tenancy.migrations tenant "bills and vendor credits"
"""

import sys
import tempfile
from pathlib import Path

from alembic import command

from tenancy.migration import Kind, alembic_config
from tenancy.tenant_database import open_engine


def main(kind: Kind, message: str) -> None:
    """Compare against a database that has all revisions so far."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'compare.db'}", pool_size=2)
        try:
            with engine.connect() as connection:
                config = alembic_config(kind)
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
                connection.commit()
                command.revision(config, message, autogenerate=True)
        finally:
            engine.dispose()


if __name__ == "__main__":
    main("system" if sys.argv[1] == "system" else "tenant", sys.argv[2])
