"""All SQL of settings, and the warm value made of it."""

from collections.abc import Mapping

from sqlalchemy import Connection, and_, bindparam, delete, insert, select, update

from domain.kit.context import TenantContext
from domain.kit.warm import WarmKey
from domain.settings.tables import settings

SettingTexts = Mapping[tuple[str, str], str]


def _load(connection: Connection) -> SettingTexts:
    rows = connection.execute(select(settings.c.group, settings.c.key, settings.c.value))
    return {(group, key): value for group, key, value in rows if value is not None}


_THIS = and_(settings.c.group == bindparam("of_group"), settings.c.key == bindparam("of_key"))
_DELETE = delete(settings).where(_THIS)
_UPDATE = update(settings).where(_THIS).values(value=bindparam("new_value"))
_INSERT = insert(settings)

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
    before, after = ctx.warm.shared(SETTINGS), ctx.warm.get(SETTINGS)
    known = before or {}
    changed = [key for key in {*known, *after} if known.get(key) != after.get(key)]
    # Where what is stored is not known for certain, rows are replaced; else one statement changes each.
    gone = [key for key in changed if before is None or key not in after]
    kept = [key for key in changed if before is not None and key in known and key in after]
    new = [key for key in changed if key in after and key not in kept]
    if gone:
        ctx.db.execute(_DELETE, [{"of_group": group, "of_key": key} for group, key in gone])
    for group, key in kept:
        ctx.db.execute(_UPDATE, {"of_group": group, "of_key": key, "new_value": after[group, key]})
    if new:
        ctx.db.execute(_INSERT, [{"group": group, "key": key, "value": after[group, key]} for group, key in new])
