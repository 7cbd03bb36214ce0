"""The HTTP interface of identity: signing up, in and out, reset, confirmation, API keys (`platform.md` 5 and 6)."""

from typing import Any

from domain.kit.endpoint import EMPTY, Answer, EndpointGroup, Scope
from domain.kit.errors import NOT_FOUND, UNAUTHORIZED
from domain.kit.permissions import PREFERENCES, PUBLIC, SIGNED_IN
from domain.members.model import USER_INACTIVE
from tenancy.identity import api_keys, presenter, reset, sign_in, sign_up
from tenancy.identity.errors import (
    API_KEYS_TOO_MANY,
    EMAIL_EXISTS,
    INVALID_DETAILS,
    SIGNUP_CONFIRM_TOKEN_INVALID,
    SIGNUP_RESTRICTED,
    SIGNUP_RESTRICTED_NOT_ALLOWED,
    TOKEN_EXPIRED,
    TOKEN_INVALID,
    USER_ALREADY_VERIFIED,
)
from tenancy.identity.rates import AUTH
from tenancy.identity.schemas import (
    ApiKeyIn,
    ApiKeyOut,
    ConfirmIn,
    MessageOut,
    NewApiKeyOut,
    ResetIn,
    RevokedOut,
    SendResetIn,
    SignedInOut,
    SignedUpOut,
    SignInIn,
    SignUpIn,
    SignUpMetaOut,
    UserOut,
)
from tenancy.identity.users import get_user
from tenancy.system_context import SystemContext

endpoint = EndpointGroup("Authentication", scope=Scope.SYSTEM)
key_endpoint = EndpointGroup("API keys", scope=Scope.SYSTEM)


@endpoint.post(
    "/auth/signin",
    permission=PUBLIC,
    body=SignInIn,
    returns=SignedInOut,
    errors=(UNAUTHORIZED, INVALID_DETAILS, USER_INACTIVE),
    limiter=AUTH,
    idempotent=False,
)
def post_sign_in(ctx: SystemContext, body: SignInIn) -> dict[str, Any]:
    """Sign in with email and password"""
    signed_in = sign_in.sign_in(ctx, email=body.email, password=body.password)
    tenant = signed_in.tenant
    return {
        "access_token": signed_in.token,
        "organization_id": tenant.organization_id if tenant else None,
        "tenant_id": tenant.id if tenant else None,
        "user_id": signed_in.user.id,
    }


@endpoint.post(
    "/auth/signup",
    permission=PUBLIC,
    body=SignUpIn,
    returns=SignedUpOut,
    errors=(SIGNUP_RESTRICTED, SIGNUP_RESTRICTED_NOT_ALLOWED, EMAIL_EXISTS),
    limiter=AUTH,
)
def post_sign_up(ctx: SystemContext, body: SignUpIn) -> dict[str, Any]:
    """Sign up: a new person with a new organization"""
    user, tenant = sign_up.sign_up(
        ctx, first_name=body.first_name, last_name=body.last_name, email=body.email, password=body.password
    )
    return {"user_id": user.id, "tenant_id": tenant.id, "organization_id": tenant.organization_id}


@endpoint.post(
    "/auth/signup/confirm",
    "/auth/signup/verify",
    permission=PUBLIC,
    body=ConfirmIn,
    returns=UserOut,
    errors=(SIGNUP_CONFIRM_TOKEN_INVALID,),
    limiter=AUTH,
)
def post_confirm(ctx: SystemContext, body: ConfirmIn) -> dict[str, Any]:
    """Confirm an email address with the token of the verification mail"""
    user = sign_up.confirm_email(ctx, email=body.email, token=body.token)
    return presenter.user_form(user, user.last_tenant_id)


@endpoint.post(
    "/auth/signup/verify/resend",
    permission=SIGNED_IN,
    returns=MessageOut,
    errors=(USER_ALREADY_VERIFIED,),
    limiter=AUTH,
    allow_unverified=True,
    allow_unbuilt=True,
)
def post_resend(ctx: SystemContext) -> dict[str, Any]:
    """Send the verification mail again"""
    sign_up.resend_verification(ctx)
    return {"code": 200, "message": "The verification mail was sent again."}


@endpoint.post("/auth/send_reset_password", permission=PUBLIC, body=SendResetIn, limiter=AUTH)
def post_send_reset(ctx: SystemContext, body: SendResetIn) -> Answer:
    """Send a reset link, if the address is somebody's"""
    reset.request_reset(ctx, email=body.email)
    return EMPTY


@endpoint.post(
    "/auth/reset_password/{token}",
    "/auth/reset/{token}",
    permission=PUBLIC,
    body=ResetIn,
    errors=(TOKEN_INVALID, TOKEN_EXPIRED),
    limiter=AUTH,
)
def post_reset(ctx: SystemContext, token: str, body: ResetIn) -> Answer:
    """Set a new password with a reset link; ends all sessions"""
    reset.reset_password(ctx, token=token, password=body.password)
    return EMPTY


@endpoint.get("/auth/meta", permission=PUBLIC, returns=SignUpMetaOut)
def get_meta(ctx: SystemContext) -> dict[str, Any]:
    """Whether people may sign up here"""
    disabled = ctx.config.signup_disabled
    return {"signup_disabled": disabled, "meta": {"signup_disabled": disabled}}


@endpoint.get("/auth/account", permission=SIGNED_IN, returns=UserOut, allow_unverified=True, allow_unbuilt=True)
def get_account(ctx: SystemContext) -> dict[str, Any]:
    """The signed-in person"""
    person = ctx.person
    user = get_user(ctx.db, person.user_id)
    if user is None:
        raise UNAUTHORIZED()
    tenant = None if person.tenant_id else sign_in.last_used(ctx, user)
    return presenter.user_form(user, person.tenant_id or (tenant.id if tenant else None))


@endpoint.post("/auth/signout", permission=SIGNED_IN, status=200, allow_unverified=True, allow_unbuilt=True)
def post_sign_out(ctx: SystemContext) -> Answer:
    """Sign out: the token of this request is refused from now on"""
    sign_in.sign_out(ctx)
    return EMPTY


@key_endpoint.post(
    "/api-keys/generate",
    permission=PREFERENCES,
    body=ApiKeyIn,
    returns=NewApiKeyOut,
    errors=(API_KEYS_TOO_MANY,),
    idempotent=False,
)
def generate_key(ctx: SystemContext, body: ApiKeyIn) -> dict[str, Any]:
    """Make an API key; it is shown this once"""
    if api_keys.count_keys(ctx.db, ctx.tenant_id) >= api_keys.KEYS_PER_TENANT_MAX:
        raise API_KEYS_TOO_MANY()
    key_id, key = api_keys.insert_key(ctx.db, user_id=ctx.person.user_id, tenant_id=ctx.tenant_id, name=body.name, now=ctx.now())
    return {"key": key, "id": key_id}


@key_endpoint.get("/api-keys", permission=PREFERENCES, returns=list[ApiKeyOut])
def list_keys(ctx: SystemContext) -> list[dict[str, Any]]:
    """The organization's API keys that are not revoked"""
    return [presenter.key_form(key) for key in api_keys.list_keys(ctx.db, ctx.tenant_id)]


@key_endpoint.put("/api-keys/{key_id}/revoke", permission=PREFERENCES, returns=RevokedOut)
def revoke_key(ctx: SystemContext, key_id: int) -> dict[str, Any]:
    """Revoke an API key: it is refused from now on"""
    key = api_keys.get_key(ctx.db, ctx.tenant_id, key_id)
    if key is None:
        raise NOT_FOUND()
    api_keys.revoke_key(ctx.db, key.id, ctx.now())
    ctx.news.append(key.user_id)
    return {"id": key.id, "revoked": True}
