"""Access tokens (JWT, HS384) and the random secrets of links."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

import jwt
from ulid import ULID

from tenancy.config import Config, ConfigError

ALGORITHM = "HS384"
SECRET_BYTES = 32
"""256 bits, for reset links."""
VERIFY_SECRET_BYTES = 64
CLOCK_SKEW_S = 60
"""How far the clocks of two gateways may differ."""
TOKEN_LENGTH_MAX = 4096


@dataclass(frozen=True, slots=True)
class TokenClaims:
    """What a valid token says. `version` is the person's credentials version when it was issued; `expires_at` in epoch seconds."""

    user_id: int
    token_id: str
    version: int
    expires_at: int


def signing_key(config: Config) -> bytes:
    """The key of this installation's tokens: 384 bits derived from its secret, and of no use for anything else.

    Raises:
        ConfigError: there is no secret. There is no default one either.

    """
    secret = config.jwt_secret.get_secret_value()
    if not secret:
        raise ConfigError("APP_JWT_SECRET is not set: `countinghouse up` makes one at its first start")
    return hashlib.sha384(b"countinghouse access token\0" + secret.encode()).digest()


def issue_token(config: Config, *, user_id: int, version: int, now: datetime) -> str:
    """A token for a person who has just proved who they are."""
    issued_at = int(now.timestamp())
    claims = {
        "sub": str(user_id),
        "jti": str(ULID()),
        "iat": issued_at,
        "exp": issued_at + config.token_life_s,
        "ver": version,
    }
    return jwt.encode(claims, signing_key(config), algorithm=ALGORITHM)


def read_token(config: Config, token: str, *, now: datetime) -> TokenClaims | None:
    """The claims of a token that we issued and that has not expired; None for any other text."""
    if len(token) > TOKEN_LENGTH_MAX:
        return None
    options = {"verify_exp": False, "verify_iat": False, "require": ["sub", "jti", "iat", "exp", "ver"]}
    try:
        claims = jwt.decode(token, signing_key(config), algorithms=[ALGORITHM], options=options)  # type: ignore[arg-type]
        user_id, version = int(claims["sub"]), int(claims["ver"])
        issued_at, expires_at = int(claims["iat"]), int(claims["exp"])
    except (jwt.PyJWTError, ValueError, TypeError):
        return None
    at = int(now.timestamp())
    expires_at = min(expires_at, issued_at + config.token_life_s)  # a shortened life holds for tokens that are out, too
    if at >= expires_at or issued_at > at + CLOCK_SKEW_S:
        return None
    return TokenClaims(user_id=user_id, token_id=str(claims["jti"])[:40], version=version, expires_at=expires_at)


def random_secret(size_bytes: int = SECRET_BYTES) -> str:
    """An unpredictable text for a link, in hex digits."""
    return secrets.token_hex(size_bytes)


def digest(secret: str) -> str:
    """What is stored of a random secret: enough to recognise it, of no use to whoever reads the table."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def same_digest(stored: str | None, secret: str) -> bool:
    """Whether the secret is the one whose digest is stored. Neither may be empty."""
    return bool(stored) and bool(secret) and secrets.compare_digest(str(stored), digest(secret))
