"""Every key of the shared cache is made here; what belongs to a tenant carries its id (LESSONS D1)."""

from typing import Final

PREFIX: Final = "countinghouse"
IDENTITY_CHANNEL: Final = f"{PREFIX}:identity"
"""News of identities that changed: a person's id, or `*` for all."""

CHANGES_CHANNEL: Final = f"{PREFIX}:changes"
"""What was changed in which organization: a JSON list of `actors.changes.Change`, or `*` where some were lost."""


def rate_key(who: str, window: str) -> str:
    """Counter of one caller's requests in one window."""
    return f"{PREFIX}:rate:{who}:{window}"


def tenant_key(tenant_id: int, *parts: str) -> str:
    """Something of one tenant."""
    return ":".join((PREFIX, "tenant", str(tenant_id), *parts))


def replay_key(user_id: int, digest: str) -> str:
    """The answer to a person's request that may be repeated, by the digest of its Idempotency-Key."""
    return f"{PREFIX}:replay:{user_id}:{digest}"
