"""How the columns of a table get onto paper: the size of type, the width of each, and which stand beside each other. Pure.

A table that is too wide at the smallest size that is still read with ease goes onto several runs of pages, each with the names of the
rows: columns of one group (a period with what it is compared with) stay together where they can.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from domain.reports.rendering.table import Leaf

LANDSCAPE_COLUMNS = 4
"""More columns than these, and the paper lies."""
_PAPER_POINTS = {False: 510, True: 756}
"""Width between the margins of A4, by whether it lies."""
_NAME_SHARE = 4
"""The first column takes at most one part in so many of the width from the others."""
_SIZES = (9, 8, 7, 6)
"""Sizes of type in points; the largest at which all columns fit."""
_SPLIT_SIZE = 7
"""The size where they do not."""
_CHARACTER_PERCENT = 54
"""Width of a figure in percent of the size of type, bold included."""
_GUTTER_POINTS = 9
_WORDS_CHARACTERS_MAX = 26
"""What words are given before figures; more of what is left over."""
_WORDS_CHARACTERS_WISHED = 70


@dataclass(frozen=True, slots=True)
class Run:
    """Columns beside each other on one run of pages, by their places in the table; the first is always the table's first."""

    places: tuple[int, ...]
    widths: tuple[int | None, ...]
    """In points; None takes what is left."""


@dataclass(frozen=True, slots=True)
class Paper:
    """How a table is set."""

    landscape: bool
    size: int
    """Of type, in points."""
    runs: tuple[Run, ...]


def lay(columns: Sequence[Leaf], characters: Sequence[int]) -> Paper:
    """Where the columns go, from the length of the longest text in each."""
    landscape = len(columns) > LANDSCAPE_COLUMNS
    everything = tuple(range(1, len(columns)))
    for size in _SIZES:
        setting = _Setting(tuple(columns), tuple(characters), size, _PAPER_POINTS[landscape])
        if setting.width(everything) <= setting.room:
            return Paper(landscape, size, (setting.run(everything),))
    setting = _Setting(tuple(columns), tuple(characters), _SPLIT_SIZE, _PAPER_POINTS[landscape])
    return Paper(landscape, _SPLIT_SIZE, tuple(setting.run(places) for places in setting.split()))


@dataclass(frozen=True)
class _Setting:
    """The columns of a table in one size of type, on paper of so many points."""

    columns: tuple[Leaf, ...]
    characters: tuple[int, ...]
    size: int
    paper: int

    def _points(self, characters: int) -> int:
        return characters * self.size * _CHARACTER_PERCENT // 100 + _GUTTER_POINTS

    @cached_property
    def widths(self) -> list[int]:
        """What each column needs: figures whole, words over several lines, headings over two."""
        widths = []
        for column, longest in zip(self.columns, self.characters, strict=True):
            head = max(len(column.label) // 2 + 1, *map(len, column.label.split()), 1)
            text = longest if column.kind.numeric else min(longest, _WORDS_CHARACTERS_MAX)
            widths.append(min(self._points(max(text, head)), self.paper - self.paper // _NAME_SHARE))
        return widths

    @cached_property
    def wishes(self) -> list[int]:
        """What each column would take: words on one line."""
        lengths = zip(self.columns, self.characters, strict=True)
        words = (0 if column.kind.numeric else min(longest, _WORDS_CHARACTERS_WISHED) for column, longest in lengths)
        return [max(width, self._points(text)) for width, text in zip(self.widths, words, strict=True)]

    @property
    def name_width(self) -> int:
        """What the first column has at least."""
        return min(self.wishes[0], self.paper // _NAME_SHARE)

    @property
    def room(self) -> int:
        """What the first column leaves to the others."""
        return self.paper - self.name_width

    def width(self, places: Sequence[int]) -> int:
        """What some columns need beside each other."""
        return sum(self.widths[place] for place in places)

    def run(self, places: Sequence[int]) -> Run:
        """Columns beside each other: what is left over goes to words, to each in proportion to what it lacks."""
        left = max(self.room - self.width(places), 0)
        lacking = [self.wishes[place] - self.widths[place] for place in places]
        whole = max(sum(lacking) + self.wishes[0] - self.name_width, left, 1)
        widths = (self.widths[place] + lack * left // whole for place, lack in zip(places, lacking, strict=True))
        return Run((0, *places), (None, *widths))

    def split(self) -> list[tuple[int, ...]]:
        """All columns but the first, in portions that fit: by group, and of about as many groups each."""
        units: list[tuple[int, ...]] = []
        for group, members in groupby(range(1, len(self.columns)), key=lambda place: self.columns[place].group):
            places = tuple(members)
            units += [places] if group and self.width(places) <= self.room else [(place,) for place in places]
        portions = self._fill(units, len(units))
        even = self._fill(units, -(-len(units) // len(portions)))
        return even if len(even) == len(portions) else portions

    def _fill(self, units: Sequence[tuple[int, ...]], units_max: int) -> list[tuple[int, ...]]:
        portions: list[tuple[int, ...]] = []
        portion: tuple[int, ...] = ()
        count = 0
        for unit in units:
            if portion and (self.width(portion + unit) > self.room or count == units_max):
                portions.append(portion)
                portion, count = (), 0
            portion, count = portion + unit, count + 1
        return [*portions, portion]
