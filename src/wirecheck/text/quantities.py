"""Quantities as news text writes them: a number with its bound, its unit or currency, and what kind of thing it is.

Numbers that count nothing are left out: names of models, roads, laws and flights, telephone numbers, addresses, clock
times.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

from wirecheck.text.number_tokens import is_counted_with, stands_apart
from wirecheck.text.numbers import Number, find_numbers
from wirecheck.text.words import end_before

Bound = Literal["exact", "about", "at-least", "at-most", "more-than", "less-than", "range"]
AmountKind = Literal["count", "money", "percent", "measure", "age", "ordinal", "number", "score"]


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its bound and unit at `[start, end)`; the number with its unit, without words of bound, is
    `[core_start, core_end)`.

    `low` and `high` are the closed range of values before any bound is applied, in `unit`, scaled. A score has its
    first and its
    second number there: "52-3" is 52 and 3. `place` is the last place that the words give, as a power of ten.
    """

    start: int
    end: int
    core_start: int
    core_end: int
    low: float
    high: float
    bound: Bound = "exact"
    unit: str = ""
    kind: AmountKind = "count"
    place: int = 0
    adjectival: bool = False
    """True when the unit is bound to a following noun: "6.1-magnitude quake", "10-metre craft"."""
    raw: float | None = None
    """The number as written, before the unit scales it: 470 in "470 pence"; None for a unit without a number."""

    @property
    def value(self) -> float | None:
        return self.raw


class _Unit(NamedTuple):
    unit: str
    kind: AmountKind
    scale: float = 1.0
    strict: bool = False
    """True for words that are a currency only behind large numbers: "won", "mark", "real"."""


_STRICT_NAMES = frozenset(
    (
        "won",
        "mark",
        "marks",
        "real",
        "rand",
        "colon",
        "colons",
        "ether",
        "sen",
        "mao",
        "buck",
        "bucks",
        "pennies",
        "dong",
        "quid",
    )
)
_SPELT_STRICT = frozenset(("won", "mark", "marks", "real", "rand", "colon", "ether"))


@cache
def _list(name: str) -> Mapping[str, Any]:
    with (files("wirecheck.text") / "data" / name).open("rb") as file:
        return tomllib.load(file)


@cache
def _unit_names() -> Mapping[str, _Unit]:
    """Return units by the words that may follow a number, lower case."""
    found: dict[str, _Unit] = {}
    for dimension, group in _list("units.toml").items():
        kind: AmountKind = "percent" if dimension == "share" else "measure"
        for unit in group["units"]:
            for name in unit["names"]:
                found[name] = _Unit(unit["unit"], kind)
    for currency in _list("currencies.toml")["currency"]:
        for name in currency["names"]:
            found[name] = _Unit(currency["code"], "money", currency.get("scale", 1.0), name in _SPELT_STRICT)
    return found


@cache
def _unit_marks() -> Mapping[str, _Unit]:
    """Return units by the letters and signs that may stick to a number, as written."""
    found: dict[str, _Unit] = {}
    for dimension, group in _list("units.toml").items():
        kind: AmountKind = "percent" if dimension == "share" else "measure"
        for unit in group["units"]:
            for name in unit["glued"]:
                found[name] = _Unit(unit["unit"], kind)
    for currency in _list("currencies.toml")["currency"]:
        for symbol in currency["symbols"]:
            if not symbol.isalpha() and not symbol.endswith("."):
                found[symbol] = _Unit(currency["code"], "money", currency.get("scale", 1.0))
        if "scale" not in currency:
            found[currency["code"]] = found[currency["code"].lower()] = _Unit(currency["code"], "money")
    found["rmb"] = found["RMB"] = _Unit("CNY", "money")
    return found


@cache
def _factors() -> Mapping[str, tuple[str, float]]:
    """Return the dimension of a unit and what it is worth in the base of its dimension."""
    return {
        unit["unit"]: (dimension, float(unit["factor"]))
        for dimension, group in _list("units.toml").items()
        for unit in group["units"]
        if dimension not in ("temperature", "share")
    }


def to_base(value: float, unit: str) -> tuple[str, float]:
    """Return the dimension of a unit and the value in the base of that dimension; other units are a dimension of
    their own.

    >>> to_base(2, "km")
    ('length', 2000.0)
    """
    if unit == "F":
        return "temperature", (value - 32) * 5 / 9
    if unit == "C":
        return "temperature", value
    dimension, factor = _factors().get(unit, (unit, 1.0))
    return dimension, value * factor


@cache
def _symbol_before() -> re.Pattern[str]:
    symbols = {s for c in _list("currencies.toml")["currency"] for s in c["symbols"]}
    symbols |= {c["code"].lower() for c in _list("currencies.toml")["currency"] if "scale" not in c} | {"rmb", "sen"}
    words = sorted((s for s in symbols if s[0].isalpha()), key=lambda s: (-len(s), s))
    signs = sorted((s for s in symbols if not s[0].isalpha()), key=lambda s: (-len(s), s))
    pattern = rf"(?:(?<![^\W\d_])({'|'.join(map(re.escape, words))})|({'|'.join(map(re.escape, signs))}))[ \u00a0]?$"
    return re.compile(pattern, re.IGNORECASE)


@cache
def _symbols() -> Mapping[str, _Unit]:
    found = {
        s: _Unit(c["code"], "money", c.get("scale", 1.0))
        for c in _list("currencies.toml")["currency"]
        for s in c["symbols"]
    }
    found |= {
        c["code"].lower(): _Unit(c["code"], "money") for c in _list("currencies.toml")["currency"] if "scale" not in c
    }
    found["rmb"] = _Unit("CNY", "money")
    return found


@cache
def _bounds() -> tuple[re.Pattern[str], re.Pattern[str], Mapping[str, Bound]]:
    data = _list("numbers.toml")
    kinds: dict[str, Bound] = {
        w: bound for part in ("bounds", "bounds_after") for bound, words in data[part].items() for w in words
    }
    before = sorted((w for words in data["bounds"].values() for w in words), key=lambda w: (-len(w), w))
    after = sorted((w for words in data["bounds_after"].values() for w in words), key=lambda w: (-len(w), w))
    first = re.compile(
        rf"(?:(?<!\w)(?:{'|'.join(map(re.escape, before))}))(?:\s+(?:the|a|an|about|some|another|an additional))?[ \u00a0]?$",  # noqa: E501
        re.IGNORECASE,
    )
    ends = "|".join(re.escape(w) + (r"(?![^\W_])" if w[-1].isalpha() else "") for w in after)
    second = re.compile(rf"\s*({ends})", re.IGNORECASE)
    return first, second, kinds


_WORDS = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]+)*\.?")
_SCALE_LETTERS = {
    "m": 1e6,
    "mn": 1e6,
    "mln": 1e6,
    "mil": 1e6,
    "mio": 1e6,
    "mrd": 1e9,
    "mia": 1e9,
    "mld": 1e9,
    "cr": 1e7,
    "k": 1e3,
    "bn": 1e9,
    "b": 1e9,
    "bln": 1e9,
    "tn": 1e12,
    "trn": 1e12,
    "tln": 1e12,
    "t": 1e12,
}
_SCALE_WORDS = {
    "lakh": 1e5,
    "lac": 1e5,
    "crore": 1e7,
    "lakh crore": 1e12,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
}


def find_money(text: str) -> tuple[Amount, ...]:
    """Return the sums of money in a text; bounds are left aside, so that the span is the sum alone."""
    return tuple(
        replace(a, start=a.core_start, end=a.core_end) for a in find_amounts(text, names=True) if a.kind == "money"
    )


def find_percentages(text: str) -> tuple[Amount, ...]:
    """Return the percentages in a text, and as `value` None the word on its own ("a small percent")."""
    found = [
        replace(a, start=a.core_start, end=a.core_end)
        for a in find_amounts(text, names=True)
        if a.unit == "percent" and a.raw is not None
    ]
    taken = [(a.start, a.end) for a in found]
    for match in re.finditer(r"\b(?:percentage|per ?cent|percent)s?\b", text, re.IGNORECASE):
        if any(s < match.end() and match.start() < e for s, e in taken):
            continue
        rest = re.compile(r"\s+of\s+").match(text, match.end())
        number = next((n for n in find_numbers(text) if rest and n.start == rest.end()), None)
        if number is not None:
            found.append(_plain(match.start(), number.end, number.value, "percent", number.value))
        else:
            found.append(_plain(match.start(), match.end(), 0.0, "percent", None))
    return tuple(sorted(found, key=lambda a: a.start))


def _plain(start: int, end: int, value: float, unit: str, raw: float | None) -> Amount:
    return Amount(start, end, start, end, value, value, unit=unit, kind="percent", raw=raw)


def find_amounts(text: str, *, names: bool = False) -> tuple[Amount, ...]:
    """Return the quantities of a text, sorted, not overlapping.

    With `names`, also the numbers that name or stand for something else (laws, models, house numbers).
    """
    numbers = find_numbers(text, glued=True)
    found: list[Amount] = []
    barrier = 0
    for index, number in enumerate(numbers):
        if number.start < barrier:
            continue
        amount = _amount(text, number, barrier, numbers, index)
        if amount is None or _in_address(text, number.start):
            continue
        if not names and text[amount.start : amount.end] in _SAYINGS:
            continue
        if not names and amount.kind in ("count", "number") and not amount.unit and _is_name(text, number):
            continue
        found.append(amount)
        barrier = amount.core_end
    if not names:
        found = _join_ranges(text, _join_sums(text, found))
        found = _join_shares(text, found)
        found += [a for a in _ordinals(text) if not _overlaps(found, a)]
        vague = list(_vague(text))
        scaled = [a for a in vague if a.low >= _LEAST_SCALED]
        found = [a for a in found if not _overlaps(scaled, a)]  # the "hundred" of "a few hundred"
        found += [a for a in vague if not _overlaps(found, a)]
        found = [_with_bounds(text, a) for a in sorted(found, key=lambda a: a.start)]
    return tuple(sorted(found, key=lambda a: (a.start, a.end)))


def _overlaps(found: list[Amount], amount: Amount) -> bool:
    return any(a.core_start < amount.core_end and amount.core_start < a.core_end for a in found)


# --- one number and its unit -----------------------------------------------------------------------------------------


def _amount(text: str, number: Number, barrier: int, numbers: tuple[Number, ...], index: int) -> Amount | None:
    low, high, place, end = number.low, number.high, number.place, number.end
    start = number.start
    raw = number.low
    before = _symbol_before().search(text, max(barrier, start - 8), start)
    if before is not None and re.match(r"a\s", before.group()):
        before = re.compile(r"[$]\s?$").search(
            text, max(barrier, start - 8), start
        )  # the article, no Australian dollar
    if before is not None and text[before.end() : start].strip() == "":
        unit = _symbols()[before.group().strip().lower()]
        letters = before.group().strip()
        if (
            letters.isalpha()
            and letters.lower() == letters
            and letters in ("rs", "rp", "rm", "dm", "sen")
            and letters != "sen"
        ):
            before = None
        else:
            end, factor, power = _money_scale(text, number)
            same = _unit_after(text, end)
            if same is not None and same[0].unit == unit.unit and same[0].kind == "money" and same[0].scale == 1.0:
                end = same[1]
            value = raw * factor
            cents = 0.0
            return Amount(
                before.start(),
                end,
                before.start(),
                end,
                value * unit.scale + cents,
                value * unit.scale,
                unit=unit.unit,
                kind="money",
                place=_scaled_place(place + power, unit.scale),
                raw=value,
                adjectival=_adjectival(text, end),
            )
    if _IN_PART.match(text, end) or (not number.words and re.search(r"\d:\Z", text[max(0, start - 2) : start])):
        return None  # "one-and-a-half million", "1:23.45 minutes"
    glued = end < len(text) and (text[end].isalpha())
    if glued and stands_apart(text[end]):
        return None if is_counted_with(text[end]) else _bare(text, number)
    following = _unit_after(text, end)
    if following is None:
        # "2m euros", "5m people"
        match = re.compile(r"\s?(m|mn|k|bn|tn)\b\.?").match(text, end) if not number.words else None
        if match is not None and glued:
            currency = _unit_after(text, match.end())
            factor = _SCALE_LETTERS[match[1]]
            power = len(str(int(factor))) - 1
            if currency is not None and currency[0].kind == "money":
                value = raw * factor
                return Amount(
                    start,
                    currency[1],
                    start,
                    currency[1],
                    value,
                    value,
                    unit=currency[0].unit,
                    kind="money",
                    place=place + power,
                    raw=value,
                )
            if (
                re.compile(r"\s+(?:[a-z]+\s+)?(?:people|[a-z]{3,}s)\b").match(text, match.end()) and match[1] != "m"
            ) or (
                match[1] == "m"
                and re.compile(
                    r"\s+(?:people|users|voters|viewers|jobs|homes|households|customers|votes|patients|copies|"
                    r"barrels|tonnes|tons|children|refugees|visitors|subscribers|shares|workers)\b"
                ).match(text, match.end())
            ):
                value = raw * factor
                return Amount(start, match.end(), start, match.end(), value, value, place=place + power, raw=value)
            if match[1] == "m":
                return Amount(
                    start, match.end(), start, match.end(), raw, raw, unit="m", kind="measure", place=place, raw=raw
                )
        if glued:
            return None
        return _bare(text, number)
    unit, unit_end, hyphen = following
    if unit.kind == "money":
        after_scale = re.compile(r"\s+(thousand|million|billion|trillion)\b", re.IGNORECASE).match(text, unit_end)
        if after_scale is not None and not number.words and raw < 1000:
            raw *= _SCALE_WORDS[after_scale[1].lower()]
            unit_end = after_scale.end()
        if unit.strict and raw < 1000:
            return None if glued else _bare(text, number)
        raw, unit_end = _with_cents(text, raw, unit, unit_end, numbers, index)
        value = raw * unit.scale
        return Amount(
            start,
            unit_end,
            start,
            unit_end,
            value,
            value,
            unit=unit.unit,
            kind="money",
            place=_scaled_place(place, unit.scale),
            raw=raw,
            adjectival=hyphen,
        )
    if unit.unit == "pound" and _is_sterling(text, number, unit_end):
        return Amount(start, unit_end, start, unit_end, low, high, unit="GBP", kind="money", place=place, raw=raw)
    kind: AmountKind = unit.kind
    if kind == "measure" and unit.unit in _DURATIONS:
        old = re.compile(r"[-\s]olds?\b|\s+of\s+age\b", re.IGNORECASE).match(text, unit_end)
        if old is not None:
            return Amount(
                start,
                old.end(),
                start,
                old.end(),
                low,
                high,
                unit=unit.unit,
                kind="age",
                place=place,
                raw=raw,
                adjectival=hyphen,
            )
    if unit.unit == "foot" and not hyphen:
        inches = re.compile(r",?\s*(\d{1,2})(?:\s*(?:inches|inch|in)\b)").match(text, unit_end)
        if inches is not None and int(inches[1]) < 12:
            low = high = low + int(inches[1]) / 12
            unit_end = inches.end()
    return Amount(
        start, unit_end, start, unit_end, low, high, unit=unit.unit, kind=kind, place=place, raw=raw, adjectival=hyphen
    )


_IN_PART = re.compile(r"-and-(?:a-)?\w")
_DURATIONS = frozenset(
    ("second", "minute", "hour", "day", "week", "fortnight", "month", "quarter", "year", "decade", "century")
)


def _scaled_place(place: int, scale: float) -> int:
    return place if scale == 1.0 else place - 2


def _money_scale(text: str, number: Number) -> tuple[int, float, int]:
    """Return where a sum ends behind its number, the factor that letters or words give, and its power of ten."""
    match = re.compile(
        r"[\s\u00a0]?[-‐]?\s?(million|billion|trillion|thousand|lakh crore|lakh|lac|crore"
        r"|mln|bln|tln|trn|mil|mio|mrd|mia|mld|mn|bn|tn|cr|m|b|k|t)(?![^\W_])",
        re.IGNORECASE,
    ).match(text, number.end)
    if match is None or (number.place >= 3 and number.value >= 1e6):
        return number.end, 1.0, 0
    word = match[1].lower()
    factor = _SCALE_WORDS.get(word) or _SCALE_LETTERS[word]
    if len(word) == 1 and match.group()[0].isspace() and word != "m":
        return number.end, 1.0, 0
    return match.end(), factor, len(str(int(factor))) - 1


def _unit_after(text: str, end: int) -> tuple[_Unit, int, bool] | None:
    """Return the unit behind a number, where it ends, and whether a hyphen joins it."""
    gap = re.compile(r"[ \u00a0\u202f]?[-‐‑]?[ \u00a0\u202f]?|[ \t]{1,3}").match(text, end)
    at = gap.end() if gap is not None else end
    hyphen = gap is not None and any(c in "-‐‑" for c in gap.group())
    marks = _unit_marks()
    bracket = text[at : at + 1] in ("{", "<")
    if bracket:
        at += 1
    for length in (4, 3, 2, 1):
        piece = text[at : at + length]
        if len(piece) == length and piece in marks:
            after = text[at + length : at + length + 1]
            if piece[-1].isalpha() and (after.isalnum() or after == "-"):
                continue
            if piece == "C" and not hyphen and text[end:at] and after != ".":
                continue
            if marks[piece].kind == "money" and _symbol_starts_next(text, at, length, bool(at > end)):
                continue
            return marks[piece], at + length + (1 if bracket else 0), hyphen
    words = []
    where = at
    for _ in range(4):
        match = _WORDS.match(text, where)
        if match is None:
            break
        words.append(match)
        step = re.compile(r"[ \u00a0-]").match(text, match.end())
        if step is None:
            break
        where = step.end()
    names = _unit_names()
    for count in range(len(words), 0, -1):
        raw = text[at : words[count - 1].end()].lower()
        for candidate, stop in (
            (raw, words[count - 1].end()),
            (raw.rstrip("."), words[count - 1].end() - (1 if raw.endswith(".") else 0)),
        ):
            unit = names.get(candidate) or names.get(candidate.replace("-", " "))
            if (unit is not None and text[stop : stop + 1] not in ("’", "'")) or (
                unit is not None and unit.kind != "money"
            ):
                if unit is not None and candidate == "real" and text[stop : stop + 1] == " ":
                    continue
                if unit is not None:
                    if hyphen and candidate in ("second", "quarter"):
                        continue
                    return unit, stop, hyphen
    return None


def _symbol_starts_next(text: str, at: int, length: int, spaced: bool) -> bool:
    """Return whether a currency sign behind a number belongs to the next one: "10 $30", "3 USD50 cards"."""
    rest = text[at + length : at + length + 3]
    if re.match(r"\d", rest):
        return True
    if re.match(r"\s\d", rest) and spaced:
        # "10 $ 30 $": the sign closes the number before it when the next number is closed too.
        following = re.compile(r"\s[\d.,]+").match(text, at + length)
        if following is not None and _unit_after(text, following.end()) is not None:
            return False
        return text[at].isascii() and not text[at].isalnum()
    return False


def _adjectival(text: str, end: int) -> bool:
    return bool(re.compile(r"-[a-z]").match(text, end))


def _with_cents(
    text: str, raw: float, unit: _Unit, end: int, numbers: tuple[Number, ...], index: int
) -> tuple[float, int]:
    """Add what follows a sum in its smaller coin: "thirteen dollars forty-five cents", "15 dollars 50"."""
    if index + 1 >= len(numbers) or unit.scale != 1.0:
        return raw, end
    following = numbers[index + 1]
    between = text[end : following.start]
    if (
        not re.fullmatch(r"\s+(?:and\s+)?", between)
        or not 0 < following.value < 100
        or following.value != int(following.value)
    ):
        return raw, end
    after = _unit_after(text, following.end)
    if after is not None and after[0].kind == "money" and after[0].scale < 1.0 and after[0].unit == unit.unit:
        last = after[1]
        value = raw + following.value * after[0].scale
        third = numbers[index + 2] if index + 2 < len(numbers) else None
        if (
            third is not None
            and after[0].scale == 0.1
            and text[last : third.start].strip() == ""
            and 0 < third.value < 10
        ):
            return round(value + third.value / 100, 2), third.end
        return round(value, 4), last
    if (
        after is None
        and "and" not in between
        and re.compile(r"\s*(?:[.,;!?)]|$|more\b|less\b|each\b)").match(text, following.end)
    ):
        return raw + following.value / 100, following.end
    return raw, end


_STERLING = re.compile(
    r"\b(?:paid?|pays?|cost|costs|worth|fined?|fines?|price|spen[dt]|earn\w*|salary|raised?|bill|fee|debt|loan|cash|sterling|fund\w*|profit\w*|sold|bought)\b",
    re.IGNORECASE,
)


def _is_sterling(text: str, number: Number, unit_end: int) -> bool:
    """Return whether "pounds" are money: a scale of a million, a sum in another currency beside them, or words of
    paying before.
    """
    if number.value >= 1e6 and number.place >= 4:
        return True
    if re.compile(r"\s*\(\s*(?:about\s+|around\s+)?(?:US)?[$€]").match(text, unit_end):
        return True
    return bool(_STERLING.search(text, max(0, number.start - 40), number.start))


_OF_A_PERCENT = re.compile(r"\s+(?:of\s+)?(?:a\s+)?(?:percentage\s+point|percent|per\s+cent)\b", re.IGNORECASE)
_RICHTER = re.compile(r"\s+on\s+the\s+(?:open-ended\s+)?Richter", re.IGNORECASE)
_QUAKE = re.compile(r"\s+(?:earthquake|quake|temblor|tremor|aftershock)s?\b", re.IGNORECASE)


def _bare(text: str, number: Number) -> Amount:
    """Return a number without a unit: a magnitude, an age, a rank, or a plain count."""
    start, end, raw = number.start, number.end, number.low
    kind: AmountKind = "count"
    unit = ""
    before = text[max(0, start - 24) : start]
    adjectival = False
    magnitude = re.compile(r"[-\s]?magnitude\b", re.IGNORECASE).match(text, end)
    if magnitude is not None and raw < 11:
        end, unit, kind = magnitude.end(), "magnitude", "measure"
        adjectival = True
    elif (led := re.search(r"\bmagnitude(?:\s+of)?[-\s]\s*$", before, re.IGNORECASE)) is not None and raw < 11:
        start = start - len(before) + led.start()
        unit, kind = "magnitude", "measure"
    elif raw < 11 and ((raw != int(raw) and _QUAKE.match(text, end)) or _RICHTER.match(text, end)):
        unit, kind = "magnitude", "measure"
    elif (aged := re.search(r"\bage[ds]?\s+(?:of\s+)?$", before, re.IGNORECASE)) is not None and raw < 125:
        start = start - len(before) + aged.start()
        unit, kind = "year", "age"
    elif (rank := re.search(r"(?:\bNo\.?|\bNumber|№|#)\s?$", before)) is not None:
        start = start - len(before) + rank.start()
        kind = "ordinal"
    elif not number.words and 0 < raw < 120 and raw == int(raw) and _is_age(text, start, end):
        unit, kind = "year", "age"
    elif number.kind == "fraction" and raw < 1:
        of_one = _OF_A_PERCENT.match(text, end)
        if of_one is not None:
            end = of_one.end()
            return Amount(start, end, start, end, raw, raw, unit="percent", kind="percent", place=-1, raw=raw)
        return Amount(start, end, start, end, raw * 100, raw * 100, unit="percent", kind="percent", place=0, raw=raw)
    return Amount(
        start,
        end,
        start,
        end,
        number.low,
        number.high,
        unit=unit,
        kind=kind,
        place=number.place,
        raw=raw,
        adjectival=adjectival,
    )


_AGE_AFTER_NAME = re.compile(r"[A-Z][\w.’'-]+(?:\s+(?:Jr|Sr)\.)?,\s$")


def _is_age(text: str, start: int, end: int) -> bool:
    """Return whether a number is set off behind a name: "Jane Roe, 34, said"."""
    before = text[max(0, start - 30) : start]
    if _AGE_AFTER_NAME.search(before) is None:
        return False
    if re.search(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?,\s$", before):
        return False
    return bool(re.compile(r"\s?(?:,|\)|\.\s|\.$)").match(text, end))


# --- what is no quantity ---------------------------------------------------------------------------------------------

_DESIGNED = re.compile(r"([^\W\d_]+)\.?\s$")
_ADDRESS = re.compile(r"\s+(?:[NSEW]\.?\s+)?(?:[A-Z][\w’'.]*\s+){0,3}([A-Z][a-z]+)\b")
_URLISH = re.compile(r"\S*(?:://|www\.|@|\.com\b|\.org\b|\.net\b)\S*")
_PHONE = re.compile(r"(?:\+?\d{1,3}[-\s.])?\(?\d{3}\)?[-\s.]\d{3}[-\s.]\d{4}")


def _in_address(text: str, start: int) -> bool:
    """Return whether a place is inside a web or mail address."""
    begin = max(text.rfind(" ", 0, start), text.rfind("\n", 0, start)) + 1
    return _URLISH.match(text, begin) is not None


_LEAST_SCALED = 24
_SAYINGS = frozenset(("One day", "9/11", "24/7", "7/7"))


def _is_name(text: str, number: Number) -> bool:
    """Return whether a number stands in a name, a road, a law, a web address, a telephone number or a list mark."""
    start, end = number.start, number.end
    previous, following = text[start - 1 : start], text[end : end + 1]
    if previous in ("-", "‐", "‑", "–", "/", ":", "_", "#", ".", "'", "’") and start > 1:
        if previous in ("–", "-") and text[start - 2].isdigit() and not text[start].isupper():
            pass
        elif (
            text[start - 2].isalnum()
            or previous in ("#", "_", ":")
            or (previous in ("'", "’") and not number.words and end - start == 2)
        ):
            return True
    if following in (":", "/") and text[end + 1 : end + 2].isdigit():
        return True
    if following in ("-", "‐", "‑") and re.compile(r"-[A-Z0-9]*[A-Z]").match(text, end):
        return not number.words
    if re.compile(r"s\b").match(text, end) and not number.words:
        return True  # "the 60s"
    if text.startswith("-something", end):
        return True
    line = text.rfind("\n", 0, start) + 1
    if (
        text[line:start].strip() in ("", "(", "-", "•", "*")
        and re.compile(r"[.)]\s").match(text, end)
        and not number.words
    ):
        return True
    if not number.words and any(
        m.start() <= start < m.end() for m in _PHONE.finditer(text, max(0, start - 20), end + 20)
    ):
        return True
    if number.words and text[start:end].lower() in ("one", "zero") and _is_idle_one(text, start, end):
        return True
    if number.words and text[start : start + 1].isupper() and not _begins(text, start) and number.value < 100:
        # "Big Four", "Chicago Seven", "Route One"
        before = re.search(r"([A-Z][\w’']*)\s$", text[max(0, start - 20) : start])
        if before is not None:
            return True
    designated = _DESIGNED.search(text[max(0, start - 16) : start])
    if designated is not None:
        word = designated[1]
        if word[:1].isupper() and word.lower() in _designators() and not (number.value >= 1000 and number.words):
            return True
        if word.lower() in _designators_lower():
            return True
        mid = not _begins(text, start - len(designated.group()))
        plain = (
            not number.words
            and number.value == int(number.value)
            and "," not in text[start:end]
            and number.value < 10000
        )
        if (
            word[:1].isupper()
            and mid
            and plain
            and word.lower() not in _MONTHS
            and re.compile(r"\s*(?:[.,;:)’'\"”]|$|—|-|is\b|was\b|and\b|in\b|at\b|on\b|to\b|for\b|with\b|from\b)").match(
                text, end
            )
        ):
            return True
        if (
            word[:2] != word[:2].lower()
            and plain
            and not _begins(text, start)
            and _names_a_model(text, start, end, designated)
        ):
            return True
    if not number.words:
        address = _ADDRESS.match(text, end)
        if address is not None and any(w.rstrip(".").lower() in _streets() for w in address.group().split()[-2:]):
            return True
    return False


_MODELS = re.compile(r"\s[a-z]{3,}s\b")
_PLACED = re.compile(r"\b(?:in|at|near|from|across|outside|around|off|on|of|to|by|over|since|until)\s+$", re.IGNORECASE)


@cache
def _common_words() -> frozenset[str]:
    data = _list("english.toml")
    return frozenset((*data["common"], *data["starters"]))


def _names_a_model(text: str, start: int, end: int, designated: re.Match[str]) -> bool:
    """Return whether a number belongs to the name before it: "the Atlas 8 trains", no "in Oslo 8 trains"."""
    word = designated[1].lower()
    if word in _MONTHS or word in _common_words() or word.endswith("day") or _MODELS.match(text, end) is None:
        return False
    return _PLACED.search(text, max(0, start - 40), start - len(designated.group())) is None


_MONTHS = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "only",
        "about",
        "some",
        "over",
        "but",
        "and",
        "the",
        "at",
        "least",
    ]
)


def _begins(text: str, start: int) -> bool:
    """Return whether a sentence may begin at a place."""
    end = end_before(text, start, " \u00a0\"“‘'(")
    return not end or text[end - 1] in ".!?\n:—"


def _is_idle_one(text: str, start: int, end: int) -> bool:
    """Return whether "one" counts nothing: "one of the", "one day", "no one", "the one who"."""
    if re.search(r"\b(?:least|only|than|about|just|nearly|almost)\s+$", text[max(0, start - 8) : start], re.IGNORECASE):
        return False
    if re.compile(
        r"\s+(?:of\b|day\b|another\b|thing\b|way\b|side\b|hand\b|can\b|could\b|would\b|might\b|who\b|that\b|which\b|should\b|must\b|is\b|was\b|has\b|with\b|to\b|for\b|time\b|in\s+which\b|more\s+time\b)",
        re.IGNORECASE,
    ).match(text, end):
        return True
    if re.compile(r"\s*[.,;:!?)\"”’]").match(text, end) and not re.search(
        r"\b(?:killed|left|least|only|than|just|killing|injured|wounded|number|to|of)\s+$",
        text[max(0, start - 16) : start],
    ):
        return True
    return bool(
        re.search(
            r"\b(?:no|any|every|some|this|that|the|each|which|another|first|last|next)\s+$",
            text[max(0, start - 10) : start],
            re.IGNORECASE,
        )
    ) and not re.compile(r"\s+[a-z]").match(text, end)


@cache
def _designators() -> frozenset[str]:
    return frozenset(_list("designators.toml")["designators"])


@cache
def _designators_lower() -> frozenset[str]:
    """Return the designators that name with a number even in lower case."""
    return frozenset(
        (
            "page",
            "article",
            "section",
            "chapter",
            "paragraph",
            "flight",
            "highway",
            "interstate",
            "route",
            "room",
            "version",
            "channel",
            "amendment",
            "exit",
            "psalm",
            "volume",
            "verse",
        )
    )


@cache
def _streets() -> frozenset[str]:
    return frozenset(_list("designators.toml")["streets"])


# --- ranges, scores, shares ------------------------------------------------------------------------------------------

_DASH = re.compile(r"\s?[-‐‑–—]\s?|-?\s+to\s+|\s+or\s+")
_SCORING = re.compile(
    r"\b(?:won|win|wins|winning|lost|lose|loses|losing|beat|beats|beating|score|scored|scores|led|lead|leads|leading|trail\w*|vote[ds]?|voting|record|defeat\w*|victor\w+|draw|drew|drawn|tied?|ruling|ruled|decision|margin|by|split|knockouts?|kos?|passed|approved)\b",
    re.IGNORECASE,
)


_TO_SUM = re.compile(
    r"(?:[-‐‑–]|\s?[–—]\s|\s+to\s+)(\d+(?:\.\d+)?)\s?(mn|bn|tn|m|k|million|billion|trillion)\b(?![-‐‑]\w)"
)


def _join_sums(text: str, amounts: list[Amount]) -> list[Amount]:
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
        factor = _SCALE_WORDS.get(match[2]) or _SCALE_LETTERS[match[2]]
        high = float(match[1]) * factor
        if text[max(0, amount.core_start - 5) : amount.core_start].lower() == "from ":
            start, end = match.start(1), match.end()
            found.append(replace(amount, start=start, core_start=start, end=end, core_end=end, low=high, high=high))
            continue
        low = amount.low * factor if amount.low < 1000 else amount.low
        if low < high:
            found[-1] = replace(amount, core_end=match.end(), end=match.end(), low=low, high=high, bound="range")
    return found


def _join_ranges(text: str, amounts: list[Amount]) -> list[Amount]:
    """Join "24 to 30 feet", "24- to 30-foot", "between 5 and 10", "two or three" to ranges, "52-3" to scores."""
    found: list[Amount] = []
    for amount in amounts:
        previous = found[-1] if found else None
        joined = _joined(text, previous, amount) if previous is not None else None
        if joined is not None:
            found[-1] = joined
        else:
            found.append(amount)
    return found


def _joined(text: str, left: Amount, right: Amount) -> Amount | None:
    between = text[left.core_end : right.core_start]
    if len(between) > 7 or not between:
        return None
    lead = text[max(0, left.core_start - 9) : left.core_start].lower()
    if re.fullmatch(r"\s+and\s+", between) and re.search(r"\bbetween\s$", lead):
        return _range(text, left, right, left.core_start - len("between "))
    if _DASH.fullmatch(between) is None:
        return None
    if left.unit and right.unit and left.unit != right.unit:
        return None
    dash = not re.search(r"to|or", between)
    if "or" in between and not (right.low - left.low <= 2 and left.low < right.low and right.low < 100):
        return None
    if re.search(r"\bfrom\s$", lead) and "to" in between:
        return None
    whole = left.low == int(left.low) and right.low == int(right.low)
    if dash:
        if not whole or left.unit or "—" in between:
            return _range(text, left, right, left.core_start) if left.low < right.low and "—" not in between else None
        window = text[max(0, left.core_start - 48) : left.core_start] + " " + text[right.core_end : right.core_end + 28]
        counts = left.low < right.low and (right.unit or re.compile(r"[-\s]+[a-z]{3,}s\b").match(text, right.core_end))
        scoring = bool(_SCORING.search(window))
        if (
            (left.low >= right.low or scoring or not counts)
            and left.high < 1000
            and right.high < 1000
            and not right.unit
        ):
            return Amount(
                left.core_start,
                right.core_end,
                left.core_start,
                right.core_end,
                left.low,
                right.low,
                kind="score",
                raw=left.low,
            )
    elif (
        "to" in between
        and whole
        and not right.unit
        and _SCORING.search(text[max(0, left.core_start - 24) : left.core_start])
        and left.high < 1000
    ):
        return Amount(
            left.core_start,
            right.core_end,
            left.core_start,
            right.core_end,
            left.low,
            right.low,
            kind="score",
            raw=left.low,
        )
    if left.low < right.low or (right.low >= 1000 and left.low < 1000):
        return _range(text, left, right, left.core_start)
    return None


_INDIAN = re.compile(r"(?<![^\W\d_])(lakh|lac|crore|cr)(?![^\W\d_]{2})", re.IGNORECASE)


def _range(text: str, left: Amount, right: Amount, start: int) -> Amount:
    low = left.low
    if right.low >= 1000 and left.low < 1000 and not left.unit.startswith("percent"):
        # "two to three million": the scale is said once.
        scale = 10.0 ** (len(str(int(right.low))) - 1) if right.low < 1e15 else 1.0
        indian = _INDIAN.search(text, right.core_start, right.core_end)
        powers = (
            (1e12, 1e9, 1e6, 1e3) if indian is None else (1e12, 1e7 if indian[1].lower() in ("crore", "cr") else 1e5)
        )
        for power in powers:
            if right.low >= power and low * power <= right.low:
                scale = power
                break
        low = left.low * scale if left.low * scale <= right.high else left.low
    return replace(
        right,
        start=start,
        core_start=left.core_start,
        low=low,
        high=right.high,
        bound="range",
        unit=right.unit or left.unit,
        kind=right.kind if right.unit else left.kind,
        raw=left.raw,
    )


_IN = re.compile(r"\s+(?:in|out\s+of|(?P<every>(?:in|of|out\s+of)\s+every))\s+")


_ODDS_END = re.compile(r"\s*(?:[.,;:)]|\s(?:chance|odds|according)\b|$)")
"""What follows odds that are of nothing told: "one in 5,000, they say"."""
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d(?!\d)")


def _join_shares(text: str, amounts: list[Amount]) -> list[Amount]:
    """Join "one in five" and "nine out of every 10" to a share."""
    found: list[Amount] = []
    for amount in amounts:
        previous = found[-1] if found else None
        joined = None
        if previous is not None and not previous.unit and not amount.unit:
            joined = _IN.fullmatch(text[previous.core_end : amount.core_start])
        if previous is not None and joined is not None:
            rest = re.compile(r"\s+(?:[a-z]+\s+){0,2}?(?:people|men|women|children|[a-z]{3,}s|of)\b").match(
                text, amount.core_end
            )
            odds = (
                previous.low == 1
                and _ODDS_END.match(text, amount.core_end)
                and not _YEAR.match(text, amount.core_start)
            )
            counts = previous.kind == amount.kind == "count"
            if counts and 0 < previous.low < amount.low and (odds or joined["every"] or (amount.low <= 1000 and rest)):
                share = previous.low / amount.low * 100
                found[-1] = replace(
                    previous,
                    end=amount.core_end,
                    core_end=amount.core_end,
                    low=share,
                    high=share,
                    unit="percent",
                    kind="percent",
                    place=0 if amount.low <= 20 else -2 if amount.low <= 1000 else -6,
                )
                continue
        found.append(amount)
    return found


# --- ordinals, vague counts ------------------------------------------------------------------------------------------


@cache
def _ordinal_pattern() -> re.Pattern[str]:
    data = _list("numbers.toml")["ordinals"]
    tens = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
    words = "|".join(sorted(data, key=lambda w: (-len(w), w)))
    return re.compile(
        rf"(?<![\w-])(?:(\d{{1,3}}(?:,\d{{3}})*)(st|nd|rd|th)|(?:({tens})[-\s])?({words}))(?![\w])", re.IGNORECASE
    )


_NO_RANK = re.compile(
    r"[-\s]+(?:lad(?:y|ies)|aid|name|names|hand|degree|degrees|class|century|centuries|amendment|minister|sight|responders?|place\b|glance|light|and\s+foremost|thing|thought)\b",
    re.IGNORECASE,
)


def _ordinals(text: str) -> Iterator[Amount]:
    data = _list("numbers.toml")
    for match in _ordinal_pattern().finditer(text):
        if match[1] is not None:
            value = float(match[1].replace(",", ""))
        else:
            value = float(data["ordinals"][match[4].lower()]) + (data["cardinals"][match[3].lower()] if match[3] else 0)
        if _NO_RANK.match(text, match.end()) or text[match.end() : match.end() + 1] == "-":
            continue
        if (
            re.search(
                r"\b(?:at|from\s+the|in\s+the|a)\s+$", text[max(0, match.start() - 9) : match.start()], re.IGNORECASE
            )
            and value == 1
        ):
            continue
        yield Amount(match.start(), match.end(), match.start(), match.end(), value, value, kind="ordinal", raw=value)


@cache
def _vague_pattern() -> re.Pattern[str]:
    words = sorted(_list("numbers.toml")["vague"], key=lambda w: (-len(w), w))
    either = "|".join(r"\s+".join(map(re.escape, w.split())) for w in words)
    return re.compile(rf"(?<![\w-])(?:{either})(?![\w-])", re.IGNORECASE)


_SMALL_VAGUE = frozenset(("a couple of", "a couple", "a few", "several", "a handful of"))
_SCALED = re.compile(r"\s+(dozen|hundred|thousand|lakh|million|crore|billion|trillion)\b(?!s)", re.IGNORECASE)


def _vague(text: str) -> Iterator[Amount]:
    ranges = _list("numbers.toml")["vague"]
    for match in _vague_pattern().finditer(text):
        words = re.sub(r"\s+", " ", match.group().lower())
        low, high = ranges[words]
        scaled = _SCALED.match(text, match.end()) if words in _SMALL_VAGUE else None
        if scaled is not None:
            factor = {"dozen": 12, **_list("numbers.toml")["scales"]}[scaled[1].lower()]
            start, end = match.start(), scaled.end()
            low, high = low * factor, (high + (words != "several")) * factor - 1
            if words.startswith("a couple"):
                high = 3 * factor
            yield Amount(start, end, start, end, float(low), float(high), bound="range", raw=float(low))
            continue
        if words in ("scores", "a couple") and not re.compile(
            r"\s+(?:of|more|dozen|years|weeks|days|hours|months|times)\b"
        ).match(text, match.end()):
            continue
        yield Amount(
            match.start(),
            match.end(),
            match.start(),
            match.end(),
            float(low),
            float(high),
            bound="range",
            place=0,
            raw=float(low),
        )


# --- bounds ----------------------------------------------------------------------------------------------------------


def _with_bounds(text: str, amount: Amount) -> Amount:
    first, second, kinds = _bounds()
    start, end, bound = amount.start, amount.end, amount.bound
    if amount.kind in ("score", "ordinal"):
        return amount
    window = max(0, amount.start - 32)
    window = max(window, text.rfind("\n", 0, amount.start) + 1)
    before = first.search(text, window, amount.start)
    if before is not None:
        words = re.sub(r"\s+", " ", before.group().strip().lower())
        words = re.sub(r" (?:the|a|an|about|some|another|an additional)$", "", words) if words not in kinds else words
        named = kinds.get(words)
        duration = amount.unit in _DURATIONS and amount.kind == "measure"
        if named is not None and not (
            duration and words in ("over", "around", "under", "about") and words in ("over", "under")
        ):
            start = before.start()
            bound = named if bound != "range" else bound
    if amount.kind != "age" or bound == "exact":
        after = second.match(text, amount.core_end)
        if after is not None and bound in ("exact",):
            words = after[1].lower()
            if words.startswith("and ") and re.match(r"\s+[a-z]", text[after.end() :]) is not None:
                return replace(amount, start=start, end=end, bound=bound)  # "walked 5 miles and over the bridge"
            if not (
                words in ("+", "plus")
                and text[amount.core_end : after.start(1)].strip() == ""
                and after.start(1) != amount.core_end
            ):
                bound, end = kinds[words], after.end()
    return replace(amount, start=start, end=end, bound=bound)


def find_index(amounts: tuple[Amount, ...], start: int) -> int:
    """Return the index of the first amount that starts at or behind a place."""
    return bisect_left(amounts, start, key=lambda a: a.start)
