"""What is refused to somebody who asks who they are."""

from typing import Any

from domain.kit.errors import DomainError, ErrorCode

INVALID_DETAILS = ErrorCode("INVALID_DETAILS", "The email or the password is not right.", 401)
USER_NOT_VERIFIED = ErrorCode("USER_NOT_VERIFIED", "The user is not verified yet, check out your mail inbox.", 401)
ORGANIZATION_ID_REQUIRED = ErrorCode("ORGANIZATION_ID_REQUIRED", "Organization ID is required.", 401)
ORGANIZATION_NOT_YOURS = ErrorCode(
    "ORGANIZATION_NOT_YOURS", "There is no such organization among yours. The organization-id header chooses among your own.", 403
)
TENANT_NOT_INITIALIZED = ErrorCode("TENANT.DATABASE.NOT.INITALIZED", "The books of this organization are not built yet.", 401)
TENANT_NOT_SEEDED = ErrorCode("TENANT.DATABASE.NOT.SEED", "The books of this organization are not filled yet.", 401)

EMAIL_EXISTS = ErrorCode("EMAIL_EXISTS", "Somebody has signed up with this email already.")
SIGNUP_RESTRICTED = ErrorCode("SIGNUP_RESTRICTED", "Signing up is not possible here.")
SIGNUP_RESTRICTED_NOT_ALLOWED = ErrorCode(
    "SIGNUP_RESTRICTED_NOT_ALLOWED", "Signing up is possible for some addresses only, and this is none of them."
)
SIGNUP_CONFIRM_TOKEN_INVALID = ErrorCode("SIGNUP_CONFIRM_TOKEN_INVALID", "This confirmation link is not valid.")
USER_ALREADY_VERIFIED = ErrorCode("USER_ALREADY_VERIFIED", "The email is confirmed already.")
TOKEN_INVALID = ErrorCode("TOKEN_INVALID", "This link is not valid, or it was used already. Ask for a new one.")
TOKEN_EXPIRED = ErrorCode("TOKEN_EXPIRED", "This link is too old. Ask for a new one.", aliases=("TOKEN_INVALID",))

INVITE_TOKEN_INVALID = ErrorCode(
    "INVITE_TOKEN_INVALID",
    "This invitation is not valid, was used already, or is older than 24 hours. Ask whoever invited you to send it again.",
    aliases=("INVITE.TOKEN.NOT.FOUND",),
)
CURRENT_PASSWORD_WRONG = ErrorCode("CURRENT_PASSWORD_WRONG", "This is not your current password.")
SIGN_IN_NEEDED = ErrorCode("SIGN_IN_NEEDED", "An API key cannot do this. Sign in with email and password.", 403)
API_KEYS_TOO_MANY = ErrorCode("API_KEYS_TOO_MANY", "The organization has as many API keys as it can have. Revoke one first.")
ORGANIZATIONS_TOO_MANY = ErrorCode("ORGANIZATIONS_TOO_MANY", "You belong to as many organizations as one person can.")
TENANT_ALREADY_BUILT = ErrorCode("TENANT_ALREADY_BUILT", "The books of this organization are built already.")
TENANT_IS_BUILDING = ErrorCode("TENANT_IS_BUILDING", "The books of this organization are being built.")
JOB_NOT_FOUND = ErrorCode("JOB_NOT_FOUND", "There is no such job.")


class SignInRefusedError(DomainError):
    """A 401 with the `code` at the top of its body, where clients of the reference look for it."""

    def __init__(self, code: ErrorCode, message: str | None = None, *, name: str | None = None) -> None:
        super().__init__(code, message or code.message)
        self.name = name or code.type

    @property
    def status(self) -> int:
        """401, also where the same code is a 400 elsewhere."""
        return 401

    def body(self) -> dict[str, Any]:
        """The JSON body."""
        body = super().body()
        errors = [{**error, "statusCode": self.status} for error in body["errors"]]
        return {**body, "statusCode": self.status, "error": "Unauthorized", "code": self.name, "errors": errors}
