"""Dates as a reader sees them, as precise as they are known."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_ISO = re.compile(r"(\d{4}|XXXX)(?:-(\d\d)(?:-(\d\d)(?:T(\d\d)(?::(\d\d))?.*)?)?)?", re.DOTALL)
_ZONED = re.compile(r"(.*T(?!00:00)\d\d:\d\d)([+-]\d\d:\d\d)")  # a clock with a zone; stamps of programs have seconds


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_PARTS = {"MO": "morning", "AF": "afternoon", "EV": "evening", "NI": "night", "MI": "midday"}
_SEASONS = {"SP": "spring", "SU": "summer", "FA": "autumn", "WI": "winter"}
_ORDER = ("", "first", "second", "third", "fourth")


def show_date(value: str) -> str:
    """Return an ISO 8601 or TIMEX3 date in words, as precise as it is; anything else as it stands.

    >>> show_date("2025-02-12T16:30"), show_date("2025-02"), show_date("soon")
    ('12 February 2025, 16:30', 'February 2025', 'soon')
    >>> [show_date(v) for v in ("XXXX-02-12", "2025-02-12TMO", "XXXX-WXX-3", "2012-H2")]
    ['12 February', '12 February 2025, morning', 'a Wednesday', 'the second half of 2012']
    """
    zoned = _ZONED.fullmatch(value)
    if zoned is not None:
        return f"{show_date(zoned[1])} UTC{zoned[2].removesuffix(':00').replace('-', '−')}".removesuffix("+00")
    day, _, part = value.partition("T")
    if part in _PARTS:
        return f"{show_date(day)}, {_PARTS[part]}" if day else _PARTS[part]
    if re.fullmatch(r"T\d\d(?::\d\d)?", value):
        return part
    weekday = re.fullmatch(r"XXXX-WXX-([1-7])(?:T(.+))?", value)
    if weekday is not None:
        return f"a {_WEEKDAYS[int(weekday[1]) - 1]}" + (f", {weekday[2]}" if weekday[2] else "")
    period = re.fullmatch(r"(\d{4})-([QH])([1-4])", value)
    if period is not None:
        return f"the {_ORDER[int(period[3])]} {'quarter' if period[2] == 'Q' else 'half'} of {period[1]}"
    match = _ISO.fullmatch(value)
    if match is None:
        return _show_stretch(value)
    year, month, number, hour, minute = match.groups()
    if month is None or not 1 <= int(month) <= 12:
        return value if month is not None else year
    shown = _MONTHS[int(month) - 1] if year == "XXXX" else f"{_MONTHS[int(month) - 1]} {year}"
    if number is not None:
        shown = f"{int(number)} {shown}"
    if hour is not None and (hour, minute) != ("00", "00"):
        shown += f", {hour}:{minute or '00'}"
    return shown


def _show_stretch(value: str) -> str:
    """Return a week, a weekend, a season or a decade in words; anything else as it stands."""
    week = re.fullmatch(r"(\d{4})-W([0-5]\d)(-WE)?", value)
    if week is not None and 1 <= int(week[2]) <= 52 and week[1] != "0000":
        day = date.fromisocalendar(int(week[1]), int(week[2]), 6 if week[3] else 1)
        return f"the {'weekend' if week[3] else 'week'} of {show_date(day.isoformat())}"
    season = re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value)
    if season is not None:
        return f"{_SEASONS[season[2]]} {season[1]}"
    return f"the {value}0s" if re.fullmatch(r"\d{3}", value) else f"the {value}00s" if value.isdigit() else value


def show_dates(first: str | None, last: str | None) -> str:
    """Return the time from a first to a last date in words, "" where neither is known.

    >>> show_dates("2025-02-12", "2025-02-13")
    '12 February 2025 to 13 February 2025'
    """
    if first is None or last is None or first[:10] == last[:10]:
        known = first if first is not None else last
        return show_date(known[:10]) if known is not None else ""
    return f"{show_date(first[:10])} to {show_date(last[:10])}"
