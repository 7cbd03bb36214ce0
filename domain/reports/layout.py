"""Which figure of a line stands in which column: the total, periods, and what each is compared with (reports.md 7 and 8). Pure.

The figures of a line are one tuple, so that a sheet is computed in one pass over the ledger; the layout gives them their places.
The first figure is always the overall total.
"""

from dataclasses import dataclass, field
from functools import lru_cache

from domain.reports.periods import PERIODS_MAX, Range, Shift, Unit, label, periods, previous_period, previous_year

AMOUNTS_MAX = 1000
"""Most amounts of a line over all periods, comparisons and changes included."""


@dataclass(frozen=True, slots=True)
class Compare:
    """Which comparisons are wanted, and what of them is shown beside the amount."""

    previous_year: bool = False
    previous_year_change: bool = False
    previous_year_percentage: bool = False
    previous_period: bool = False
    previous_period_change: bool = False
    previous_period_percentage: bool = False

    @property
    def year_parts(self) -> tuple[str, ...]:
        """Keys of the columns of the previous year, in their order."""
        return _parts("previous_year", self.previous_year, self.previous_year_change, self.previous_year_percentage)

    @property
    def period_parts(self) -> tuple[str, ...]:
        """Keys of the columns of the previous period, in their order."""
        return _parts("previous_period", self.previous_period, self.previous_period_change, self.previous_period_percentage)

    @property
    def periods_max(self) -> int:
        """How many periods a sheet may have with as much beside each amount."""
        return min(PERIODS_MAX, AMOUNTS_MAX // (1 + len(self.year_parts) + len(self.period_parts)))


@lru_cache(maxsize=16)
def _parts(name: str, *wanted: bool) -> tuple[str, ...]:
    """Keys of the amount, its change and its percentage, as wanted; without the amount there are none."""
    keys = (name, f"{name}_change", f"{name}_percentage")
    return tuple(key for key, wish in zip(keys, wanted, strict=True) if wish) if wanted[0] else ()


NO_COMPARISON = Compare()


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a column is compared with: the days shown for it, and where its figure is."""

    shown: Range
    figure: int


@dataclass(frozen=True, slots=True)
class Column:
    """One amount of every line: its key and heading, the days shown for it, and where its figure is."""

    key: str
    label: str
    shown: Range | None
    figure: int
    previous_year: Comparison | None = None
    previous_period: Comparison | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a sheet. `ranges` are the days counted for each figure, in the order of the figures."""

    total: Column
    periods: tuple[Column, ...] | None = None
    """None where no periods were asked for."""
    ranges: tuple[Range, ...] = ()
    compare: Compare = NO_COMPARISON

    @property
    def shown(self) -> tuple[Column, ...]:
        """The columns of the balance sheet and the profit and loss: periods where asked for, else the total."""
        return (self.total,) if self.periods is None else self.periods


@dataclass
class _Ranges:
    found: list[Range] = field(default_factory=list)

    def add(self, counted: Range) -> int:
        self.found.append(counted)
        return len(self.found) - 1


WHOLE = Layout(Column("total", "Total", None, 0))
"""A total over an unnamed span, and nothing else."""


def lay_out(span: Range, *, unit: Unit | None = None, first_month: int = 1, compare: Compare = NO_COMPARISON) -> Layout:
    """The columns over a span; with a unit, by period. `first_month` (1 to 12) begins the fiscal year.

    Raises:
        TOO_MANY_PERIODS.

    """
    ranges = _Ranges()
    total = Column(
        "total",
        "Total",
        span,
        ranges.add(span),
        _compared(ranges, previous_year(span)) if compare.previous_year else None,
        _compared(ranges, previous_period(span)) if compare.previous_period else None,
    )
    if unit is None:
        return Layout(total, None, tuple(ranges.found), compare)
    year = Shift(unit, first_month, year=True) if compare.previous_year else None
    before = Shift(unit, first_month, year=False) if compare.previous_period else None
    columns = tuple(
        Column(
            f"date-range-{place}",
            label(period, unit),
            period,
            ranges.add(period.within(span)),
            _shifted(ranges, year, period, span),
            _shifted(ranges, before, period, span),
        )
        for place, period in enumerate(periods(span, unit, first_month, limit=compare.periods_max))
    )
    return Layout(total, columns, tuple(ranges.found), compare)


def _compared(ranges: _Ranges, shown: Range) -> Comparison:
    return Comparison(shown, ranges.add(shown))


def _shifted(ranges: _Ranges, shift: Shift | None, period: Range, span: Range) -> Comparison | None:
    if shift is None:
        return None
    shown = shift.period(period)
    return Comparison(shown, ranges.add(shown.within(shift.window(span))))
