"""Yes and no: what one document states and another denies."""

from __future__ import annotations

import re
from collections.abc import Iterable

from wirecheck.checks import Check
from wirecheck.checks._pairs import Pair, conflict, list_pairs, words_around
from wirecheck.comparison.values.polarity import find_opposites
from wirecheck.language.dossier import Dossier
from wirecheck.model import Finding, Point, Statement
from wirecheck.points.compatibility import SAME_MEANING, UNREAL, Compatibility
from wirecheck.statements.clauses import load_verbs
from wirecheck.text.alignment import is_negator
from wirecheck.text.stems import stem

SAME_EVENT = 0.2
"""Likelihood from which on a yes and a no are held to be about one event; the words in common and the sentences around
decide the rest. Above 0.25 short statements of a denial are lost."""
SAME_WORDS = 0.5
"""Share of weighted words that a yes and a no must have in common; they differ in little else."""
LED = re.compile(r"(?:even\s|only\s|just\s)?(?:after|before|once|until|unless|when|while)\s", re.IGNORECASE)
"""How a clause begins that states nothing by itself: "even after growth is taken into account"."""
LIMITS = frozenset(("since", "until", "yet", "again", "anymore", "longer"))
"""Words that leave what is denied open for another time."""
NEAR_CLAUSE = 12
"""Characters behind a denial in which such a word may stand."""
FEWEST_SHARED = 2
"""Content words that must stand around both words of a pair of opposites."""


def find(dossier: Dossier, points: tuple[Point, ...]) -> Iterable[Finding]:
    """Yield the conflicts between a statement and its denial, or its opposite."""
    compatibility, pairs = list_pairs(dossier, points, least=SAME_EVENT)
    for pair in pairs:
        if not _comparable(dossier, compatibility, pair):
            continue
        if _denies(dossier, pair.left) and _denies(dossier, pair.right):
            continue  # "zero collusion" and "no collusion", or a clause cut off from its denial
        if pair.left.polarity != pair.right.polarity:
            if not _is_limited(dossier, pair) and _is_denied(dossier, compatibility, pair):
                yield conflict(dossier, pair, "polarity", "polarity", "One says the opposite of the other")
        elif _is_reversed(dossier, compatibility, pair):
            yield conflict(dossier, pair, "polarity", "polarity", "Both cannot have happened")


def _comparable(dossier: Dossier, compatibility: Compatibility, pair: Pair) -> bool:
    """Return whether two statements would agree but for their yes and no: one time, one source, equally real."""
    left, right = pair.left, pair.right
    if (left.modality in UNREAL) != (right.modality in UNREAL) or "question" in (left.modality, right.modality):
        return False
    if left.modality == "conditional" or right.modality == "conditional":
        return False
    if any(LED.match(dossier.words(s.span)) for s in (left, right)):
        return False
    if (left.quotation is not None or right.quotation is not None) and left.attributed_to != right.attributed_to:
        return False
    difference = compatibility.difference(left, right)
    return difference in ("polarity", "opposite") and not compatibility.differs_otherwise(left, right)


def _is_limited(dossier: Dossier, pair: Pair) -> bool:
    """Return whether what denies holds for a time only: "not seen since", "not yet charged" deny nothing of another."""
    negative = pair.left if pair.left.polarity == "negative" else pair.right
    reading = dossier.reading(negative.document)
    tokens = [t for s in reading.sentences_in(negative.sentence.start, negative.sentence.end) for t in s.tokens]
    return any(t.text.lower() in LIMITS and t.start < negative.span.end + NEAR_CLAUSE for t in tokens)


def _denies(dossier: Dossier, statement: Statement) -> bool:
    """Return whether a word of a statement's whole sentence denies; "not just" and "not only" deny nothing.

    The whole sentence, as a clause may be cut off from the word that denies it.
    """
    reading = dossier.reading(statement.document)
    tokens = [t for s in reading.sentences_in(statement.sentence.start, statement.sentence.end) for t in s.tokens]
    words = [t.text.lower().replace("’", "'") for t in tokens]
    return any(
        (is_negator(word) and words[n + 1 : n + 2] not in (["just"], ["only"], ["merely"]))
        or word in ("n't", "zero", "0")
        or tokens[n].lemma.lower() in load_verbs()["negative"]
        for n, word in enumerate(words)
    )


def _is_denied(dossier: Dossier, compatibility: Compatibility, pair: Pair) -> bool:
    left, right = pair.left, pair.right
    likeness = compatibility.likeness
    if likeness.words[left.row, right.row] < SAME_WORDS:
        return False
    names = _list_names(dossier, left) | _list_names(dossier, right)
    if not (likeness.words_of[left.row] & likeness.words_of[right.row]) - names:
        return False  # a hospital that declined to comment, and a boy brought to that hospital
    if load_verbs()["negative"] & {left.relation, right.relation}:
        return True
    return left.relation == right.relation or float(likeness.meaning[left.row, right.row]) >= SAME_MEANING


def _list_names(dossier: Dossier, statement: Statement) -> set[str]:
    """Return the stems of the words of a statement's sentence that are parts of names."""
    reading = dossier.reading(statement.document)
    tokens = (t for s in reading.sentences_in(statement.sentence.start, statement.sentence.end) for t in s.tokens)
    return {stem(t.text.lower()) for t in tokens if t.text[:1].isupper()}


def _is_reversed(dossier: Dossier, compatibility: Compatibility, pair: Pair) -> bool:
    left, right = pair.left, pair.right
    words = compatibility.likeness.words_of
    found = find_opposites(words[left.row], words[right.row], ("deeds",))
    if found is None or compatibility.likeness.words[left.row, right.row] < SAME_WORDS:
        return False
    if [stem(s.relation.partition(" ")[0]) for s in (left, right)] != list(found):
        return False  # "gives a right to the papers", "entitles him to receive them"
    around = words_around(dossier, left, found[0]) & words_around(dossier, right, found[1])
    return len(around) >= FEWEST_SHARED


CHECK = Check("polarity", 1, "polarity", "What one document states and another denies or reverses", find)
