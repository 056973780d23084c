"""Places: whether two names of places can be one place, one inside the other, or exclude each other.

No gazetteer holds every town, so two names alone are left open; what excludes is said by the names themselves: two
countries, two streets, north and south of one town.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from wirecheck.comparison.values import Written, say
from wirecheck.model import Comparison, ValueComparison
from wirecheck.text.gazetteer import countries, fold_name, places

_POINTS = ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest")
"""Each 45 degrees from the next."""
_COMPASS = re.compile(r"\b(north|south)?-?(east|west)?(?:ern|erly|ward)?\b(\s+of\b)?", re.IGNORECASE)
_PREPOSITION = re.compile(
    r"\s*(in|at|inside|outside|near|close to|around|off|on|from|to|within|beyond|across|of)\b\s*", re.IGNORECASE
)
_AWAY = frozenset({"outside", "beyond", "off"})
_INSIDE = frozenset({"in", "inside", "within", "at"})
_AROUND = frozenset({"near", "close to", "around"})
_WEAK = re.compile(r"^(?:the|a|an)\s+|^(?:city|town|village|port|state|province) of\s+", re.IGNORECASE)
_ORDINALS = {
    "first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th", "fifth": "5th", "sixth": "6th", "seventh": "7th",
    "eighth": "8th", "ninth": "9th", "tenth": "10th", "eleventh": "11th", "twelfth": "12th",
}  # fmt: skip
_AMBIGUOUS = frozenset({"Georgia"})
"""Names of a country and of a state of another."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place as it is written: "20 km north of Tarn, Velia"."""

    name: str
    """Folded, without what stands before and after it: "tarn"."""
    within: tuple[str, ...]
    """What the words name as holding it, the nearest first: "velia"."""
    country: str
    """The country that the name is of; "" for a place that is none."""
    form: str
    """"name", "demonym", "capital" or "seat" of that country, "state" of the United States, or ""."""
    compass: str
    is_beside: bool
    """True for "north of": not in the place itself."""
    preposition: str


def read_place(words: str) -> Place:
    """Return what the words for a place name.

    >>> place = read_place("20 km north of Tarn, Velia")
    >>> place.name, place.within, place.compass, place.is_beside
    ('tarn', ('velia',), 'north', True)
    """
    text, compass, beside = " ".join(words.split()), "", False
    for match in _COMPASS.finditer(text):
        led = match[3] is not None or match.group()[:1].islower()
        if match[1] or match[2]:
            if led:  # "north of", "northern"; "North Velia" is a name
                compass = f"{match[1] or ''}{match[2] or ''}".lower()
                beside = match[3] is not None and not text[: match.start()].lower().endswith("the ")
                text = text[match.end() :].strip()
            break
    preposition = ""
    led_by = _PREPOSITION.match(text)
    if led_by is not None:
        preposition, text = led_by[1].lower(), text[led_by.end() :]
    parts = [_WEAK.sub("", p.strip()) for p in text.split(",") if p.strip()]
    name = _WEAK.sub("", parts[0]) if parts else ""
    country, form = _country_of(name)
    return Place(_fold(name), tuple(_key(p) for p in parts[1:]), country, form, compass, beside, preposition)


def _fold(name: str) -> str:
    return " ".join(_ORDINALS.get(w, w) for w in fold_name(name).split())


def _country_of(name: str) -> tuple[str, str]:
    if name in _AMBIGUOUS:
        return "", ""
    found = countries().get(name)
    if found is not None:
        return found.name, found.form
    return ("United States", "state") if name in places().states else ("", "")


def _key(name: str) -> str:
    found = countries().get(name)
    if found is not None and found.form == "name":
        return fold_name(found.name)
    return fold_name(places().states.get(name, name))


def compare_places(left: Written, right: Written) -> ValueComparison:
    """Return how two places stand to each other."""
    found = relate_places(read_place(left.words), read_place(right.words))
    first, second = sorted((left.words, right.words), key=lambda w: (len(w.split()), len(w), w))
    if found == "coarser" and _holds(read_place(second), read_place(first)):
        first, second = second, first
    return ValueComparison("place", left.span, right.span, found, say(found, first, second))


def relate_places(left: Place, right: Place) -> Comparison:
    """Return how two places stand to each other. Symmetric."""
    if not left.name or not right.name:
        return "open"
    base = _relate_names(left, right)
    if base in ("excluded", "open") and not (left.within and left.within == right.within):
        return "open" if left.is_beside != right.is_beside or _is_about(left) or _is_about(right) else base
    if base != "equal":
        return base
    if left.preposition != right.preposition and {left.preposition, right.preposition} & _AWAY:
        return "excluded" if {left.preposition, right.preposition} & _INSIDE else "open"
    return _relate_compass(left, right)


def _is_about(place: Place) -> bool:
    return place.preposition in _AROUND or place.preposition in _AWAY


def _relate_compass(left: Place, right: Place) -> Comparison:
    if left.compass and right.compass:
        steps = abs(_POINTS.index(left.compass) - _POINTS.index(right.compass))
        steps = min(steps, len(_POINTS) - steps)
        if left.is_beside != right.is_beside:
            return "open"
        return "equal" if steps == 0 and _same_within(left, right) else ("coarser", "open", *("excluded",) * 3)[steps]
    if left.is_beside or right.is_beside or _is_about(left) != _is_about(right):
        return "open"  # "north of Tarn", "near Tarn", "in Tarn"
    return "coarser" if left.compass != right.compass or not _same_within(left, right) else "equal"


def _same_within(left: Place, right: Place) -> bool:
    return left.within == right.within


def _relate_names(left: Place, right: Place) -> Comparison:
    if left.country and right.country and left.name != right.name:
        return _relate_countries(left, right)
    if left.name == right.name:
        return _relate_within(left, right)
    for inner, outer in ((left, right), (right, left)):
        held = fold_name(outer.country) if outer.form == "name" else outer.name
        if outer.name in inner.within or held in inner.within:
            return "coarser"
    if left.within and right.within and _relate_within(left, right) == "excluded":
        return "excluded"
    ours, theirs = set(left.name.split()), set(right.name.split())
    if ours < theirs or theirs < ours:
        return "coarser"
    kinds = {w.casefold() for w in (*places().heads, *places().first)}
    shared = ours & theirs
    return "excluded" if shared and shared <= kinds and not (ours ^ theirs) & kinds else "open"


def _relate_countries(left: Place, right: Place) -> Comparison:
    if left.country != right.country:
        return "excluded"
    whole = ("name", "demonym")
    if left.form in whole and right.form in whole:
        return "equal"
    if left.form == right.form == "state":
        ours, theirs = (places().states.get(_title(p.name), p.name) for p in (left, right))
        return "equal" if ours == theirs else "excluded"
    return "coarser" if left.form in whole or right.form in whole else "open"


def _title(name: str) -> str:
    return next((form for form in places().states if fold_name(form) == name), name)


def _relate_within(left: Place, right: Place) -> Comparison:
    """Return how two places of one name stand to each other by what holds them: two Tarns of two countries."""
    if not left.within or not right.within or left.within[-1] == right.within[-1]:
        return "equal"
    if set(left.within) & set(right.within):
        return "equal"
    ours, theirs = (_country_of_key(p.within[-1]) for p in (left, right))
    states = {fold_name(n) for n in places().states.values()}
    both_states = left.within[-1] in states and right.within[-1] in states
    return "excluded" if ours and theirs and (ours != theirs or both_states) else "open"


def _country_of_key(name: str) -> str:
    """Return the folded country that the name of a country or state is of; "" for one that is of two or none."""
    if name in {fold_name(n) for n in _AMBIGUOUS}:
        return ""
    if name in {fold_name(n) for n in places().states.values()}:
        return "united states"
    return name if name in {fold_name(c.name) for c in countries().values()} else ""


def _holds(outer: Place, inner: Place) -> bool:
    """Return whether the second place is said to lie in the first, by its words or by its country."""
    if outer.name in inner.within or (outer.form in ("name", "demonym") and inner.form in ("capital", "seat", "state")):
        return True
    return outer.name == inner.name and not outer.compass and bool(inner.compass)
