"""MySQL commits each statement of DDL at once, so an interrupted revision is half done. A rerun passes over what is there already."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from alembic.ddl.mysql import MySQLImpl
from alembic.runtime.migration import MigrationContext
from sqlalchemy import CursorResult, Executable
from sqlalchemy.exc import DBAPIError
from sqlalchemy.schema import ExecutableDDLElement
from sqlalchemy.util import immutabledict

logger = logging.getLogger(__name__)

_DONE_BEFORE = frozenset({1050, 1051, 1060, 1061, 1091, 1826})
"""Table exists, no such table to drop, column exists, index exists, nothing of the name to drop, foreign key exists."""
_CANNOT_CREATE, _DUPLICATE_KEY = 1005, "errno: 121"
"""What MariaDB says of a foreign key that exists."""


class ResumingMySQLImpl(MySQLImpl):
    """Statements of a revision that was interrupted: those that were carried out before are passed over.

    Only for databases that are ours (they have our version table): elsewhere a table of the same name is another table.
    """

    def _exec(
        self,
        construct: Executable | str,
        execution_options: Mapping[str, Any] | None = None,
        multiparams: Sequence[Mapping[str, Any]] | None = None,
        params: Mapping[str, Any] = immutabledict(),
    ) -> "CursorResult[Any] | None":
        try:
            return super()._exec(construct, execution_options, multiparams, params)
        except DBAPIError as problem:
            if not isinstance(construct, ExecutableDDLElement) or not _done_before(problem):
                raise
            logger.warning("passed over, done by an interrupted run: %s", problem.orig)
            return None


def _done_before(problem: DBAPIError) -> bool:
    arguments = problem.orig.args if problem.orig is not None else ()
    code, message = (*arguments, None, None)[:2]
    return code in _DONE_BEFORE or (code == _CANNOT_CREATE and _DUPLICATE_KEY in str(message))


def use_resuming_statements(context: MigrationContext) -> bool:
    """Have a MySQL migration pass over what was done before. False, and nothing happens, where DDL is part of the transaction."""
    if context.dialect.name != "mysql":
        return False
    context.impl = ResumingMySQLImpl(
        context.dialect, context.connection, context.as_sql, None, context.output_buffer, context.opts
    )
    return True
