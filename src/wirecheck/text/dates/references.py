"""Holidays, and words for the past, the present and the future that name no day."""

from __future__ import annotations

import re

from wirecheck.text.dates.calendar import calendar, holiday_date
from wirecheck.text.dates.context import Context, Found, Match, Rule
from wirecheck.text.dates.expression import express
from wirecheck.text.dates.words import YEAR

_HOLIDAYS = "|".join(
    re.escape(name).replace("'", "['’]") for name in sorted(calendar()["holidays"], key=lambda n: (-len(n), n))
)


def _read_now(context: Context, match: Match) -> Found:
    lead = match[0].lower().startswith(("until", "by"))
    return express(match, "date", "PRESENT_REF", start=match.end() - len("now") if lead else None)


def _read_current(context: Context, match: Match) -> Found:
    return express(match, "date", "PRESENT_REF" if match[0] == "current" else "PAST_REF")


def _read_past(context: Context, match: Match) -> Found:
    return express(match, "date", "PAST_REF", start=_behind_in(match))


def _read_future(context: Context, match: Match) -> Found:
    if match[0].lower() == "soon" and re.search(r"\bas\s$", context.before(match.start(), 4)):
        return None
    return express(match, "date", "FUTURE_REF", start=_behind_in(match))


def _behind_in(match: Match) -> int:
    return match.start() + (len("in ") if match[0].lower().startswith("in ") else 0)


def _read_holiday(context: Context, match: Match) -> Found:
    if not context.text[match.start()].isupper():
        return None
    name = match[1].lower().replace("’", "'")
    rule = calendar()["holidays"][name]
    if match[2]:
        year = int(match[2])
    elif context.day is not None:
        near = [
            (abs((found - context.day).days), y)
            for y in (context.day.year - 1, context.day.year, context.day.year + 1)
            if (found := holiday_date(rule, y)) is not None
        ]
        year = min(near, default=(0, context.day.year))[1]
    else:
        return express(match, "date", f"XXXX-{rule}" if re.fullmatch(r"\d\d-\d\d", rule) else "")
    day = holiday_date(rule, year)
    return express(match, "date", day.isoformat() if day is not None else "")


def _read_then(context: Context, match: Match) -> Found:
    return express(match, "duration", "PXX")


RULES = (
    Rule(
        r"(?i)\b(?:right\s|until\s|by\s)?now\b(?!-|\sthat\b)|\b(?:currently|at\spresent|these\sdays|at\sthe\smoment|nowadays|the\spresent|at\sthis\stime)\b",
        _read_now,
    ),
    Rule(r"\b(?:current|recent)\b(?!\s(?:account|accounts|events|tense|ly))", _read_current),
    Rule(
        r"(?i)\b(?:recently|(?:in\s)?the\spast|lately|formerly|most\srecently)\b(?!\s(?:two|three|four|five|six|seven|eight|nine|ten|year|month|week|few|several|decade|century|\d))",
        _read_past,
    ),
    Rule(
        r"(?i)\b(?:soon|(?:in\s)?the\s(?:near\s|foreseeable\s)?future|in\sthe\sfuture)\b(?!\safter)",
        _read_future,
    ),
    Rule(rf"(?i)\b({_HOLIDAYS})(?:,?\s(?:in\s|of\s)?({YEAR}))?\b", _read_holiday),
    Rule(r"\b(?:a\swhile|some\stime|a\slong\stime)\b", _read_then),
)
