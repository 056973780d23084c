"""Dates, times, durations and sets as English news text writes them, with TIMEX3 values (ISO-TimeML, TempEval-3).

A relative date is resolved against an anchor, the date of publication. Without one, what is known stays ("XXXX-02-12"
for
"February 12", "XXXX-WXX-3" for "Wednesday"), so that two of them can still be held against each other.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from wirecheck.text.number_tokens import heads_groups
from wirecheck.text.numbers import find_numbers
from wirecheck.text.timestamps import is_placeholder
from wirecheck.text.words import end_before
from wirecheck.text.zones import find_offset, has_zone, offset_of, to_utc, zone_pattern

Kind = Literal["date", "time", "duration", "set"]
Precision = Literal["year", "month", "day", "hour", "minute"]
Modifier = Literal["", "start", "mid", "end", "about", "less", "more"]


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words for a date, time, duration or set at `[start, end)`.

    `value` follows TIMEX3, "PAST_REF", "PRESENT_REF" and "FUTURE_REF" included; "" when nothing is known. `modifier`
    says which
    part of it is meant ("early December" is the start of 12) or how sure it is. `relative` says that the words place
    it before
    or after something else ("hours after the vote", "two days earlier").
    """

    start: int
    end: int
    kind: Kind
    value: str
    anchored: bool = False
    modifier: Modifier = ""
    relative: Literal["before", "after"] | None = None
    offset_min: int | None = None
    """Minutes that the clock is ahead of Greenwich, as its value says; "local time" and "IST" do not."""
    is_local: bool = False
    """True where the clock is said to be that of a place, or of a zone of several meanings."""

    @property
    def precision(self) -> Precision | None:
        return precision_of(self.value)


def precision_of(value: str) -> Precision | None:
    """Return how far a TIMEX3 value goes; None for durations, sets and references.

    >>> [precision_of(v) for v in ("2025", "2025-02", "2025-W07", "2025-02-12TMO", "2025-02-12T16:30", "P2D")]
    ['year', 'month', 'day', 'day', 'minute', None]
    """
    if not value or value[0] == "P" or value.endswith("_REF"):
        return None
    if "T" in value:
        clock = value.split("T")[1]
        return "minute" if ":" in clock else "hour" if clock.isdigit() else "day"
    if re.fullmatch(r"[\dX]{2,4}", value):
        return "year"
    if re.fullmatch(r"[\dX]{4}-(?:\d\d|Q[\dX]|H\d|SP|SU|FA|WI)", value):
        return "month"
    if re.fullmatch(r"[\dX]{4}-(?:\d\d-\d\d|W[\dX]{2}(?:-(?:\d|WE))?)", value):
        return "day"
    return None


@cache
def _calendar() -> Mapping[str, Any]:
    with (files("wirecheck.text") / "data" / "calendar.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def _named_after_days() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what stands before and what after a weekday that is part of a name."""
    words = _calendar()["named_after_days"]
    before = rf"\b(?:{'|'.join(map(re.escape, words['before']))})\s$"
    after = rf"[\s-](?:{'|'.join(map(re.escape, words['after']))})\b"
    return re.compile(before.replace("\\ ", r"\s")), re.compile(after.replace("\\ ", r"\s"))


def parse_anchor(published: str | None) -> datetime | None:
    """Return the moment of publication of an ISO 8601 text, None unless it goes to the day and is no placeholder."""
    if published is None or is_placeholder(published):
        return None
    match = re.match(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):?(\d\d))?", published)
    if match is None:
        return None
    try:
        return datetime(int(match[1]), int(match[2]), int(match[3]), int(match[4] or 0), int(match[5] or 0))
    except ValueError:
        return None


# --- patterns --------------------------------------------------------------------------------------------------------

_MONTH_FULL = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)"  # noqa: E501
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"  # noqa: E501
_MONTH_ANY = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"  # noqa: E501
_WEEKDAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|MONDAY|TUESDAY|WEDNESDAY|THURSDAY|FRIDAY|SATURDAY|SUNDAY)"  # noqa: E501
_WEEKDAY_ANY = rf"(?:{_WEEKDAY}|Mon\.?|Tues?\.?|Wed\.?|Thu(?:rs?)?\.?|Fri\.?|Sat\.?|Sun\.?)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?:1[5-9]\d\d|20\d\d|21\d\d)"
_PART = r"(?i:morning|afternoon|evening|night|mid-?morning|mid-?afternoon)"
_UNIT = r"(?:second|minute|hour|day|week|fortnight|month|quarter|year|decade|century)"
_UNITS = r"(?:seconds?|minutes?|hours?|days?|weeks?|fortnights?|months?|quarters?|years?|decades?|century|centuries)"
_SMALL = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"  # noqa: E501
_COUNT = (
    rf"(?:\d+(?:,\d{{3}})*(?:\.\d+)?(?:\s\d/\d)?|{_SMALL}(?:[-\s]{_SMALL})?(?:\s(?:hundred|thousand|million|billion)(?:\sand)?(?:\s{_SMALL}(?:[-\s]{_SMALL})?)?){{0,4}}"
    r"|an?\s(?:hundred|thousand|million|dozen)|several|a\sfew|few|a\scouple(?:\sof)?|many|numerous|dozens\sof|hundreds\sof|thousands\sof|half\san?|a)"
)
_CLOCK = rf"(?:(?:[01]?\d|2[0-3])(?:[:.][0-5]\d)?\s?(?:a\.m\.|p\.m\.|am|pm|AM|PM|A\.M\.|P\.M\.)|(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?:\s?(?:hours|hrs))?|[012]\d[.]?[0-5]\d\s?(?:hours|hrs|(?=\(?{zone_pattern()})))"  # noqa: E501
_HOUR = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|1[0-2]|[1-9])"
_HALF_BEHIND = re.compile(r"\s(?:in\sthe|at)\s(morning|afternoon|evening|night)\b", re.IGNORECASE)
_ZONE = rf"(?:\s?\(?(?:{zone_pattern()}|local\stime|[A-Z]{{2,3}}T(?![A-Za-z])|(?<=\d)Z(?!\w))\)?)"
_SEASON = r"(?:spring|summer|fall|autumn|winter)"
_APPROX = r"(?:about|around|roughly|approximately|nearly|almost|more\sthan|less\sthan|at\sleast|at\smost|over|up\sto|no\smore\sthan|some|within|just\sunder|just\sover|as\smuch\sas)"  # noqa: E501
_EDGE = r"(?:early|earlier|late|later|mid|middle|midway|the\sbeginning\sof|the\sstart\sof|the\smiddle\sof|the\send\sof|beginning\sof|end\sof)"  # noqa: E501
_NTH = r"(?:first|second|third|fourth|1st|2nd|3rd|4th)"

_RULES: tuple[tuple[str, str, int], ...] = (
    (
        "iso",
        rf"\b({_YEAR})([-/])(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?![\d/-])"
        r"(?:[T ]([0-2]\d):?([0-5]\d)(?::?[0-5]\d(?:[.,]\d+)?)?(Z\b|[+-][01]\d:?[0-5]\d)?)?",
        0,
    ),
    ("iso_week", rf"\b({_YEAR})-?W(0[1-9]|[1-4]\d|5[0-3])(?![\w-])", 0),
    # 4-7 July 2025; July 4–7, 2025: which of the days is not told, so that they are left open
    (
        "days",
        rf"\b(?:{_MONTH_ANY}\s{_DAY}(?:st|nd|rd|th)?\s?[-–]\s?{_DAY}(?:st|nd|rd|th)?(?![\d%:])|(?<!from\s){_DAY}(?:st|nd|rd|th)?\s?(?:[-–]|to)\s?{_DAY}(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH_ANY}(?![a-z]))(?:,?\s{_YEAR}(?!\d))?",
        0,
    ),
    # 2025年2月12日; 2025년 2월 12일
    ("eastern", rf"(?<!\d)({_YEAR})[年년]\s?(0?[1-9]|1[0-2])[月월](?:\s?({_DAY})[日号號일])?", 0),
    ("slashes", rf"(?<![\d/])({_DAY}|1[0-2])/({_DAY})/(\d\d(?:\d\d)?)(?![\d/])", 0),
    ("points", rf"(?<![\d.])({_DAY})\.\s?({_DAY})\.\s?({_YEAR})(?!\d|\.\d)", 0),
    # February 12, 2025; Wed. Feb. 12; Feb 12
    (
        "month_day",
        rf"(?:\b{_WEEKDAY_ANY},?\s)?\b({_MONTH_ANY})\s({_DAY})(?:st|nd|rd|th)?(?![\d%]|:\d)(?!,\d{{3}})(?:,?\s(?:in\s)?({_YEAR})(?!\d)|,?\s['’](\d\d)(?!\w))?",
        0,
    ),
    # 12 February 2025; 12th of February; Wednesday 12 February
    (
        "day_month",
        rf"(?:\b{_WEEKDAY_ANY},?\s)?\b(?:the\s)?({_DAY})(?:st|nd|rd|th)?\s(?:of\s)?({_MONTH_ANY})(?![a-z])(?:,?\s({_YEAR})(?!\d)|,?\s['’](\d\d)(?!\w))?",
        0,
    ),
    (
        "month_year",
        rf"(?:\b(early|late|mid|earlier|later)[-\s]|\b(the\sbeginning\sof|the\sstart\sof|the\smiddle\sof|the\send\sof|beginning\sof|end\sof)\s)?\b({_MONTH_ANY})(?:,|\sof)?\s({_YEAR}|nineteen\s{_SMALL}[-\s]{_SMALL}|last\syear|this\syear|next\syear)(?![\d%])",
        0,
    ),
    (
        "month",
        rf"(?:\b((?i:early|late|mid|earlier|later|last|next|this|the\sfollowing|the\sprevious|each|every))(?:[-\s](?:in\s)?)|\b(the\sbeginning\sof|the\sstart\sof|the\smiddle\sof|the\send\sof|beginning\sof|end\sof|start\sof)\s(?:last\s)?)?\b({_MONTH_FULL}|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.|Jan\.|Feb\.)(?![\w])(-end|\send)?(?:\s(last\syear|this\syear|next\syear|of\slast\syear|of\sthis\syear|of\snext\syear))?",
        0,
    ),
    (
        "weekday",
        rf"(?:\b((?i:last|next|this|this\spast|this\scoming|the\sfollowing|the\sprevious|early|earlier|late|later|each|every|noon|midnight|early\son|late\son|around\snoon|the))\s)?\b({_WEEKDAY}|(?:Mon|Tues|Wed|Thurs|Fri|Sat|Sun)\.)(s?)(?![\w])(?:\s(?:(early|late)\s)?({_PART})(s?)\b)?",
        0,
    ),
    (
        "clock",
        rf"(?:\b(?:at\s)?(around|about|shortly\s(?:before|after)|just\s(?:before|after)|before|after|by)\s)?(?<![\d.$£€])({_CLOCK})({_ZONE})?(?:,?\s(?:on\s|local\stime\s(?:on\s)?)?(?:(last|next|this)\s)?({_WEEKDAY}|yesterday|today|tomorrow|{_MONTH_ANY}\s{_DAY}(?:,\s{_YEAR})?)\b(?:\s({_PART}))?)?",
        0,
    ),
    # ten o'clock; shortly after five in the evening
    (
        "spelt_clock",
        rf"\b(?:(at|by|until|around|about|(?:shortly|just)\s(?:before|after))\s)?({_HOUR})(\so['’]clock)?(\s(?:in\sthe\s(?:morning|afternoon|evening)|at\snight))?(?!\w)",
        re.IGNORECASE,
    ),
    (
        "weekday_clock",
        rf"\b({_WEEKDAY}|[Yy]esterday|[Tt]oday|[Tt]omorrow)(?:\s({_PART}))?\sat\s(?:(?:around|about)\s)?({_CLOCK})({_ZONE})?",
        0,
    ),
    (
        "noon",
        rf"(?:\b(around|about|shortly\s(?:before|after)|just\s(?:before|after))\s)?\b(noon|midday|midnight)\b({_ZONE})?(?:,?\s(?:on\s)?({_WEEKDAY}|yesterday|today|tomorrow))?",
        0,
    ),
    (
        "deictic",
        rf"\b(?:(early|earlier|late|later)\s)?(today|yesterday|tomorrow|tonight|overnight)\b(?:\s({_PART}))?",
        re.IGNORECASE,
    ),
    ("part_deictic", r"\b(mid-?(?:morning|afternoon)|early|late)\s(today|yesterday|tomorrow)\b", re.IGNORECASE),
    (
        "this_part",
        rf"\b(?:(early|earlier|late|later)\s)?(this|that|last|the\ssame|the\sprevious|the\snext|the\sfollowing|the)\s({_PART})\b(?:\sof\s({_WEEKDAY}|{_MONTH_ANY}\s{_DAY}))?",
        re.IGNORECASE,
    ),
    (
        "in_part",
        rf"\b[Ii]n\sthe\s((?:early|late|small)\s)?(morning|afternoon|evening|hours)(?:\sof\s(?:the\smorning\sof\s)?({_WEEKDAY})|\sof\sthe\smorning)?",
        0,
    ),
    ("dawn", r"\b(?:at|before|around|after)\s(dawn|dusk|daybreak|sunrise|sunset)\b", 0),
    (
        "this_unit",
        rf"\b(?:({_EDGE})\s(?:in\s)?)?\b(this|last|next|the\spast|the\slast|the\snext|the\scurrent|the\sprevious|the\sprior|the\spreceding|the\sfollowing|the\scoming|the\ssame|that|past|coming|current|previous|the\slatest|latest|the)\s(?:(fiscal|financial|calendar|full|whole|entire|same|current)\s)?(week|month|year|quarter|decade|century|weekend|{_SEASON}|period|half)\b(?![-\s](?:old|ago|earlier|long|end\b))(?:'s\s({_NTH})[-\s](quarter|half))?(\sor\sso)?",
        re.IGNORECASE,
    ),
    ("edge_unit", rf"\b({_EDGE})\s(?:in\s)?(?:the\s)?(week|month|year|decade|century)\b", re.IGNORECASE),
    ("season_year", rf"\b(?:(early|late|mid)[-\s])?(?:the\s)?({_SEASON})\s(?:of\s)?({_YEAR})\b", re.IGNORECASE),
    ("year_end", r"\b(?:the\s)?(?:year[-\s]end|end\sof\s(?:the|this)\syear|year's\send)\b", re.IGNORECASE),
    (
        "nth_quarter",
        rf"\b(?:(this|last|next)\syear's\s|(?:the|its|their|a|fiscal)\s)?(?:(?:fiscal|1\d{{3}}|20\d\d|current|latest|year-ago|year-earlier)[-\s])?(first|second|third|fourth|1st|2nd|3rd|4th)(?:\s(?:fiscal|calendar))?[-\s](quarter|half)s?\b(?:\s(?:of|in)\s(?:fiscal\s)?({_YEAR}|this\syear|last\syear|next\syear|the\syear))?(?:\s({_YEAR})\b)?",
        re.IGNORECASE,
    ),
    ("q_quarter", rf"\bQ([1-4])\s?({_YEAR})?\b|\b({_YEAR})\s?Q([1-4])\b|\bH([12])\s({_YEAR})\b", 0),
    (
        "first_months",
        rf"\b(?:the\s)?(first|last|final|latest|past)\s({_SMALL}|\d+)\s(months|quarters|weeks|days|years|half)\s(?:of|in)\s({_YEAR}|this\syear|last\syear|next\syear|the\syear)\b",
        re.IGNORECASE,
    ),
    (
        "year_ago_unit",
        r"\b(?:(?:the|its)\s)?(?:year[-\s](?:ago|earlier|before|prior))(?:\s(?:(first|second|third|fourth)\s)?(quarter|period|month|half))?\b",
        re.IGNORECASE,
    ),
    (
        "ago",
        rf"\b(?:({_APPROX})\s)?({_COUNT}|that\smany|some)\s(?:(?:and\sa\shalf|or\smore|or\sso|more)\s)?({_UNITS})(\sand\sa\shalf)?\s(ago|earlier|later|before|previously|from\snow|hence|afterwards?|prior|after|following|since|into|old|older|younger)\b",
        re.IGNORECASE,
    ),
    (
        "bare_ago",
        r"\b(seconds|minutes|hours|days|weeks|months|years|decades|centuries)\s(ago|earlier|later|before|after|from\snow|afterwards?)\b",
        re.IGNORECASE,
    ),
    (
        "duration",
        rf"\b(?:({_APPROX})\s)?(?:(?:the|these|those|its|his|her|their)\s)?(?:(last|past|next|first|final|latest|coming|previous|preceding|following|recent|additional|another)\s)?({_COUNT})(?:\s|-)(?:(?:more|additional|full|consecutive|straight|trading|business|working|calendar|fiscal|further|solid|whole|long)\s)?({_UNITS})\b(?!-old|\sold\b)(\sand\sa\shalf)?(-long|\slong\b|\speriod\b|\sor\sso\b|\sor\smore\b|\sor\stwo\b)?",
        re.IGNORECASE,
    ),
    ("half_duration", rf"\b({_COUNT})\sand\s(?:a\s|one-)half\s({_UNITS})\b", re.IGNORECASE),
    ("half_hour", r"\bhalf[-\s](?:an?[-\s])?(hour|day|year|decade|century)\b", re.IGNORECASE),
    (
        "recent_units",
        r"\b(?:(?:the|over\sthe|in)\s)?(recent|past|coming|previous|last|early(?!\shours)|next)\s(days|weeks|months|years|decades|quarters|hours|centuries)\b",
        re.IGNORECASE,
    ),
    (
        "bare_units",
        r"\b(?:for|in|after|within|over|lasted|took|takes|last|spent|through|throughout|across|spanning|of|many|since|two|three|been|by|hours,|weeks\sor|days\sor)\s((?:minutes|hours|days|weeks|months|years|decades|centuries)(?:\sor\s(?:days|weeks|months|years))?)\b(?!\s(?:of\sage|old))",
        re.IGNORECASE,
    ),
    ("fiscal_year", rf"\b(?:the\s)?(?:fiscal(?:\syear)?|FY|calendar)\s?({_YEAR}|'?\d\d)\b", 0),
    (
        "decade",
        r"\b(?:(early|mid|late)[-\s])?(?:the\s)?(?:(early|mid|late)[-\s])?(?:(1\d\d0|20\d0)s|'?([2-9]0)s|(twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties))\b",
        re.IGNORECASE,
    ),
    (
        "century",
        r"\b(?:(early|mid|late)[-\s])?(?:the\s)?(?:(early|mid|late)[-\s])?(\d{1,2})(?:st|nd|rd|th)[-\s]century\b|\bthe\s(nineteenth|twentieth|twenty-first|eighteenth|seventeenth|sixteenth)\scentury\b",
        re.IGNORECASE,
    ),
    (
        "year_span",
        rf"(?<![\d$£€,.-])(?:(?:from|between)\s)?({_YEAR})\s?(?:-|–|to|through|until|and)\s?({_YEAR}|\d\d)(?![\d,%-])",
        0,
    ),
    (
        "edge_year",
        rf"\b(?:(early|late|mid|earlier|later)[-\s](?:in\s)?|(the\sbeginning\sof|the\sstart\sof|the\smiddle\sof|the\send\sof|beginning\sof|end\sof)\s)({_YEAR})\b",
        re.IGNORECASE,
    ),
    (
        "the_year",
        rf"\bthe\syear\s({_YEAR}|two\sthousand(?:\sand\s{_SMALL})?)\b|\b(?:nineteen|twenty)\s((?:{_SMALL})(?:[-\s](?:one|two|three|four|five|six|seven|eight|nine))?)\b",
        0,
    ),
    (
        "year",
        rf"(?<![\w$£€,./-])(?:the\s(?={_YEAR}\s(?:period|quarter|first|second|third|fourth)))?({_YEAR})(?![\w%]|,\d|\.\d|/\d|-\d\d\b)(?:\s(period|quarter)\b|\s(first|second|third|fourth)[-\s](quarter|half)\b)?",
        0,
    ),
    ("short_year", r"(?<!\w)['’](\d\d)(?!\w)(?!s\b)", 0),
    (
        "set_unit",
        rf"\b(?:every|each|per)\s(?:(other|single)\s)?({_UNIT}|{_WEEKDAY}|{_MONTH_FULL}|morning|afternoon|evening|night|{_SEASON})\b",
        re.IGNORECASE,
    ),
    (
        "set_word",
        r"\b(daily|weekly|monthly|yearly|annually|annual|hourly|quarterly|nightly|semiannually|biweekly)\b",
        re.IGNORECASE,
    ),
    (
        "set_article",
        r"(?:\b(?:times|percent|dollars|cents|%|million|billion|once|twice|thousand|people|barrels|tons|hours|days|weeks|\d)\s)(an?\s(?:year|month|week|day|hour|minute))\b(?!\s(?:ago|earlier|later|before|after|old))",
        re.IGNORECASE,
    ),
    (
        "a_unit",
        r"\b(?:(?:for|in|within|over|under|about|almost|nearly|only|just|than|of|another|lasted|took|after|least|every)\s)((?:an?|half\san?|one)\s(?:second|minute|hour|day|week|month|year|decade|century)(?:\sor\s(?:two|so|more))?)\b(?!\s(?:ago|earlier|later|before|old|in|when))",
        re.IGNORECASE,
    ),
    (
        "now",
        r"\b(?:right\s|until\s|by\s)?now\b(?!-|\sthat\b)|\b(?:currently|at\spresent|these\sdays|at\sthe\smoment|nowadays|the\spresent|at\sthis\stime)\b",
        re.IGNORECASE,
    ),
    ("current", r"\b(?:current|recent)\b(?!\s(?:account|accounts|events|tense|ly))", 0),
    (
        "past",
        r"\b(?:recently|(?:in\s)?the\spast|lately|formerly|most\srecently)\b(?!\s(?:two|three|four|five|six|seven|eight|nine|ten|year|month|week|few|several|decade|century|\d))",
        re.IGNORECASE,
    ),
    ("future", r"\b(?:soon|(?:in\s)?the\s(?:near\s|foreseeable\s)?future|in\sthe\sfuture)\b(?!\safter)", re.IGNORECASE),
    ("holiday", "", 0),
    ("then", r"\b(?:a\swhile|some\stime|a\slong\stime)\b", 0),
)


# Words without one of which a rule cannot match; half of the time goes to rules that most texts do not need.
_NEEDS: Mapping[str, tuple[str, ...]] = {
    "eastern": ("年", "년"),
    "slashes": ("/",),
    "points": (".",),
    "spelt_clock": ("clock", "in the", "at night"),
    "noon": ("noon", "midday", "midnight"),
    "deictic": ("today", "yesterday", "tomorrow", "tonight", "overnight"),
    "part_deictic": ("today", "yesterday", "tomorrow"),
    "season_year": ("spring", "summer", "fall", "autumn", "winter"),
    "nth_quarter": ("quarter", "half"),
    "q_quarter": ("q1", "q2", "q3", "q4", "h1", "h2"),
    "year_ago_unit": ("year",),
    "bare_ago": ("ago", "earlier", "later", "before", "after", "from"),
    "half_duration": ("half",),
    "half_hour": ("half",),
    "decade": ("0s", "ties"),
    "century": ("century",),
    "set_unit": ("every", "each", "per"),
    "set_word": ("ly", "annual"),
    "fiscal_year": ("fiscal", "fy", "calendar"),
    "dawn": ("dawn", "dusk", "daybreak", "sunrise", "sunset"),
}


@cache
def _compiled() -> tuple[tuple[str, re.Pattern[str]], ...]:
    found = []
    for name, pattern, flags in _RULES:
        if name == "holiday":
            names = sorted(_calendar()["holidays"], key=lambda n: (-len(n), n))
            pattern = rf"\b({'|'.join(re.escape(n).replace(chr(39), '[' + chr(39) + '’]') for n in names)})(?:,?\s(?:in\s|of\s)?({_YEAR}))?\b"  # noqa: E501
            flags = re.IGNORECASE
        found.append((name, re.compile(pattern, flags)))
    return tuple(found)


# --- the public function ---------------------------------------------------------------------------------------------


def find_dates(text: str, anchor: datetime | None = None) -> tuple[TimeExpression, ...]:
    """Return the dates, times, durations and sets of a text, sorted, not overlapping; a placeholder is no anchor.

    >>> [(e.kind, e.value) for e in find_dates("hours after Wednesday's vote", datetime(2025, 2, 13))]
    [('duration', 'PTXH'), ('date', '2025-02-12')]
    """
    candidates = []
    lower = text.lower()
    for rank, (name, pattern) in enumerate(_compiled()):
        needs = _NEEDS.get(name)
        if needs is not None and not any(n in lower for n in needs):
            continue
        for match in pattern.finditer(text):
            span = _span_of(name, match)
            candidates.append((span[0], -(span[1] - span[0]), rank, name, match))
    candidates.sort(key=lambda c: c[:3])
    if anchor is not None and is_placeholder(anchor.isoformat()):
        anchor = None
    resolver = _Resolver(text, anchor)
    found: list[TimeExpression] = []
    last = 0
    for start, _length, _, name, match in candidates:
        if start < last:
            continue
        expression = resolver.resolve(name, match)
        if expression is None:
            continue
        found.append(expression)
        last = max(last, expression.end)
    return tuple(found)


def _span_of(name: str, match: re.Match[str]) -> tuple[int, int]:
    if name in ("set_article", "a_unit", "bare_units"):
        return match.span(1)
    return match.span()


_FUTURE_BEFORE = re.compile(
    r"\b(?:will|would|shall|going\sto|plans?|planned|expect\w*|scheduled?|due|next|upcoming|is\sto|are\sto|to\sbe|set\s(?:for|to)|slated|until|through|by|beginning|starting|effective|expires?|payable|hopes?|deadline|before|ahead|intends?|'ll)\b"
    r"|\b(?:is|are)\s(?:[a-z]+ly\s)?[a-z]+ed\s(?:in\s)?for\b",
    re.IGNORECASE,
)
_LED_BY = frozenset(("by", "before", "until", "through", "ahead"))
"""Words that put a date ahead only where it follows them: "by Monday", not "convicted by a jury on Monday"."""


def _governs(before: str, cue: re.Match[str]) -> bool:
    if cue.group().lower() not in _LED_BY:
        return True
    between = before[cue.end() :].split()
    return len(between) < 2 or " ".join(between).lower().startswith(
        ("the end of", "the start of", "early", "late", "of")
    )


_PAST_BEFORE = re.compile(
    r"\b(?:said|was|were|had|did|has\sbeen|have\sbeen|[a-z]{2,}ed|since|ended|earlier|told|came|took|made|went|began|fell|rose|left|found|held|gave|won|lost|met|sent|spoke|wrote)\b"
)


_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(?:\d{4}|\d\d)(?![\d/])")


def _find_order(text: str) -> bool | None:
    shown = {int(m[1]) > 12 for m in _SLASHED.finditer(text) if (int(m[1]) > 12) != (int(m[2]) > 12)}
    return shown.pop() if len(shown) == 1 else None


# "Tuesday week", "Friday the 13th": not the nearest day of the name.
_OTHER_WEEK = re.compile(r"\s(?:week|fortnight)\b(?!['’]s)|\sthe\s\d{1,2}(?:st|nd|rd|th)\b")
_PLACE_TIME = (
    r"(?:local(?:\stime|(?=\s?(?:[.,;:)(]|\Z)))|(?!(?:Eastern|Central|Mountain|Pacific)\b)(?:[A-Z][\w.’'-]+\s){1,2}time"
    r"|(?:[A-Z]{2,3}T|BT)\b)"
)
_LOCAL = re.compile(rf"\b{_PLACE_TIME}")
_LOCAL_BEHIND = re.compile(rf"(?:,?\s(?:on\s)?{_WEEKDAY})?,?\s?[(\[]?{_PLACE_TIME}")


class _Resolver:
    """Resolves expressions of one text in order; remembers the quarter and the date spoken of."""

    def __init__(self, text: str, anchor: datetime | None) -> None:
        self.text = text
        self.anchor = anchor
        self.day = anchor.date() if anchor is not None else None
        self.quarter = ""
        """The last quarter or half named, "1989-Q3"."""
        self.last = ""
        """The last date named, as a value."""
        self.instant: tuple[str, int] | None = None
        """The last clock time with a zone, and where its words end."""
        self.day_first = _find_order(text)
        """Whether the day comes first in dates of numbers; None where none of them shows it, or two show both."""
        self.finance = bool(
            re.search(
                r"\b(?:first|second|third|fourth)[-\s]quarter\b|\bthe\s(?:latest\s)?quarter\b", text, re.IGNORECASE
            )
        )

    def resolve(self, name: str, match: re.Match[str]) -> TimeExpression | None:
        expression: TimeExpression | None = getattr(self, f"_{name}")(match)
        if expression is not None:
            offset = offset_of(expression.value)
            is_local = expression.kind == "time" and offset is None and self.names_place(match, expression.end)
            expression = replace(expression, offset_min=offset, is_local=is_local)
        if expression is not None and expression.kind in ("date", "time") and expression.value:
            if (
                re.fullmatch(r"\d{4}-[QH]\d", expression.value)
                and name
                in (
                    "nth_quarter",
                    "q_quarter",
                    "this_unit",
                    "year",
                )
                and (
                    self.day is None
                    or int(expression.value[:4]) >= self.day.year - (self.day.month < 4)
                    or not self.quarter
                )
            ):
                self.quarter = expression.value
            if expression.value[0].isdigit():
                self.last = expression.value
            if has_zone(expression.value):
                self.instant = (expression.value, expression.end)
        return expression

    def make(
        self,
        match: re.Match[str],
        kind: Kind,
        value: str,
        *,
        group: int = 0,
        anchored: bool = False,
        modifier: Modifier = "",
        relative: Literal["before", "after"] | None = None,
        start: int | None = None,
        end: int | None = None,
    ) -> TimeExpression:
        first, last = match.span(group)
        return TimeExpression(
            first if start is None else start, last if end is None else end, kind, value, anchored, modifier, relative
        )

    # helpers

    def names_place(self, match: re.Match[str], end: int) -> bool:
        """Return whether the words of a clock time, or those right behind them, say that it is that of a place."""
        behind = _LOCAL_BEHIND.match(self.text, end) is not None
        return behind or _LOCAL.search(self.text, match.start(), match.end()) is not None

    def future(self, start: int) -> bool | None:
        """Return whether the clause before a place speaks of the future (True), the past (False), or tells nothing
        (None).
        """
        near = max(0, start - 92)
        begin = max(self.text.rfind(mark, near, start) for mark in (". ", "\n", "; ")) + 1
        before = self.text[max(begin, start - 90) : start]
        ahead = [a for a in _FUTURE_BEFORE.finditer(before) if _governs(before, a)]
        behind = [b for b in _PAST_BEFORE.finditer(before) if not any(a.start() <= b.start() < a.end() for a in ahead)]
        behind = [b for b in behind if not re.search(r"\b(?:be|will|to)\s$", before[: b.start()])]  # "will be held"
        if ahead and (not behind or ahead[-1].start() > behind[-1].start()):
            return True
        if behind:
            return False
        stop = len(self.text)
        for mark in ("\n", ". ", "; "):
            at = self.text.find(mark, start, stop)
            stop = at if at >= 0 else stop
        after = self.text[start : min(stop, start + 60)]
        if re.search(r"\b(?:will|is\sto|are\sto)\b", after):
            return True
        return None

    def year_of_month(self, month: int, start: int, day: int | None = None) -> str:
        if self.day is None:
            return self.year_in_text(month)
        ahead = self.future(start)
        this = self.day.year
        if day is not None:
            try:
                candidates = [date(y, month, day) for y in (this - 1, this, this + 1)]
            except ValueError:
                return str(this)
            today = self.day
            near = min(candidates, key=lambda c: abs((c - today).days))
            if ahead is True:
                later = [c for c in candidates if c >= self.day]
                return str(later[0].year)
            if ahead is False and near > self.day and (near - self.day).days > 45:
                earlier = [c for c in candidates if c <= self.day]
                return str(earlier[-1].year)
            return str(near.year)
        gap = (month - self.day.month) % 12
        if gap == 0:
            return str(this)
        if ahead is True or (ahead is None and gap <= 3):
            return str(this + (1 if month < self.day.month else 0))
        return str(this - (1 if month > self.day.month else 0))

    def year_in_text(self, month: int) -> str:
        return "XXXX"

    def weekday(self, number: int, start: int, word: str = "") -> str:
        if self.day is None:
            return f"XXXX-WXX-{number}"
        back = (self.day.isoweekday() - number) % 7
        word = word.lower()
        if word == "next" or word.endswith("coming"):
            ahead = 7 - back
            return _plus(self.day, ahead)
        if word == "last" or word.endswith("past"):
            return _plus(self.day, -(back or 7))
        if self.future(start) is True and not self.just_reported(start):
            return _plus(self.day, (7 - back) % 7)
        return _plus(self.day, -back)

    def is_named_after_a_day(self, start: int, end: int) -> bool:
        """Return whether a weekday is part of a name or a habit and dates nothing: "Super Tuesday", "Sunday comics"."""
        before, after = _named_after_days()
        return bool(before.search(self.text, max(0, start - 20), start) or after.match(self.text, end))

    def is_surname(self, start: int, end: int) -> bool:
        """Return whether a month is the name of somebody: a title or another name stands before it, or it speaks."""
        before = re.search(r"(?:^|[^\w.])([A-Z][\w’'-]*\.?)\s$", self.text[max(0, start - 24) : start])
        named = before is not None and not self.text[start:end].isupper()
        if named and before is not None:
            word = before[1].rstrip(".").lower()
            idle = word in _BEFORE_MONTH or word in _common_words() or word in _calendar()["weekdays"]
            if not idle and word not in _calendar()["months"] and word not in _calendar()["seasons"]:
                return True
        leads = re.search(r"([A-Za-z]+)[\s,]+$", self.text[max(0, start - 20) : start])
        if leads is not None and leads[1].lower() in _BEFORE_MONTH:
            return False
        return (
            re.compile(r"\s(?:said|says|told|added|asked|replied|agreed|wrote|denied)\b").match(self.text, end)
            is not None
        )

    def just_reported(self, start: int) -> bool:
        """Return whether a verb of saying stands right before: "the company said Friday it will"."""
        return bool(
            re.search(r"\b(?:said|told|announced|reported|on)\s(?:on\s)?$", self.text[max(0, start - 14) : start])
        ) and bool(re.search(r"\b(?:said|told|announced|reported)\s(?:on\s)?$", self.text[max(0, start - 14) : start]))

    def shift(self, unit: str, count: int) -> str:
        """Return the anchor moved by whole units, as precise as the unit."""
        if self.day is None:
            return ""
        day = self.day
        if unit in ("second", "minute", "hour"):
            if self.anchor is None:
                return ""
            return day.isoformat()
        if unit == "day":
            return _plus(day, count)
        if unit in ("week", "fortnight"):
            moved = _moved(day, 7 * count * (2 if unit == "fortnight" else 1))
            if moved is None:
                return ""
            year, week, _ = moved.isocalendar()
            return f"{year}-W{week:02d}"
        if unit == "month":
            index = day.year * 12 + day.month - 1 + count
            return f"{index // 12:04d}-{index % 12 + 1:02d}" if 0 < index // 12 <= 9999 else ""
        if unit == "quarter":
            index = day.year * 4 + (day.month - 1) // 3 + count
            return f"{index // 4:04d}-Q{index % 4 + 1}" if 0 < index // 4 <= 9999 else ""
        if unit == "year":
            return f"{day.year + count:04d}" if 0 < day.year + count <= 9999 else ""
        if unit == "decade":
            return f"{(day.year + 10 * count) // 10}" if 0 < day.year + 10 * count <= 9999 else ""
        if unit == "century":
            return f"{(day.year + 100 * count) // 100}" if 0 < day.year + 100 * count <= 9999 else ""
        return ""

    def year_word(self, word: str) -> str:
        word = word.lower()
        if re.fullmatch(r"\d{4}", word):
            return word
        if self.day is None:
            return "XXXX"
        return str(self.day.year + (-1 if "last" in word else 1 if "next" in word else 0))

    def count(self, words: str) -> str:
        """Return a count of units for a duration value: "3", "2.5", "X" where the words give no number."""
        plain = words.lower().replace("-", " ").strip()
        if re.match(r"(?:a\s)?couple", plain) or plain.startswith("a couple"):
            return "2"
        if re.fullmatch(r"an?|one", plain):
            return "1"
        if plain.startswith("half"):
            return "0.5"
        numbers = find_numbers(words)
        if not numbers:
            return "X"
        value = numbers[0].value
        return f"{value:g}" if value < 1e6 else f"{value:.0f}"

    def duration(self, count: str, unit: str) -> str:
        unit = _singular(unit)
        letter = _calendar()["units"][unit]
        if unit == "fortnight" and count not in ("X",):
            count = f"{float(count) * 2:g}"
        if unit in ("decade", "century") and count != "X":
            return f"P{float(count) * (10 if unit == 'decade' else 100):g}Y"
        return f"P{'T' if unit in ('second', 'minute', 'hour') else ''}{count}{letter}"

    # rules

    def _iso(self, match: re.Match[str]) -> TimeExpression | None:
        value = f"{match[1]}-{match[3]}-{match[4]}"
        if match[5]:
            zone = "+00:00" if match[7] == "Z" else f"{match[7][:3]}:{match[7][-2:]}" if match[7] else ""
            return self.make(match, "time", f"{value}T{match[5]}:{match[6]}{zone}")
        return self.make(match, "date", value)

    def _iso_week(self, match: re.Match[str]) -> TimeExpression | None:
        return self.make(match, "date", f"{match[1]}-W{match[2]}")

    def _days(self, match: re.Match[str]) -> TimeExpression | None:
        return self.make(match, "date", "")

    def _eastern(self, match: re.Match[str]) -> TimeExpression | None:
        day = f"-{int(match[3]):02d}" if match[3] else ""
        return self.make(match, "date", f"{int(match[1])}-{int(match[2]):02d}{day}")

    def _slashes(self, match: re.Match[str]) -> TimeExpression | None:
        first, second, year = int(match[1]), int(match[2]), match[3]
        if len(year) == 2:
            year = ("20" if int(year) < 60 else "19") + year
        day_first = first > 12 if (first > 12) != (second > 12) else self.day_first
        if day_first is None and first != second:
            return self.make(match, "date", year)  # which is the month is not said
        day, month = (first, second) if day_first else (second, first)
        if not 1 <= month <= 12:
            return None
        return self.make(match, "date", f"{year}-{month:02d}-{day:02d}")

    def _points(self, match: re.Match[str]) -> TimeExpression | None:
        day, month = int(match[1]), int(match[2])
        return self.make(match, "date", f"{match[3]}-{month:02d}-{day:02d}") if month <= 12 else None

    def _month_day(self, match: re.Match[str]) -> TimeExpression | None:
        month = _month(match[1])
        day = int(match[2])
        year = match[3] or (("19" if int(match[4]) > 60 else "20") + match[4] if match[4] else None)
        anchored = year is None
        if year is None:
            year = self.year_of_month(month, match.start(), day)
        return self.make(match, "date", f"{year}-{month:02d}-{day:02d}", anchored=anchored and self.day is not None)

    def _day_month(self, match: re.Match[str]) -> TimeExpression | None:
        month, day = _month(match[2]), int(match[1])
        told = match[3] or (f"{'19' if int(match[4]) > 60 else '20'}{match[4]}" if match[4] else None)
        anchored = told is None
        year = told or self.year_of_month(month, match.start(), day)
        start = (
            match.start(1)
            if self.text[match.start() : match.start() + 4].lower() == "the "
            and not match[0].lower().startswith("the ")
            else match.start()
        )
        return self.make(
            match, "date", f"{year}-{month:02d}-{day:02d}", anchored=anchored and self.day is not None, start=start
        )

    def _month_year(self, match: re.Match[str]) -> TimeExpression | None:
        year = match[4]
        spoken = re.fullmatch(rf"nineteen\s({_SMALL}[-\s]{_SMALL})", year)
        value = f"19{find_numbers(spoken[1])[0].value:02.0f}" if spoken else self.year_word(year)
        return self.make(
            match,
            "date",
            f"{value}-{_month(match[3]):02d}",
            modifier=_edge(match[1] or match[2]),
            anchored=not year[:1].isdigit(),
        )

    def _month(self, match: re.Match[str]) -> TimeExpression | None:
        name = match[3]
        month = _month(name)
        lead = (match[1] or match[2] or "").lower()
        start = match.start()
        if not lead and not match[5] and self.is_surname(start, match.end(3)):
            return None
        if name.capitalize() in ("May", "March", "August", "April", "June") and not lead and not match[5]:
            before = re.search(r"([A-Za-z]+)[\s,]+$", self.text[max(0, start - 20) : start])
            after = re.compile(r"\s([a-z]+|[A-Z][a-z]+)").match(self.text, match.end())
            if name.capitalize() in ("May", "March"):
                joined = name.isupper() and before is not None and before[1].lower() in ("and", "or")  # "AND MAY SHUT"
                if before is None or joined or before[1].lower() not in _BEFORE_MONTH:
                    return None
            elif (
                after is not None
                and after[1][0].isupper()
                and (before is None or before[1].lower() not in _BEFORE_MONTH)
            ):
                return None
        elif (
            not lead
            and re.compile(r"\s[A-Z][a-z]+\b(?!\s?\d)").match(self.text, match.end())
            and re.search(r"\b[A-Z][a-z]+\s$", self.text[max(0, start - 20) : start])
        ):
            return None
        if lead in ("each", "every"):
            return self.make(match, "set", f"XXXX-{month:02d}")
        if match[5]:
            year = self.year_word(match[5])
        elif self.day is None:
            year = "XXXX"
        elif lead == "last":
            year = str(self.day.year - (1 if month >= self.day.month else 0))
        elif lead == "next":
            year = str(self.day.year + (1 if month <= self.day.month else 0))
        elif lead == "this":
            year = str(self.day.year)
        else:
            year = self.year_of_month(month, start)
        modifier = _edge(lead) if lead not in ("last", "next", "this") else ""
        if match[4]:
            modifier = "end"
        return self.make(match, "date", f"{year}-{month:02d}", anchored=self.day is not None, modifier=modifier)

    def _weekday(self, match: re.Match[str]) -> TimeExpression | None:
        if self.is_named_after_a_day(match.start(2), match.end(2)):
            return None
        if _OTHER_WEEK.match(self.text, match.end()):
            return None
        lead = (match[1] or "").lower()
        number = _calendar()["weekdays"][match[2].rstrip(".").lower()]
        if lead == "the":
            return self.make(match, "date", self.weekday(number, match.start()), start=match.start(2), anchored=True)
        if match[3] or match[6] or lead in ("each", "every"):
            return self.make(match, "set", f"XXXX-WXX-{number}")
        value = self.weekday(number, match.start(), lead)
        if lead.endswith("noon") or lead == "midnight":
            return self.make(
                match, "time", f"{value}T{'12:00' if lead.endswith('noon') else '24'}", anchored=self.day is not None
            )
        if match[5]:
            part = _part(match[5])
            return self.make(
                match, "time", f"{value}T{part}", anchored=self.day is not None, modifier=_edge(match[4] or lead)
            )
        start = match.start()
        return self.make(match, "date", value, anchored=self.day is not None, modifier=_edge(lead), start=start)

    def day_word(self, word: str, start: int) -> str:
        lower = word.lower()
        if lower in ("yesterday", "today", "tomorrow"):
            return _plus(self.day, {"yesterday": -1, "today": 0, "tomorrow": 1}[lower]) if self.day is not None else ""
        if lower in _calendar()["weekdays"]:
            return self.weekday(_calendar()["weekdays"][lower], start)
        found = re.match(rf"({_MONTH_ANY})\s(\d+)(?:,\s(\d{{4}}))?", word)
        if found is None:
            return ""
        month, day = _month(found[1]), int(found[2])
        return f"{found[3] or self.year_of_month(month, start, day)}-{month:02d}-{day:02d}"

    def _clock(self, match: re.Match[str]) -> TimeExpression | None:
        value = _clock_value(match[2])
        if value is None:
            return None
        marked = re.search(r"[apAP]\.?[mM]|hrs|hours", match[2]) or match[3]
        told = None if marked else _HALF_BEHIND.match(self.text, match.end(2))
        if told is not None:
            value, marked = _in_half(match[2], told[1]) or value, told
        if (
            not marked
            and not match[5]
            and not re.search(
                r"\b(?:at|around|about|by|from|until|before|after|between|and|to)\s$",
                self.text[max(0, match.start(2) - 8) : match.start(2)],
            )
        ):
            return None
        day = self.day_word(match[5], match.start()) if match[5] else self.day_ahead(match.end())
        start = match.start(2)
        if match[1] and match[1].lower() in ("around", "about"):
            start = match.start(1)
        if day:
            return self.make(
                match,
                "time",
                self.zoned(f"{day}T{value}", match[3], match.start(2), is_told=True),
                anchored=self.day is not None,
                start=start,
                modifier="about" if match[1] in ("around", "about") else "",
            )
        base = self.last_day()
        return self.make(
            match,
            "time",
            self.zoned(f"{base}T{value}", match[3], match.start(2)),
            start=start,
            modifier="about" if match[1] in ("around", "about") else "",
            anchored=self.day is not None,
        )

    def _spelt_clock(self, match: re.Match[str]) -> TimeExpression | None:
        lead, clock, told = (match[1] or "").lower(), match[3], match[4]
        led = self.text[max(0, match.start() - 4) : match.start()].lower()
        if (clock is None and (told is None or not lead)) or (told is None and led.endswith("the ")):
            return None  # "killed five in the evening", "the six o'clock news"
        hour = f"{find_numbers(match[2])[0].value:.0f}"
        value = _in_half(hour, told.split()[-1]) if told is not None else _clock_value(hour)
        if value is None:
            return None
        return self.make(
            match,
            "time",
            f"{self.day_ahead(match.end()) or self.last_day()}T{value}",
            start=match.start(2 if lead in ("", "at", "by", "until") else 1),
            anchored=self.day is not None,
            modifier="" if lead in ("", "at", "by", "until") else "about",
        )

    def zoned(self, value: str, zone: str | None, start: int, *, is_told: bool = False) -> str:
        """Return a clock time with the offset of its zone, where it names one.

        Right behind another with a zone ("6 p.m. EDT (2200 GMT)") and with no day told, it is the same instant where
        its clock allows that, on whichever day that is.
        """
        name = zone.strip(" ()") if zone is not None else ""
        offset = "+00:00" if name == "Z" else find_offset(name, value[:10]) if name else ""
        if not offset:
            return value
        value += offset
        before = self.instant
        if (
            not is_told
            and before is not None
            and re.fullmatch(r"[\s(,;/—–-]{1,4}(?:or\s)?\(?", self.text[before[1] : start])
        ):
            day = before[0][:10]
            moved = [_plus(date.fromisoformat(day), n) for n in (-1, 0, 1)] if re.match(r"\d{4}-", day) else []
            for other in moved:
                if to_utc(f"{other}{value[value.index('T') :]}") == to_utc(before[0]):
                    value = f"{other}{value[value.index('T') :]}"
        return value

    def day_ahead(self, end: int) -> str:
        """Return the day that the same sentence names within a few words behind a clock time, or "" ."""
        ahead = re.compile(rf"[^.;\n]{{0,40}}?\bon\s({_WEEKDAY}|{_MONTH_ANY}\s{_DAY}\b)").match(self.text, end)
        return self.day_word(ahead[1], end) if ahead is not None else ""

    def last_day(self) -> str:
        if re.match(r"\d{4}-\d\d-\d\d", self.last):
            return self.last[:10]
        return self.day.isoformat() if self.day is not None else ""

    def _weekday_clock(self, match: re.Match[str]) -> TimeExpression | None:
        value = _clock_value(match[3])
        day = self.day_word(match[1], match.start())
        if value is None:
            return None
        value = self.zoned(f"{day}T{value}", match[4], match.start(3), is_told=True)
        return self.make(match, "time", value, anchored=self.day is not None)

    def _noon(self, match: re.Match[str]) -> TimeExpression | None:
        day = self.day_word(match[4], match.start()) if match[4] else self.last_day()
        clock = "24:00" if match[2] == "midnight" else "12:00"
        if match[2] == "midnight" and re.compile(r"-|\s(?:blue|oil)").match(self.text, match.end()):
            return None
        return self.make(
            match,
            "time",
            self.zoned(f"{day}T{clock}", match[3], match.start(2), is_told=bool(match[4])),
            anchored=self.day is not None,
            start=match.start(1) if match[1] in ("around", "about") else match.start(2),
            modifier="about" if match[1] in ("around", "about") else "",
        )

    def _deictic(self, match: re.Match[str]) -> TimeExpression | None:
        word = match[2].lower()
        days = {"yesterday": -1, "today": 0, "tomorrow": 1, "tonight": 0, "overnight": 0}[word]
        if (
            self.text[match.start(2)].isupper()
            and re.compile(r"\s(?:show|program)\b|['’]s\s[A-Z]").match(self.text, match.end())
        ) or re.search(r"\b(?:USA|the\s[\"“'‘])\s?$", self.text[max(0, match.start() - 6) : match.start()]):
            return None
        day = _plus(self.day, days) if self.day is not None else ""
        if word in ("tonight", "overnight"):
            return self.make(match, "time", f"{day}TNI" if day else "TNI", anchored=self.day is not None)
        if match[3]:
            return self.make(
                match, "time", f"{day}T{_part(match[3])}", anchored=self.day is not None, modifier=_edge(match[1])
            )
        return self.make(match, "date", day, anchored=self.day is not None, modifier=_edge(match[1]))

    def _part_deictic(self, match: re.Match[str]) -> TimeExpression | None:
        day = self.day_word(match[2], match.start())
        if match[1].lower() in ("early", "late"):
            return self.make(match, "date", day, anchored=True, modifier=_edge(match[1].lower()))
        return self.make(match, "time", f"{day}T{_part(match[1])}", anchored=True, modifier="mid")

    def _this_part(self, match: re.Match[str]) -> TimeExpression | None:
        word, part = match[2].lower(), _part(match[3])
        if word == "the":
            if match[4] is None:
                return None
            return self.make(match, "time", f"{self.day_word(match[4], match.start())}T{part}", anchored=True)
        if word == "this" or (word == "last" and part == "NI"):
            day = _plus(self.day, 0 if word == "this" else -1) if self.day is not None else ""
        else:
            day = self.last_day()
        return self.make(match, "time", f"{day}T{part}", anchored=self.day is not None, modifier=_edge(match[1]))

    def _in_part(self, match: re.Match[str]) -> TimeExpression | None:
        if match[2] == "hours" and not match[1]:
            return None
        part = "MO" if match[2] == "hours" or match[2] == "morning" else _part(match[2])
        day = self.day_word(match[3], match.start()) if match[3] else self.last_day()
        start = match.start() + 3
        return self.make(
            match,
            "time",
            f"{day}T{part}",
            start=start,
            anchored=self.day is not None,
            modifier=_edge((match[1] or "").strip()) or ("start" if match[1] else ""),
        )

    def _dawn(self, match: re.Match[str]) -> TimeExpression | None:
        part = "EV" if match[1] in ("dusk", "sunset") else "MO"
        return self.make(match, "time", f"{self.last_day()}T{part}", group=1, anchored=self.day is not None)

    def _this_unit(self, match: re.Match[str]) -> TimeExpression | None:
        edge, word, unit = match[1], match[2].lower(), match[4].lower()
        modifier = _edge((edge or "").lower())
        if unit in ("period", "half") and word not in ("the latest", "latest", "the same", "the year-ago"):
            return None
        season = re.compile(r"\s(?:of\s\d|semester)").match(self.text, match.end())
        if unit == "fall" and word in ("the", "that", "past") and season is None:
            return None
        if word in ("past", "current", "previous", "coming", "latest") and unit not in (
            "quarter",
            "year",
            "week",
            "month",
            "decade",
        ):
            return None
        if match[5]:
            year = self.shift("year", -1 if "last" in word else 1 if "next" in word else 0)
            number = _NUMBERS[match[5].lower()]
            return self.make(
                match, "date", f"{year}-{'Q' if match[6].lower() == 'quarter' else 'H'}{number}", anchored=True
            )
        if word == "the":
            if unit == "weekend":
                back = (
                    -1
                    if self.day is not None and self.day.isoweekday() <= 3 and self.future(match.start()) is not True
                    else 0
                )
                return self.make(match, "date", f"{self.shift('week', back)}-WE" if self.day else "", anchored=True)
            if unit == "quarter":
                return self.make(match, "date", self.quarter or self.guess_quarter(), anchored=True)
            if unit in ("year", "month", "week") and (edge or match[3]):
                if match[3] and match[3].lower() == "fiscal" and not edge:
                    return self.make(match, "duration", "P1Y")
                return self.make(match, "date", self.shift(unit, 0), anchored=True, modifier=modifier)
            if unit in ("spring", "summer", "winter", "autumn"):
                return self.make(
                    match,
                    "date",
                    f"{self.shift('year', 0)}-{_calendar()['seasons'][unit]}" if self.day else "",
                    anchored=True,
                    modifier=modifier,
                )
            if unit == "year" and re.search(
                r"\b(?:for|of|during|throughout|in)\s$", self.text[max(0, match.start() - 11) : match.start()]
            ):
                return self.make(match, "duration", "P1Y")
            return None
        count = (
            -1
            if word.split()[-1] in ("last", "past", "previous", "prior", "preceding")
            else 1
            if word.split()[-1] in ("next", "following", "coming")
            else 0
        )
        if word in ("that", "the same"):
            base = self.last
            if unit == "year" and base:
                return self.make(match, "date", base[:4], anchored=True)
            if unit == "month" and re.match(r"\d{4}-\d\d", base):
                return self.make(match, "date", base[:7], anchored=True)
            if unit == "weekend":
                return self.make(match, "date", f"{self.shift('week', 0)}-WE" if self.day else "", anchored=True)
            if word == "that":
                return None
            return self.make(
                match, "date", self.shift(unit, 0) if unit in _calendar()["units"] else self.quarter, anchored=True
            )
        if unit in _calendar()["seasons"]:
            if self.day is None:
                return self.make(match, "date", f"XXXX-{_calendar()['seasons'][unit]}")
            return self.make(
                match,
                "date",
                f"{self.day.year + self.season_shift(unit, count)}-{_calendar()['seasons'][unit]}",
                anchored=True,
                modifier=modifier,
            )
        if unit == "weekend":
            return self.make(
                match, "date", f"{self.shift('week', count)}-WE" if self.day else "", anchored=True, modifier=modifier
            )
        if unit == "quarter" and ("latest" in word):
            return self.make(match, "date", self.guess_quarter(), anchored=True)
        if unit == "period":
            return self.make(match, "date", self.quarter or self.guess_quarter(), anchored=True)
        if word in ("the past", "the last", "the next", "the previous", "the following") and unit in (
            "decade",
            "century",
        ):
            return self.make(match, "duration", "P10Y" if unit == "decade" else "P100Y")
        if word in ("the past", "the last", "the next") and unit in ("week", "month"):
            return self.make(match, "duration", f"P1{'W' if unit == 'week' else 'M'}")
        if word == "the following" and re.match(r"\d{4}", self.last):
            return self.make(match, "date", _follow(self.last, unit), anchored=True)
        return self.make(match, "date", self.shift(unit, count), anchored=self.day is not None, modifier=modifier)

    def season_shift(self, unit: str, count: int) -> int:
        assert self.day is not None
        month = {"spring": 4, "summer": 7, "fall": 10, "autumn": 10, "winter": 1}[unit]
        if count < 0:
            return -1 if month >= self.day.month - 1 else 0
        if count > 0:
            return 1 if month <= self.day.month else 0
        return 0

    def guess_quarter(self) -> str:
        return self.shift("quarter", -1)

    def _edge_unit(self, match: re.Match[str]) -> TimeExpression | None:
        if not re.search(r"\b(?:in|of)\b", match[0], re.IGNORECASE):
            return None
        return self.make(
            match, "date", self.shift(match[2].lower(), 0), anchored=True, modifier=_edge(match[1].lower())
        )

    def _season_year(self, match: re.Match[str]) -> TimeExpression | None:
        return self.make(
            match, "date", f"{match[3]}-{_calendar()['seasons'][match[2].lower()]}", modifier=_edge(match[1])
        )

    def _year_end(self, match: re.Match[str]) -> TimeExpression | None:
        return self.make(match, "date", self.shift("year", 0), anchored=True, modifier="end")

    def _nth_quarter(self, match: re.Match[str]) -> TimeExpression | None:
        number = _NUMBERS[match[2].lower()]
        letter = "Q" if match[3].lower() == "quarter" else "H"
        if letter == "H" and number > 2:
            return None
        named = re.search(rf"\b({_YEAR})\b", match[0])
        lone = letter == "H" and not named and not match[4] and not match[1]
        placed = re.search(r"\b(?:in|during)\s+$", self.text[max(0, match.start() - 8) : match.start()])
        if lone and (
            placed is None or re.compile(r"\s(?:hour|of\b)|,?\s(?:goal|score|when)").match(self.text, match.end())
        ):
            return None
        word = match[4] or match[1] or (named[1] if named else "")
        if "year-ago" in match[0].lower() or "year-earlier" in match[0].lower():
            year = self.shift("year", -1)
        elif word and word.lower() != "the year":
            year = self.year_word(word)
        elif self.day is None:
            year = "XXXX"
        else:
            year = str(
                self.day.year
                - (1 if number == 4 and self.day.month <= 3 and self.future(match.start()) is not True else 0)
            )
        start = match.start()
        if match[0][match.end(2) - match.start() : match.end(3) - match.start()].startswith("-"):
            start = (
                match.start(2) if not re.search(r"fiscal", match[0], re.IGNORECASE) else start
            )  # "a third-quarter loss"
        return self.make(match, "date", f"{year}-{letter}{number}", anchored=not named, start=start)

    def _q_quarter(self, match: re.Match[str]) -> TimeExpression | None:
        if match[5]:
            return self.make(match, "date", f"{match[6]}-H{match[5]}")
        year = match[2] or match[3] or (str(self.day.year) if self.day is not None else "XXXX")
        return self.make(match, "date", f"{year}-Q{match[1] or match[4]}")

    def _first_months(self, match: re.Match[str]) -> TimeExpression | None:
        count = self.count(match[2])
        if match[3].lower() == "quarters" and count == "2":
            return self.make(match, "date", f"{self.year_word(match[4])}-H1")
        return self.make(match, "duration", self.duration(count, match[3].lower()), end=match.end(3))

    def year_ago(self) -> str:
        if self.quarter:
            return f"{int(self.quarter[:4]) - 1}{self.quarter[4:]}" if self.quarter[:4].isdigit() else ""
        if self.finance and self.day is not None:
            quarter = self.guess_quarter()
            return f"{int(quarter[:4]) - 1}{quarter[4:]}"
        return self.shift("year", -1)

    def _year_ago_unit(self, match: re.Match[str]) -> TimeExpression | None:
        if match[1] and self.day is not None:
            return self.make(match, "date", f"{self.day.year - 1}-Q{_NUMBERS[match[1].lower()]}", anchored=True)
        return self.make(match, "date", self.year_ago(), anchored=True)

    def _ago(self, match: re.Match[str]) -> TimeExpression | None:
        count_words, unit, word = match[2], _singular(match[3].lower()), re.sub(r"\s+", " ", match[5].lower())
        if word in ("old", "older", "younger", "into", "since"):
            return None
        count = self.count(count_words)
        if match[4] or re.search(r"\sand\sa\shalf\s", match[0]):
            count = f"{float(count) + 0.5:g}" if count != "X" else count
        end = match.end(3) if match[4] is None else match.end(4)
        modifier = _modifier(match[1])
        if word in ("before", "after", "following", "prior", "afterwards", "afterward"):
            relative: Literal["before", "after"] = "before" if word in ("before", "prior") else "after"
            return self.make(
                match, "duration", self.duration(count, unit), end=end, relative=relative, modifier=modifier
            )
        if word == "later":
            return self.make(
                match, "date", self.later(count, unit), end=match.end(), relative="after", modifier=modifier
            )
        if word == "previously":
            word = "earlier"
        if word == "earlier":
            if unit == "year" and count == "1":
                value = (
                    self.year_ago()
                    if self.quarter or self.finance
                    else (
                        _follow(self.last, "year", -1)
                        if self.last and self.last[:1].isdigit()
                        else self.shift("year", -1)
                    )
                )
                return self.make(match, "date", value, anchored=True, relative="before")
            return self.make(
                match, "date", self.later(count, unit, -1), end=match.end(), relative="before", modifier=modifier
            )
        sign = 1 if word in ("from now", "hence") else -1
        if count == "X":
            return self.make(match, "date", "PAST_REF" if sign < 0 else "FUTURE_REF", anchored=True)
        if unit == "year" and count == "1" and (self.quarter or self.finance):
            return self.make(match, "date", self.year_ago(), anchored=True)
        if unit == "year" and float(count) != int(float(count)) and self.day is not None:
            months = int(float(count) * 12)
            return self.make(
                match, "date", self.shift("month", sign * months)[:4], anchored=True, modifier=modifier or "about"
            )
        value = self.shift(unit, sign * int(float(count)) if float(count) >= 1 else 0)
        if unit in ("second", "minute", "hour"):
            value = _plus(self.day, 0) if self.day is not None else ""
            if self.anchor is not None and self.anchor.hour and unit == "hour":
                hours = sign * float(count) + self.anchor.hour + self.anchor.minute / 60
                value = _plus(self.anchor.date(), math.floor(hours / 24)) if abs(hours) < 1e5 else value
        return self.make(match, "date", value, anchored=True, modifier=modifier)

    def later(self, count: str, unit: str, sign: int = 1) -> str:
        """Return the last date named, moved; "" when none was."""
        if not self.last or count == "X" or not self.last[:4].isdigit():
            return ""
        steps = int(float(count)) * sign
        if unit in ("second", "minute", "hour"):
            return self.last[:10]
        day = self.last[:10]
        if unit in ("day", "week", "fortnight"):
            try:
                base = date.fromisoformat(day) if len(day) == 10 else self.day
            except ValueError:
                base = self.day
            if base is None:
                return ""
            return _plus(base, steps * {"day": 1, "week": 7, "fortnight": 14}[unit])
        return _follow(self.last, unit, steps)

    def _bare_ago(self, match: re.Match[str]) -> TimeExpression | None:
        unit, word = _singular(match[1].lower()), match[2].lower()
        value = self.duration("X", unit)
        if word in ("before", "after", "afterwards", "afterward"):
            return self.make(match, "duration", value, group=1, relative="before" if word == "before" else "after")
        if word == "later":
            return self.make(match, "duration", value, relative="after")
        if word == "earlier":
            return self.make(match, "duration", value, relative="before")
        return self.make(match, "date", "PAST_REF" if word == "ago" else "FUTURE_REF", anchored=True)

    def _duration(self, match: re.Match[str]) -> TimeExpression | None:
        approx, lead, count_words, unit = match[1], (match[2] or "").lower(), match[3], _singular(match[4].lower())
        count = self.count(count_words)
        plain = count_words.lower()
        hyphen = self.text[match.end(3) : match.end(3) + 1] == "-"
        if unit == "quarter" and re.fullmatch(r"[12]\d{3}", count):
            return None
        if plain == "a" and not (approx or lead or match[5] or (match[6] and "or" in match[6])):
            return None
        if unit in ("second",) and hyphen:
            return None
        if unit == "quarter" and (hyphen or plain in ("three", "3", "one", "a")) and not lead:
            return None
        if unit == "century" and hyphen:
            return None
        if match[5]:
            count = f"{float(count) + 0.5:g}" if count != "X" else count
        first_word = match[0].split()[0].lower()
        start = match.start()
        if first_word in ("its", "his", "her", "their", "some"):
            start = match.start(2) if match[2] else match.start(3)
        if first_word == "over" and not re.match(r"over\s(?:an?|\d|one|two|three)\b", match[0], re.IGNORECASE):
            start = match.start() + 5
        if hyphen and not lead and re.compile(r"(?:the|these|those|an?)\s", re.IGNORECASE).match(self.text, start):
            start = match.start(3)
        end = match.end()
        if match[6] and match[6].lower().strip(" -") in ("long",):
            end = match.end(4) if match[6].startswith(" ") else match.end()
        opens = re.search(r"(?:^|[.,;]\s|\bthat\s)$", self.text[max(0, match.start() - 6) : match.start()])
        if plain == "one" and unit == "day" and not lead and not hyphen and not approx and opens:
            return self.make(match, "date", "FUTURE_REF")
        range_words = re.search(r"\bto\s$", self.text[max(0, start - 4) : start])
        if range_words:
            pass
        modifier = _modifier(approx) if start <= match.start() else ""
        if plain.startswith("half") and unit in _HALVES:
            return self.make(match, "duration", _HALVES[unit], start=start, end=end, modifier=modifier)
        if match[6] and match[6].strip() == "or so":
            modifier = "about"
        relative: Literal["before", "after"] | None = None
        return self.make(
            match, "duration", self.duration(count, unit), start=start, end=end, modifier=modifier, relative=relative
        )

    def _half_duration(self, match: re.Match[str]) -> TimeExpression | None:
        count = self.count(match[1])
        return self.make(
            match, "duration", self.duration(f"{float(count) + 0.5:g}" if count != "X" else "X", match[2].lower())
        )

    def _half_hour(self, match: re.Match[str]) -> TimeExpression | None:
        unit = match[1].lower()
        return self.make(
            match,
            "duration",
            {"hour": "PT30M", "day": "PT12H", "year": "P6M", "decade": "P5Y", "century": "P50Y"}[unit],
        )

    def _recent_units(self, match: re.Match[str]) -> TimeExpression | None:
        start = match.start(1) if match[0].lower().startswith(("in ", "over")) else match.start()
        if match[0].lower().startswith("over the"):
            start = match.start() + 5
        return self.make(match, "duration", self.duration("X", match[2].lower()), start=start)

    def _bare_units(self, match: re.Match[str]) -> TimeExpression | None:
        unit = match[1].split()[-1].lower()
        return self.make(match, "duration", self.duration("X", unit), group=1)

    def _fiscal_year(self, match: re.Match[str]) -> TimeExpression | None:
        year = match[1].lstrip("'")
        if len(year) == 2:
            year = ("20" if int(year) < 60 else "19") + year
        return self.make(match, "date", year)

    def _decade(self, match: re.Match[str]) -> TimeExpression | None:
        words = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")
        modifier = _edge(match[1] or match[2])
        if match[3]:
            return self.make(match, "date", match[3][:3], modifier=modifier)
        if re.search(
            r"\b(?:his|her|their|in\shis|my|your|your|our)\s$",
            self.text[max(0, match.start() - 6) : match.start()],
            re.IGNORECASE,
        ):
            return None
        if re.search(
            r"\b(?:his|her|their|my|your)\s(?:early|mid|late)?[-\s]?$",
            self.text[max(0, match.start() - 12) : match.start()],
            re.IGNORECASE,
        ):
            return None
        if match[4]:
            if not re.search(r"the\b|['’]", match[0]) or re.search(
                r"\b(?:temperatures?|highs?|lows?)\b",
                self.text[max(0, match.start() - 40) : match.end() + 5],
                re.IGNORECASE,
            ):
                return None
            return self.make(match, "date", f"19{match[4][0]}", modifier=modifier)
        if "the" not in match[0].lower() and not modifier:
            return None
        return self.make(match, "date", f"19{2 + words.index(match[5].lower())}", modifier=modifier)

    def _century(self, match: re.Match[str]) -> TimeExpression | None:
        if match[4]:
            number = {
                "sixteenth": 16,
                "seventeenth": 17,
                "eighteenth": 18,
                "nineteenth": 19,
                "twentieth": 20,
                "twenty-first": 21,
            }[match[4].lower()]
        else:
            number = int(match[3])
        return self.make(match, "date", f"{number - 1:02d}", modifier=_edge(match[1] or match[2]))

    def _year_span(self, match: re.Match[str]) -> TimeExpression | None:
        first, second = int(match[1]), match[2]
        whole = int(second) if len(second) == 4 else int(match[1][:2] + second)
        if not first < whole <= first + 400 or (len(second) == 2 and whole - first > 15):
            return None
        if " and " in match[0] and not match[0].startswith("between"):
            return None
        if match[0].startswith(("from", "between")) or len(second) == 4:
            # Two dates: the second is found on its own.
            start = match.start(1)
            if re.compile(r"[-–]").match(self.text, match.end(1)):
                return self.make(match, "duration", f"P{whole - first}Y", start=start)
            return self.make(match, "date", match[1], start=start, end=match.end(1))
        return self.make(match, "date", match[1], end=match.end(), start=match.start(1))

    def _edge_year(self, match: re.Match[str]) -> TimeExpression | None:
        return self.make(match, "date", match[3], modifier=_edge((match[1] or match[2]).lower()))

    def _the_year(self, match: re.Match[str]) -> TimeExpression | None:
        if match[2]:
            numbers = find_numbers(match[2])
            if not numbers or numbers[0].value < 10 or numbers[0].end < len(match[2]):
                return None
            if match[0].lower().startswith("twenty") and numbers[0].value < 10:
                return None
            return self.make(
                match, "date", f"{'19' if match[0].lower().startswith('nineteen') else '20'}{numbers[0].value:02.0f}"
            )
        if match[1].isdigit():
            return self.make(match, "date", match[1])
        numbers = find_numbers(match[1])
        return self.make(match, "date", f"{numbers[0].value:.0f}") if numbers else None

    def _year(self, match: re.Match[str]) -> TimeExpression | None:
        year = match[1]
        start, end = match.span(1)
        if heads_groups(self.text, start, end):
            return None
        if match[4]:
            return self.make(match, "date", f"{year}-{'Q' if match[4] == 'quarter' else 'H'}{_NUMBERS[match[3]]}")
        if match[2]:
            value = year
            if match[2] == "quarter" and self.quarter:
                value = f"{year}{self.quarter[4:]}"
            return self.make(match, "date", value)
        before = self.text[max(0, start - 18) : start]
        after = self.text[end : end + 24]
        if re.search(
            r"\b(?:in|since|until|by|from|to|through|of|during|before|after|for|late|early|mid|between|than|and|the|till|around|circa|election|season|year)[\s(]+$",
            before,
            re.IGNORECASE,
        ):
            if re.match(
                r"\s+(?:people|men|women|troops|soldiers|jobs|homes|houses|employees|workers|students|miles|kilomet\w+|met(?:er|re)s|feet|dollars|euros|pounds|tons|tonnes|acres|shares|votes|points|barrels|others|more)\b",
                after,
            ):
                return None
            if (
                re.search(r"\b(?:than|for)\s$", before)
                and re.match(r"\s+[a-z]+s\b", after)
                and not re.match(
                    r"\s+(?:was|is|has|elections|games|finals|championships|olympics|results|earnings|sales|profits)\b",
                    after,
                )
            ):
                return None
            return self.make(match, "date", year, start=start)
        if re.match(r"\s+[a-z]{3,}s\b", after) and not re.match(
            r"\s+(?:was|elections|games|finals|olympics|championships|results|earnings|sales|profits|elections|has|is|this|protests|riots|polls|campaigns|primaries|midterms|attacks|figures|levels|losses|taxes|returns|models|borders)\b",
            after,
        ):
            return self.make(match, "date", year, start=start) if re.search(r"[(,–—]\s?$", before) else None
        if re.search(
            r"\b(?:about|some|over|nearly|almost|roughly|least|approximately|up\sto|most|number|No\.|No|Flight|Room|Route|Highway|Box|at)\s$",
            before,
            re.IGNORECASE,
        ):
            return None
        if int(year) < 1700 and not re.search(r"[(,]\s?$", before):
            return None
        return self.make(match, "date", year, start=start)

    def _short_year(self, match: re.Match[str]) -> TimeExpression | None:
        if not re.search(
            r"\b(?:in|of|since|class\sof|from|to|summer|spring|winter|fall|and|the)\s$",
            self.text[max(0, match.start() - 10) : match.start()],
            re.IGNORECASE,
        ):
            return None
        year = int(match[1])
        return self.make(match, "date", f"{'20' if year < 40 else '19'}{year:02d}")

    def _set_unit(self, match: re.Match[str]) -> TimeExpression | None:
        word = match[2].lower()
        if word in _calendar()["weekdays"]:
            return self.make(match, "set", f"XXXX-WXX-{_calendar()['weekdays'][word]}")
        if word in _calendar()["months"]:
            return self.make(match, "set", f"XXXX-{_calendar()['months'][word]:02d}")
        if word in _calendar()["seasons"]:
            return self.make(match, "set", f"XXXX-{_calendar()['seasons'][word]}")
        if word in _calendar()["day_parts"]:
            return self.make(match, "set", f"XXXX-XX-XXT{_part(word)}")
        count = "2" if (match[1] or "").lower() == "other" else "1"
        start = match.start(2) if match[0].lower().startswith("per ") else match.start()
        return self.make(match, "set", self.duration(count, word), start=start)

    def _set_word(self, match: re.Match[str]) -> TimeExpression | None:
        word = match[1].lower()
        value = {
            "daily": "XXXX-XX-XX",
            "weekly": "P1W",
            "monthly": "P1M",
            "yearly": "P1Y",
            "annually": "XXXX",
            "annual": "P1Y",
            "hourly": "PT1H",
            "quarterly": "P1Q",
            "nightly": "XXXX-XX-XXTNI",
            "semiannually": "P6M",
            "biweekly": "P2W",
        }[word]
        if self.text[match.start()].isupper() and not _opens_sentence(self.text, match.start()):
            return None
        if word in ("annual", "quarterly", "daily", "weekly", "monthly"):
            return (
                None
                if word in ("annual", "quarterly")
                or re.compile(r"\s(?:newspaper|paper|magazine|column)").match(self.text, match.end())
                else self.make(match, "set", value)
            )
        return self.make(match, "set", value)

    def _set_article(self, match: re.Match[str]) -> TimeExpression | None:
        return self.make(match, "set", self.duration("1", match[1].split()[-1].lower()), group=1)

    def _a_unit(self, match: re.Match[str]) -> TimeExpression | None:
        words = match[1].split()
        unit = next(w for w in words if w.lower() in _calendar()["units"]).lower()
        if words[0].lower() == "half":
            return self.make(
                match,
                "duration",
                {"hour": "PT30M", "day": "PT12H", "year": "P6M", "decade": "P5Y", "century": "P50Y"}.get(
                    unit, self.duration("0.5", unit)
                ),
                group=1,
            )
        lead = self.text[match.start() : match.start(1)].strip().lower()
        start = match.start() if lead in ("over", "under", "about", "almost", "nearly", "within") else match.start(1)
        return self.make(
            match, "duration", self.duration("1", unit), start=start, end=match.end(1), modifier=_modifier(lead)
        )

    def _now(self, match: re.Match[str]) -> TimeExpression | None:
        if match[0].lower().startswith(("until", "by")):
            return self.make(match, "date", "PRESENT_REF", start=match.end() - 3)
        return self.make(match, "date", "PRESENT_REF")

    def _current(self, match: re.Match[str]) -> TimeExpression | None:
        word = match[0]
        return self.make(match, "date", {"current": "PRESENT_REF", "recent": "PAST_REF", "future": "FUTURE_REF"}[word])

    def _past(self, match: re.Match[str]) -> TimeExpression | None:
        start = match.start() + 3 if match[0].lower().startswith("in ") else match.start()
        return self.make(match, "date", "PAST_REF", start=start)

    def _future(self, match: re.Match[str]) -> TimeExpression | None:
        start = match.start() + 3 if match[0].lower().startswith("in ") else match.start()
        if match[0].lower() == "soon" and re.search(r"\bas\s$", self.text[max(0, match.start() - 4) : match.start()]):
            return None
        return self.make(match, "date", "FUTURE_REF", start=start)

    def _holiday(self, match: re.Match[str]) -> TimeExpression | None:
        if not self.text[match.start()].isupper():
            return None
        name = match[1].lower().replace("’", "'")
        rule = _calendar()["holidays"][name]
        if match[2]:
            year = int(match[2])
        elif self.day is not None:
            near = [
                (abs((found - self.day).days), y)
                for y in (self.day.year - 1, self.day.year, self.day.year + 1)
                if (found := _holiday_date(rule, y)) is not None
            ]
            year = min(near, default=(0, self.day.year))[1]
        else:
            return self.make(match, "date", f"XXXX-{rule}" if re.fullmatch(r"\d\d-\d\d", rule) else "")
        day = _holiday_date(rule, year)
        return self.make(match, "date", day.isoformat() if day is not None else "", anchored=match[2] is None)

    def _then(self, match: re.Match[str]) -> TimeExpression | None:
        return self.make(match, "duration", "PXX")


_HALVES = {"hour": "PT30M", "day": "PT12H", "year": "P6M", "decade": "P5Y", "century": "P50Y"}
_NUMBERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_BEFORE_MONTH = frozenset(
    [
        "in",
        "of",
        "since",
        "by",
        "until",
        "till",
        "early",
        "late",
        "last",
        "next",
        "this",
        "from",
        "to",
        "through",
        "mid",
        "and",
        "on",
        "for",
        "before",
        "after",
        "during",
        "between",
        "end",
        "each",
        "every",
        "beginning",
        "ending",
        "or",
    ]
)


@cache
def _common_words() -> frozenset[str]:
    with (files("wirecheck.text") / "data" / "english.toml").open("rb") as file:
        data = tomllib.load(file)
    return frozenset((*data["common"], *data["starters"]))


def _month(name: str) -> int:
    number: int = _calendar()["months"][name.rstrip(".").lower()]
    return number


def _part(word: str) -> str:
    plain = word.lower().replace("-", "")
    part: str = _calendar()["day_parts"].get(plain, "MO")
    return part


def _singular(unit: str) -> str:
    unit = unit.lower()
    return "century" if unit == "centuries" else unit.rstrip("s") if unit != "s" else unit


def _edge(word: str | None) -> Modifier:
    lower = re.sub(r"\s+", " ", (word or "").lower())
    if lower.startswith(("earlier", "later")):
        return ""  # before or after now, not the start or end of the month
    if lower.startswith(("early", "the beginning", "the start", "beginning", "start", "small")):
        return "start"
    if lower.startswith(("late", "the end", "end")):
        return "end"
    if lower.startswith(("mid", "the middle")):
        return "mid"
    return ""


def _modifier(words: str | None) -> Modifier:
    lower = re.sub(r"\s+", " ", (words or "").lower())
    if lower in ("about", "around", "roughly", "approximately", "some", "just under", "just over", "nearly", "almost"):
        return "about"
    if lower in ("less than", "at most", "up to", "no more than", "within", "under", "as much as"):
        return "less"
    if lower in ("more than", "at least", "over"):
        return "more"
    return ""


def _clock_value(words: str) -> str | None:
    match = re.match(r"(\d{1,2})(?:[:.](\d\d))?(?::\d\d)?\s?([apAP])?", words)
    if match is None:
        return None
    military = re.match(r"([01]\d|2[0-3])([0-5]\d)\s?(?:hours|hrs|\Z)", words)
    if military is not None:
        return f"{military[1]}:{military[2]}"
    hour, minute = int(match[1]), match[2]
    half = (match[3] or "").lower()
    if half and (hour > 12 or hour == 0):
        return None
    if half == "p" and hour < 12:
        hour += 12
    if half == "a" and hour == 12:
        hour = 0
    return f"{hour:02d}:{minute or '00'}"


def _in_half(words: str, part: str) -> str | None:
    """Return a clock of twelve hours in a part of the day: "3:40", "afternoon" is 15:40; None for any other clock."""
    hour = int(re.split("[:.]", words)[0])
    if hour > 12:
        return None
    early = part.lower() == "morning" or (part.lower() == "night" and (hour < 6 or hour == 12))
    return _clock_value(f"{words} {'a' if early else 'p'}")


def _moved(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def _plus(day: date, days: int) -> str:
    moved = _moved(day, days)
    return moved.isoformat() if moved is not None else ""


def _follow(value: str, unit: str, steps: int = 1) -> str:
    """Return a value moved by whole units, as precise as the unit; "" when it cannot be."""
    match = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", value)
    if match is None:
        return ""
    year = int(match[1])
    if unit in ("year", "decade", "century"):
        year += steps * {"year": 1, "decade": 10, "century": 100}[unit]
        return (
            f"{year:04d}{value[4:]}"
            if 0 < year < 9999 and re.match(r"-Q\d$", value[4:])
            else f"{year:04d}"
            if 0 < year < 9999
            else ""
        )
    if unit == "month" and match[2]:
        index = year * 12 + int(match[2]) - 1 + steps
        return f"{index // 12:04d}-{index % 12 + 1:02d}" if 0 < index // 12 < 9999 else ""
    if unit in ("day", "week") and match[3]:
        try:
            base = date(year, int(match[2]), int(match[3]))
        except ValueError:
            return ""
        return _plus(base, steps * (1 if unit == "day" else 7))
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


def _holiday_date(rule: str, year: int) -> date | None:
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


def _opens_sentence(text: str, start: int) -> bool:
    end = end_before(text, start, " \"“‘'(")
    return not end or text[end - 1] in ".!?\n:"
