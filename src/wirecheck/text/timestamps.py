"""Time stamps as pages and feeds write them, to ISO 8601 as precise as they are."""

from __future__ import annotations

import datetime
import re
from email.utils import parsedate_to_datetime

_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)"
)
WEEKDAY = r"(?:Mon(?:day)?|Tue(?:s(?:day)?)?|Wed(?:nesday)?|Thu(?:rs?(?:day)?)?|Fri(?:day)?|Sat(?:urday)?|Sun(?:day)?)"
# A day in words or in ISO form. Days written with numbers only ("02/03/2025") are read in two ways over the world.
DAY = (
    rf"(?:{MONTH}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH}\.?,?\s+\d{{4}}|"
    r"\d{4}-\d{2}-\d{2})"
)
_ISO = re.compile(
    r"(?P<date>(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?)"
    r"(?:[T ]\s*(?P<time>\d{2}:\d{2}(?::\d{2})?)(?:[.,]\d+)?\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?\Z",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(Z)?)?\Z")
_MONTH_FIRST = re.compile(rf"({MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b", re.IGNORECASE)
_DAY_FIRST = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+({MONTH})\.?,?\s+(\d{{4}})\b", re.IGNORECASE)
_MONTH_ONLY = re.compile(rf"({MONTH})\.?,?\s+(\d{{4}})\Z", re.IGNORECASE)
_NUMBERS = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b")
# What programs write where they know no date: years 0, 1 and 9999, and the moments from which they count (Unix; Windows
# and SQL Server; spreadsheets). The first in any zone, for it is shown in that of the writer. News has none of these.
_FIRST_YEAR, _LAST_YEAR = 1500, 2199
_ZERO = re.compile(
    r"(?:1970-01-01|1900-01-01|1899-12-3[01]|1601-01-01)"
    r"(?:[T ]00:00(?::00)?(?:\.0+)?\s*(?:Z|UTC|GMT|[+-]\d\d:?\d\d)?)?\Z"
    r"|1970-01-01[T ](?P<ahead>\d\d:\d\d)(?::00)?\+(?P=ahead)\Z|1969-12-31[T ]\d\d:\d\d(?::00)?-\d\d:?\d\d\Z",
    re.IGNORECASE,
)
_MOST_SECONDS = 7_258_118_399  # the end of the last year
# The last second of the year 9999, as programs write it where they know no end: as milliseconds it would be in 1978.
_LAST_SECONDS = frozenset({"253402300799", "253402300800"})
_EPOCH = re.compile(r"\d{9,10}(?:\d{3})?(?:\.\d+)?\Z")


def read_timestamp(value: str) -> str | None:
    """Return a time stamp as ISO 8601, as precise as it is, or None when it is none or can be read in two ways.

    >>> read_timestamp("2025-02-13 08:30"), read_timestamp("Thu, 13 Feb 2025 08:30:00 GMT")
    ('2025-02-13T08:30', '2025-02-13T08:30:00+00:00')
    >>> read_timestamp("Published February 13, 2025"), read_timestamp("02/03/2025")
    ('2025-02-13', None)
    """
    stamp = _read(" ".join(value.split()))
    return None if stamp is None or is_placeholder(stamp) else stamp


def is_no_date(value: str) -> bool:
    """Return whether a value reads as a date that a program wrote where it knew none."""
    return is_placeholder(_read(" ".join(value.split())) or value.strip())


def is_placeholder(stamp: str) -> bool:
    """Return whether an ISO 8601 text dates nothing: a program wrote it where it knew no date.

    >>> [is_placeholder(s) for s in ("0001-01-01T00:00:00", "1970-01-01T00:00:00Z", "9999-12-31", "1970-01-02")]
    [True, True, True, False]
    """
    year = stamp[:4]
    if not year.isdecimal() or len(year) < 4:
        return False
    return not _FIRST_YEAR <= int(year) <= _LAST_YEAR or _ZERO.match(stamp) is not None


def _read(value: str) -> str | None:
    match = _ISO.match(value)
    if match is not None:
        if not _is_day(int(match["year"]), int(match["month"] or 1), int(match["day"] or 1)):
            return None
        if match["time"] is None:
            return match["date"]
        if match["day"] is None or not _is_time(match["time"]):
            return None
        return f"{match['date']}T{match['time']}{_fold_zone(match['zone'])}"
    match = _COMPACT.match(value)
    if match is not None and _is_day(int(match[1]), int(match[2]), int(match[3])):
        date = f"{match[1]}-{match[2]}-{match[3]}"
        if match[4] is None:
            return date
        time = f"{match[4]}:{match[5]}" + (f":{match[6]}" if match[6] else "")
        return f"{date}T{time}{_fold_zone(match[7])}" if _is_time(time) else None
    if _EPOCH.match(value) and value.partition(".")[0] not in _LAST_SECONDS:
        seconds = float(value) if float(value) < 1e11 else float(value) / 1000
        if seconds > _MOST_SECONDS:
            return None
        return datetime.datetime.fromtimestamp(seconds, datetime.UTC).isoformat(timespec="seconds")
    if re.match(rf"{WEEKDAY},\s+\d", value, re.IGNORECASE) and ":" in value:
        try:
            return parsedate_to_datetime(value).isoformat(timespec="seconds")
        except (ValueError, OverflowError, TypeError):  # what it raises for years and zones of many digits
            pass
    return _read_day(value)


def _read_day(value: str) -> str | None:
    match = _MONTH_FIRST.search(value)
    if match is not None:
        return _join(match[3], match[1], match[2])
    match = _DAY_FIRST.search(value)
    if match is not None:
        return _join(match[3], match[2], match[1])
    match = re.search(r"\d{4}-\d{2}-\d{2}", value)
    if match is not None:
        year, month, day = map(int, match.group().split("-"))
        return match.group() if _is_day(year, month, day) else None
    match = _MONTH_ONLY.search(value)
    if match is not None:
        return f"{match[2]}-{_month_number(match[1]):02}"
    match = _NUMBERS.search(value)
    if match is not None:
        first, second, year = int(match[1]), int(match[2]), int(match[3])
        month, day = (second, first) if first > 12 else (first, second)
        if (first > 12) != (second > 12) and _is_day(year, month, day):
            return f"{year:04}-{month:02}-{day:02}"
        if first == second and _is_day(year, month, day):
            return f"{year:04}-{month:02}-{day:02}"
    return None


def _join(year: str, month: str, day: str) -> str | None:
    number = _month_number(month)
    return f"{year}-{number:02}-{int(day):02}" if _is_day(int(year), number, int(day)) else None


def _month_number(name: str) -> int:
    return next(i for i, full in enumerate(_MONTH_NAMES, 1) if full.startswith(name[:3].lower()))


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        datetime.date(year, month, day)
    except ValueError:
        return False
    return True


def _is_time(time: str) -> bool:
    hour, minute, *rest = map(int, time.split(":"))
    return hour < 24 and minute < 60 and all(second < 61 for second in rest)


def _fold_zone(zone: str | None) -> str:
    if zone is None:
        return ""
    if zone.upper() in ("Z", "UTC", "GMT"):
        return "+00:00"
    digits = zone[1:].replace(":", "").ljust(4, "0")
    return f"{zone[0]}{digits[:2]}:{digits[2:]}"
