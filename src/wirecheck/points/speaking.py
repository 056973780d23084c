"""Who says a quotation: whether two quotations have one speaker."""

from __future__ import annotations

from wirecheck.language.dossier import Dossier
from wirecheck.model import Quotation
from wirecheck.text.alignment import list_words

_NEAR_NAMES = 80.0
"""Likeness of two surnames, from 0 to 100, from which on they may be one name misspelled."""
_GENERATIONS = frozenset({"jr", "sr", "ii", "iii", "iv"})


def same_speaker(dossier: Dossier, left: Quotation, right: Quotation) -> bool | None:
    """Return whether two quotations have one speaker, or None when that is open.

    Open are a person and an organization, since a spokesman's words may elsewhere be those of the house, and two
    persons with one surname or nearly one ("Meyer", "Mayer"), who may be one person misnamed.
    """
    if left.speaker is not None and left.speaker == right.speaker:
        return True
    names = [(q.speaker_name or "").casefold() for q in (left, right)]
    if all(names) and names[0] == names[1]:
        return True
    if left.speaker is None or right.speaker is None:
        return None
    kinds = [actor.kind if (actor := dossier.actor(q.speaker)) is not None else "other" for q in (left, right)]
    if kinds != ["person", "person"]:
        return None
    return None if _may_be_one_name(*names) else False


def related_speakers(dossier: Dossier, left: Quotation, right: Quotation) -> bool:
    """Return whether two speakers are one, or two names of one house ("India", "the Indian navy")."""
    if same_speaker(dossier, left, right):
        return True
    if left.speaker is None or right.speaker is None:
        return False
    actors = [dossier.actor(q.speaker) for q in (left, right)]
    if any(a is None or a.kind == "person" for a in actors):
        return False
    stems = [{w.key[:5] for w in list_words(q.speaker_name or "") if len(w.key) >= 4} for q in (left, right)]
    return bool(stems[0] & stems[1])


def _may_be_one_name(left: str, right: str) -> bool:
    from rapidfuzz.fuzz import ratio

    here, there = ([w.key for w in list_words(n) if w.key not in _GENERATIONS] for n in (left, right))
    if not here or not there:
        return True
    given = here[0] != there[0] and len(here) > 1 and len(there) > 1 and here[0][0] != there[0][0]
    return not given and ratio(here[-1], there[-1]) >= _NEAR_NAMES
