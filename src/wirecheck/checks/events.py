"""Who, what and where: two accounts of one event that cannot both be right."""

from __future__ import annotations

from collections.abc import Iterable

from wirecheck.checks import Check
from wirecheck.checks._pairs import Pair, conflict, list_pairs, words_around
from wirecheck.comparison.values.polarity import find_opposites
from wirecheck.comparison.values.time import dates_differ
from wirecheck.language.dossier import Dossier
from wirecheck.model import Finding, Point, Statement
from wirecheck.points.compatibility import Compatibility
from wirecheck.text.stems import stem

ABOUT_ONE_THING = 0.3
"""Likelihood from which on two statements are searched for words that exclude each other at one and the same place."""
FEWEST_SHARED = 2
"""Content words that must stand around both words: "150 miles east of Aden", "150 miles west of Aden"."""


def find(dossier: Dossier, points: tuple[Point, ...]) -> Iterable[Finding]:
    """Yield the conflicts of who or where in otherwise like words: east and west, a woman and a boy."""
    compatibility, pairs = list_pairs(dossier, points, least=ABOUT_ONE_THING)
    seen = set()
    for pair in sorted(pairs, key=lambda p: (-round(p.score, 5), p.left.id, p.right.id)):
        found = _find_exclusive(dossier, compatibility, pair)
        if found is not None:
            key = (pair.left.document, pair.right.document, *found)
            if key not in seen:
                seen.add(key)
                yield conflict(dossier, pair, "event", "events", "Both cannot be right")


def _find_exclusive(dossier: Dossier, compatibility: Compatibility, pair: Pair) -> tuple[str, str] | None:
    left, right = pair.left, pair.right
    words = compatibility.likeness.words_of
    found = find_opposites(words[left.row], words[right.row], ("things",))
    if found is None or left.polarity != right.polarity:
        return None
    if dates_differ(left.dates or left.setting, right.dates or right.setting):
        return None
    if _is_of_name(dossier, left, found[0]) != _is_of_name(dossier, right, found[1]):
        return None
    around = words_around(dossier, left, found[0]) & words_around(dossier, right, found[1])
    return found if len(around) >= FEWEST_SHARED else None


def _is_of_name(dossier: Dossier, statement: Statement, word: str) -> bool:
    """Return whether a stem stands in a statement as a word of a name alone: "a Stagecoach South bus"."""
    tokens = [
        token
        for sentence in dossier.reading(statement.document).sentences_in(statement.span.start, statement.span.end)
        for token in sentence.tokens[1:]
        if statement.span.start <= token.start < statement.span.end and stem(token.text.lower()) == word
    ]
    return bool(tokens) and all(token.text[:1].isupper() for token in tokens)


CHECK = Check("events", 1, "event", "Who, what and where, in otherwise like accounts of one event", find)
