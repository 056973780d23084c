"""Names: whether two forms of a name are one, and whether both can be right of one bearer."""

from __future__ import annotations

import re

from wirecheck.comparison.values import Written, say
from wirecheck.model import Comparison, ValueComparison
from wirecheck.resolve.names import (
    PersonName,
    first_names_fit,
    initials,
    is_slip,
    middles_fit,
    organization_key,
    person_names_fit,
    read_person_name,
    surnames_fit,
)
from wirecheck.text.gazetteer import first_names, organizations

SHORTEST_SURNAME = 4
"""Letters of the shortest surname whose two spellings are held to be one name: Lee and Leo are two."""
PARTICLES = ("la", "le", "de", "di", "da", "mc", "mac", "o'")
_WEAK = frozenset({"the", "of", "for", "and", "in", "at", "de", "&"})


def compare_names(left: Written, right: Written, *, is_person: bool) -> ValueComparison:
    """Return how two names that two documents give one bearer stand to each other.

    A usual English first name with a slip in it, or a surname with one, excludes the right one; names from other
    scripts are spelled by the rules of each house, so that two spellings of one sound are equal.
    """
    relate = relate_persons if is_person else relate_bodies
    found = relate(left.words, right.words)
    first, second = sorted((left.words, right.words), key=lambda w: (len(w.split()), len(w), w))
    return ValueComparison("name", left.span, right.span, found, say(found, first, second))


def relate_persons(left: str, right: str) -> Comparison:
    """Return how two names of a person stand to each other. Symmetric."""
    ours, theirs = read_person_name(left), read_person_name(right)
    if not ours.last or not theirs.last:
        return "open"
    if ours == theirs:
        return "equal"
    if not ours.first or not theirs.first:
        return _relate_short(ours, theirs)
    usual = ours.first in first_names().gender and theirs.first in first_names().gender
    if usual and are_two_spellings(ours, theirs):
        return "excluded"
    if not person_names_fit(left, right):
        bare = _without_particles(left), _without_particles(right)
        return "coarser" if bare != (left, right) and person_names_fit(*bare) else "excluded"
    if ours.suffix != theirs.suffix or _says_less(ours, theirs):
        return "coarser"
    return "equal"


def _relate_short(ours: PersonName, theirs: PersonName) -> Comparison:
    """Return how a surname, or a first name, alone stands to a name."""
    short, long = (ours, theirs) if not ours.first else (theirs, ours)
    if short.last == long.last or short.last in (long.first, *long.middle):
        return "coarser"
    if not long.first:
        if surnames_fit(short.last, long.last):
            return "equal"
        return "open" if {short.last, long.last} & first_names().gender.keys() else "excluded"  # "Jim", "Roe"
    if first_names_fit(short.last, long.first) and len(short.last) > 2:
        return "coarser"
    return "coarser" if surnames_fit(short.last, long.last) else "excluded"


def _without_particles(name: str) -> str:
    first, *rest = name.split()
    return " ".join([first, *(w for w in rest if w.casefold() not in first_names().particles)])


def _says_less(ours: PersonName, theirs: PersonName) -> bool:
    """Return whether one name has an initial or leaves out a middle name that the other gives."""
    initial = (len(ours.first) == 1) != (len(theirs.first) == 1)
    return initial or (ours.middle != theirs.middle and middles_fit(ours.middle, theirs.middle))


def are_two_spellings(left: PersonName, right: PersonName) -> bool:
    """Return whether two full names are one name written in two ways, of which one must be wrong."""
    if left.last == right.last:
        return _sound_alike(left.first, right.first)
    if left.first != right.first or min(len(left.last), len(right.last)) < SHORTEST_SURNAME:
        return False
    short, long = sorted((left.last, right.last), key=len)
    return is_slip(left.last, right.last) or any(long == particle + short for particle in PARTICLES)


def _sound_alike(left: str, right: str) -> bool:
    """Return whether two first names are spellings of one: the same consonants, and one gender.

    >>> _sound_alike("catherine", "kathryn"), _sound_alike("daniel", "daniela"), _sound_alike("jon", "john")
    (True, False, True)
    """
    names = first_names()
    if left == right or left not in names.gender or names.gender[left] != names.gender.get(right):
        return False
    return _consonants(left) == _consonants(right)


def _consonants(name: str) -> str:
    for letters, level in (("ph", "f"), ("th", "t"), ("ck", "k"), ("c", "k"), ("h", ""), ("z", "s")):
        name = name.replace(letters, level)
    return name[:1] + re.sub(r"(.)\1", r"\1", re.sub(r"[aeiouy]", "", name[1:]))


def relate_bodies(left: str, right: str) -> Comparison:
    """Return how two names of an organization stand to each other. Symmetric.

    Two that share no more than the kind of body are two bodies ("Ministry of Health", "Ministry of Trade"); of others
    one may be a part of the other, which no name tells.
    """
    ours, theirs = organization_key(left), organization_key(right)
    if ours == theirs:
        return "equal"
    for short, long in ((left, right), (right, left)):
        if len(short) > 1 and short.isupper() and short.replace(".", "") == initials(long):
            return "equal"
    here, there = _words(ours), _words(theirs)
    if here <= there or there <= here:
        return "equal" if here == there else "coarser"
    kinds = {w.casefold() for w in organizations().heads}
    shared = here & there
    apart = here - there, there - here
    return "excluded" if shared and shared <= kinds and not any(side & kinds for side in apart) else "open"


def _words(key: str) -> frozenset[str]:
    return frozenset(w for w in re.findall(r"[\w'&-]+", key) if w not in _WEAK)
