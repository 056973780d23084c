"""Pairs of statements that the checks hold against each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wirecheck.checks._stated import show_words, side, state
from wirecheck.language.dossier import Dossier
from wirecheck.model import Finding, Point, Statement
from wirecheck.model.finding import FindingKind
from wirecheck.points.compatibility import Compatibility, compare_statements
from wirecheck.text.stems import load_common, stem

REACH = 4
"""Content words to either side of a word that stand around it."""


@dataclass(frozen=True)
class Pair:
    """Two statements of one point, the one of the earlier document (by name), or the headline, first."""

    point: Point
    left: Statement
    right: Statement
    score: float
    """Likelihood that they speak of one thing, from 0 to 1."""


def list_pairs(dossier: Dossier, points: tuple[Point, ...], *, least: float) -> tuple[Compatibility, list[Pair]]:
    """Return the pairs of statements in one point that score at least `least`, and what compares them.

    Statements of two documents, or a headline and a statement of its own body; each pair once.
    """
    compatibility = compare_statements(dossier)
    place = compatibility.place
    seen: set[tuple[str, str]] = set()
    pairs = []
    for point in points:
        ordered = sorted(point.statements, key=lambda s: (place[s.document], s.span))
        for left, right in _couples(ordered):
            if (left.id, right.id) in seen:
                continue
            seen.add((left.id, right.id))
            score = compatibility.score(left, right)
            if score >= least:
                pairs.append(Pair(point, left, right, score))
    return compatibility, pairs


def _couples(ordered: list[Statement]) -> Iterator[tuple[Statement, Statement]]:
    for n, left in enumerate(ordered):
        for right in ordered[n + 1 :]:
            if left.document != right.document or left.is_title != right.is_title:
                yield left, right


def conflict(dossier: Dossier, pair: Pair, kind: FindingKind, check: str, why: str) -> Finding:
    """Return the conflict of two statements, in the words of both; `why` is a sentence without its full stop."""
    left, right = (show_words(dossier, s.span) for s in (pair.left, pair.right))
    names = [dossier.shown(s.document) for s in (pair.left, pair.right)]
    if pair.left.document == pair.right.document:
        told = f"{names[0]} states {left} in one place and {right} in another"
    else:
        told = f"{names[0]} states {left}; {names[1]} states {right}"
    sides = (side(left, [pair.left]), side(right, [pair.right]))
    stated = state((pair.left, pair.right))
    return Finding("conflict", kind, f"{told}. {why}.", stated, check, pair.point.id, sides, weight=pair.score)


def words_around(dossier: Dossier, statement: Statement, word: str) -> frozenset[str]:
    """Return the stems of the content words that stand within `REACH` of a stem in a statement."""
    common = load_common()
    stems = []
    for sentence in dossier.reading(statement.document).sentences_in(statement.span.start, statement.span.end):
        for token in sentence.tokens:
            if statement.span.start <= token.start and token.end <= statement.span.end:
                lower = token.text.lower()
                lemma = (token.lemma or lower).lower()
                if lower not in common and lemma not in common and any(c.isalnum() for c in lower):
                    stems.append(stem(lemma))
    found: set[str] = set()
    for n, at in enumerate(stems):
        if at == word:
            found.update(stems[max(0, n - REACH) : n + REACH + 1])
    return frozenset(found - {word})
