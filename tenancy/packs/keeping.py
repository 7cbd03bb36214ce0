"""Where packs lie: one folder a pack, kept for a month."""

import logging
import re
import shutil
from datetime import datetime, timedelta
from pathlib import Path

from ulid import ULID

from tenancy.config import Config

logger = logging.getLogger(__name__)

FOLDER = "packs"
PACKS_KEPT = timedelta(days=30)
_JOB_ID = re.compile("[0-9A-HJKMNP-TV-Z]{26}")


def pack_folder(config: Config, job_id: str) -> Path:
    """The folder of a pack, there or not.

    Raises:
        ValueError: no id that we give.

    """
    if not _JOB_ID.fullmatch(job_id):
        raise ValueError("not the id of a pack")
    return config.data_dir / FOLDER / job_id


def remove_old_packs(config: Config, now: datetime) -> int:
    """Remove the folders of packs that were asked for more than 30 days ago; how many. What cannot be removed stays for the next time."""
    removed = 0
    root = config.data_dir / FOLDER
    for folder in root.iterdir() if root.is_dir() else ():
        if not _JOB_ID.fullmatch(folder.name) or ULID.from_str(folder.name).datetime >= now - PACKS_KEPT:
            continue
        shutil.rmtree(folder, ignore_errors=True)
        removed += 1
    if removed:
        logger.info("%d old report packs were removed", removed)
    return removed
