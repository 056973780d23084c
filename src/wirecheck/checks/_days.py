"""Days: whether two TIMEX3 values can be one time."""

from __future__ import annotations

import re
from datetime import date

from wirecheck.text.zones import has_zone, to_utc

_DAY = re.compile(r"(\d{4}|XXXX)-(\d\d)-(\d\d)")
_WEEKDAY = re.compile(r"XXXX-WXX-(\d)")


def may_be_same(left: str, right: str) -> bool:
    """Return whether two values can mean one time: one is as precise as the other or looser. Symmetric.

    >>> may_be_same("2025-02-12", "2025-02"), may_be_same("2025-02-12", "XXXX-WXX-3"), may_be_same("2024", "2025")
    (True, True, False)
    >>> may_be_same("2021-05-04T18:00-04:00", "2021-05-04T23:00+01:00")
    True
    """
    if left == right:
        return True
    if has_zone(left) and has_zone(right):
        left, right = to_utc(left), to_utc(right)
    elif has_zone(left) or has_zone(right):
        # The other clock is that of some place: only the days are held against each other, here and in UTC.
        zoned, other = (left, right) if has_zone(left) else (right, left)
        day = other.split("T")[0]
        return not day or any(_days_fit(v.split("T")[0], day) for v in (zoned, to_utc(zoned)))
    a, b = left.split("T")[0], right.split("T")[0]
    if not a or not b:
        return _clocks_fit(left, right)
    return _days_fit(a, b) and (not ("T" in left and "T" in right) or _clocks_fit(left, right))


def is_same(left: str, right: str) -> bool:
    """Return whether two values surely mean one time at their looser precision. Symmetric.

    >>> is_same("2025-02-12", "XXXX-WXX-3"), is_same("XXXX-10-23", "XXXX-WXX-3"), is_same("XXXX-02-12", "2025-02-12")
    (True, False, True)
    """
    if not may_be_same(left, right):
        return False
    if has_zone(left) != has_zone(right) and ":" in left and ":" in right and _clock(left) != _clock(right):
        return False
    weekdays = [_WEEKDAY.fullmatch(v.split("T")[0]) is not None for v in (left, right)]
    if weekdays[0] != weekdays[1]:
        other = (left if weekdays[1] else right).split("T")[0]
        return _day(other) is not None
    return True


def first_day(value: str) -> date | None:
    """Return the first day of a value without a clock, years left open taken as 2000; None for a weekday or what has
    no place.
    """
    span = _range(value.replace("XXXX", "2000", 1)) if not value.startswith("XXXX-W") else None
    if span is None:
        return None
    try:
        return date.fromisoformat(span[0])
    except ValueError:
        return None


def _clock(value: str) -> str:
    return value.split("T")[-1][:5]


def _days_fit(a: str, b: str) -> bool:
    if a == b:
        return True
    for one, other in ((a, b), (b, a)):
        weekday = _WEEKDAY.fullmatch(one)
        if weekday is not None:
            day = _day(other)
            if day is not None:
                return day.isoweekday() == int(weekday[1])
            return _WEEKDAY.fullmatch(other) is None
    first, second = _range(a), _range(b)
    if first is not None and second is not None:
        return first[0] <= second[1] and second[0] <= first[1]
    x, y = _DAY.fullmatch(a), _DAY.fullmatch(b)
    if x is not None and y is not None and "XXXX" in (x[1], y[1]):
        return (x[2], x[3]) == (y[2], y[3])
    if "X" in a or "X" in b:
        pattern = "".join("." if p == "X" else re.escape(p) for p in a)
        other = "".join("." if p == "X" else re.escape(p) for p in b)
        return bool(re.match(pattern, b) or re.match(other, a))
    return a.startswith(b) or b.startswith(a)


def _clocks_fit(left: str, right: str) -> bool:
    a, b = left.split("T")[-1], right.split("T")[-1]
    if a == b:
        return True
    hours = [_hours(x) for x in (a, b)]
    if hours[0] is None or hours[1] is None:
        return True
    first, second = hours[0], hours[1]
    return first[0] <= second[1] and second[0] <= first[1]


def _hours(clock: str) -> tuple[float, float] | None:
    """Return the hours of a day that a clock value or a part of day allows."""
    parts = {"MO": (0.0, 11.99), "MI": (11.0, 14.5), "AF": (12.0, 18.5), "EV": (16.5, 24.0), "NI": (18.0, 29.0)}
    if clock in parts:
        return parts[clock]
    match = re.fullmatch(r"(\d\d)(?::(\d\d))?", clock)
    if match is None:
        return None
    hour = int(match[1]) + int(match[2] or 0) / 60
    return hour, hour


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _range(value: str) -> tuple[str, str] | None:
    """Return the first and last day of a value as sortable texts, None for what has no place in the calendar."""
    match = re.fullmatch(r"(\d{4})(?:-(?:(\d\d)(?:-(\d\d))?|(Q|H)(\d)|W(\d\d)(?:-(\d|WE))?|(SP|SU|FA|WI)))?", value)
    if match is None:
        return (f"{value}0-01-01", f"{value}9-12-31") if re.fullmatch(r"\d{3}", value) else None
    year = match[1]
    if match[2] and match[3]:
        return value, value
    if match[2]:
        return f"{year}-{match[2]}-01", f"{year}-{match[2]}-31"
    if match[4]:
        size = 3 if match[4] == "Q" else 6
        first = (int(match[5]) - 1) * size + 1
        return f"{year}-{first:02d}-01", f"{year}-{first + size - 1:02d}-31"
    if match[6]:
        try:
            monday = date.fromisocalendar(int(year), int(match[6]), 1)
            sunday = date.fromisocalendar(int(year), int(match[6]), 7)
        except ValueError:
            return None
        return monday.isoformat(), sunday.isoformat()
    if match[8]:
        months = {"SP": ("03", "06"), "SU": ("06", "09"), "FA": ("09", "12"), "WI": ("01", "12")}[match[8]]
        return f"{year}-{months[0]}-01", f"{year}-{months[1]}-31"
    return f"{year}-01-01", f"{year}-12-31"
