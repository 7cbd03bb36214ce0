"""The configuration: from the environment, then from `var/countinghouse.env`. Names of the reference's installation are read too.

docs/CONFIGURATION.md lists every variable; a test keeps the two in agreement.
"""

import fcntl
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import quote

from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

DATA_DIR_DEFAULT = Path("var")
WEBAPP_DIR_DEFAULT = Path(__file__).parents[1] / "webapp" / "dist"
ENV_FILE_NAME = "countinghouse.env"
SYSTEM_DB_NAME = "countinghouse_system"
SECRET_LENGTH_MIN = 32
SECRET_CHARACTERS_MIN = 8
_PLACEHOLDERS = ("123123", "changeme", "change-me", "change_me", "replace-me", "your-secret", "your_secret")
"""Parts of the secrets that example files and other products' defaults have (LESSONS A4)."""


class ConfigError(RuntimeError):
    """The configuration cannot be used; the message says which variable and why."""


def _names(*names: str) -> Any:
    return AliasChoices(*names)


def _field(default: Any, *names: str) -> Any:
    return Field(default=default, validation_alias=_names(*names))


class Config(BaseSettings):
    """Everything that an operator can set. Immutable, and small enough to be handed to every actor."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", populate_by_name=True, case_sensitive=False)

    environment: Literal["development", "production"] = _field("development", "COUNTINGHOUSE_ENVIRONMENT", "NODE_ENV")
    data_dir: Path = _field(DATA_DIR_DEFAULT, "COUNTINGHOUSE_DATA_DIR")
    webapp_dir: Path = _field(WEBAPP_DIR_DEFAULT, "COUNTINGHOUSE_WEBAPP_DIR")
    host: str = _field("127.0.0.1", "COUNTINGHOUSE_HOST")
    port: int = Field(default=8000, ge=1, le=65535, validation_alias=_names("PORT"))
    base_url: str = _field("", "BASE_URL")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = _field("WARNING", "COUNTINGHOUSE_LOG_LEVEL")
    access_log: bool = _field(False, "COUNTINGHOUSE_ACCESS_LOG")  # noqa: FBT003 - a default
    trust_forwarded_for: bool = _field(False, "COUNTINGHOUSE_TRUST_FORWARDED_FOR")  # noqa: FBT003

    system_database_url: str = _field("", "SYSTEM_DATABASE_URL")
    tenant_database_url: str = _field("", "TENANT_DATABASE_URL")
    tenant_database_prefix: str = Field(
        default="countinghouse_tenant_",
        pattern=r"^[A-Za-z0-9_-]{1,38}$",  # MySQL's names have 64 characters at most, and the tenant's own part has 26
        validation_alias=_names("TENANT_DATABASE_PREFIX", "TENANT_DB_NAME_PERFIX"),
    )
    redis_url: str | None = _field(None, "REDIS_URL")
    mongodb_url: str | None = _field(None, "MONGODB_URI")
    mongodb_database: str = _field("countinghouse", "MONGODB_DATABASE")

    jwt_secret: SecretStr = _field(SecretStr(""), "APP_JWT_SECRET", "JWT_SECRET")
    token_life_s: int = Field(default=86_400, ge=60, validation_alias=_names("TOKEN_LIFE_S"))
    reset_token_life_s: int = Field(default=3_600, ge=60, validation_alias=_names("RESET_TOKEN_LIFE_S"))
    signup_disabled: bool = _field(False, "SIGNUP_DISABLED")  # noqa: FBT003
    signup_allowed_domains: tuple[str, ...] = _field((), "SIGNUP_ALLOWED_DOMAINS")
    signup_allowed_emails: tuple[str, ...] = _field((), "SIGNUP_ALLOWED_EMAILS")
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
    packs_at_once: int = Field(default=2, ge=1, le=64, validation_alias=_names("PACKS_AT_ONCE"))
    ledger_memory_mib: int = Field(default=300, ge=0, le=65_536, validation_alias=_names("LEDGER_MEMORY_MIB"))
    reports_at_once: int = Field(default=2, ge=1, le=64, validation_alias=_names("REPORTS_AT_ONCE"))
    report_timeout_s: int = Field(default=120, ge=1, le=3600, validation_alias=_names("REPORT_TIMEOUT_S"))
    memory_high_percent: int = Field(default=80, ge=10, le=100, validation_alias=_names("MEMORY_HIGH_PERCENT"))
    memory_low_percent: int = Field(default=75, ge=5, le=100, validation_alias=_names("MEMORY_LOW_PERCENT"))
    bank_feed_enabled: bool = _field(False, "BANK_FEED_ENABLED")  # noqa: FBT003

    @classmethod
    def settings_customise_sources(  # `load_config` says what comes from where; a Config itself reads nothing
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what it is given."""
        return (init_settings,)

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
        values: dict[str, Any] = {"data_dir": data_dir, "webapp_dir": self.webapp_dir.expanduser().absolute()}
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
        weak = len(secret) < SECRET_LENGTH_MIN or len(set(secret)) < SECRET_CHARACTERS_MIN
        if weak or any(part in secret.casefold() for part in _PLACEHOLDERS):
            raise ValueError(f"APP_JWT_SECRET must be a random text of at least {SECRET_LENGTH_MIN} characters in production")


def _composed(layer: Mapping[str, str], values: Mapping[str, str]) -> dict[str, str]:
    """Database and Redis URLs from the reference's variables, where the layer names a host and no URL. Details come from all values."""
    composed: dict[str, str] = {}

    def mysql_url(prefix: str, name: str) -> str | None:
        if not (layer.get(f"{prefix}_HOST") or layer.get("DB_HOST")):
            return None

        def value(part: str, default: str) -> str:
            return values.get(f"{prefix}_{part}") or values.get(f"DB_{part}") or default

        login = f"{quote(value('USER', 'root'), safe='')}:{quote(value('PASSWORD', ''), safe='')}"
        return f"mysql+pymysql://{login}@{value('HOST', '')}:{value('PORT', '3306')}/{name}"

    if not layer.get("SYSTEM_DATABASE_URL") and (url := mysql_url("SYSTEM_DB", values.get("SYSTEM_DB_NAME") or SYSTEM_DB_NAME)):
        composed["SYSTEM_DATABASE_URL"] = url
    if not layer.get("TENANT_DATABASE_URL") and (url := mysql_url("TENANT_DB", "{name}")):
        composed["TENANT_DATABASE_URL"] = url
    if not layer.get("REDIS_URL") and layer.get("REDIS_HOST"):
        password = values.get("REDIS_PASSWORD")
        login = f":{quote(password, safe='')}@" if password else ""
        composed["REDIS_URL"] = (
            f"redis://{login}{layer['REDIS_HOST']}:{values.get('REDIS_PORT', '6379')}/{values.get('REDIS_DB', '0')}"
        )
    return composed


def _env_file(environment: Mapping[str, str]) -> Path:
    given = environment.get("COUNTINGHOUSE_ENV_FILE")
    path = Path(given) if given else Path(environment.get("COUNTINGHOUSE_DATA_DIR") or DATA_DIR_DEFAULT) / ENV_FILE_NAME
    return path.expanduser()


def _read_env_file(path: Path) -> dict[str, str]:
    """`NAME=value` lines that have a value. A value may stand in quotes; `export` before a name and lines with `#` first are no part."""
    found: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
        name, equals, value = line.strip().removeprefix("export ").partition("=")
        value = value.strip()
        if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
            value = value[1:-1]
        if equals and value and not name.startswith("#"):
            found[name.strip()] = value
    return found


def variables(field: str) -> tuple[str, ...]:
    """The environment variables of a field of `Config`, the one that wins first."""
    alias = Config.model_fields[field].validation_alias
    return tuple(str(name) for name in alias.choices) if isinstance(alias, AliasChoices) else ()


def _message(error: Mapping[str, Any]) -> str:
    """What is wrong with which variable; never the value, which may be a secret."""
    text = str(error["msg"]).removeprefix("Value error, ")
    place = str(error["loc"][0]) if error["loc"] else ""
    return f"{variables(place)[0] if place in Config.model_fields else place}: {text}" if place else text


def load_config(env_file: Path | None = None) -> Config:
    """The configuration of this process. The environment wins over the file, whichever of its names a setting has in each.

    Raises:
        ConfigError: a variable has a value that cannot be used.

    """
    environment = {name: text for name, text in os.environ.items() if text}
    file = _read_env_file(env_file or _env_file(environment))
    both = file | environment
    layers = [layer | _composed(layer, both) for layer in (environment, file)]
    chosen: dict[str, Any] = {}
    for field in Config.model_fields:
        found = [layer[name] for layer in layers for name in variables(field) if name in layer]
        if found:
            chosen[field] = found[0]
    try:
        return Config(**chosen)
    except ValidationError as problem:
        raise ConfigError("; ".join(_message(dict(error)) for error in problem.errors())) from None


def _is_data_dir(file: Mapping[str, str], data_dir: Path) -> bool:
    """Whether the settings file names the data folder itself, so that it may lie elsewhere."""
    named = file.get("COUNTINGHOUSE_DATA_DIR")
    return named is not None and Path(named).expanduser().absolute() == data_dir.expanduser().absolute()


def ensure_secrets(data_dir: Path) -> Path:
    """Add a random token secret to the settings file on the first run, unless one is set anywhere. Returns the file's path.

    Several processes may do so at once: all of them read the same secret afterwards. What is in the file stays.
    """
    path = _env_file(os.environ)
    if not os.environ.get("COUNTINGHOUSE_ENV_FILE") and not _is_data_dir(_read_env_file(path), data_dir):
        path = data_dir / ENV_FILE_NAME
    names = variables("jwt_secret")
    if any(os.environ.get(name) for name in names):
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "r+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        present = _read_env_file(path)
        if not any(name in present for name in names):
            os.fchmod(file.fileno(), 0o600)
            text = path.read_text(encoding="utf-8")
            start = (
                "" if text.endswith("\n") else "\n" if text else "# Settings of this installation; see docs/CONFIGURATION.md\n"
            )
            file.write(f"{start}{names[0]}={secrets.token_urlsafe(48)}\n")
            file.flush()
            os.fsync(file.fileno())
    return path
