"""The HTTP interface of invitations (`platform.md` 8.2), but for sending one again, which the tenant answers."""

from typing import Any

from domain.kit.endpoint import EndpointGroup, Scope
from domain.kit.permissions import PREFERENCES, PUBLIC
from domain.members.rules import EMAIL_ALREADY_INVITED, EMAIL_TAKEN, INVITATIONS_TOO_MANY, ROLE_NOT_FOUND
from domain.members.schemas import InvitedOut
from tenancy.identity import invitations
from tenancy.identity.errors import INVITE_TOKEN_INVALID
from tenancy.identity.rates import AUTH
from tenancy.identity.schemas import AcceptedOut, AcceptIn, InvitationIn, InvitationOut
from tenancy.system_context import SystemContext

endpoint = EndpointGroup("Invitations", scope=Scope.SYSTEM)


@endpoint.patch(
    "/invite",
    permission=PREFERENCES,
    body=InvitationIn,
    returns=InvitedOut,
    errors=(EMAIL_TAKEN, EMAIL_ALREADY_INVITED, ROLE_NOT_FOUND, INVITATIONS_TOO_MANY),
)
def patch_invite(ctx: SystemContext, body: InvitationIn) -> dict[str, Any]:
    """Invite a person into the organization"""
    user = invitations.invite(ctx, email=body.email, role_id=body.role_id)
    return {"user_id": user.id}


@endpoint.get("/invite/check/{token}", permission=PUBLIC, returns=InvitationOut, errors=(INVITE_TOKEN_INVALID,))
@endpoint.get("/invite/invited/{token}", permission=PUBLIC, returns=InvitationOut, errors=(INVITE_TOKEN_INVALID,))
def get_invitation(ctx: SystemContext, token: str) -> dict[str, Any]:
    """Who is invited by a link, and into which organization"""
    invitation = invitations.check(ctx, token)
    name = invitation.organization_name
    return {
        "invite_token": {"email": invitation.email},
        "org_name": name,
        "email": invitation.email,
        "organization_name": name,
        "organizationName": name,
    }


@endpoint.post(
    "/invite/accept/{token}",
    permission=PUBLIC,
    body=AcceptIn,
    returns=AcceptedOut,
    errors=(INVITE_TOKEN_INVALID,),
    limiter=AUTH,
)
def post_accept(ctx: SystemContext, token: str, body: AcceptIn) -> dict[str, Any]:
    """Accept an invitation with a name and a password; then sign in"""
    invitations.accept(ctx, token=token, first_name=body.first_name, last_name=body.last_name, password=body.password)
    return {"message": "The invitation is accepted. Sign in with the email and the new password."}
