"""Values: one comparator for each kind, symbolic, the same from both sides, with the last word on values.

A comparator is asked about two values after their statements were paired; it does not say whether they belong together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wirecheck.model import Comparison, Span

ORDER: tuple[Comparison, ...] = ("equal", "rounded", "coarser", "later", "open", "other-measure", "excluded")
"""From what speaks most for one value to what speaks most against it."""


@dataclass(frozen=True, slots=True)
class Written:
    """A value as a document writes it."""

    span: Span
    words: str


def say(comparison: Comparison, first: str, second: str) -> str:
    """Return a short phrase on two values; the coarser or the smaller one is given first."""
    phrases = {
        "equal": f"both say {first}" if first == second else f"{first} is {second}",
        "coarser": f"{first} leaves room for {second}",
        "rounded": f"{first} and {second} are one, rounded",
        "later": f"{first} grew to {second}",
        "other-measure": f"{first} and {second} measure two things",
        "excluded": f"{first} and {second} exclude each other",
        "open": f"{first} and {second} may both be right",
    }
    return phrases[comparison]


def nearest(found: Iterable[Comparison]) -> Comparison:
    """Return of several ways to read two values the one that speaks most for one value; "open" without any."""
    return min(found, key=ORDER.index, default="open")
