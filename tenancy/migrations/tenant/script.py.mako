"""${message}"""

import sqlalchemy as sa
from alembic.operations import Operations

from domain.kit import tables
${imports if imports else ""}

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}


def upgrade(op: Operations) -> None:
    ${upgrades if upgrades else "pass"}
