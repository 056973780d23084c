"""Parts of the patterns of dates, and what small words mean: "early", "about", "4 p.m."."""

from __future__ import annotations

import re

from wirecheck.text.dates.expression import Modifier
from wirecheck.text.zones import zone_pattern

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
MONTH_FULL = rf"(?:{_MONTHS}|{_MONTHS.upper()})"
MONTH_ANY = rf"(?:{_MONTHS}|{_MONTHS.upper()}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)"
_WEEKDAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
WEEKDAY = rf"(?:{_WEEKDAYS}|{_WEEKDAYS.upper()})"
WEEKDAY_ANY = rf"(?:{WEEKDAY}|Mon\.?|Tues?\.?|Wed\.?|Thu(?:rs?)?\.?|Fri\.?|Sat\.?|Sun\.?)"
DAY = r"(?:0?[1-9]|[12]\d|3[01])"
YEAR = r"(?:1[5-9]\d\d|20\d\d|21\d\d)"
_OF_YEAR = rf"(?:,?\s{YEAR}(?!\d))?"
_NTH_DAY = rf"{DAY}(?:st|nd|rd|th)?"
DATE = rf"(?:{MONTH_ANY}\s{_NTH_DAY}(?![\d%]|:\d){_OF_YEAR}|{_NTH_DAY}\s(?:of\s)?{MONTH_ANY}(?![a-z]){_OF_YEAR})"
DAY_NAMED = rf"(?:{WEEKDAY}(?:,?\s{DATE})?|yesterday|today|tomorrow|{DATE})"
PART = r"(?i:morning|afternoon|evening|night|mid-?morning|mid-?afternoon)"
UNIT = r"(?:second|minute|hour|day|week|fortnight|month|quarter|year|decade|century)"
UNITS = r"(?:seconds?|minutes?|hours?|days?|weeks?|fortnights?|months?|quarters?|years?|decades?|century|centuries)"
SMALL = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
)
COUNT = (
    rf"(?:\d+(?:,\d{{3}})*(?:\.\d+)?(?:\s\d/\d)?|{SMALL}(?:[-\s]{SMALL})?(?:\s(?:hundred|thousand|million|billion)(?:\sand)?(?:\s{SMALL}(?:[-\s]{SMALL})?)?){{0,4}}"
    r"|an?\s(?:hundred|thousand|million|dozen)|several|a\sfew|few|a\scouple(?:\sof)?|many|numerous|dozens\sof|hundreds\sof|thousands\sof|half\san?|a)"
)
CLOCK = rf"(?:(?:[01]?\d|2[0-3])(?:[:.][0-5]\d)?\s?(?:a\.m\.|p\.m\.|am|pm|AM|PM|A\.M\.|P\.M\.)|(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?:\s?(?:hours|hrs))?|[012]\d[.]?[0-5]\d\s?(?:hours|hrs|(?=\(?{zone_pattern()})))"  # noqa: E501
HOUR = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|1[0-2]|[1-9])"
ZONE = rf"(?:\s?\(?(?:{zone_pattern()}|local\stime|[A-Z]{{2,3}}T(?![A-Za-z])|(?<=\d)Z(?!\w))\)?)"
SEASON = r"(?:spring|summer|fall|autumn|winter)"
APPROX = (
    r"(?:about|around|roughly|approximately|nearly|almost|more\sthan|less\sthan|at\sleast|at\smost|over|up\sto"
    r"|no\smore\sthan|some|within|just\sunder|just\sover|as\smuch\sas)"
)
EDGE_OF = r"the\sbeginning\sof|the\sstart\sof|the\smiddle\sof|the\send\sof|beginning\sof|end\sof"
EDGE = rf"(?:early|earlier|late|later|mid|middle|midway|{EDGE_OF})"
NTH = r"(?:first|second|third|fourth|1st|2nd|3rd|4th)"
BEFORE_MONTH = frozenset({
    "in", "of", "since", "by", "until", "till", "early", "late", "last", "next", "this", "from", "to",
    "through", "mid", "and", "on", "for", "before", "after", "during", "between", "end", "each", "every",
    "beginning", "ending", "or",
})  # fmt: skip
"""Words before a month, no name, title or verb."""


def edge_of(words: str | None) -> Modifier:
    """Return which part of a period words mean: "early", "the end of"."""
    lower = re.sub(r"\s+", " ", (words or "").lower())
    if lower.startswith(("earlier", "later")):
        return ""  # before or after now, not the start or end of the month
    if lower.startswith(("early", "the beginning", "the start", "beginning", "start", "small")):
        return "start"
    if lower.startswith(("late", "the end", "end")):
        return "end"
    return "mid" if lower.startswith(("mid", "the middle")) else ""


def bound_of(words: str | None) -> Modifier:
    """Return what words before a count make of it: "about", "at least"."""
    lower = re.sub(r"\s+", " ", (words or "").lower())
    if lower in ("about", "around", "roughly", "approximately", "some", "just under", "just over", "nearly", "almost"):
        return "about"
    if lower in ("less than", "at most", "up to", "no more than", "within", "under", "as much as"):
        return "less"
    return "more" if lower in ("more than", "at least", "over") else ""


def read_clock(words: str) -> str | None:
    """Return hours and minutes of a clock; None for one that no clock shows."""
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


def read_half(words: str, part: str) -> str | None:
    """Return a clock of twelve hours in a part of the day: "3:40", "afternoon" is 15:40; None for any other clock."""
    hour = int(re.split("[:.]", words)[0])
    if hour > 12:
        return None
    early = part.lower() == "morning" or (part.lower() == "night" and (hour < 6 or hour == 12))
    return read_clock(f"{words} {'a' if early else 'p'}")
