"""Lengths of time, and dates that lie a length of time away: "for three weeks", "two years ago", "hours after"."""

from __future__ import annotations

import math
import re

from wirecheck.text.dates.calendar import HALVES, calendar, follow, plus, singular
from wirecheck.text.dates.context import Context, Found, Match, Rule, and_a_half, count_of, duration_of
from wirecheck.text.dates.expression import express
from wirecheck.text.dates.words import APPROX, COUNT, UNITS, bound_of


def _read_ago(context: Context, match: Match) -> Found:
    count_words, unit, word = match[2], singular(match[3]), re.sub(r"\s+", " ", match[5].lower())
    if word in ("old", "older", "younger", "into", "since"):
        return None
    count = count_of(count_words)
    if match[4] or re.search(r"\sand\sa\shalf\s", match[0]):
        count = and_a_half(count)
    end = match.end(3 if match[4] is None else 4)
    modifier = bound_of(match[1])
    if word in ("before", "after", "following", "prior", "afterwards", "afterward"):
        return express(
            match,
            "duration",
            duration_of(count, unit),
            end=end,
            relative="before" if word in ("before", "prior") else "after",
            modifier=modifier,
        )
    if word == "later":
        return express(match, "date", context.later(count, unit), end=match.end(), relative="after", modifier=modifier)
    if word in ("earlier", "previously"):
        if unit == "year" and count == "1":
            if not (context.quarter or context.finance) and context.last[:1].isdigit():
                return express(match, "date", follow(context.last, "year", -1), relative="before")
            return express(match, "date", context.year_ago(), relative="before")
        return express(
            match, "date", context.later(count, unit, -1), end=match.end(), relative="before", modifier=modifier
        )
    sign = 1 if word in ("from now", "hence") else -1
    if count == "X":
        return express(match, "date", "PAST_REF" if sign < 0 else "FUTURE_REF")
    if unit == "year" and count == "1" and (context.quarter or context.finance):
        return express(match, "date", context.year_ago())
    if unit == "year" and float(count) != int(float(count)) and context.day is not None:
        months = int(float(count) * 12)
        return express(match, "date", context.shift("month", sign * months)[:4], modifier=modifier or "about")
    value = context.shift(unit, sign * int(float(count)) if float(count) >= 1 else 0)
    if unit in ("second", "minute", "hour"):
        value = plus(context.day, 0)
        if context.anchor is not None and context.anchor.hour and unit == "hour":
            hours = sign * float(count) + context.anchor.hour + context.anchor.minute / 60
            value = plus(context.anchor.date(), math.floor(hours / 24)) if abs(hours) < 1e5 else value
    return express(match, "date", value, modifier=modifier)


def _read_bare_ago(context: Context, match: Match) -> Found:
    unit, word = singular(match[1]), match[2].lower()
    value = duration_of("X", unit)
    if word in ("before", "after", "afterwards", "afterward"):
        return express(match, "duration", value, group=1, relative="before" if word == "before" else "after")
    if word == "later":
        return express(match, "duration", value, relative="after")
    if word == "earlier":
        return express(match, "duration", value, relative="before")
    return express(match, "date", "PAST_REF" if word == "ago" else "FUTURE_REF")


def _read_duration(context: Context, match: Match) -> Found:
    approx, lead, count_words, unit = match[1], (match[2] or "").lower(), match[3], singular(match[4])
    count = count_of(count_words)
    plain = count_words.lower()
    hyphen = context.text[match.end(3) : match.end(3) + 1] == "-"
    if unit == "quarter" and re.fullmatch(r"[12]\d{3}", count):
        return None
    if plain == "a" and not (approx or lead or match[5] or (match[6] and "or" in match[6])):
        return None
    if unit == "quarter" and (hyphen or plain in ("three", "3", "one", "a")) and not lead:
        return None
    if unit in ("second", "century") and hyphen:
        return None
    if match[5]:
        count = and_a_half(count)
    first_word = match[0].split()[0].lower()
    start = match.start()
    if first_word in ("its", "his", "her", "their", "some"):
        start = match.start(2) if match[2] else match.start(3)
    if first_word == "over" and not re.match(r"over\s(?:an?|\d|one|two|three)\b", match[0], re.IGNORECASE):
        start = match.start() + 5
    if hyphen and not lead and re.compile(r"(?:the|these|those|an?)\s", re.IGNORECASE).match(context.text, start):
        start = match.start(3)
    end = match.end(4) if (match[6] or "").lower() == " long" else match.end()
    opens = re.search(r"(?:^|[.,;]\s|\bthat\s)$", context.before(match.start(), 6))
    if plain == "one" and unit == "day" and not lead and not hyphen and not approx and opens:
        return express(match, "date", "FUTURE_REF")
    modifier = bound_of(approx) if start <= match.start() else ""
    if plain.startswith("half") and unit in HALVES:
        return express(match, "duration", HALVES[unit], start=start, end=end, modifier=modifier)
    if match[6] and match[6].strip() == "or so":
        modifier = "about"
    return express(match, "duration", duration_of(count, unit), start=start, end=end, modifier=modifier)


def _read_half_duration(context: Context, match: Match) -> Found:
    return express(match, "duration", duration_of(and_a_half(count_of(match[1])), match[2]))


def _read_half_hour(context: Context, match: Match) -> Found:
    return express(match, "duration", HALVES[match[1].lower()])


def _read_recent_units(context: Context, match: Match) -> Found:
    start = match.start(1) if match[0].lower().startswith(("in ", "over")) else match.start()
    if match[0].lower().startswith("over the"):
        start = match.start() + 5
    return express(match, "duration", duration_of("X", match[2]), start=start)


def _read_bare_units(context: Context, match: Match) -> Found:
    return express(match, "duration", duration_of("X", match[1].split()[-1]), group=1)


def _read_a_unit(context: Context, match: Match) -> Found:
    words = match[1].split()
    unit = next(w for w in words if w.lower() in calendar()["units"]).lower()
    if words[0].lower() == "half":
        return express(match, "duration", HALVES.get(unit) or duration_of("0.5", unit), group=1)
    lead = context.text[match.start() : match.start(1)].strip().lower()
    start = match.start() if lead in ("over", "under", "about", "almost", "nearly", "within") else match.start(1)
    return express(match, "duration", duration_of("1", unit), start=start, end=match.end(1), modifier=bound_of(lead))


RULES = (
    Rule(
        rf"(?i)\b(?:({APPROX})\s)?({COUNT}|that\smany|some)\s(?:(?:and\sa\shalf|or\smore|or\sso|more)\s)?({UNITS})(\sand\sa\shalf)?\s(ago|earlier|later|before|previously|from\snow|hence|afterwards?|prior|after|following|since|into|old|older|younger)\b",
        _read_ago,
    ),
    Rule(
        r"(?i)\b(seconds|minutes|hours|days|weeks|months|years|decades|centuries)\s(ago|earlier|later|before|after|from\snow|afterwards?)\b",
        _read_bare_ago,
        needs=("ago", "earlier", "later", "before", "after", "from"),
    ),
    Rule(
        rf"(?i)\b(?:({APPROX})\s)?(?:(?:the|these|those|its|his|her|their)\s)?(?:(last|past|next|first|final|latest|coming|previous|preceding|following|recent|additional|another)\s)?({COUNT})(?:\s|-)(?:(?:more|additional|full|consecutive|straight|trading|business|working|calendar|fiscal|further|solid|whole|long)\s)?({UNITS})\b(?!-old|\sold\b)(\sand\sa\shalf)?(-long|\slong\b|\speriod\b|\sor\sso\b|\sor\smore\b|\sor\stwo\b)?",
        _read_duration,
    ),
    Rule(rf"(?i)\b({COUNT})\sand\s(?:a\s|one-)half\s({UNITS})\b", _read_half_duration, needs=("half",)),
    Rule(r"(?i)\bhalf[-\s](?:an?[-\s])?(hour|day|year|decade|century)\b", _read_half_hour, needs=("half",)),
    Rule(
        r"(?i)\b(?:(?:the|over\sthe|in)\s)?(recent|past|coming|previous|last|early(?!\shours)|next)\s(days|weeks|months|years|decades|quarters|hours|centuries)\b",
        _read_recent_units,
    ),
    Rule(
        r"(?i)\b(?:for|in|after|within|over|lasted|took|takes|last|spent|through|throughout|across|spanning|of|many|since|two|three|been|by|hours,|weeks\sor|days\sor)\s((?:minutes|hours|days|weeks|months|years|decades|centuries)(?:\sor\s(?:days|weeks|months|years))?)\b(?!\s(?:of\sage|old))",
        _read_bare_units,
        group=1,
    ),
    Rule(
        r"(?i)\b(?:(?:for|in|within|over|under|about|almost|nearly|only|just|than|of|another|lasted|took|after|least|every)\s)((?:an?|half\san?|one)\s(?:second|minute|hour|day|week|month|year|decade|century)(?:\sor\s(?:two|so|more))?)\b(?!\s(?:ago|earlier|later|before|old|in|when))",
        _read_a_unit,
        group=1,
    ),
)
