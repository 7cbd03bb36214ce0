"""What a service wrote into its folder of mails."""

import re
import time
from collections.abc import Callable
from typing import TypeVar

from tests.live.service import LiveService

T = TypeVar("T")
WAIT_S = 15


def eventually(look: Callable[[], T]) -> T:
    """What `look` finds, as soon as it finds something."""
    deadline = time.monotonic() + WAIT_S
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(0.1)
    raise AssertionError("it did not come in time")


def invitation_token(service: LiveService, email: str) -> str:
    """The token of the link in the newest invitation to an address."""

    def find() -> str:
        for path in sorted((service.data_dir / "mail").glob("*.eml"), reverse=True):
            text = path.read_text()
            found = re.search(r"/auth/invite/([0-9a-f]{64})/accept", text.replace("=\n", ""))
            if f"To: {email}" in text and found:
                return found[1]
        return ""

    return eventually(find)
