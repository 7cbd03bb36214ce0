"""All SQL of settings, and the warm value made of it."""

from collections.abc import Mapping

from sqlalchemy import Connection, and_, delete, insert, select

from domain.kit.context import TenantContext
from domain.kit.warm import WarmKey
from domain.settings.tables import settings

SettingTexts = Mapping[tuple[str, str], str]


def _load(connection: Connection) -> SettingTexts:
    rows = connection.execute(select(settings.c.group, settings.c.key, settings.c.value))
    return {(group, key): value for group, key, value in rows if value is not None}


SETTINGS: WarmKey[SettingTexts] = WarmKey("settings", _load)


def put(ctx: TenantContext, changes: Mapping[tuple[str, str], str | None]) -> None:
    """Set texts, or clear them with None; written once before the commit of the group."""
    texts = dict(ctx.warm.get(SETTINGS))
    for key, text in changes.items():
        if text is None:
            texts.pop(key, None)
        else:
            texts[key] = text
    ctx.warm.put(SETTINGS, texts)
    ctx.defer("settings", _write_changed)


def _write_changed(ctx: TenantContext) -> None:
    before, after = ctx.warm.shared(SETTINGS) or {}, ctx.warm.get(SETTINGS)
    changed = [key for key in {*before, *after} if before.get(key) != after.get(key)]
    for group, key in changed:
        ctx.db.execute(delete(settings).where(and_(settings.c.group == group, settings.c.key == key)))
    rows = [{"group": group, "key": key, "value": after[group, key]} for group, key in changed if (group, key) in after]
    if rows:
        ctx.db.execute(insert(settings), rows)
