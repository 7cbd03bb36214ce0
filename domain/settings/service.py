"""Settings and document numbers. Numbers are handed out by the single writer, inside the transaction: no gap, no duplicate."""

from decimal import Decimal
from typing import Any

from domain.kit.context import TenantContext
from domain.kit.errors import ErrorCode
from domain.settings import repository
from domain.settings.model import ACCOUNT_KEYS, DECLARED, GUARDED_GROUPS, Kind, read_text, successor
from domain.settings.repository import SETTINGS
from domain.settings.schemas import SettingsIn

KEY_NOT_DEFINED = ErrorCode("OPTIONS.KEY.NOT.DEFINED", "A setting of that group and key is not declared.")
NUMBER_TOO_LONG_MAX = 255


def setting(ctx: TenantContext, group: str, key: str) -> Any:
    """The typed value of a declared setting; None where it is not set."""
    return read_text(DECLARED[group, key], ctx.warm.get(SETTINGS).get((group, key)))


def list_settings(ctx: TenantContext) -> list[dict[str, Any]]:
    """All stored settings, typed."""
    return [
        {"key": key, "value": read_text(DECLARED.get((group, key), Kind.TEXT), text), "group": group}
        for (group, key), text in sorted(ctx.warm.get(SETTINGS).items())
    ]


def save_settings(ctx: TenantContext, body: SettingsIn) -> None:
    """Store settings; an undeclared one refuses them all.

    Raises:
        KEY_NOT_DEFINED: with the undeclared keys.

    """
    unknown = [
        {"key": option.key, "group": option.group}
        for option in body.options
        if (option.group, option.key) not in DECLARED or option.group in GUARDED_GROUPS
    ]
    if unknown:
        raise KEY_NOT_DEFINED(payload={"keys": unknown})
    before = ctx.warm.get(SETTINGS)
    changes = {(option.group, option.key): _stored(option.value) for option in body.options}
    changed = {key: text for key, text in changes.items() if before.get(key) != text}
    if not changed:
        return
    repository.put(ctx, changed)
    ctx.audit(
        "edited",
        "Settings",
        0,
        before={f"{group}.{key}": before.get((group, key)) for group, key in changed},
        after={f"{group}.{key}": text for (group, key), text in changed.items()},
    )


def _stored(value: str | Decimal | bool | None) -> str | None:  # noqa: FBT001 - a setting may be a flag
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "1" if value else "0"
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def next_number(ctx: TenantContext, group: str) -> str | None:
    """Prefix and next number of a series; None where numbering is not automatic."""
    if not setting(ctx, group, "auto_increment"):
        return None
    return f"{setting(ctx, group, 'number_prefix') or ''}{setting(ctx, group, 'next_number') or '1'}"


def advance_number(ctx: TenantContext, group: str) -> None:
    """Move a series to its next number, where numbering is automatic."""
    if setting(ctx, group, "auto_increment"):
        repository.put(ctx, {(group, "next_number"): successor(setting(ctx, group, "next_number") or "")})


def forget_account(ctx: TenantContext, account_id: int) -> None:
    """Clear settings that prefer an account which is being deleted."""
    texts = ctx.warm.get(SETTINGS)
    cleared = {key: None for key in ACCOUNT_KEYS if texts.get(key) == str(account_id)}
    if cleared:
        repository.put(ctx, cleared)
