"""What every process of the service does first: structured logs, quiet libraries."""

import faulthandler
import gc
import logging
import sys
from typing import Any

import structlog
from structlog.typing import EventDict, Processor

from tenancy.config import Config

QUIET = ("ray", "urllib3", "asyncio", "pymongo", "alembic")
_EXTRA = ("request_id", "tenant_id", "epoch", "active", "spare", "job_id", "status", "duration_ms", "method", "path", "user_id")


def _add_extra(_logger: Any, _name: str, event: EventDict) -> EventDict:
    record = event.get("_record")
    for key in _EXTRA:
        value = getattr(record, key, None)
        if value is not None:
            event[key] = value
    return event


def prepare_process(config: Config, *, role: str) -> None:
    """Log one JSON object a line to standard error, with the role of this process; WARNING and up from libraries."""
    faulthandler.enable()
    formatter = structlog.stdlib.ProcessorFormatter(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _add_extra,
            structlog.processors.format_exc_info,
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _with_role(role),
            structlog.processors.JSONRenderer(),
        ]
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(config.log_level)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))


def _with_role(role: str) -> Processor:
    def add(_logger: Any, _name: str, event: EventDict) -> EventDict:
        event["role"] = role
        return event

    return add


def settle_garbage_collector() -> None:
    """Once everything is imported: leave that out of collections from now on, and collect less often than after 700 new objects."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
