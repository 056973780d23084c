"""Dates as a reader sees them, as precise as they are known."""

from __future__ import annotations

import re

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d)(?::(\d\d))?(.*))?)?)?", re.DOTALL)


def show_date(value: str) -> str:
    """Return an ISO 8601 date in words, as precise as it is; anything else as it stands.

    >>> show_date("2025-02-12T16:30"), show_date("2025-02"), show_date("soon")
    ('12 February 2025, 16:30', 'February 2025', 'soon')
    """
    match = _ISO.fullmatch(value)
    if match is None:
        return value
    year, month, day, hour, minute, rest = match.groups()
    if month is None or not 1 <= int(month) <= 12:
        return value if month is not None else year
    shown = f"{_MONTHS[int(month) - 1]} {year}"
    if day is not None:
        shown = f"{int(day)} {shown}"
    if hour is not None and (hour, minute) != ("00", "00"):
        shown += f", {hour}:{minute or '00'}"
        if re.fullmatch(r"[+-]\d\d:\d\d", rest or ""):  # a clock time with a zone; stamps of programs have seconds
            shown += f" UTC{rest.removesuffix(':00').replace('-', '−')}".removesuffix("+00")
    return shown


def show_dates(first: str | None, last: str | None) -> str:
    """Return the time from a first to a last date in words, "" where neither is known.

    >>> show_dates("2025-02-12", "2025-02-13")
    '12 February 2025 to 13 February 2025'
    """
    if first is None or last is None or first[:10] == last[:10]:
        known = first if first is not None else last
        return show_date(known[:10]) if known is not None else ""
    return f"{show_date(first[:10])} to {show_date(last[:10])}"
