"""Weeks, months, quarters, seasons and years named by where they stand: "this week", "last summer", "Q3 2024"."""

from __future__ import annotations

import re

from wirecheck.text.dates.calendar import NUMBERS, calendar, follow, part_of_year
from wirecheck.text.dates.context import Context, Found, Match, Rule, count_of, duration_of
from wirecheck.text.dates.expression import Modifier, express
from wirecheck.text.dates.words import EDGE, NTH, SEASON, SMALL, YEAR, edge_of

_NEEDS_UNIT = ("past", "current", "previous", "coming", "latest")
"""Words that place a unit only without an article: "current week", not "current period"."""
_STEPS = {"last": -1, "past": -1, "previous": -1, "prior": -1, "preceding": -1, "next": 1, "following": 1, "coming": 1}


def _read_this_unit(context: Context, match: Match) -> Found:
    word, unit = match[2].lower(), match[4].lower()
    modifier = edge_of(match[1])
    if unit in ("period", "half") and word not in ("the latest", "latest", "the same"):
        return None
    dated = re.compile(r"\s(?:of\s\d|semester)").match(context.text, match.end())
    if unit == "fall" and word in ("the", "that", "past") and dated is None:
        return None
    if word in _NEEDS_UNIT and unit not in ("quarter", "year", "week", "month", "decade"):
        return None
    if match[5]:
        year = context.shift("year", -1 if "last" in word else 1 if "next" in word else 0)
        return express(match, "date", f"{year}-{part_of_year(match[6])}{NUMBERS[match[5].lower()]}")
    if word == "the":
        return _read_the_unit(context, match, unit, modifier)
    if word in ("that", "the same"):
        return _read_that_unit(context, match, word, unit)
    count = _STEPS.get(word.split()[-1], 0)
    if unit in calendar()["seasons"]:
        year = str(context.day.year + _season_shift(context.day.month, unit, count)) if context.day else "XXXX"
        value = f"{year}-{calendar()['seasons'][unit]}"
        return express(match, "date", value, modifier=modifier if context.day is not None else "")
    if unit == "weekend":
        return express(match, "date", context.weekend(count), modifier=modifier)
    if unit == "quarter" and "latest" in word:
        return express(match, "date", context.shift("quarter", -1))
    if unit == "period":
        return express(match, "date", context.quarter or context.shift("quarter", -1))
    if word in ("the past", "the last", "the next") and unit in ("week", "month", "decade", "century"):
        return express(match, "duration", duration_of("1", unit))
    if word in ("the previous", "the following") and unit in ("decade", "century"):
        return express(match, "duration", duration_of("1", unit))
    if word == "the following" and re.match(r"\d{4}", context.last):
        return express(match, "date", follow(context.last, unit))
    return express(match, "date", context.shift(unit, count), modifier=modifier)


def _read_the_unit(context: Context, match: Match, unit: str, modifier: Modifier) -> Found:
    """Return what "the week", "the weekend", "the fiscal year" mean; most of them mean none in particular."""
    if unit == "weekend":
        past = context.day is not None and context.day.isoweekday() <= 3 and context.future(match.start()) is not True
        return express(match, "date", context.weekend(-1 if past else 0))
    if unit == "quarter":
        return express(match, "date", context.quarter or context.shift("quarter", -1))
    if unit in ("year", "month", "week") and (match[1] or match[3]):
        if match[3] and match[3].lower() == "fiscal" and not match[1]:
            return express(match, "duration", "P1Y")
        return express(match, "date", context.shift(unit, 0), modifier=modifier)
    if unit in ("spring", "summer", "winter", "autumn"):
        value = f"{context.shift('year', 0)}-{calendar()['seasons'][unit]}" if context.day is not None else ""
        return express(match, "date", value, modifier=modifier)
    if unit == "year" and re.search(r"\b(?:for|of|during|throughout|in)\s$", context.before(match.start(), 11)):
        return express(match, "duration", "P1Y")
    return None


def _read_that_unit(context: Context, match: Match, word: str, unit: str) -> Found:
    last = context.last
    if unit == "year" and last:
        return express(match, "date", last[:4])
    if unit == "month" and re.match(r"\d{4}-\d\d", last):
        return express(match, "date", last[:7])
    if unit == "weekend":
        return express(match, "date", context.weekend(0))
    if word == "that":
        return None
    return express(match, "date", context.shift(unit, 0) if unit in calendar()["units"] else context.quarter)


def _season_shift(now: int, season: str, count: int) -> int:
    """Return how many years from the month `now` the last or next season is; 0 for that of this year."""
    month = {"spring": 4, "summer": 7, "fall": 10, "autumn": 10, "winter": 1}[season]
    if count < 0:
        return -1 if month >= now - 1 else 0
    return 1 if count > 0 and month <= now else 0


def _read_edge_unit(context: Context, match: Match) -> Found:
    if not re.search(r"\b(?:in|of)\b", match[0], re.IGNORECASE):
        return None
    return express(match, "date", context.shift(match[2].lower(), 0), modifier=edge_of(match[1]))


def _read_season_year(context: Context, match: Match) -> Found:
    return express(match, "date", f"{match[3]}-{calendar()['seasons'][match[2].lower()]}", modifier=edge_of(match[1]))


def _read_year_end(context: Context, match: Match) -> Found:
    return express(match, "date", context.shift("year", 0), modifier="end")


def _read_nth_quarter(context: Context, match: Match) -> Found:
    number = NUMBERS[match[2].lower()]
    letter = part_of_year(match[3])
    if letter == "H" and number > 2:
        return None
    named = re.search(rf"\b({YEAR})\b", match[0])
    lone = letter == "H" and not named and not match[4] and not match[1]
    placed = re.search(r"\b(?:in|during)\s+$", context.before(match.start(), 8))
    if lone and (
        placed is None or re.compile(r"\s(?:hour|of\b)|,?\s(?:goal|score|when)").match(context.text, match.end())
    ):
        return None
    word = match[4] or match[1] or (named[1] if named else "")
    if "year-ago" in match[0].lower() or "year-earlier" in match[0].lower():
        year = context.shift("year", -1)
    elif word and word.lower() != "the year":
        year = context.year_word(word)
    elif context.day is None:
        year = "XXXX"
    else:
        closed = number == 4 and context.day.month <= 3 and context.future(match.start()) is not True
        year = str(context.day.year - closed)
    between = context.text[match.end(2) : match.end(3)]
    hyphen = between.startswith("-") and not re.search(r"fiscal", match[0], re.IGNORECASE)  # "a third-quarter loss"
    return express(match, "date", f"{year}-{letter}{number}", start=match.start(2) if hyphen else None)


def _read_q_quarter(context: Context, match: Match) -> Found:
    if match[5]:
        return express(match, "date", f"{match[6]}-H{match[5]}")
    year = match[2] or match[3] or (str(context.day.year) if context.day is not None else "XXXX")
    return express(match, "date", f"{year}-Q{match[1] or match[4]}")


def _read_first_months(context: Context, match: Match) -> Found:
    count = count_of(match[2])
    if match[3].lower() == "quarters" and count == "2":
        return express(match, "date", f"{context.year_word(match[4])}-H1")
    return express(match, "duration", duration_of(count, match[3].lower()), end=match.end(3))


def _read_year_ago_unit(context: Context, match: Match) -> Found:
    if match[1] and context.day is not None:
        return express(match, "date", f"{context.day.year - 1}-Q{NUMBERS[match[1].lower()]}")
    return express(match, "date", context.year_ago())


RULES = (
    Rule(
        rf"(?i)\b(?:({EDGE})\s(?:in\s)?)?\b(this|last|next|the\spast|the\slast|the\snext|the\scurrent|the\sprevious|the\sprior|the\spreceding|the\sfollowing|the\scoming|the\ssame|that|past|coming|current|previous|the\slatest|latest|the)\s(?:(fiscal|financial|calendar|full|whole|entire|same|current)\s)?(week|month|year|quarter|decade|century|weekend|{SEASON}|period|half)\b(?![-\s](?:old|ago|earlier|long|end\b))(?:'s\s({NTH})[-\s](quarter|half))?(\sor\sso)?",
        _read_this_unit,
        names_quarter=True,
    ),
    Rule(rf"(?i)\b({EDGE})\s(?:in\s)?(?:the\s)?(week|month|year|decade|century)\b", _read_edge_unit),
    Rule(
        rf"(?i)\b(?:(early|late|mid)[-\s])?(?:the\s)?({SEASON})\s(?:of\s)?({YEAR})\b",
        _read_season_year,
        needs=("spring", "summer", "fall", "autumn", "winter"),
    ),
    Rule(r"(?i)\b(?:the\s)?(?:year[-\s]end|end\sof\s(?:the|this)\syear|year's\send)\b", _read_year_end),
    Rule(
        rf"(?i)\b(?:(this|last|next)\syear's\s|(?:the|its|their|a|fiscal)\s)?(?:(?:fiscal|1\d{{3}}|20\d\d|current|latest|year-ago|year-earlier)[-\s])?(first|second|third|fourth|1st|2nd|3rd|4th)(?:\s(?:fiscal|calendar))?[-\s](quarter|half)s?\b(?:\s(?:of|in)\s(?:fiscal\s)?({YEAR}|this\syear|last\syear|next\syear|the\syear))?(?:\s({YEAR})\b)?",
        _read_nth_quarter,
        names_quarter=True,
        needs=("quarter", "half"),
    ),
    Rule(
        rf"\bQ([1-4])\s?({YEAR})?\b|\b({YEAR})\s?Q([1-4])\b|\bH([12])\s({YEAR})\b",
        _read_q_quarter,
        names_quarter=True,
        needs=("q1", "q2", "q3", "q4", "h1", "h2"),
    ),
    Rule(
        rf"(?i)\b(?:the\s)?(first|last|final|latest|past)\s({SMALL}|\d+)\s(months|quarters|weeks|days|years|half)\s(?:of|in)\s({YEAR}|this\syear|last\syear|next\syear|the\syear)\b",
        _read_first_months,
    ),
    Rule(
        r"(?i)\b(?:(?:the|its)\s)?(?:year[-\s](?:ago|earlier|before|prior))(?:\s(?:(first|second|third|fourth)\s)?(quarter|period|month|half))?\b",
        _read_year_ago_unit,
        needs=("year",),
    ),
)
