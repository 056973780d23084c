"""Days, weekdays and months: "February 12, 2025", "12/2/2025", "late May", "last Tuesday"."""

from __future__ import annotations

import re

from wirecheck.text.dates.calendar import calendar, day_part, month_number, whole_year
from wirecheck.text.dates.context import Context, Found, Match, Rule
from wirecheck.text.dates.expression import express
from wirecheck.text.dates.words import (
    BEFORE_MONTH,
    DAY,
    EDGE_OF,
    MONTH_ANY,
    MONTH_FULL,
    PART,
    SMALL,
    WEEKDAY,
    WEEKDAY_ANY,
    YEAR,
    edge_of,
)
from wirecheck.text.numbers import find_numbers

# "Tuesday week", "Friday the 13th": not the nearest day of the name.
_OTHER_WEEK = re.compile(r"\s(?:week|fortnight)\b(?!['’]s)|\sthe\s\d{1,2}(?:st|nd|rd|th)\b")
_CAPITAL_BEHIND = re.compile(r"\s[A-Z][a-z]+")
_NAME_BEHIND = re.compile(r"\s[A-Z][a-z]+\b(?!\s?\d)")


def _read_iso(context: Context, match: Match) -> Found:
    value = f"{match[1]}-{match[3]}-{match[4]}"
    if match[5]:
        zone = "+00:00" if match[7] == "Z" else f"{match[7][:3]}:{match[7][-2:]}" if match[7] else ""
        return express(match, "time", f"{value}T{match[5]}:{match[6]}{zone}")
    return express(match, "date", value)


def _read_iso_week(context: Context, match: Match) -> Found:
    return express(match, "date", f"{match[1]}-W{match[2]}")


def _read_days(context: Context, match: Match) -> Found:
    return express(match, "date", "")


def _read_eastern(context: Context, match: Match) -> Found:
    day = f"-{int(match[3]):02d}" if match[3] else ""
    return express(match, "date", f"{int(match[1])}-{int(match[2]):02d}{day}")


def _read_slashes(context: Context, match: Match) -> Found:
    first, second, year = int(match[1]), int(match[2]), whole_year(match[3], turns=60)
    day_first = first > 12 if (first > 12) != (second > 12) else context.day_first
    if day_first is None and first != second:
        return express(match, "date", year)  # which is the month is not said
    day, month = (first, second) if day_first else (second, first)
    if not 1 <= month <= 12:
        return None
    return express(match, "date", f"{year}-{month:02d}-{day:02d}")


def _read_points(context: Context, match: Match) -> Found:
    day, month = int(match[1]), int(match[2])
    return express(match, "date", f"{match[3]}-{month:02d}-{day:02d}") if month <= 12 else None


def _read_month_day(context: Context, match: Match) -> Found:
    return _express_day(context, match, month_number(match[1]), int(match[2]))


def _read_day_month(context: Context, match: Match) -> Found:
    return _express_day(context, match, month_number(match[2]), int(match[1]))


def _express_day(context: Context, match: Match, month: int, day: int) -> Found:
    year = match[3] or (
        whole_year(match[4], turns=61) if match[4] else context.year_of_month(month, match.start(), day)
    )
    return express(match, "date", f"{year}-{month:02d}-{day:02d}")


def _read_month_year(context: Context, match: Match) -> Found:
    year = match[4]
    spoken = re.fullmatch(rf"nineteen\s({SMALL}[-\s]{SMALL})", year)
    value = f"19{find_numbers(spoken[1])[0].value:02.0f}" if spoken else context.year_word(year)
    return express(
        match,
        "date",
        f"{value}-{month_number(match[3]):02d}",
        modifier=edge_of(match[1] or match[2]),
    )


def _read_month(context: Context, match: Match) -> Found:
    name = match[3]
    month = month_number(name)
    lead = (match[1] or match[2] or "").lower()
    start = match.start()
    if not lead and not match[5] and context.is_surname(start, match.end(3)):
        return None
    led = re.search(r"([A-Za-z]+)[\s,]+$", context.before(start, 20))
    fits = led is not None and led[1].lower() in BEFORE_MONTH
    if name.capitalize() in ("May", "March") and not lead and not match[5]:
        if not fits or (name.isupper() and led is not None and led[1].lower() in ("and", "or")):  # "AND MAY SHUT"
            return None
    elif name.capitalize() in ("August", "April", "June") and not lead and not match[5]:
        if _CAPITAL_BEHIND.match(context.text, match.end()) and not fits:
            return None
    elif (
        not lead
        and _NAME_BEHIND.match(context.text, match.end())
        and re.search(r"\b[A-Z][a-z]+\s$", context.before(start, 20))
    ):
        return None
    if lead in ("each", "every"):
        return express(match, "set", f"XXXX-{month:02d}")
    if match[5]:
        year = context.year_word(match[5])
    elif context.day is None:
        year = "XXXX"
    elif lead == "last":
        year = str(context.day.year - (1 if month >= context.day.month else 0))
    elif lead == "next":
        year = str(context.day.year + (1 if month <= context.day.month else 0))
    elif lead == "this":
        year = str(context.day.year)
    else:
        year = context.year_of_month(month, start)
    modifier = "end" if match[4] else edge_of(lead)
    return express(match, "date", f"{year}-{month:02d}", modifier=modifier)


def _read_weekday(context: Context, match: Match) -> Found:
    if context.is_named_after_a_day(match.start(2), match.end(2)) or _OTHER_WEEK.match(context.text, match.end()):
        return None
    lead = (match[1] or "").lower()
    number = calendar()["weekdays"][match[2].rstrip(".").lower()]
    if lead == "the":
        return express(match, "date", context.weekday(number, match.start()), start=match.start(2))
    if match[3] or match[6] or lead in ("each", "every"):
        return express(match, "set", f"XXXX-WXX-{number}")
    value = context.weekday(number, match.start(), lead)
    if lead.endswith("noon") or lead == "midnight":
        return express(match, "time", f"{value}T{'12:00' if lead.endswith('noon') else '24'}")
    if match[5]:
        return express(match, "time", f"{value}T{day_part(match[5])}", modifier=edge_of(match[4] or lead))
    return express(match, "date", value, modifier=edge_of(lead))


RULES = (
    Rule(
        rf"\b({YEAR})([-/])(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?![\d/-])"
        r"(?:[T ]([0-2]\d):?([0-5]\d)(?::?[0-5]\d(?:[.,]\d+)?)?(Z\b|[+-][01]\d:?[0-5]\d)?)?",
        _read_iso,
    ),
    Rule(rf"\b({YEAR})-?W(0[1-9]|[1-4]\d|5[0-3])(?![\w-])", _read_iso_week),
    # 4-7 July 2025; July 4–7, 2025: which of the days is not told, so that they are left open
    Rule(
        rf"\b(?:{MONTH_ANY}\s{DAY}(?:st|nd|rd|th)?\s?[-–]\s?{DAY}(?:st|nd|rd|th)?(?![\d%:])|(?<!from\s){DAY}(?:st|nd|rd|th)?\s?(?:[-–]|to)\s?{DAY}(?:st|nd|rd|th)?\s(?:of\s)?{MONTH_ANY}(?![a-z]))(?:,?\s{YEAR}(?!\d))?",
        _read_days,
    ),
    # 2025年2月12日; 2025년 2월 12일
    Rule(
        rf"(?<!\d)({YEAR})[年년]\s?(0?[1-9]|1[0-2])[月월](?:\s?({DAY})[日号號일])?", _read_eastern, needs=("年", "년")
    ),
    Rule(rf"(?<![\d/])({DAY}|1[0-2])/({DAY})/(\d\d(?:\d\d)?)(?![\d/])", _read_slashes, needs=("/",)),
    Rule(rf"(?<![\d.])({DAY})\.\s?({DAY})\.\s?({YEAR})(?!\d|\.\d)", _read_points, needs=(".",)),
    # February 12, 2025; Wed. Feb. 12; Feb 12
    Rule(
        rf"(?:\b{WEEKDAY_ANY},?\s)?\b({MONTH_ANY})\s({DAY})(?:st|nd|rd|th)?(?![\d%]|:\d)(?!,\d{{3}})(?:,?\s(?:in\s)?({YEAR})(?!\d)|,?\s['’](\d\d)(?!\w))?",
        _read_month_day,
    ),
    # 12 February 2025; 12th of February; Wednesday 12 February
    Rule(
        rf"(?:\b{WEEKDAY_ANY},?\s)?\b(?:the\s)?({DAY})(?:st|nd|rd|th)?\s(?:of\s)?({MONTH_ANY})(?![a-z])(?:,?\s({YEAR})(?!\d)|,?\s['’](\d\d)(?!\w))?",
        _read_day_month,
    ),
    Rule(
        rf"(?:\b(early|late|mid|earlier|later)[-\s]|\b({EDGE_OF})\s)?\b({MONTH_ANY})(?:,|\sof)?\s({YEAR}|nineteen\s{SMALL}[-\s]{SMALL}|last\syear|this\syear|next\syear)(?![\d%])",
        _read_month_year,
    ),
    Rule(
        rf"(?:\b((?i:early|late|mid|earlier|later|last|next|this|the\sfollowing|the\sprevious|each|every))(?:[-\s](?:in\s)?)|\b({EDGE_OF}|start\sof)\s(?:last\s)?)?\b({MONTH_FULL}|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.|Jan\.|Feb\.)(?![\w])(-end|\send)?(?:\s(last\syear|this\syear|next\syear|of\slast\syear|of\sthis\syear|of\snext\syear))?",
        _read_month,
    ),
    Rule(
        rf"(?:\b((?i:last|next|this|this\spast|this\scoming|the\sfollowing|the\sprevious|early|earlier|late|later|each|every|noon|midnight|early\son|late\son|around\snoon|the))\s)?\b({WEEKDAY}|(?:Mon|Tues|Wed|Thurs|Fri|Sat|Sun)\.)(s?)(?![\w])(?:\s(?:(early|late)\s)?({PART})(s?)\b)?",
        _read_weekday,
    ),
)
