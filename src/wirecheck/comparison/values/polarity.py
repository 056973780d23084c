"""Polarity: yes and no, and words of which one excludes the other."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from wirecheck.model import Statement
from wirecheck.text.stems import stem

OPPOSITES = ("deeds", "in_turn", "things", "qualities")
"""The lists of `data/opposites.toml` that turn a statement into another one."""


@cache
def _load() -> Mapping[str, list[list[str]]]:
    text = resources.files("wirecheck.comparison.values").joinpath("data/opposites.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def load_opposites(lists: tuple[str, ...] = OPPOSITES) -> dict[str, frozenset[str]]:
    """Return the opposites of each stem, from lists of `data/opposites.toml`, both ways."""
    found: dict[str, set[str]] = {}
    for left, right in (pair for name in lists for pair in _load()[name]):
        found.setdefault(stem(left), set()).add(stem(right))
        found.setdefault(stem(right), set()).add(stem(left))
    return {word: frozenset(others) for word, others in found.items()}


@cache
def load_prepositions() -> frozenset[frozenset[str]]:
    """Return the pairs of prepositions of `data/opposites.toml` that exclude each other."""
    return frozenset(frozenset(pair) for pair in _load()["prepositions"])


@cache
def load_hedges() -> frozenset[str]:
    """Return the stems of the hedges of `data/opposites.toml`."""
    return frozenset(stem(str(word)) for word in _load()["hedges"])


def find_opposites(
    left: frozenset[str], right: frozenset[str], lists: tuple[str, ...] = OPPOSITES
) -> tuple[str, str] | None:
    """Return a word of one side only and its opposite of the other side only, or None."""
    opposites = load_opposites(lists)
    own_right = right - left
    for word in sorted(left - right):
        against = sorted(opposites.get(word, frozenset()) & own_right)
        if against:
            return word, against[0]
    return None


def are_complementary(left: frozenset[str], right: frozenset[str]) -> bool:
    """Return whether deeds make up a whole, so that a share of one is the rest of the other: withered, survived."""
    return find_opposites(left, right, ("complements",)) is not None


def opposite_prepositions(left: Statement, right: Statement) -> tuple[str, str] | None:
    """Return two prepositions that exclude each other before one thing, in order, or None."""
    ours = {(stem(a.head), a.preposition) for a in left.arguments if a.preposition}
    theirs = {(stem(a.head), a.preposition) for a in right.arguments if a.preposition}
    found = sorted(
        (f"{min(p, q)} {h}", f"{max(p, q)} {h}")
        for h, p in ours
        for k, q in theirs
        if h == k and frozenset((p, q)) in load_prepositions()
    )
    return found[0] if found else None
