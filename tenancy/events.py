"""The stream of events of an organization, as it is declared: what is told, to whom, and how the stream begins.

The gateway streams (`actors/event_streams.py`); what runs here is the beginning of one. Events name records and people by number and
say nothing of what is in them: whoever may not read a record learns only that somebody changed one.
"""

from http import HTTPStatus

from domain.kit.endpoint import Answer, EndpointGroup, Scope
from domain.kit.errors import ErrorCode
from domain.kit.permissions import MEMBER
from tenancy.system_context import SystemContext

STREAMS_PER_PERSON_MAX = 8
"""In one gateway: a browser has one for all its windows, or one a visible window where it was not served securely."""
STREAMS_MAX = 1_000
"""In one gateway, of all people together."""
RETRY_MS = 3_000
MEDIA_TYPE = "text/event-stream"

# Not 503: HAProxy takes a gateway for broken that says so a few times in a row, and this one serves everything else.
EVENT_STREAMS_TOO_MANY = ErrorCode(
    "EVENT_STREAMS_TOO_MANY",
    f"You have {STREAMS_PER_PERSON_MAX} event streams open already. Close one, or share one between windows.",
    HTTPStatus.TOO_MANY_REQUESTS,
)
EVENT_STREAMS_FULL = ErrorCode(
    "EVENT_STREAMS_FULL",
    "This service streams to as many clients as it can. Ask for changes instead, and try again later.",
    HTTPStatus.TOO_MANY_REQUESTS,
)

endpoint = EndpointGroup("Events", scope=Scope.SYSTEM)


@endpoint.get(
    "/events",
    permission=MEMBER,
    errors=(EVENT_STREAMS_TOO_MANY, EVENT_STREAMS_FULL),
    media_types=(MEDIA_TYPE,),
    allow_unbuilt=True,
    streams=True,
)
def follow_events(ctx: SystemContext) -> Answer:
    """What happens in the organization, as it happens: server-sent events, without end

    `ready` comes first. `change` tells of a successful write by anybody: `{"resource": "manual-journals", "action": "created", "id": 12,
    "path": "/manual-journals/12", "by": {"user_id": 3}, "at": "2026-01-31T12:00:00.000Z"}`; the action is created, updated, deleted,
    or the last part of the path, such as publish. `job` tells how far a build of the books or one of your own report packs is:
    `{"id": "…", "kind": "organization.build", "state": "active", "progress": 60}`. `reset` means that events were missed: ask again for
    everything on display. `end` says why the service closes the stream; connect again unless the reason is an error code.
    A comment comes at least every 15 seconds. Send the last event's id as `Last-Event-ID` when connecting again; what cannot be told
    anew becomes a `reset`.
    """
    del ctx  # membership is all that is asked, and the gateway has seen to it
    return Answer(f"retry: {RETRY_MS}\n\n".encode(), headers={"x-accel-buffering": "no"}, media_type=MEDIA_TYPE)
