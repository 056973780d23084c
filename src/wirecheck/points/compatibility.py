"""Compatibility: whether two statements that are about one thing also say the same of it."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from wirecheck.language.dossier import Dossier
from wirecheck.model import PartialDate, Quantity, Statement
from wirecheck.points.likeness import content_words, stem

UNREAL = frozenset({"future", "possible", "conditional"})
"""Modalities of what has not happened; a fact never agrees with one of them."""


@cache
def load_opposites() -> dict[str, frozenset[str]]:
    """Return the opposites of each stem, from `data/opposites.toml`, both ways."""
    text = resources.files("wirecheck.points").joinpath("data/opposites.toml").read_text("utf-8")
    found: dict[str, set[str]] = {}
    for left, right in tomllib.loads(text)["pairs"]:
        found.setdefault(stem(left), set()).add(stem(right))
        found.setdefault(stem(right), set()).add(stem(left))
    return {word: frozenset(others) for word, others in found.items()}


def find_difference(dossier: Dossier, left: Statement, right: Statement) -> str | None:
    """Return what keeps two like statements from agreeing, or None.

    One of "polarity", "opposite", "modality", "quantity", "date", "actor", "order". Swapping the two changes nothing.
    """
    if left.polarity != right.polarity:
        return "polarity"
    words = (frozenset(content_words(dossier, left)), frozenset(content_words(dossier, right)))
    if find_opposites(*words):
        return "opposite"
    if (left.modality in UNREAL) != (right.modality in UNREAL):
        return "modality"
    if any(differ(a, b) for a in left.quantities for b in right.quantities) and not any(
        same_quantity(a, b) for a in left.quantities for b in right.quantities
    ):
        return "quantity"
    if dates_differ(left.dates, right.dates):
        return "date"
    if roles_swapped(left, right):
        return "order"
    if other_subject(left, right):
        return "actor"
    return None


def find_opposites(left: frozenset[str], right: frozenset[str]) -> tuple[str, str] | None:
    """Return a word of one side only and its opposite of the other side only, or None."""
    opposites = load_opposites()
    own_right = right - left
    for word in sorted(left - right):
        against = sorted(opposites.get(word, frozenset()) & own_right)
        if against:
            return word, against[0]
    return None


def same_quantity(left: Quantity, right: Quantity) -> bool:
    """Return whether two quantities give one value of the same unit."""
    return (left.low, left.high, left.unit) == (right.low, right.high, right.unit)


def differ(left: Quantity, right: Quantity) -> bool:
    """Return whether two quantities count the same thing and cannot be one value, bounds set aside."""
    if left.unit != right.unit or left.kind == "ordinal" or right.kind == "ordinal":
        return False
    if left.counted and right.counted and stem(left.counted) != stem(right.counted):
        return False
    if not left.unit and not (left.counted and right.counted):
        return False
    return left.high < right.low or right.high < left.low


def dates_differ(left: tuple[PartialDate, ...], right: tuple[PartialDate, ...]) -> bool:
    """Return whether both sides give dates and none of one side fits one of the other."""
    ours = [d.value for d in left if d.kind in ("date", "time") and d.value]
    theirs = [d.value for d in right if d.kind in ("date", "time") and d.value]
    if not ours or not theirs:
        return False
    return not any(a.startswith(b) or b.startswith(a) for a in ours for b in theirs)


def subject_actor(statement: Statement) -> str | None:
    """Return the actor of the subject, or None."""
    return next((a.actor for a in statement.arguments if a.relation == "subject" and a.actor), None)


def object_actor(statement: Statement) -> str | None:
    """Return the actor of the first object, or None."""
    return next((a.actor for a in statement.arguments if a.relation == "object" and a.actor), None)


def roles_swapped(left: Statement, right: Statement) -> bool:
    """Return whether who does it and to whom it is done have changed places under the same verb."""
    if not left.relation or left.relation != right.relation:
        return False
    ours, theirs = (subject_actor(left), object_actor(left)), (subject_actor(right), object_actor(right))
    return None not in ours and ours != theirs and ours == (theirs[1], theirs[0])


def other_subject(left: Statement, right: Statement) -> bool:
    """Return whether both subjects are known actors and neither occurs on the other side."""
    ours, theirs = subject_actor(left), subject_actor(right)
    return (
        ours is not None
        and theirs is not None
        and ours != theirs
        and ours not in right.actors
        and theirs not in left.actors
    )
