"""Numbers that count nothing: in names, roads, laws, addresses, telephone numbers and marks of lists."""

from __future__ import annotations

import re
from functools import cache

from wirecheck.text.gazetteer import common_words, load_list
from wirecheck.text.numbers import Number
from wirecheck.text.words import end_before

_DESIGNED = re.compile(r"([^\W\d_]+)\.?\s$")
_ADDRESS = re.compile(r"\s+(?:[NSEW]\.?\s+)?(?:[A-Z][\w’'.]*\s+){0,3}([A-Z][a-z]+)\b")
_URLISH = re.compile(r"\S*(?:://|www\.|@|\.com\b|\.org\b|\.net\b)\S*")
_PHONE = re.compile(r"(?:\+?\d{1,3}[-\s.])?\(?\d{3}\)?[-\s.]\d{3}[-\s.]\d{4}")
_DECADE = re.compile(r"s\b")
_ENDS_LIST_MARK = re.compile(r"[.)]\s")
_JOINED_CODE = re.compile(r"-[A-Z0-9]*[A-Z]")
_ENDS_NAME = re.compile(r"\s*(?:[.,;:)’'\"”]|$|—|-|is\b|was\b|and\b|in\b|at\b|on\b|to\b|for\b|with\b|from\b)")
_MODELS = re.compile(r"\s[a-z]{3,}s\b")
_PLACED = re.compile(r"\b(?:in|at|near|from|across|outside|around|off|on|of|to|by|over|since|until)\s+$", re.IGNORECASE)
_IN_LOWER_CASE = frozenset({
    "page", "article", "section", "chapter", "paragraph", "flight", "highway", "interstate", "route", "room",
    "version", "channel", "amendment", "exit", "psalm", "volume", "verse",
})  # fmt: skip
"""Designators that name with a number even in lower case."""
_ONE_COUNTS = re.compile(r"\b(?:least|only|than|about|just|nearly|almost)\s+$", re.IGNORECASE)
_ONE_IDLE = re.compile(
    r"\s+(?:of\b|day\b|another\b|thing\b|way\b|side\b|hand\b|can\b|could\b|would\b|might\b|who\b|that\b|which\b|should\b|must\b|is\b|was\b|has\b|with\b|to\b|for\b|time\b|in\s+which\b|more\s+time\b)",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"\s*[.,;:!?)\"”’]")
_GOES_ON = re.compile(r"\s+[a-z]")
_ONE_VICTIM = re.compile(r"\b(?:killed|left|least|only|than|just|killing|injured|wounded|number|to|of)\s+$")
_ONE_MEANT = re.compile(r"\b(?:no|any|every|some|this|that|the|each|which|another|first|last|next)\s+$", re.IGNORECASE)


@cache
def _no_names() -> frozenset[str]:
    """Return words with a capital that name nothing with a number behind them."""
    return frozenset(
        {*load_list("calendar")["months"], "only", "about", "some", "over", "but", "and", "the", "at", "least"}
    )


@cache
def _designators() -> frozenset[str]:
    return frozenset(load_list("designators")["designators"])


@cache
def _streets() -> frozenset[str]:
    return frozenset(load_list("designators")["streets"])


def in_address(text: str, start: int) -> bool:
    """Return whether a place is inside a web or mail address."""
    begin = max(text.rfind(" ", 0, start), text.rfind("\n", 0, start)) + 1
    return _URLISH.match(text, begin) is not None


def is_name(text: str, number: Number) -> bool:
    """Return whether a number stands in a name, a road, a law, a web address, a telephone number or a list mark."""
    start, end = number.start, number.end
    if _is_joined(text, number) or text.startswith("-something", end):
        return True
    if _JOINED_CODE.match(text, end):
        return not number.words
    named = _is_idle_word(text, number) if number.words else _is_mark(text, start, end)
    if named or _is_designated(text, number):
        return True
    address = _ADDRESS.match(text, end) if not number.words else None
    return address is not None and any(w.rstrip(".").lower() in _streets() for w in address.group().split()[-2:])


def _is_joined(text: str, number: Number) -> bool:
    """Return whether a number is a part of a longer token: "F-16", "9:30", "'98"."""
    start, end = number.start, number.end
    previous = text[start - 1 : start]
    if start > 1 and previous in ("-", "‐", "‑", "–", "/", ":", "_", "#", ".", "'", "’"):
        ranged = previous in ("–", "-") and text[start - 2].isdigit() and not text[start].isupper()
        year = previous in ("'", "’") and not number.words and end - start == 2
        if not ranged and (text[start - 2].isalnum() or previous in ("#", "_", ":") or year):
            return True
    return text[end : end + 1] in (":", "/") and text[end + 1 : end + 2].isdigit()


def _is_mark(text: str, start: int, end: int) -> bool:
    """Return whether digits are a decade, the mark of an entry of a list, or a part of a telephone number."""
    if _DECADE.match(text, end):
        return True  # "the 60s"
    line = text.rfind("\n", 0, start) + 1
    if text[line:start].strip() in ("", "(", "-", "•", "*") and _ENDS_LIST_MARK.match(text, end):
        return True
    return any(m.start() <= start < m.end() for m in _PHONE.finditer(text, max(0, start - 20), end + 20))


def _is_idle_word(text: str, number: Number) -> bool:
    """Return whether a number in words counts nothing: "one of the", "Big Four", "Chicago Seven", "Route One"."""
    start, end = number.start, number.end
    if text[start:end].lower() in ("one", "zero") and _is_idle_one(text, start, end):
        return True
    if not text[start].isupper() or _begins(text, start) or number.value >= 100:
        return False
    return re.search(r"([A-Z][\w’']*)\s$", text[max(0, start - 20) : start]) is not None


def _is_idle_one(text: str, start: int, end: int) -> bool:
    """Return whether "one" counts nothing: "one of the", "one day", "no one", "the one who"."""
    if _ONE_COUNTS.search(text[max(0, start - 8) : start]):
        return False
    if _ONE_IDLE.match(text, end):
        return True
    if _CLOSED.match(text, end) and not _ONE_VICTIM.search(text[max(0, start - 16) : start]):
        return True
    meant = _ONE_MEANT.search(text[max(0, start - 10) : start])
    return meant is not None and _GOES_ON.match(text, end) is None


def _is_designated(text: str, number: Number) -> bool:
    """Return whether the word before a number makes a name of it: "Boeing 737", "page 4", "the Atlas 8 trains"."""
    start, end = number.start, number.end
    designated = _DESIGNED.search(text[max(0, start - 16) : start])
    if designated is None:
        return False
    word, lower = designated[1], designated[1].lower()
    if lower in _IN_LOWER_CASE:
        return True
    if word[:2] == word[:2].lower():
        return False
    named = word[0].isupper()  # "iPhone" has its capital second
    if named and lower in _designators() and not (number.value >= 1000 and number.words):
        return True
    digits = "," not in text[start:end] and number.value == int(number.value) and number.value < 10000
    if number.words or not digits:
        return False
    at = start - len(designated.group())
    if named and not _begins(text, at) and lower not in _no_names() and _ENDS_NAME.match(text, end):
        return True
    return not _begins(text, start) and _names_a_model(text, at, start, end, lower)


def _names_a_model(text: str, at: int, start: int, end: int, word: str) -> bool:
    """Return whether a number belongs to the name before it: "the Atlas 8 trains", no "in Oslo 8 trains"."""
    if word in _no_names() or word in common_words() or word.endswith("day") or _MODELS.match(text, end) is None:
        return False
    return _PLACED.search(text, max(0, start - 40), at) is None


def _begins(text: str, start: int) -> bool:
    """Return whether a sentence may begin at a place."""
    end = end_before(text, start, " \u00a0\"“‘'(")
    return not end or text[end - 1] in ".!?\n:—"
