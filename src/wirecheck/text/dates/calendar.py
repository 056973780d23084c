"""The calendar: what months, days and holidays are called, and values moved by days, months and years."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from wirecheck.text.gazetteer import load_list

HALVES = {"hour": "PT30M", "day": "PT12H", "year": "P6M", "decade": "P5Y", "century": "P50Y"}
NUMBERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}


def calendar() -> Mapping[str, Any]:
    return load_list("calendar")


def month_number(name: str) -> int:
    number: int = calendar()["months"][name.rstrip(".").lower()]
    return number


def day_part(word: str) -> str:
    part: str = calendar()["day_parts"].get(word.lower().replace("-", ""), "MO")
    return part


def singular(unit: str) -> str:
    unit = unit.lower()
    return "century" if unit == "centuries" else unit.rstrip("s")


def whole_year(digits: str, *, turns: int) -> str:
    """Return a year of two digits whole: of the last century from `turns` on."""
    return digits if len(digits) > 2 else f"{'20' if int(digits) < turns else '19'}{digits}"


def part_of_year(words: str) -> str:
    """Return the letter of a "quarter" or a "half" in a value."""
    return "Q" if words.lower() == "quarter" else "H"


def moved(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def plus(day: date | None, days: int) -> str:
    """Return a day moved; "" without one, and outside the calendar."""
    found = moved(day, days) if day is not None else None
    return found.isoformat() if found is not None else ""


def year_value(year: int) -> str:
    return f"{year:04d}" if 0 < year <= 9999 else ""


def month_value(index: int) -> str:
    """Return the month that is so many after the first of the year 0."""
    return f"{index // 12:04d}-{index % 12 + 1:02d}" if 0 < index // 12 <= 9999 else ""


def follow(value: str, unit: str, steps: int = 1) -> str:
    """Return a value moved by whole units, as precise as the unit; "" when it cannot be."""
    match = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", value)
    if match is None:
        return ""
    year = int(match[1])
    if unit in ("year", "decade", "century"):
        year += steps * {"year": 1, "decade": 10, "century": 100}[unit]
        quarter = value[4:] if re.match(r"-Q\d$", value[4:]) else ""
        return f"{year:04d}{quarter}" if 0 < year < 9999 else ""
    if unit == "month" and match[2]:
        index = year * 12 + int(match[2]) - 1 + steps
        return month_value(index) if index // 12 < 9999 else ""
    if unit in ("day", "week") and match[3]:
        try:
            base = date(year, int(match[2]), int(match[3]))
        except ValueError:
            return ""
        return plus(base, steps * (1 if unit == "day" else 7))
    return ""


def _easter(year: int) -> date:
    """Return Easter Sunday of a Gregorian year (the anonymous computus, Meeus 1991)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def holiday_date(rule: str, year: int) -> date | None:
    """Return the day of a holiday as `calendar.toml` describes it, None for years outside the calendar."""
    if not 1583 <= year <= 9998:
        return None
    if rule.startswith("easter"):
        return _easter(year) + timedelta(days=int(rule[6:]))
    moving = re.fullmatch(r"(\d\d)-w(-?\d)-(\d)", rule)
    if moving is None:
        return date(year, int(rule[:2]), int(rule[3:]))
    month, nth, weekday = int(moving[1]), int(moving[2]), int(moving[3])
    if nth > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (nth - 1))
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return last - timedelta(days=(last.isoweekday() - weekday) % 7)
