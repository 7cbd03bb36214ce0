"""Periods of statements: fiscal years, defaults, and ranges that are refused. Pure."""

from datetime import date

from domain.kit.errors import ErrorCode

DATE_RANGE_INVERTED = ErrorCode("DATE_RANGE_INVERTED", "The period ends before it begins.")

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip


def fiscal_month(name: str) -> int:
    """The month in which the organization's fiscal year begins; January where the stored name is unknown."""
    folded = name.strip().lower()
    return _MONTHS.index(folded) + 1 if folded in _MONTHS else 1


def fiscal_year_start(day: date, first_month: int) -> date:
    """The first day of the fiscal year in which the day is."""
    return date(day.year if day.month >= first_month else day.year - 1, first_month, 1)


def fiscal_year_end(day: date, first_month: int) -> date:
    """The last day of the fiscal year in which the day is."""
    start = fiscal_year_start(day, first_month)
    return date.fromordinal(date(start.year + 1, first_month, 1).toordinal() - 1)


def report_period(from_date: date | None, to_date: date | None, *, today: date, first_month: int) -> tuple[date, date]:
    """The first and last day of a report (DECISIONS 16 and 28).

    Without dates, the current fiscal year up to today; without an end, up to today, or to the end of the fiscal year of a beginning
    in the future; without a beginning, from the start of the end's fiscal year.

    Raises:
        DATE_RANGE_INVERTED: the end lies before the beginning.

    """
    if to_date is None:
        to_date = today if from_date is None or from_date <= today else fiscal_year_end(from_date, first_month)
    if from_date is None:
        from_date = fiscal_year_start(to_date, first_month)
    if to_date < from_date:
        raise DATE_RANGE_INVERTED(f"The period ends on {to_date} and begins on {from_date}.")
    return from_date, to_date
