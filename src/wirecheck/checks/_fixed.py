"""Fixed measures: what a thing has one of, so that two figures for it cannot both be right.

The magnitude of an earthquake, the length of a boat, the inhabitants of an island, how far a town lies from another.
Two clauses that give such a figure need not be alike: that the thing is the same is enough.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wirecheck.language.dossier import Dossier
from wirecheck.statements.measures import load_lists
from wirecheck.statements.quantities import Measured
from wirecheck.text.stems import load_common, stem

EXTENT = frozenset(("length", "area", "mass", "volume", "power", "speed", "temperature", "degree"))
"""Dimensions of which a thing has one value: what is ten metres long is not nine."""
LARGEST_RATIO: Mapping[str, float] = {"extent": 1.6, "worth": 2.5, "population": 3.0, "distance": 2.0}
"""Figures of which the larger is more than so many times the smaller are of two things. All true ones read in 22 fresh
stories lie below; of the false ones two in three lie above.
"""
NEAR_MAGNITUDES = 0.5
"""Two shocks of one quake measured by two services differ by no more; a foreshock or an earlier quake by more."""
_IMMEASURABLE = frozenset((
    "mile", "kilometer", "kilometre", "metre", "meter", "foot", "yard", "stretch", "distance", "radius", "range",
    "pass", "run", "drive", "line", "zone", "area", "hour", "day", "road", "street", "way", "wind", "gust",
))  # fmt: skip
"""Nouns that are themselves an extent or a stretch: a document may give many distances and rates."""
_PEOPLE = frozenset(stem(w) for w in ("person", "people", "resident", "inhabitant", "population", "home"))
_POINTS = r"(?:north|south|east|west|northeast|northwest|southeast|southwest|north-?\w+|south-?\w+)"
_AWAY = re.compile(
    rf"\s*(?:\([^)]{{1,24}}\)\s*)?(?:{_POINTS}\s+(?:of|from)|from|off|outside)\s+(?:the\s+)?"
    r"(?:[a-z]+\s+(?:of\s+)?){0,2}"
    r"((?:[A-Z][\w’'.-]*)(?:\s+[A-Z][\w’'.-]*)*)"
)
_HOME = re.compile(
    r"\b(?:home\s+to|population\s+of|inhabited\s+by|populated\s+by)\s+(?:[a-z]+\s+){0,3}$", re.IGNORECASE
)


@dataclass(frozen=True)
class Slot:
    """What a figure is the only value of: the kind of measure, and the words for the thing or place."""

    kind: str
    dimension: str
    things: frozenset[str]
    around: frozenset[str]
    """Stems of the names and nouns of its sentence."""
    names: frozenset[str]


def find_slots(dossier: Dossier, items: Sequence[Measured]) -> dict[int, Slot]:
    """Return the slots of the figures that have one, by the index of the figure."""
    found = {}
    for i, item in enumerate(items):
        slot = _find_slot(dossier, item)
        if slot is not None:
            found[i] = slot
    return found


def _find_slot(dossier: Dossier, item: Measured) -> Slot | None:
    quantity = item.quantity
    if item.negated or item.other or quantity.kind in ("ordinal", "score", "age", "percent"):
        return None
    text = dossier.document(item.document).text
    if item.dimension == "magnitude":
        return _slot(dossier, item, "magnitude", frozenset())
    if item.dimension == "length" and (away := _AWAY.match(text, quantity.span.end)) is not None:
        place = frozenset(stem(w) for w in away[1].replace(".", "").split())
        return _slot(dossier, item, "distance", place)
    if item.dimension == "count" and _is_population(item, text):
        return _slot(dossier, item, "population", frozenset())
    things = item.nouns or (frozenset({item.governor}) if item.governor else frozenset())
    if item.dimension in EXTENT and things and not things & _IMMEASURABLE:
        return _slot(dossier, item, "extent", _thing_classes(things))
    if quantity.kind == "money" and things and "stolen" in item.concepts:
        return _slot(dossier, item, "worth", _thing_classes(things))
    return None


def _slot(dossier: Dossier, item: Measured, kind: str, things: frozenset[str]) -> Slot:
    common = load_common()
    around, names = set(), set()
    span = item.quantity.span
    for sentence in dossier.reading(item.document).sentences_in(span.start, span.end):
        for token in sentence.tokens:
            if token.upos in ("NOUN", "PROPN") and token.text.lower() not in common:
                around.add(stem((token.lemma or token.text).lower()))
                if token.upos == "PROPN":
                    names.add(stem(token.text.lower()))
    return Slot(kind, item.dimension, things, frozenset(around), frozenset(names))


def _is_population(item: Measured, text: str) -> bool:
    before = text[max(0, item.quantity.span.start - 40) : item.quantity.span.start]
    if _HOME.search(before):
        return not item.nouns or "person" in item.nouns
    if item.governor == "population":
        return True
    return item.quantity.counted in ("resident", "inhabitant") and item.predicate == "hav"


def _thing_classes(things: frozenset[str]) -> frozenset[str]:
    nouns = load_lists().noun_stems
    return frozenset(s for t in things for s in {stem(t), *nouns.get(stem(t), ())})


def is_one_thing(left: Measured, right: Measured, ours: Slot, theirs: Slot) -> bool:
    """Return whether two figures that differ fill one slot of one thing. Symmetric."""
    if ours.kind != theirs.kind or ours.dimension != theirs.dimension:
        return False
    if ours.kind == "magnitude":
        if abs(left.low - right.low) > NEAR_MAGNITUDES:
            return False
        same_year = {d.value[:4] for d in left.dates} & {d.value[:4] for d in right.dates} - {"XXXX"}
        undated = not _is_dated(left) and not _is_dated(right)
        return undated or (bool(same_year) and len(ours.names & theirs.names) > 1)
    low, high = sorted((abs(left.low), abs(right.low)))
    if high > LARGEST_RATIO[ours.kind] * low:
        return False
    if ours.kind == "distance":
        rest = (ours.around & theirs.around) - ours.things
        return ours.things == theirs.things and bool(rest)
    if ours.kind == "population":
        return bool(ours.around & theirs.around - _PEOPLE)
    return bool(ours.things & theirs.things)


def _is_dated(item: Measured) -> bool:
    """Return whether a clause gives a time farther than days away: a month or a year."""
    return any(d.precision in ("month", "year", "decade") or re.match(r"\d{4}-\d\d$", d.value) for d in item.dates)
