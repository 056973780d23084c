"""Units and currencies: before a number and behind it, and what they are worth in each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from wirecheck.text.gazetteer import load_list
from wirecheck.text.quantities.amount import AmountKind

DURATIONS = frozenset(
    ("second", "minute", "hour", "day", "week", "fortnight", "month", "quarter", "year", "decade", "century")
)
_SPELT_STRICT = frozenset(("won", "mark", "marks", "real", "rand", "colon", "ether"))
_WORDS = re.compile(r"[^\W\d_]+(?:\.[^\W\d_]+)*\.?")
_GAP = re.compile(r"[ \u00a0\u202f]?[-‐‑]?[ \u00a0\u202f]?|[ \t]{1,3}")
_BETWEEN_WORDS = re.compile(r"[ \u00a0-]")
_NUMBER_BEHIND = re.compile(r"\s[\d.,]+")


class Unit(NamedTuple):
    unit: str
    kind: AmountKind
    scale: float = 1.0
    strict: bool = False
    """True for words that are a currency only behind large numbers: "won", "mark", "real"."""


class UnitBehind(NamedTuple):
    """A unit behind a number, where it ends, and whether a hyphen joins it."""

    unit: Unit
    end: int
    hyphen: bool


def either(words: Iterable[str]) -> str:
    """Return a pattern for any of some words, the longest first."""
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))


def _measures() -> Iterator[tuple[Mapping[str, Any], Unit]]:
    for dimension, group in load_list("units").items():
        for unit in group["units"]:
            yield unit, Unit(unit["unit"], "percent" if dimension == "share" else "measure")


def _currencies() -> list[Mapping[str, Any]]:
    listed: list[Mapping[str, Any]] = load_list("currencies")["currency"]
    return listed


@cache
def _unit_names() -> Mapping[str, Unit]:
    """Return units by the words that may follow a number, lower case."""
    found = {name: unit for entry, unit in _measures() for name in entry["names"]}
    for currency in _currencies():
        for name in currency["names"]:
            found[name] = Unit(currency["code"], "money", currency.get("scale", 1.0), name in _SPELT_STRICT)
    return found


@cache
def _unit_marks() -> Mapping[str, Unit]:
    """Return units by the letters and signs that may stick to a number, as written."""
    found = {name: unit for entry, unit in _measures() for name in entry["glued"]}
    for currency in _currencies():
        for symbol in currency["symbols"]:
            if not symbol.isalpha() and not symbol.endswith("."):
                found[symbol] = Unit(currency["code"], "money", currency.get("scale", 1.0))
        if "scale" not in currency:
            found[currency["code"]] = found[currency["code"].lower()] = Unit(currency["code"], "money")
    found["rmb"] = found["RMB"] = Unit("CNY", "money")
    return found


@cache
def symbols() -> Mapping[str, Unit]:
    """Return currencies by the signs and letters that may stand before a sum, lower case."""
    found = {s: Unit(c["code"], "money", c.get("scale", 1.0)) for c in _currencies() for s in c["symbols"]}
    found |= {c["code"].lower(): Unit(c["code"], "money") for c in _currencies() if "scale" not in c}
    found["rmb"] = Unit("CNY", "money")
    return found


@cache
def symbol_before() -> re.Pattern[str]:
    known = {*symbols(), "sen"}
    words, signs = either(s for s in known if s[0].isalpha()), either(s for s in known if not s[0].isalpha())
    return re.compile(rf"(?:(?<![^\W\d_])({words})|({signs}))[ \u00a0]?$", re.IGNORECASE)


@cache
def _factors() -> Mapping[str, tuple[str, float]]:
    """Return the dimension of a unit and what it is worth in the base of its dimension."""
    return {
        unit["unit"]: (dimension, float(unit["factor"]))
        for dimension, group in load_list("units").items()
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


def unit_after(text: str, end: int) -> UnitBehind | None:
    """Return the unit behind a number that ends at a place."""
    gap = _GAP.match(text, end)
    at = gap.end() if gap is not None else end
    hyphen = gap is not None and any(c in "-‐‑" for c in gap.group())
    bracket = text[at : at + 1] in ("{", "<")
    return _mark_at(text, end, at + bracket, hyphen, bracket) or _name_at(text, at + bracket, hyphen)


def _mark_at(text: str, end: int, at: int, hyphen: bool, bracket: bool) -> UnitBehind | None:
    marks = _unit_marks()
    for length in (4, 3, 2, 1):
        piece = text[at : at + length]
        if len(piece) < length or piece not in marks:
            continue
        after = text[at + length : at + length + 1]
        if piece[-1].isalpha() and (after.isalnum() or after == "-"):
            continue
        if piece == "C" and not hyphen and text[end:at] and after != ".":
            continue
        if marks[piece].kind == "money" and _symbol_starts_next(text, at, length, at > end):
            continue
        return UnitBehind(marks[piece], at + length + bracket, hyphen)
    return None


def _name_at(text: str, at: int, hyphen: bool) -> UnitBehind | None:
    ends: list[int] = []
    where = at
    for _ in range(4):
        match = _WORDS.match(text, where)
        if match is None:
            break
        ends.append(match.end())
        step = _BETWEEN_WORDS.match(text, match.end())
        if step is None:
            break
        where = step.end()
    names = _unit_names()
    for last in reversed(ends):
        raw = text[at:last].lower()
        for name, stop in ((raw, last), (raw.rstrip("."), last - raw.endswith("."))):
            unit = names.get(name) or names.get(name.replace("-", " "))
            if unit is None or (unit.kind == "money" and text[stop : stop + 1] in ("’", "'")):
                continue
            if (name == "real" and text[stop : stop + 1] == " ") or (hyphen and name in ("second", "quarter")):
                continue
            return UnitBehind(unit, stop, hyphen)
    return None


def _symbol_starts_next(text: str, at: int, length: int, spaced: bool) -> bool:
    """Return whether a currency sign behind a number belongs to the next one: "10 $30", "3 USD50 cards"."""
    rest = text[at + length : at + length + 3]
    if re.match(r"\d", rest):
        return True
    if re.match(r"\s\d", rest) and spaced:
        # "10 $ 30 $": the sign closes the number before it when the next number is closed too.
        following = _NUMBER_BEHIND.match(text, at + length)
        if following is not None and unit_after(text, following.end()) is not None:
            return False
        return text[at].isascii() and not text[at].isalnum()
    return False
