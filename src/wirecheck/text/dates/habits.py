"""What comes back: "every Monday", "daily", "twice a year"."""

from __future__ import annotations

import re

from wirecheck.text.dates.calendar import calendar, day_part
from wirecheck.text.dates.context import Context, Found, Match, Rule, duration_of
from wirecheck.text.dates.expression import express
from wirecheck.text.dates.words import MONTH_FULL, SEASON, UNIT, WEEKDAY
from wirecheck.text.words import end_before

_SETS = {
    "daily": "XXXX-XX-XX", "weekly": "P1W", "monthly": "P1M", "yearly": "P1Y", "annually": "XXXX", "hourly": "PT1H",
    "nightly": "XXXX-XX-XXTNI", "semiannually": "P6M", "biweekly": "P2W",
}  # fmt: skip
_PAPER_BEHIND = re.compile(r"\s(?:newspaper|paper|magazine|column)")


def _read_set_unit(context: Context, match: Match) -> Found:
    word = match[2].lower()
    known = calendar()
    if word in known["weekdays"]:
        return express(match, "set", f"XXXX-WXX-{known['weekdays'][word]}")
    if word in known["months"]:
        return express(match, "set", f"XXXX-{known['months'][word]:02d}")
    if word in known["seasons"]:
        return express(match, "set", f"XXXX-{known['seasons'][word]}")
    if word in known["day_parts"]:
        return express(match, "set", f"XXXX-XX-XXT{day_part(word)}")
    count = "2" if (match[1] or "").lower() == "other" else "1"
    start = match.start(2) if match[0].lower().startswith("per ") else match.start()
    return express(match, "set", duration_of(count, word), start=start)


def _read_set_word(context: Context, match: Match) -> Found:
    word = match[1].lower()
    if context.text[match.start()].isupper():
        end = end_before(context.text, match.start(), " \"“‘'(")
        if end and context.text[end - 1] not in ".!?\n:":
            return None
    if word in ("daily", "weekly", "monthly") and _PAPER_BEHIND.match(context.text, match.end()):
        return None
    return express(match, "set", _SETS[word])


def _read_set_article(context: Context, match: Match) -> Found:
    return express(match, "set", duration_of("1", match[1].split()[-1]), group=1)


RULES = (
    Rule(
        rf"(?i)\b(?:every|each|per)\s(?:(other|single)\s)?({UNIT}|{WEEKDAY}|{MONTH_FULL}|morning|afternoon|evening|night|{SEASON})\b",
        _read_set_unit,
        needs=("every", "each", "per"),
    ),
    Rule(
        rf"(?i)\b({'|'.join(_SETS)})\b",
        _read_set_word,
        needs=("ly",),
    ),
    Rule(
        r"(?i)(?:\b(?:times|percent|dollars|cents|%|million|billion|once|twice|thousand|people|barrels|tons|hours|days|weeks|\d)\s)(an?\s(?:year|month|week|day|hour|minute))\b(?!\s(?:ago|earlier|later|before|after|old))",
        _read_set_article,
        group=1,
    ),
)
