"""Columns of statements: calendar units from day to fiscal year, and the spans that they are compared with (reports.md 7 and 8). Pure."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import islice

from domain.kit.errors import ErrorCode
from domain.reports.rules import fiscal_year_start

PERIODS_MAX = 366
"""Most period columns of a sheet: a leap year by day."""
TOO_MANY_PERIODS = ErrorCode(
    "REPORT_TOO_MANY_PERIODS",
    f"A report has at most {PERIODS_MAX} periods, fewer where each is compared. Choose longer periods or a shorter range.",
)
_DAY = timedelta(days=1)
_WEEK_DAYS = 7
_WEEKS_OF_A_YEAR = 52
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


class Unit(StrEnum):
    """Of what length period columns are. Quarters and years are those of the fiscal year; weeks begin on Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Range:
    """Days, both included."""

    first: date
    last: date

    def within(self, other: "Range") -> "Range":
        """What both have in common; inverted where that is nothing."""
        return Range(max(self.first, other.first), min(self.last, other.last))


def add_months(day: date, months: int) -> date:
    """So many months later, or earlier; the last day of the month where it is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def unit_of(day: date, unit: Unit, first_month: int = 1) -> Range:
    """The unit that the day is in; `first_month` (1 to 12) begins the fiscal year."""
    match unit:
        case Unit.DAY:
            return Range(day, day)
        case Unit.WEEK:
            monday = day - timedelta(days=day.weekday())
            return Range(monday, monday + timedelta(days=_WEEK_DAYS - 1))
        case Unit.MONTH | Unit.QUARTER | Unit.YEAR:
            months = _MONTHS[unit.value]
            year = fiscal_year_start(day, first_month)
            passed = (day.year - year.year) * 12 + day.month - year.month
            first = add_months(year, passed // months * months)
            return Range(first, add_months(first, months) - _DAY)


def periods(span: Range, unit: Unit, first_month: int = 1, *, limit: int = PERIODS_MAX) -> tuple[Range, ...]:
    """The full units from the one with the first day to the one with the last; none for an inverted span.

    Raises:
        TOO_MANY_PERIODS: more than the limit.

    """
    found = tuple(islice(_units(span, unit, first_month), limit + 1))
    if len(found) > limit:
        raise TOO_MANY_PERIODS(
            f"This report has at most {limit} period columns. Choose longer periods or a shorter range.", payload={"limit": limit}
        )
    return found


def _units(span: Range, unit: Unit, first_month: int) -> Iterator[Range]:
    day = span.first
    while day <= span.last:
        found = unit_of(day, unit, first_month)
        yield found
        day = found.last + _DAY


def label(period: Range, unit: Unit) -> str:
    """The heading of a period column, by its last day."""
    width = {Unit.DAY: 10, Unit.WEEK: 10, Unit.MONTH: 7, Unit.QUARTER: 7, Unit.YEAR: 4}[unit]
    return period.last.isoformat()[:width]


# ---- comparisons


def previous_period(span: Range) -> Range:
    """As many days, directly before."""
    days = (span.last - span.first).days + 1
    return Range(span.first - timedelta(days=days), span.last - timedelta(days=days))


def previous_year(span: Range) -> Range:
    """The same days a year earlier; 28 February for the 29th."""
    return Range(add_months(span.first, -12), add_months(span.last, -12))


@dataclass(frozen=True, slots=True)
class Shift:
    """How period columns of a unit are compared: with the unit before, or with the same unit a year earlier."""

    unit: Unit
    first_month: int
    year: bool

    def period(self, period: Range) -> Range:
        """The full unit that a period is compared with."""
        return unit_of(self._day(period.first), self.unit, self.first_month)

    def window(self, span: Range) -> Range:
        """The days that comparisons of a whole sheet stay within. A last day of a unit becomes the last day of the other one."""
        last = self._day(span.last)
        if unit_of(span.last, self.unit, self.first_month).last == span.last:
            last = self.period(unit_of(span.last, self.unit, self.first_month)).last
        return Range(self._day(span.first), last)

    def _day(self, day: date) -> date:
        if self.unit is Unit.WEEK:
            return day - timedelta(days=_WEEK_DAYS * (_WEEKS_OF_A_YEAR if self.year else 1))
        if self.unit is Unit.DAY and not self.year:
            return day - _DAY
        return add_months(day, -12 if self.year else -_MONTHS[self.unit.value])
