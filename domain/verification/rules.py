"""Document numbers: which repeat, and which are missing from a series. Pure."""

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise


def repeated(numbers: Iterable[str]) -> list[str]:
    """Numbers that occur more than once, in order of appearance."""
    return [number for number, count in Counter(numbers).items() if count > 1]


def gaps(numbers: Iterable[str], prefix: str) -> list[tuple[int, int]]:
    """Spans that are missing between the lowest and the highest number of a series: those of the prefix and digits alone."""
    serials = sorted({int(rest) for number in numbers if (rest := _serial(number, prefix)) is not None})
    return [(low + 1, high - 1) for low, high in pairwise(serials) if high > low + 1]


def _serial(number: str, prefix: str) -> str | None:
    rest = number.removeprefix(prefix)
    return rest if number.startswith(prefix) and rest.isascii() and rest.isdigit() else None
