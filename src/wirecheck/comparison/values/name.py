"""Names: whether two full names are one, spelled in two ways."""

from __future__ import annotations

import re

from wirecheck.resolve.names import PersonName, is_slip
from wirecheck.text.gazetteer import first_names

SHORTEST_SURNAME = 4
"""Letters of the shortest surname whose two spellings are held to be one name: Lee and Leo are two."""
PARTICLES = ("la", "le", "de", "di", "da", "mc", "mac", "o'")


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
