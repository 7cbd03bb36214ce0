"""The HTTP interface of what people change about themselves."""

from typing import Any

from domain.kit.endpoint import EMPTY, Answer, EndpointGroup, Scope
from domain.kit.permissions import SIGNED_IN
from tenancy.identity import account, presenter
from tenancy.identity.errors import CURRENT_PASSWORD_WRONG, SIGN_IN_NEEDED
from tenancy.identity.rates import AUTH
from tenancy.identity.schemas import NewTokenOut, OwnNameIn, OwnPasswordIn, UserOut
from tenancy.system_context import SystemContext

endpoint = EndpointGroup("Authentication", scope=Scope.SYSTEM)


@endpoint.put(
    "/auth/account",
    permission=SIGNED_IN,
    body=OwnNameIn,
    returns=UserOut,
    errors=(SIGN_IN_NEEDED,),
    limiter=AUTH,
    allow_unverified=True,
    allow_unbuilt=True,
)
def put_account(ctx: SystemContext, body: OwnNameIn) -> dict[str, Any]:
    """Change one's own name; all of one's organizations show it"""
    user = account.change_name(ctx, first_name=body.first_name, last_name=body.last_name)
    return presenter.user_form(user, ctx.person.tenant_id or user.last_tenant_id)


@endpoint.put(
    "/auth/account/password",
    permission=SIGNED_IN,
    body=OwnPasswordIn,
    returns=NewTokenOut,
    errors=(CURRENT_PASSWORD_WRONG, SIGN_IN_NEEDED),
    limiter=AUTH,
    idempotent=False,
    allow_unverified=True,
    allow_unbuilt=True,
)
def put_password(ctx: SystemContext, body: OwnPasswordIn) -> dict[str, Any]:
    """Change one's own password; ends all other sessions and answers the token that this one goes on with"""
    token = account.change_password(ctx, current_password=body.current_password, password=body.password)
    return {"access_token": token}


@endpoint.post(
    "/auth/signout/everywhere",
    permission=SIGNED_IN,
    errors=(SIGN_IN_NEEDED,),
    status=200,
    limiter=AUTH,
    idempotent=False,
    allow_unverified=True,
    allow_unbuilt=True,
)
def post_sign_out_everywhere(ctx: SystemContext) -> Answer:
    """Sign out everywhere: every token issued so far is refused from now on"""
    account.sign_out_everywhere(ctx)
    return EMPTY
