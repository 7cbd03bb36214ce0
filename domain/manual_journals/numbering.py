"""Numbers of manual journals: typed ones must be free, missing ones are the next free of the series (accounting.md 6.3)."""

from domain.kit.context import TenantContext
from domain.manual_journals import repository, rules
from domain.manual_journals.model import NUMBER_LENGTH_MAX, ManualJournal, number_key
from domain.settings import repository as settings
from domain.settings.model import successor
from domain.settings.service import next_number, setting

GROUP = "manual_journals"
_LOOK_AHEAD = 200
_LOOKS_MAX = 5000


def number_for(ctx: TenantContext, typed: str | None, old: ManualJournal | None) -> str:
    """The number that a journal is to have: the typed one, else its own, else the next free one of the series.

    Raises:
        NUMBER_REQUIRED: none is typed, and journals are not numbered automatically.
        NUMBER_EXISTS: another journal has it.

    """
    number = typed.strip() if typed else None
    if number is None:
        return old.journal_number if old else _next_free(ctx)
    owner = repository.number_owner(ctx.db, number)
    if owner is not None and (old is None or owner != old.id):
        raise rules.NUMBER_EXISTS(f"Another journal has the number {number}.")
    return number


def _next_free(ctx: TenantContext) -> str:
    """The next number of the series that no typed one took; the series is moved up to it."""
    number = next_number(ctx, GROUP)
    if number is None or len(number) > NUMBER_LENGTH_MAX:
        raise rules.NUMBER_REQUIRED()
    if repository.number_owner(ctx.db, number) is None:
        return number
    prefix, following = setting(ctx, GROUP, "number_prefix") or "", setting(ctx, GROUP, "next_number") or "1"
    for _ in range(_LOOKS_MAX):
        ahead = []
        for _ in range(_LOOK_AHEAD):
            following = successor(following)
            ahead.append(following)
        taken = repository.numbers_taken(ctx.db, [prefix + item for item in ahead])
        free = next((item for item in ahead if number_key(prefix + item) not in taken), None)
        if free is not None and len(prefix + free) <= NUMBER_LENGTH_MAX:
            settings.put(ctx, {(GROUP, "next_number"): free})
            return prefix + free
    raise rules.NUMBER_REQUIRED("No number of the series is free. Type one, or set another next number.")
