"""Numbers that are one value together: ranges, scores, shares, sums of which one has the sign."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from wirecheck.text.quantities.amount import Amount, amount_at
from wirecheck.text.quantities.reading import SCALES

_DASH = re.compile(r"\s?[-‐‑–—]\s?|-?\s+to\s+|\s+or\s+")
_SCORING = re.compile(
    r"\b(?:won|win|wins|winning|lost|lose|loses|losing|beat|beats|beating|score|scored|scores|led|lead|leads|leading|trail\w*|vote[ds]?|voting|record|defeat\w*|victor\w+|draw|drew|drawn|tied?|ruling|ruled|decision|margin|by|split|knockouts?|kos?|passed|approved)\b",
    re.IGNORECASE,
)
_TO_SUM = re.compile(
    r"(?:[-‐‑–]|\s?[–—]\s|\s+to\s+)(\d+(?:\.\d+)?)\s?(mn|bn|tn|m|k|million|billion|trillion)\b(?![-‐‑]\w)"
)
_COUNTED = re.compile(r"[-\s]+[a-z]{3,}s\b")
_INDIAN = re.compile(r"(?<![^\W\d_])(lakh|lac|crore|cr)(?![^\W\d_]{2})", re.IGNORECASE)
_IN = re.compile(r"\s+(?:in|out\s+of|(?P<every>(?:in|of|out\s+of)\s+every))\s+")
_SHARED = re.compile(r"\s+(?:[a-z]+\s+){0,2}?(?:people|men|women|children|[a-z]{3,}s|of)\b")
_ODDS_END = re.compile(r"\s*(?:[.,;:)]|\s(?:chance|odds|according)\b|$)")
"""What follows odds that are of nothing told: "one in 5,000, they say"."""
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d(?!\d)")


def join_amounts(text: str, amounts: Iterable[Amount]) -> list[Amount]:
    """Return amounts with those joined that are one value.

    "£3m-4m" is a sum, "24 to 30 feet" and "between 5 and 10" are ranges, "52-3" is a score, "one in five" a share.
    """
    return _join(text, _join(text, _join_sums(text, amounts), _join_range), _join_share)


def _join(text: str, amounts: Iterable[Amount], joiner: Callable[[str, Amount, Amount], Amount | None]) -> list[Amount]:
    found: list[Amount] = []
    for amount in amounts:
        joined = joiner(text, found[-1], amount) if found else None
        if joined is None:
            found.append(amount)
        else:
            found[-1] = joined
    return found


def _join_sums(text: str, amounts: Iterable[Amount]) -> list[Amount]:
    """Join sums of which only the first has the sign of the money: "£3m-4m", "£3-4bn", "$300m to 400m".

    "From £3m to 4m" are two sums.
    """
    found: list[Amount] = []
    for amount in amounts:
        if found and amount.core_start < found[-1].core_end:
            continue
        found.append(amount)
        match = _TO_SUM.match(text, amount.core_end) if amount.kind == "money" and amount.bound == "exact" else None
        if match is None or text[amount.core_start].isdigit():
            continue
        factor = SCALES[match[2]]
        high = float(match[1]) * factor
        if text[max(0, amount.core_start - 5) : amount.core_start].lower() == "from ":
            start, end = match.start(1), match.end()
            found.append(replace(amount, start=start, core_start=start, end=end, core_end=end, low=high, high=high))
            continue
        low = amount.low * factor if amount.low < 1000 else amount.low
        if low < high:
            found[-1] = replace(amount, core_end=match.end(), end=match.end(), low=low, high=high, bound="range")
    return found


def _join_range(text: str, left: Amount, right: Amount) -> Amount | None:
    between = text[left.core_end : right.core_start]
    if len(between) > 7 or not between:
        return None
    lead = text[max(0, left.core_start - 9) : left.core_start].lower()
    if re.fullmatch(r"\s+and\s+", between) and re.search(r"\bbetween\s$", lead):
        return _range(text, left, right, left.core_start - len("between "))
    if _DASH.fullmatch(between) is None or (left.unit and right.unit and left.unit != right.unit):
        return None
    if right.unit == "percent" and text.endswith(("point", "points"), left.core_start, left.core_end):
        return None  # "fell three-tenths of a percentage point to 4.7 percent"
    if "or" in between and not (right.low - left.low <= 2 and left.low < right.low and right.low < 100):
        return None
    if "to" in between and re.search(r"\bfrom\s$", lead):
        return None
    whole = left.low == int(left.low) and right.low == int(right.low)
    rises = left.low < right.low
    small = left.high < 1000
    if not re.search(r"to|or", between):
        if not whole or left.unit or "—" in between:
            return _range(text, left, right, left.core_start) if rises and "—" not in between else None
        window = text[max(0, left.core_start - 48) : left.core_start] + " " + text[right.core_end : right.core_end + 28]
        counts = rises and (right.unit or _COUNTED.match(text, right.core_end))
        if small and right.high < 1000 and not right.unit and (not counts or _SCORING.search(window)):
            return _score(left, right)
    elif "to" in between and whole and small and not right.unit:
        scored = _SCORING.search(text[max(0, left.core_start - 24) : left.core_start])
        if scored is not None:
            return _score(left, right)
    return _range(text, left, right, left.core_start) if rises or (right.low >= 1000 and left.low < 1000) else None


def _score(left: Amount, right: Amount) -> Amount:
    return amount_at(left.core_start, right.core_end, left.low, right.low, kind="score", raw=left.low)


def _range(text: str, left: Amount, right: Amount, start: int) -> Amount:
    low = left.low
    if right.low >= 1000 and left.low < 1000 and not left.unit.startswith("percent"):
        # "two to three million": the scale is said once.
        scale = 10.0 ** (len(str(int(right.low))) - 1) if right.low < 1e15 else 1.0
        indian = _INDIAN.search(text, right.core_start, right.core_end)
        powers = (
            (1e12, 1e9, 1e6, 1e3) if indian is None else (1e12, 1e7 if indian[1].lower() in ("crore", "cr") else 1e5)
        )
        scale = next((p for p in powers if right.low >= p and low * p <= right.low), scale)
        low = left.low * scale if left.low * scale <= right.high else left.low
    return replace(
        right,
        start=start,
        core_start=left.core_start,
        low=low,
        bound="range",
        unit=right.unit or left.unit,
        kind=right.kind if right.unit else left.kind,
        raw=left.raw,
    )


def _join_share(text: str, part: Amount, whole: Amount) -> Amount | None:
    joined = _IN.fullmatch(text[part.core_end : whole.core_start]) if not part.unit and not whole.unit else None
    if joined is None:
        return None
    odds = part.low == 1 and _ODDS_END.match(text, whole.core_end) and not _YEAR.match(text, whole.core_start)
    told = odds or joined["every"] or (whole.low <= 1000 and _SHARED.match(text, whole.core_end))
    if not told or not part.kind == whole.kind == "count" or not 0 < part.low < whole.low:
        return None
    share = part.low / whole.low * 100
    place = 0 if whole.low <= 20 else -2 if whole.low <= 1000 else -6
    end = whole.core_end
    return replace(part, end=end, core_end=end, low=share, high=share, unit="percent", kind="percent", place=place)
