"""How requests and answers travel in an actor call: one bytes object a batch, packed here.

Ray passes plain bytes through without its own, dearer serializer; the objects inside are tuples of primitives.
"""

import pickle
from collections.abc import Sequence

from domain.kit.exchange import Principal, WireAnswer, WireRequest

ANSWERED = "answered"
"""The batch ran: one answer a request."""
DRAINING = "draining"
"""The actor takes nothing more: nothing ran. Ask the directory where the tenant is now."""
MOVED = "moved"
"""The actor lost the tenant to another: what ran is unknown. Ask the directory, and repeat with a higher attempt."""

Reply = tuple[str, bytes]
"""What an actor's `execute` returns: one of the states above, and the packed answers (empty unless answered)."""


def pack_requests(requests: Sequence[WireRequest], *, attempt: int, alone: bool = True) -> bytes:
    """A batch for one actor call. `attempt` grows with each repetition whose predecessor may have run.

    Without `alone`, a member that would keep the others waiting is answered `SEND_ALONE`.
    """
    rows = []
    for request in requests:
        who = request.principal
        identity = (
            None
            if who is None
            else (who.user_id, who.email, who.name, who.verified, who.tenant_id, who.organization_id, who.api_key_id)
        )
        rows.append(
            (
                request.id,
                request.method,
                request.path,
                request.query,
                request.body,
                dict(request.headers),
                identity,
                request.address,
                attempt,
                alone,
            )
        )
    return pickle.dumps(rows, pickle.HIGHEST_PROTOCOL)


def unpack_requests(parcel: bytes) -> list[WireRequest]:
    """The requests of a batch."""
    rows = pickle.loads(parcel)  # noqa: S301 - packed by a gateway of this cluster, over Ray's authenticated channel
    return [
        WireRequest(
            id=identity,
            method=method,
            path=path,
            query=query,
            body=body,
            headers=headers,
            principal=None if who is None else Principal(*who),
            address=address,
            attempt=attempt,
            alone=alone,
        )
        for identity, method, path, query, body, headers, who, address, attempt, alone in rows
    ]


def pack_answers(answers: Sequence[WireAnswer]) -> bytes:
    """The answers of a batch, in the order of its requests."""
    return pickle.dumps([(answer.status, answer.body, dict(answer.headers)) for answer in answers], pickle.HIGHEST_PROTOCOL)


def unpack_answers(parcel: bytes) -> list[WireAnswer]:
    """The answers of a batch."""
    rows = pickle.loads(parcel)  # noqa: S301 - packed by a tenant actor of this cluster, over Ray's authenticated channel
    return [WireAnswer(status, body, headers) for status, body, headers in rows]
