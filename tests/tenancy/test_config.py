"""Settings: where they come from, what is refused, and that the page about them and the deployment files agree."""

import os
import pickle
import re
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import SecretStr, ValidationError

from tenancy.config import Config, ConfigError, ensure_secrets, load_config, variables

ROOT = Path(__file__).parents[2]
SECRET = "q7Jm2xV9tRb4Ls8Wz1Kc6Yh3Np5Df0Ga"
ROW = re.compile(r"^\| (`[A-Z].*?`) \| (.+?) \| .+ \|$", re.MULTILINE)
NAME = re.compile(r"[A-Z][A-Z0-9_]+")


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing set, and an empty folder to stand in."""
    for name in tuple(os.environ):
        if name in documented():
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def load(monkeypatch: pytest.MonkeyPatch, file: Path | None = None, **environment: str) -> Config:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return load_config(file)


def env_file(folder: Path, text: str) -> Path:
    path = folder / "countinghouse.env"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def documented() -> dict[str, str]:
    """Variable → default, as docs/CONFIGURATION.md says."""
    text = (ROOT / "docs" / "CONFIGURATION.md").read_text()
    return {name: default.strip("`") for names, default in ROW.findall(text) for name in NAME.findall(names)}


# ---- defaults and order


def test_nothing_has_to_be_set(tmp_path: Path) -> None:
    config = load_config()
    assert config.environment == "development"
    assert config.data_dir == tmp_path / "var"
    assert config.system_database_url == f"sqlite:///{tmp_path}/var/system.db"
    assert config.tenant_database_url == f"sqlite:///{tmp_path}/var/tenants/{{name}}.db"
    assert config.base_url == "http://127.0.0.1:8000"
    assert (config.redis_url, config.mongodb_url) == (None, None)
    assert not (tmp_path / "var").exists(), "reading the configuration writes nothing"


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = env_file(tmp_path, "PORT=9000\nMAIL_PORT=25\n")
    config = load(monkeypatch, file, PORT="9001")
    assert (config.port, config.mail_port) == (9001, 25)


def test_the_environment_wins_under_any_of_a_settings_names(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = env_file(tmp_path, "APP_JWT_SECRET=of the file\nREDIS_URL=redis://file/0\nSYSTEM_DATABASE_URL=sqlite:///file.db\n")
    config = load(monkeypatch, file, JWT_SECRET="of the environment", REDIS_HOST="cache", DB_HOST="db")
    assert config.jwt_secret.get_secret_value() == "of the environment"
    assert config.redis_url == "redis://cache:6379/0"
    assert config.system_database_url.startswith("mysql+pymysql://root:@db:3306/")


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = env_file(tmp_path, "PORT=9000\nMAIL_HOST=\n")
    config = load(monkeypatch, file, PORT="", REDIS_URL="", MONGODB_URI="")
    assert (config.port, config.mail_host, config.redis_url, config.mongodb_url) == (9000, "", None, None)


def test_the_settings_file_lies_in_the_data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    env_file(tmp_path / "var", "PORT=9000\n")
    assert load_config().port == 9000
    env_file(tmp_path / "data", "PORT=9001\n")
    assert load(monkeypatch, COUNTINGHOUSE_DATA_DIR="data").port == 9001
    elsewhere = env_file(tmp_path / "etc", "PORT=9002\n")
    assert load(monkeypatch, COUNTINGHOUSE_ENV_FILE=str(elsewhere)).port == 9002


def test_how_a_settings_file_is_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    text = (
        "# PORT=1\n\n  export MAIL_HOST = mail.example.com \nMAIL_USERNAME='it''s'\n"
        "MAIL_PASSWORD=\"a=b # c'\"\nMAIL_FROM_NAME=O'Neill'\nnonsense\n"
    )
    config = load_config(env_file(tmp_path, text))
    assert (config.port, config.mail_host, config.mail_username) == (8000, "mail.example.com", "it''s")
    assert (config.mail_password.get_secret_value(), config.mail_from_name) == ("a=b # c'", "O'Neill'")


def test_a_config_of_its_own_reads_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "9000")
    assert Config().port == 8000


# ---- names of the reference


def test_the_references_database_variables_compose_urls(monkeypatch: pytest.MonkeyPatch) -> None:
    config = load(
        monkeypatch,
        DB_HOST="db",
        DB_PORT="3307",
        DB_USER="books",
        DB_PASSWORD="p@ss/w:rd",
        SYSTEM_DB_NAME="sys",
        TENANT_DB_HOST="db2",
        TENANT_DB_NAME_PERFIX="books_",
    )
    assert config.system_database_url == "mysql+pymysql://books:p%40ss%2Fw%3Ard@db:3307/sys"
    assert config.tenant_database_url == "mysql+pymysql://books:p%40ss%2Fw%3Ard@db2:3307/{name}"
    assert config.tenant_database_prefix == "books_"


def test_a_password_in_the_environment_goes_with_a_host_in_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    config = load(monkeypatch, env_file(tmp_path, "DB_HOST=db\nREDIS_HOST=cache\n"), DB_PASSWORD="x", REDIS_PASSWORD="y")
    assert config.system_database_url == "mysql+pymysql://root:x@db:3306/countinghouse_system"
    assert config.redis_url == "redis://:y@cache:6379/0"


def test_a_url_wins_over_the_references_variables_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    config = load(
        monkeypatch, DB_HOST="db", SYSTEM_DATABASE_URL="sqlite:///own.db", REDIS_HOST="cache", REDIS_URL="redis://own:1/2"
    )
    assert (config.system_database_url, config.redis_url) == ("sqlite:///own.db", "redis://own:1/2")
    assert config.tenant_database_url == "mysql+pymysql://root:@db:3306/{name}"


# ---- values


@pytest.mark.parametrize(
    ("text", "value"), [("true", True), ("YES", True), ("1", True), ("on", True), ("False", False), ("0", False)]
)
def test_yes_and_no(monkeypatch: pytest.MonkeyPatch, text: str, *, value: bool) -> None:
    assert load(monkeypatch, SIGNUP_DISABLED=text).signup_disabled is value


def test_lists_are_trimmed_and_case_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    config = load(monkeypatch, SIGNUP_ALLOWED_DOMAINS=" Example.com, ,b.ORG,", SIGNUP_ALLOWED_EMAILS="Ada@Example.com")
    assert config.signup_allowed_domains == ("example.com", "b.org")
    assert config.signup_allowed_emails == ("ada@example.com",)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "70000"),
        ("PORT", "http"),
        ("TENANT_DATABASE_URL", "sqlite:///one_for_all.db"),
        ("SIGNUP_DISABLED", "perhaps"),
        ("MEMORY_LOW_PERCENT", "90"),
        ("THROTTLE_AUTH_LIMIT", "0"),
        ("CONNECTIONS_PER_TENANT", "1"),
        ("COUNTINGHOUSE_LOG_LEVEL", "LOUD"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    with pytest.raises(ConfigError, match=name):
        load(monkeypatch, **{name: value})


def test_a_config_cannot_be_changed_and_travels_to_actors() -> None:
    config = Config(jwt_secret=SecretStr(SECRET), signup_allowed_domains=("example.com",))
    with pytest.raises(ValidationError, match="frozen"):
        config.port = 1
    packed = pickle.dumps(config)
    assert len(packed) < 10_000
    copy = pickle.loads(packed)  # noqa: S301 - our own
    assert copy == config
    assert copy.jwt_secret.get_secret_value() == SECRET


def test_a_config_shows_no_secret() -> None:
    config = Config(jwt_secret=SecretStr(SECRET), mail_password=SecretStr(SECRET))
    assert SECRET not in repr(config) + str(config)


# ---- the token secret (LESSONS A4)


@pytest.mark.parametrize("secret", ["", "123123", "short", "x" * 64, "abcabcab" * 8, f"changeme-{SECRET}", SECRET[:31]])
def test_production_refuses_a_weak_secret(monkeypatch: pytest.MonkeyPatch, secret: str) -> None:
    monkeypatch.setenv("COUNTINGHOUSE_ENVIRONMENT", "production")
    with pytest.raises(ConfigError, match="APP_JWT_SECRET") as caught:
        load(monkeypatch, APP_JWT_SECRET=secret)
    assert not secret or secret not in str(caught.value)


@pytest.mark.parametrize("name", ["APP_JWT_SECRET", "JWT_SECRET"])
@pytest.mark.parametrize("environment", ["COUNTINGHOUSE_ENVIRONMENT", "NODE_ENV"])
def test_production_starts_with_a_proper_secret_under_either_name(
    monkeypatch: pytest.MonkeyPatch, name: str, environment: str
) -> None:
    config = load(monkeypatch, **{environment: "Production", name: SECRET})
    assert (config.environment, config.jwt_secret.get_secret_value()) == ("production", SECRET)


def test_the_first_run_makes_a_secret_and_keeps_it(tmp_path: Path) -> None:
    path = ensure_secrets(tmp_path / "var")
    assert path == tmp_path / "var" / "countinghouse.env"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    first = load_config().jwt_secret.get_secret_value()
    assert len(first) >= 32
    ensure_secrets(tmp_path / "var")
    assert load_config().jwt_secret.get_secret_value() == first


def test_two_installations_have_two_secrets(tmp_path: Path) -> None:
    assert ensure_secrets(tmp_path / "one").read_text() != ensure_secrets(tmp_path / "two").read_text()


@pytest.mark.parametrize("text", ["PORT=9000", "PORT=9000\n", "APP_JWT_SECRET=\nPORT=9000\n"])
def test_what_is_in_the_file_stays(tmp_path: Path, text: str) -> None:
    path = env_file(tmp_path / "var", text)
    path.chmod(0o644)
    ensure_secrets(tmp_path / "var")
    assert path.read_text().startswith(text)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    config = load_config()
    assert config.port == 9000
    assert len(config.jwt_secret.get_secret_value()) >= 32


@pytest.mark.parametrize("name", ["APP_JWT_SECRET", "JWT_SECRET"])
def test_a_secret_that_is_set_is_not_made_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str) -> None:
    path = env_file(tmp_path / "var", f"{name}=given\n")
    ensure_secrets(tmp_path / "var")
    assert path.read_text() == f"{name}=given\n"
    monkeypatch.setenv(name, "given")
    ensure_secrets(tmp_path / "other")
    assert not (tmp_path / "other").exists()


def test_processes_that_start_at_once_agree_on_the_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        paths = set(pool.map(lambda _: ensure_secrets(tmp_path / "var"), range(8)))
    assert len(paths) == 1
    assert paths.pop().read_text().count("APP_JWT_SECRET=") == 1


def test_the_secret_goes_where_it_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    env_file(tmp_path / "var", f"COUNTINGHOUSE_DATA_DIR={tmp_path}/elsewhere\n")
    ensure_secrets(load_config().data_dir)
    assert load_config().jwt_secret.get_secret_value()
    monkeypatch.setenv("COUNTINGHOUSE_ENV_FILE", str(tmp_path / "etc" / "own.env"))
    assert ensure_secrets(load_config().data_dir) == tmp_path / "etc" / "own.env"
    assert load_config().jwt_secret.get_secret_value()


# ---- the page and the deployment files


def shown(config: Config, field: str) -> str:
    value: Any = getattr(config, field)
    if isinstance(value, SecretStr):
        value = value.get_secret_value()
    text = str(value).lower() if isinstance(value, bool) else str(value or "none") if not isinstance(value, int) else str(value)
    text = "none" if text == "()" else text
    text = text.replace(f"{config.host}:{config.port}", "{host}:{port}") if field == "base_url" else text
    return "var" if field == "data_dir" else text.replace(str(config.data_dir), "{data_dir}").replace(str(ROOT), "{program}")


@pytest.mark.parametrize("field", sorted(Config.model_fields))
def test_the_page_says_every_settings_names_and_default(field: str) -> None:
    rows = {tuple(NAME.findall(names)): default.strip("`") for names, default in ROW.findall(_page())}
    assert rows.get(variables(field)) == shown(Config(), field)


def test_the_page_lists_nothing_that_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    hosts = {"DB_HOST": "first", "REDIS_HOST": "first"}
    before = load(monkeypatch, **hosts)
    for name in (
        set(documented()) - {name for field in Config.model_fields for name in variables(field)} - {"COUNTINGHOUSE_ENV_FILE"}
    ):
        with monkeypatch.context() as one:
            assert load(one, **{name: "99"}) != before, f"{name} is listed and not read"


def _page() -> str:
    return (ROOT / "docs" / "CONFIGURATION.md").read_text()


def _compose() -> dict[str, str]:
    service = yaml.safe_load((ROOT / "deploy" / "compose.yaml").read_text())["services"]["countinghouse"]
    return {name: re.sub(r"\$\{\w+(?::\?[^}]*)?\}", "given", str(value)) for name, value in service["environment"].items()}


def _example() -> dict[str, str]:
    lines = (ROOT / "deploy" / "env.example").read_text().splitlines()
    return {name: value for name, _, value in (line.partition("=") for line in lines if line and not line.startswith("#"))}


@pytest.mark.parametrize("settings", [_compose(), _example()], ids=["compose.yaml", "env.example"])
def test_a_deployment_sets_variables_that_are_read_and_all_that_production_needs(
    monkeypatch: pytest.MonkeyPatch, settings: dict[str, str]
) -> None:
    assert set(settings) <= set(documented())
    monkeypatch.setenv("COUNTINGHOUSE_DATA_DIR", "/nowhere")
    with pytest.raises(ConfigError, match="APP_JWT_SECRET"):
        load(monkeypatch, **settings)
    config = load(monkeypatch, **(settings | {"APP_JWT_SECRET": SECRET}))
    assert config.environment == "production"
    assert config.system_database_url.startswith("mysql+pymysql://")
    assert config.tenant_database_url.startswith("mysql+pymysql://")
    assert config.redis_url is not None
    assert config.mongodb_url is not None
    assert config.trust_forwarded_for
