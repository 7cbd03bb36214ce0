"""What the service itself asks of a tenant about people. Not reachable over HTTP: gateways do not know these paths (`domain.catalog`)."""

from typing import Any

from domain.kit.context import TenantContext
from domain.kit.endpoint import EMPTY, Answer, EndpointGroup
from domain.kit.permissions import MEMBER, PREFERENCES
from domain.members import presenter, service_invitations
from domain.members.schemas import InvitedOut, NamedPersonIn, PersonNameIn

INVITE = "/inner/invitations"
OWN_NAME = "/inner/own-name"
endpoint = EndpointGroup("Inner")


@endpoint.post(INVITE, permission=PREFERENCES, body=NamedPersonIn, returns=InvitedOut, status=200)
def invite(ctx: TenantContext, body: NamedPersonIn) -> dict[str, Any]:
    """Make a person whom the registry knows an invited member"""
    member = service_invitations.invite_member(ctx, body)
    return {"invited_user": presenter.member_form(member), "message": "The invitation is on its way."}


@endpoint.put(OWN_NAME, permission=MEMBER, body=PersonNameIn)
def own_name(ctx: TenantContext, body: PersonNameIn) -> Answer:
    """Take over what the acting person calls themselves"""
    service_invitations.take_own_name(ctx, body)
    return EMPTY
