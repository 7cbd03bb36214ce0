"""The configuration: from the environment, then from `var/countinghouse.env`. Names of the reference's installation are read too.

docs/CONFIGURATION.md lists every variable; a test keeps the two in agreement.
"""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import quote

from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

DATA_DIR_DEFAULT = Path("var")
ENV_FILE_NAME = "countinghouse.env"
SECRET_LENGTH_MIN = 32
_KNOWN_SECRETS = frozenset({"123123", "secret", "changeme", "change-me", "jwt_secret"})


class ConfigError(RuntimeError):
    """The configuration cannot be used; the message says which variable and why."""


def _names(*names: str) -> Any:
    return AliasChoices(*names)


def _field(default: Any, *names: str) -> Any:
    return Field(default=default, validation_alias=_names(*names))


TextList = Annotated[tuple[str, ...], NoDecode]


class Config(BaseSettings):
    """Everything that an operator can set. Immutable, and small enough to be handed to every actor."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", populate_by_name=True, case_sensitive=False)

    environment: Literal["development", "production"] = _field("development", "COUNTINGHOUSE_ENVIRONMENT", "NODE_ENV")
    data_dir: Path = _field(DATA_DIR_DEFAULT, "COUNTINGHOUSE_DATA_DIR")
    host: str = _field("127.0.0.1", "COUNTINGHOUSE_HOST")
    port: int = Field(default=8000, ge=1, le=65535, validation_alias=_names("PORT"))
    base_url: str = _field("", "BASE_URL")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = _field("WARNING", "COUNTINGHOUSE_LOG_LEVEL")
    access_log: bool = _field(False, "COUNTINGHOUSE_ACCESS_LOG")  # noqa: FBT003 - a default
    trust_forwarded_for: bool = _field(False, "COUNTINGHOUSE_TRUST_FORWARDED_FOR")  # noqa: FBT003

    system_database_url: str = _field("", "SYSTEM_DATABASE_URL")
    tenant_database_url: str = _field("", "TENANT_DATABASE_URL")
    tenant_database_prefix: str = _field("countinghouse_tenant_", "TENANT_DATABASE_PREFIX", "TENANT_DB_NAME_PERFIX")
    redis_url: str | None = _field(None, "REDIS_URL")
    mongodb_url: str | None = _field(None, "MONGODB_URI")
    mongodb_database: str = _field("countinghouse", "MONGODB_DATABASE")

    jwt_secret: SecretStr = _field(SecretStr(""), "APP_JWT_SECRET", "JWT_SECRET")
    token_life_s: int = Field(default=86_400, ge=60, validation_alias=_names("TOKEN_LIFE_S"))
    reset_token_life_s: int = Field(default=3_600, ge=60, validation_alias=_names("RESET_TOKEN_LIFE_S"))
    signup_disabled: bool = _field(False, "SIGNUP_DISABLED")  # noqa: FBT003
    signup_allowed_domains: TextList = _field((), "SIGNUP_ALLOWED_DOMAINS")
    signup_allowed_emails: TextList = _field((), "SIGNUP_ALLOWED_EMAILS")
    signup_email_confirmation: bool = _field(False, "SIGNUP_EMAIL_CONFIRMATION")  # noqa: FBT003

    mail_host: str = _field("", "MAIL_HOST")
    mail_port: int = Field(default=587, ge=1, le=65535, validation_alias=_names("MAIL_PORT"))
    mail_username: str = _field("", "MAIL_USERNAME")
    mail_password: SecretStr = _field(SecretStr(""), "MAIL_PASSWORD")
    mail_secure: bool = _field(False, "MAIL_SECURE")  # noqa: FBT003
    mail_from_name: str = _field("Countinghouse", "MAIL_FROM_NAME")
    mail_from_address: str = _field("countinghouse@localhost", "MAIL_FROM_ADDRESS")

    throttle_global_limit: int = Field(default=600, ge=1, validation_alias=_names("THROTTLE_GLOBAL_LIMIT"))
    throttle_global_ttl_ms: int = Field(default=60_000, ge=1000, validation_alias=_names("THROTTLE_GLOBAL_TTL"))
    throttle_auth_limit: int = Field(default=10, ge=1, validation_alias=_names("THROTTLE_AUTH_LIMIT"))
    throttle_auth_ttl_ms: int = Field(default=60_000, ge=1000, validation_alias=_names("THROTTLE_AUTH_TTL"))
    body_bytes_max: int = Field(default=1_048_576, ge=1024, validation_alias=_names("BODY_BYTES_MAX"))
    mailbox_requests_max: int = Field(default=512, ge=1, validation_alias=_names("MAILBOX_REQUESTS_MAX"))

    connections_per_tenant: int = Field(default=3, ge=2, le=16, validation_alias=_names("CONNECTIONS_PER_TENANT"))
    connections_total: int = Field(default=120, ge=2, validation_alias=_names("CONNECTIONS_TOTAL"))
    active_tenants_max: int = Field(default=200, ge=1, validation_alias=_names("ACTIVE_TENANTS_MAX"))
    idle_passivation_s: int = Field(default=900, ge=1, validation_alias=_names("IDLE_PASSIVATION_S"))
    spare_actors: int = Field(default=1, ge=0, le=32, validation_alias=_names("SPARE_ACTORS"))
    gateway_replicas: int = Field(default=1, ge=1, le=64, validation_alias=_names("GATEWAY_REPLICAS"))
    memory_high_percent: int = Field(default=80, ge=10, le=100, validation_alias=_names("MEMORY_HIGH_PERCENT"))
    memory_low_percent: int = Field(default=75, ge=5, le=100, validation_alias=_names("MEMORY_LOW_PERCENT"))
    bank_feed_enabled: bool = _field(False, "BANK_FEED_ENABLED")  # noqa: FBT003

    @field_validator("signup_allowed_domains", "signup_allowed_emails", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        parts = value.split(",") if isinstance(value, str) else value
        return tuple(part.strip().casefold() for part in parts if part.strip())

    @field_validator("environment", mode="before")
    @classmethod
    def _environment(cls, value: Any) -> Any:
        return "production" if str(value).lower() == "production" else "development"

    @field_validator("redis_url", "mongodb_url", mode="before")
    @classmethod
    def _none_if_blank(cls, value: Any) -> Any:
        return value or None

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: Any) -> Any:
        return str(value).upper()

    @model_validator(mode="after")
    def _complete(self) -> Self:
        data_dir = self.data_dir.expanduser().absolute()
        values: dict[str, Any] = {"data_dir": data_dir}
        if not self.base_url:
            values["base_url"] = f"http://{self.host}:{self.port}"
        if not self.system_database_url:
            values["system_database_url"] = f"sqlite:///{data_dir}/system.db"
        if not self.tenant_database_url:
            values["tenant_database_url"] = f"sqlite:///{data_dir}/tenants/{{name}}.db"
        elif "{name}" not in self.tenant_database_url:
            raise ValueError("TENANT_DATABASE_URL must contain {name}, which stands for the tenant's database")
        for name, value in values.items():
            object.__setattr__(self, name, value)
        if self.memory_low_percent >= self.memory_high_percent:
            raise ValueError("MEMORY_LOW_PERCENT must be below MEMORY_HIGH_PERCENT")
        if self.environment == "production":
            self._check_secret()
        return self

    def _check_secret(self) -> None:
        secret = self.jwt_secret.get_secret_value()
        if len(secret) < SECRET_LENGTH_MIN or secret.lower() in _KNOWN_SECRETS or len(set(secret)) < 8:  # noqa: PLR2004
            raise ValueError(f"APP_JWT_SECRET must be a random text of at least {SECRET_LENGTH_MIN} characters in production")


def _reference_names(values: Mapping[str, str]) -> dict[str, str]:
    """Database and Redis URLs composed from the reference's variables, where no URL is given."""
    composed: dict[str, str] = {}

    def url(prefix: str, name: str) -> str | None:
        host = values.get(f"{prefix}_HOST") or values.get("DB_HOST")
        if not host:
            return None
        user = quote(values.get(f"{prefix}_USER") or values.get("DB_USER") or "root", safe="")
        password = quote(values.get(f"{prefix}_PASSWORD") or values.get("DB_PASSWORD") or "", safe="")
        port = values.get(f"{prefix}_PORT") or values.get("DB_PORT") or "3306"
        return f"mysql+pymysql://{user}:{password}@{host}:{port}/{name}"

    if not values.get("SYSTEM_DATABASE_URL"):
        found = url("SYSTEM_DB", values.get("SYSTEM_DB_NAME") or "countinghouse_system")
        if found:
            composed["SYSTEM_DATABASE_URL"] = found
    if not values.get("TENANT_DATABASE_URL"):
        found = url("TENANT_DB", "{name}")
        if found:
            composed["TENANT_DATABASE_URL"] = found
    if not values.get("REDIS_URL") and values.get("REDIS_HOST"):
        password = values.get("REDIS_PASSWORD")
        login = f":{quote(password, safe='')}@" if password else ""
        composed["REDIS_URL"] = (
            f"redis://{login}{values['REDIS_HOST']}:{values.get('REDIS_PORT', '6379')}/{values.get('REDIS_DB', '0')}"
        )
    return composed


def _env_file(environment: Mapping[str, str]) -> Path:
    given = environment.get("COUNTINGHOUSE_ENV_FILE")
    return Path(given) if given else Path(environment.get("COUNTINGHOUSE_DATA_DIR") or DATA_DIR_DEFAULT) / ENV_FILE_NAME


def _read_env_file(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    pairs = (line.partition("=") for line in path.read_text().splitlines() if "=" in line and not line.lstrip().startswith("#"))
    return {name.strip(): value.strip().strip("'\"") for name, _, value in pairs}


def load_config(env_file: Path | None = None) -> Config:
    """The configuration of this process. The environment wins over the file.

    Raises:
        ConfigError: a variable has a value that cannot be used.

    """
    values = _read_env_file(env_file or _env_file(os.environ)) | {name: text for name, text in os.environ.items() if text}
    values |= _reference_names(values)
    known = {
        name: alias
        for name, item in Config.model_fields.items()
        if isinstance(item.validation_alias, AliasChoices)
        for alias in item.validation_alias.choices
        if isinstance(alias, str) and alias in values
    }
    chosen: dict[str, str] = {}
    for name, item in Config.model_fields.items():
        if name in known and isinstance(item.validation_alias, AliasChoices):
            chosen[name] = next(
                values[alias] for alias in item.validation_alias.choices if isinstance(alias, str) and alias in values
            )
    try:
        return Config(**chosen)  # type: ignore[arg-type]
    except ValidationError as problem:
        details = "; ".join(
            f"{'.'.join(map(str, error['loc'])) or 'configuration'}: {error['msg']}" for error in problem.errors()
        )
        raise ConfigError(details) from None


def ensure_secrets(data_dir: Path) -> Path:
    """Write a random token secret into the settings file on the first run, unless one is set. Returns the file's path."""
    path = Path(os.environ["COUNTINGHOUSE_ENV_FILE"]) if os.environ.get("COUNTINGHOUSE_ENV_FILE") else data_dir / ENV_FILE_NAME
    present = _read_env_file(path)
    if (
        present.get("APP_JWT_SECRET")
        or present.get("JWT_SECRET")
        or os.environ.get("APP_JWT_SECRET")
        or os.environ.get("JWT_SECRET")
    ):
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    text = path.read_text() if path.exists() else "# Settings of this installation; see docs/CONFIGURATION.md\n"
    text = text if text.endswith("\n") else f"{text}\n"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(f"{text}APP_JWT_SECRET={secrets.token_urlsafe(48)}\n")
    path.chmod(0o600)
    return path
