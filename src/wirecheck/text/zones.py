"""Time zones as news text names them, and clock times with one as instants.

A value with a zone ends in its offset from UTC: "2025-02-12T18:00-05:00", "XXXX-WXX-3T22:00+00:00".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

from wirecheck.text.gazetteer import load_list

_ZONED = re.compile(
    r"(?:(?P<day>(?:\d{4}|XXXX)-\d\d-\d\d)|XXXX-WXX-(?P<weekday>\d))?T(?P<clock>\d\d:\d\d)(?P<zone>[+-]\d\d:\d\d)"
)
_OFFSET = re.compile(r"(?<=T\d\d:\d\d)[+-]\d\d:\d\d\Z")
_LEAP_YEAR = "2000"
_SHIFTED = re.compile(r"(?:GMT|UTC)\s?([+-−–])\s?(\d{1,2})(?::?(\d\d))?\Z")


@cache
def _zones() -> tuple[Mapping[str, str], Mapping[str, str]]:
    data = load_list("calendar")
    return data["zones"], data["zones_with_summer_time"]


@cache
def zone_pattern() -> str:
    """Return a pattern of the names of zones, those of more than one meaning among them."""
    fixed, moving = _zones()
    names = sorted({*fixed, *moving, "CST", "IST", "BT", "AST"}, key=lambda n: (-len(n), n))
    spelt = r"(?:Eastern|Central|Mountain|Pacific)(?:\s(?:Standard|Daylight))?(?:\s[Tt]ime)?"
    return rf"(?:(?:GMT|UTC)\s?[+−–-]\s?\d{{1,2}}(?::?\d\d)?|(?:{'|'.join(names)})(?![A-Za-z])|{spelt})"


def find_offset(name: str, day: str) -> str:
    """Return the offset of a zone as "+01:00", "" where the name has several meanings or its day would decide.

    `day` is ISO 8601 or "": zones of the United States are an hour ahead in summer (15 U.S.C. 260a, since 2007).

    >>> find_offset("EDT", ""), find_offset("ET", "2021-07-01"), find_offset("UTC+5:30", ""), find_offset("IST", "")
    ('-04:00', '-04:00', '+05:30', '')
    """
    fixed, moving = _zones()
    shifted = _SHIFTED.match(name)
    if shifted is not None:
        hours, minutes = int(shifted[2]), int(shifted[3] or 0)
        return f"{'+' if shifted[1] == '+' else '-'}{hours:02}:{minutes:02}" if hours <= 14 and minutes < 60 else ""
    spelt = re.match(r"([ECMP])\w+(?:\s([SD])\w+)?(?:\s[Tt]ime)?\Z", name)
    key = name if spelt is None or name.isupper() else f"{spelt[1]}{spelt[2] or ''}T"
    if key == "CST" and spelt is not None and not name.isupper():
        return "-06:00"
    if key in fixed:
        return fixed[key]
    if key not in moving or not re.fullmatch(r"\d{4}-\d\d-\d\d", day):
        return ""
    standard = int(moving[key][:3])
    return f"{standard + _is_summer(day):+03}:00"


def _is_summer(day: str) -> bool:
    year = int(day[:4])
    march, november = date(year, 3, 1), date(year, 11, 1)
    begins = march + timedelta((6 - march.weekday()) % 7 + 7)
    ends = november + timedelta((6 - november.weekday()) % 7)
    return begins.isoformat() <= day < ends.isoformat()


def has_zone(value: str) -> bool:
    """Return whether a value is a clock time with the offset of its zone."""
    return _ZONED.fullmatch(value) is not None


def offset_of(value: str) -> int | None:
    """Return the minutes that the clock of a value is ahead of Greenwich, None where the value names no zone.

    >>> offset_of("2021-05-04T22:30-04:00"), offset_of("2021-05-04T22:30")
    (-240, None)
    """
    match = _OFFSET.search(value)
    return None if match is None else _minutes(match.group()[1:]) * (-1 if match.group()[0] == "-" else 1)


def drop_offset(value: str) -> str:
    """Return a value as its clock shows it, without the offset of its zone."""
    return _OFFSET.sub("", value)


def to_utc(value: str) -> str:
    """Return a value with a zone as the same instant in UTC, without its offset; others as they are.

    >>> to_utc("2021-05-04T22:30-04:00"), to_utc("XXXX-WXX-2T23:00+01:00"), to_utc("2021-05-04")
    ('2021-05-05T02:30', 'XXXX-WXX-2T22:00', '2021-05-04')
    """
    match = _ZONED.fullmatch(value)
    if match is None:
        return value
    sign = -1 if match["zone"][0] == "-" else 1
    minutes = _minutes(match["clock"]) - sign * _minutes(match["zone"][1:])
    days, minutes = divmod(minutes, 1440)
    clock = f"T{minutes // 60:02}:{minutes % 60:02}"
    if match["weekday"] is not None:
        return f"XXXX-WXX-{(int(match['weekday']) - 1 + days) % 7 + 1}{clock}"
    if match["day"] is None:
        return clock
    year = match["day"][:4]
    open_ = year == "XXXX"
    try:
        moved = (date.fromisoformat((_LEAP_YEAR if open_ else year) + match["day"][4:]) + timedelta(days)).isoformat()
    except (ValueError, OverflowError):
        return value
    return f"{f'XXXX{moved[4:]}' if open_ else moved}{clock}"


def _minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])
