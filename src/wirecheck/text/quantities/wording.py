"""Amounts that are words: ranks, vague counts, and the words of bound around a number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache

from wirecheck.text.gazetteer import load_list
from wirecheck.text.quantities.amount import Amount, Bound, amount_at
from wirecheck.text.quantities.units import DURATIONS, either

_NO_RANK = re.compile(
    r"[-\s]+(?:lad(?:y|ies)|aid|name|names|hand|degree|degrees|class|century|centuries|amendment|minister|sight|responders?|place\b|glance|light|and\s+foremost|thing|thought)\b",
    re.IGNORECASE,
)
_FIRST_IDLE = re.compile(r"\b(?:at|from\s+the|in\s+the|a)\s+$", re.IGNORECASE)
_SMALL_VAGUE = frozenset(("a couple of", "a couple", "a few", "several", "a handful of"))
_SCALED = re.compile(r"\s+(dozen|hundred|thousand|lakh|million|crore|billion|trillion)\b(?!s)", re.IGNORECASE)
_COUNTED = re.compile(r"\s+(?:of|more|dozen|years|weeks|days|hours|months|times)\b")


@cache
def _ordinal_pattern() -> re.Pattern[str]:
    tens = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
    words = either(load_list("numbers")["ordinals"])
    return re.compile(
        rf"(?<![\w-])(?:(\d{{1,3}}(?:,\d{{3}})*)(st|nd|rd|th)|(?:({tens})[-\s])?({words}))(?![\w])", re.IGNORECASE
    )


def find_ordinals(text: str) -> Iterator[Amount]:
    data = load_list("numbers")
    for match in _ordinal_pattern().finditer(text):
        start, end = match.span()
        if match[1] is not None:
            value = float(match[1].replace(",", ""))
        else:
            value = float(data["ordinals"][match[4].lower()]) + (data["cardinals"][match[3].lower()] if match[3] else 0)
        if _NO_RANK.match(text, end) or text[end : end + 1] == "-":
            continue
        if value == 1 and _FIRST_IDLE.search(text[max(0, start - 9) : start]):
            continue
        yield amount_at(start, end, value, kind="ordinal", raw=value)


@cache
def _vague_pattern() -> re.Pattern[str]:
    words = either(load_list("numbers")["vague"]).replace(r"\ ", r"\s+")
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)


def find_vague(text: str) -> Iterator[Amount]:
    """Yield counts without a number: "dozens of", "several hundred"."""
    data = load_list("numbers")
    for match in _vague_pattern().finditer(text):
        start, end = match.span()
        words = re.sub(r"\s+", " ", match.group().lower())
        low, high = data["vague"][words]
        scaled = _SCALED.match(text, end) if words in _SMALL_VAGUE else None
        if scaled is not None:
            factor = {"dozen": 12, **data["scales"]}[scaled[1].lower()]
            end, low = scaled.end(), low * factor
            if words.startswith("a couple"):
                high = 3 * factor
            else:
                high = (high + (words != "several")) * factor - 1
        elif words in ("scores", "a couple") and not _COUNTED.match(text, end):
            continue
        yield amount_at(start, end, float(low), float(high), bound="range", raw=float(low))


@cache
def _bounds() -> tuple[re.Pattern[str], re.Pattern[str], Mapping[str, Bound]]:
    """Return what stands before and what behind a number, and the bound that each of the words is."""
    before, after = (
        {w: b for b, ws in load_list("numbers")[k].items() for w in ws} for k in ("bounds", "bounds_after")
    )
    first = re.compile(
        rf"(?:(?<!\w)(?:{either(before)}))(?:\s+(?:the|a|an|about|some|another|an additional))?[ \u00a0]?$",
        re.IGNORECASE,
    )
    words = sorted(after, key=lambda w: (-len(w), w))
    ends = "|".join(re.escape(w) + (r"(?![^\W_])" if w[-1].isalpha() else "") for w in words)
    return first, re.compile(rf"\s*({ends})", re.IGNORECASE), before | after


def add_bounds(text: str, amount: Amount) -> Amount:
    """Return an amount with the words of bound around it: "at least", "or more"."""
    if amount.kind in ("score", "ordinal"):
        return amount
    first, second, kinds = _bounds()
    start, end, bound = amount.start, amount.end, amount.bound
    before = first.search(text, max(0, start - 32, text.rfind("\n", 0, start) + 1), start)
    if before is not None:
        words = re.sub(r"\s+", " ", before.group().strip().lower())
        if words not in kinds:
            words = re.sub(r" (?:the|a|an|about|some|another|an additional)$", "", words)
        lasts = amount.unit in DURATIONS and amount.kind == "measure"  # "over two days", "under a year"
        if words in kinds and not (lasts and words in ("over", "under")):
            start = before.start()
            bound = kinds[words] if bound != "range" else bound
    after = second.match(text, amount.core_end) if bound == "exact" else None
    if after is not None:
        words = after[1].lower()
        joins = words.startswith("and ") and re.match(r"\s+[a-z]", text[after.end() :])  # "walked 5 miles and over the"
        apart = words in ("+", "plus") and after.start(1) != amount.core_end
        if not joins and not apart:
            bound, end = kinds[words], after.end()
    return replace(amount, start=start, end=end, bound=bound)
