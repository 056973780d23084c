"""Clock times and parts of a day: "about 4:30 p.m. EDT", "noon", "late yesterday", "in the early hours"."""

from __future__ import annotations

import re

from wirecheck.text.dates.calendar import day_part, plus
from wirecheck.text.dates.context import Context, Found, Match, Rule
from wirecheck.text.dates.expression import express
from wirecheck.text.dates.words import (
    CLOCK,
    DAY,
    DAY_NAMED,
    HOUR,
    MONTH_ANY,
    PART,
    WEEKDAY,
    ZONE,
    edge_of,
    read_clock,
    read_half,
)
from wirecheck.text.numbers import find_numbers

_HALF_BEHIND = re.compile(r"\s(?:in\sthe|at)\s(morning|afternoon|evening|night)\b", re.IGNORECASE)


def _read_clock(context: Context, match: Match) -> Found:
    value = read_clock(match[2])
    if value is None:
        return None
    marked = re.search(r"[apAP]\.?[mM]|hrs|hours", match[2]) or match[3]
    told = None if marked else _HALF_BEHIND.match(context.text, match.end(2))
    if told is not None:
        value, marked = read_half(match[2], told[1]) or value, told
    if (
        not marked
        and not match[5]
        and not re.search(
            r"\b(?:at|around|about|by|from|until|before|after|between|and|to)\s$",
            context.before(match.start(2), 8),
        )
    ):
        return None
    day = context.day_word(match[5], match.start()) if match[5] else context.day_ahead(match.end())
    clock = f"{day or context.last_day()}T{value}"
    return express(
        match,
        "time",
        context.zoned(clock, match[3], match.start(2), is_told=bool(day)),
        start=match.start(1 if (match[1] or "").lower() in ("around", "about") else 2),
        modifier="about" if match[1] in ("around", "about") else "",
    )


def _read_spelt_clock(context: Context, match: Match) -> Found:
    lead, clock, told = (match[1] or "").lower(), match[3], match[4]
    led = context.before(match.start(), 4).lower()
    if (clock is None and (told is None or not lead)) or (told is None and led.endswith("the ")):
        return None  # "killed five in the evening", "the six o'clock news"
    hour = f"{find_numbers(match[2])[0].value:.0f}"
    value = read_half(hour, told.split()[-1]) if told is not None else read_clock(hour)
    if value is None:
        return None
    return express(
        match,
        "time",
        f"{context.day_ahead(match.end()) or context.last_day()}T{value}",
        start=match.start(2 if lead in ("", "at", "by", "until") else 1),
        modifier="" if lead in ("", "at", "by", "until") else "about",
    )


def _read_weekday_clock(context: Context, match: Match) -> Found:
    value = read_clock(match[3])
    day = context.day_word(match[1], match.start())
    if value is None:
        return None
    value = context.zoned(f"{day}T{value}", match[4], match.start(3), is_told=True)
    return express(match, "time", value)


def _read_noon(context: Context, match: Match) -> Found:
    day = context.day_word(match[4], match.start()) if match[4] else context.last_day()
    clock = "24:00" if match[2] == "midnight" else "12:00"
    if match[2] == "midnight" and re.compile(r"-|\s(?:blue|oil)").match(context.text, match.end()):
        return None
    return express(
        match,
        "time",
        context.zoned(f"{day}T{clock}", match[3], match.start(2), is_told=bool(match[4])),
        start=match.start(1 if match[1] in ("around", "about") else 2),
        modifier="about" if match[1] in ("around", "about") else "",
    )


def _read_deictic(context: Context, match: Match) -> Found:
    word = match[2].lower()
    days = {"yesterday": -1, "today": 0, "tomorrow": 1, "tonight": 0, "overnight": 0}[word]
    if (
        context.text[match.start(2)].isupper()
        and re.compile(r"\s(?:show|program)\b|['’]s\s[A-Z]").match(context.text, match.end())
    ) or re.search(r"\b(?:USA|the\s[\"“'‘])\s?$", context.before(match.start(), 6)):
        return None
    day = plus(context.day, days)
    if word in ("tonight", "overnight"):
        return express(match, "time", f"{day}TNI")
    if match[3]:
        return express(match, "time", f"{day}T{day_part(match[3])}", modifier=edge_of(match[1]))
    return express(match, "date", day, modifier=edge_of(match[1]))


def _read_part_deictic(context: Context, match: Match) -> Found:
    day = context.day_word(match[2], match.start())
    if match[1].lower() in ("early", "late"):
        return express(match, "date", day, modifier=edge_of(match[1]))
    return express(match, "time", f"{day}T{day_part(match[1])}", modifier="mid")


def _read_this_part(context: Context, match: Match) -> Found:
    word, part = match[2].lower(), day_part(match[3])
    if word == "the":
        if match[4] is None:
            return None
        return express(match, "time", f"{context.day_word(match[4], match.start())}T{part}")
    if word == "this" or (word == "last" and part == "NI"):
        day = plus(context.day, 0 if word == "this" else -1)
    else:
        day = context.last_day()
    return express(match, "time", f"{day}T{part}", modifier=edge_of(match[1]))


def _read_in_part(context: Context, match: Match) -> Found:
    if match[2] == "hours" and not match[1]:
        return None
    part = day_part(match[2])
    day = context.day_word(match[3], match.start()) if match[3] else context.last_day()
    return express(
        match,
        "time",
        f"{day}T{part}",
        start=match.start() + len("in "),
        modifier=edge_of((match[1] or "").strip()) or ("start" if match[1] else ""),
    )


def _read_dawn(context: Context, match: Match) -> Found:
    part = "EV" if match[1] in ("dusk", "sunset") else "MO"
    return express(match, "time", f"{context.last_day()}T{part}", group=1)


RULES = (
    Rule(
        rf"(?:\b(?:at\s)?(around|about|shortly\s(?:before|after)|just\s(?:before|after)|before|after|by)\s)?(?<![\d.$£€])({CLOCK})({ZONE})?(?:,?\s(?:on\s|local\stime\s(?:on\s)?)?(?:(last|next|this)\s)?({DAY_NAMED})(?!\w)(?:\s({PART}))?)?",
        _read_clock,
    ),
    # ten o'clock; shortly after five in the evening
    Rule(
        rf"(?i)\b(?:(at|by|until|around|about|(?:shortly|just)\s(?:before|after))\s)?({HOUR})(\so['’]clock)?(\s(?:in\sthe\s(?:morning|afternoon|evening)|at\snight))?(?!\w)",
        _read_spelt_clock,
        needs=("clock", "in the", "at night"),
    ),
    Rule(
        rf"\b({WEEKDAY}|[Yy]esterday|[Tt]oday|[Tt]omorrow)(?:\s({PART}))?\sat\s(?:(?:around|about)\s)?({CLOCK})({ZONE})?",
        _read_weekday_clock,
    ),
    Rule(
        rf"(?:\b(around|about|shortly\s(?:before|after)|just\s(?:before|after))\s)?\b(noon|midday|midnight)\b({ZONE})?(?:,?\s(?:on\s)?({DAY_NAMED})(?!\w))?",
        _read_noon,
        needs=("noon", "midday", "midnight"),
    ),
    Rule(
        rf"(?i)\b(?:(early|earlier|late|later)\s)?(today|yesterday|tomorrow|tonight|overnight)\b(?:\s({PART}))?",
        _read_deictic,
        needs=("today", "yesterday", "tomorrow", "tonight", "overnight"),
    ),
    Rule(
        r"(?i)\b(mid-?(?:morning|afternoon)|early|late)\s(today|yesterday|tomorrow)\b",
        _read_part_deictic,
        needs=("today", "yesterday", "tomorrow"),
    ),
    Rule(
        rf"(?i)\b(?:(early|earlier|late|later)\s)?(this|that|last|the\ssame|the\sprevious|the\snext|the\sfollowing|the)\s({PART})\b(?:\sof\s({WEEKDAY}|{MONTH_ANY}\s{DAY}))?",
        _read_this_part,
    ),
    Rule(
        rf"\b[Ii]n\sthe\s((?:early|late|small)\s)?(morning|afternoon|evening|hours)(?:\sof\s(?:the\smorning\sof\s)?({WEEKDAY})|\sof\sthe\smorning)?",
        _read_in_part,
    ),
    Rule(
        r"\b(?:at|before|around|after)\s(dawn|dusk|daybreak|sunrise|sunset)\b",
        _read_dawn,
        needs=("dawn", "dusk", "daybreak", "sunrise", "sunset"),
    ),
)
