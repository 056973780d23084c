"""Years, decades and centuries: "in 1989", "1989-92", "the late '80s", "the 19th century"."""

from __future__ import annotations

import re

from wirecheck.text.dates.calendar import NUMBERS, part_of_year, whole_year
from wirecheck.text.dates.context import Context, Found, Match, Rule
from wirecheck.text.dates.expression import express
from wirecheck.text.dates.words import EDGE_OF, SMALL, YEAR, edge_of
from wirecheck.text.number_tokens import heads_groups
from wirecheck.text.numbers import find_numbers

_DECADES = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")
_CENTURIES = {
    "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty-first": 21,
}  # fmt: skip
_OF_SOMEBODY = re.compile(r"\b(?:his|her|their|my|your)\s(?:early|mid|late)?[-\s]?$|\bour\s$", re.IGNORECASE)
_OF_WEATHER = re.compile(r"\b(?:temperatures?|highs?|lows?)\b", re.IGNORECASE)
_LEADS_YEAR = re.compile(
    r"\b(?:in|since|until|by|from|to|through|of|during|before|after|for|late|early|mid|between|than|and|the|till|around|circa|election|season|year)[\s(]+$",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\s+(?:people|men|women|troops|soldiers|jobs|homes|houses|employees|workers|students|miles|kilomet\w+|met(?:er|re)s|feet|dollars|euros|pounds|tons|tonnes|acres|shares|votes|points|barrels|others|more)\b"
)
"""What a number of four digits counts."""
_OF_A_YEAR = re.compile(
    r"\s+(?:was|is|has|elections|games|finals|championships|olympics|results|earnings|sales|profits)\b"
)
_OF_ONE_YEAR = re.compile(
    r"\s+(?:was|elections|games|finals|olympics|championships|results|earnings|sales|profits|has|is|this|protests|riots|polls|campaigns|primaries|midterms|attacks|figures|levels|losses|taxes|returns|models|borders)\b"
)
"""Words in -s behind a year that are of that year, and not so many of them."""
_LEADS_NUMBER = re.compile(
    r"\b(?:about|some|over|nearly|almost|roughly|least|approximately|up\sto|most|number|No\.|No|Flight|Room|Route|Highway|Box|at)\s$",
    re.IGNORECASE,
)
_LEADS_SHORT_YEAR = re.compile(
    r"\b(?:in|of|since|class\sof|from|to|summer|spring|winter|fall|and|the)\s$", re.IGNORECASE
)


def _read_fiscal_year(context: Context, match: Match) -> Found:
    return express(match, "date", whole_year(match[1].lstrip("'"), turns=60))


def _read_decade(context: Context, match: Match) -> Found:
    modifier = edge_of(match[1] or match[2])
    if match[3]:
        return express(match, "date", match[3][:3], modifier=modifier)
    if _OF_SOMEBODY.search(context.before(match.start(), 12)):
        return None
    if match[4]:
        around = context.text[max(0, match.start() - 40) : match.end() + 5]
        if not re.search(r"the\b|['’]", match[0]) or _OF_WEATHER.search(around):
            return None
        return express(match, "date", f"19{match[4][0]}", modifier=modifier)
    if "the" not in match[0].lower() and not modifier:
        return None
    return express(match, "date", f"19{2 + _DECADES.index(match[5].lower())}", modifier=modifier)


def _read_century(context: Context, match: Match) -> Found:
    number = _CENTURIES[match[4].lower()] if match[4] else int(match[3])
    return express(match, "date", f"{number - 1:02d}", modifier=edge_of(match[1] or match[2]))


def _read_year_span(context: Context, match: Match) -> Found:
    first, second = int(match[1]), match[2]
    whole = int(second) if len(second) == 4 else int(match[1][:2] + second)
    if not first < whole <= first + 400 or (len(second) == 2 and whole - first > 15):
        return None
    if " and " in match[0] and not match[0].startswith("between"):
        return None
    if match[0].startswith(("from", "between")) or len(second) == 4:
        if context.text[match.end(1)] in "-–":
            return express(match, "duration", f"P{whole - first}Y", start=match.start(1))
        return express(match, "date", match[1], group=1)  # two dates: the second is found on its own
    return express(match, "date", match[1], start=match.start(1))


def _read_edge_year(context: Context, match: Match) -> Found:
    return express(match, "date", match[3], modifier=edge_of(match[1] or match[2]))


def _read_the_year(context: Context, match: Match) -> Found:
    if match[1] and match[1].isdigit():
        return express(match, "date", match[1])
    numbers = find_numbers(match[1] or match[2])
    if match[1]:
        return express(match, "date", f"{numbers[0].value:.0f}") if numbers else None
    if not numbers or numbers[0].value < 10 or numbers[0].end < len(match[2]):
        return None
    century = 19 if match[0].startswith("nineteen") else 20
    return express(match, "date", f"{century}{numbers[0].value:02.0f}")


def _read_year(context: Context, match: Match) -> Found:
    year = match[1]
    start, end = match.span(1)
    if heads_groups(context.text, start, end):
        return None
    if match[4]:
        return express(match, "date", f"{year}-{part_of_year(match[4])}{NUMBERS[match[3]]}")
    if match[2]:
        return express(match, "date", f"{year}{context.quarter[4:]}" if match[2] == "quarter" else year)
    before = context.before(start, 18)
    after = context.text[end : end + 24]
    if _LEADS_YEAR.search(before):
        counted = re.search(r"\b(?:than|for)\s$", before) and re.match(r"\s+[a-z]+s\b", after)
        if _COUNTED.match(after) or (counted and not _OF_A_YEAR.match(after)):
            return None
    elif re.match(r"\s+[a-z]{3,}s\b", after) and not _OF_ONE_YEAR.match(after):
        if not re.search(r"[(,–—]\s?$", before):
            return None
    elif _LEADS_NUMBER.search(before) or (int(year) < 1700 and not re.search(r"[(,]\s?$", before)):
        return None
    return express(match, "date", year, start=start)


def _read_short_year(context: Context, match: Match) -> Found:
    if not _LEADS_SHORT_YEAR.search(context.before(match.start(), 10)):
        return None
    return express(match, "date", whole_year(match[1], turns=40))


RULES = (
    Rule(
        rf"\b(?:the\s)?(?:fiscal(?:\syear)?|FY|calendar)\s?({YEAR}|'?\d\d)\b",
        _read_fiscal_year,
        needs=("fiscal", "fy", "calendar"),
    ),
    Rule(
        r"(?i)\b(?:(early|mid|late)[-\s])?(?:the\s)?(?:(early|mid|late)[-\s])?(?:(1\d\d0|20\d0)s|'?([2-9]0)s|(twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties))\b",
        _read_decade,
        needs=("0s", "ties"),
    ),
    Rule(
        r"(?i)\b(?:(early|mid|late)[-\s])?(?:the\s)?(?:(early|mid|late)[-\s])?(\d{1,2})(?:st|nd|rd|th)[-\s]century\b|\bthe\s(nineteenth|twentieth|twenty-first|eighteenth|seventeenth|sixteenth)\scentury\b",
        _read_century,
        needs=("century",),
    ),
    Rule(
        rf"(?<![\d$£€,.-])(?:(?:from|between)\s)?({YEAR})\s?(?:-|–|to|through|until|and)\s?({YEAR}|\d\d)(?![\d,%-])",
        _read_year_span,
    ),
    Rule(
        rf"(?i)\b(?:(early|late|mid|earlier|later)[-\s](?:in\s)?|({EDGE_OF})\s)({YEAR})\b",
        _read_edge_year,
    ),
    Rule(
        rf"\bthe\syear\s({YEAR}|two\sthousand(?:\sand\s{SMALL})?)\b|\b(?:nineteen|twenty)\s((?:{SMALL})(?:[-\s](?:one|two|three|four|five|six|seven|eight|nine))?)\b",
        _read_the_year,
    ),
    Rule(
        rf"(?<![\w$£€,./-])(?:the\s(?={YEAR}\s(?:period|quarter|first|second|third|fourth)))?({YEAR})(?![\w%]|,\d|\.\d|/\d|-\d\d\b)(?:\s(period|quarter)\b|\s(first|second|third|fourth)[-\s](quarter|half)\b)?",
        _read_year,
        names_quarter=True,
    ),
    Rule(r"(?<!\w)['’](\d\d)(?!\w)(?!s\b)", _read_short_year),
)
