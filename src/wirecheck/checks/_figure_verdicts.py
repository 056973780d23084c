"""Verdicts on figures that measure one thing and differ: whether both can be right, and what sets them apart."""

from __future__ import annotations

from collections.abc import Sequence

from wirecheck.checks._figure_pairs import ALIKE_SIDES, FigurePairs, match_nouns, rule_values
from wirecheck.comparison.values import time
from wirecheck.comparison.values.quantity import is_rounding, is_slip, relate_amounts
from wirecheck.language.dossier import Dossier
from wirecheck.model import Difference, Point, Span
from wirecheck.statements.quantities import Measured

CONFLICT = 0.62
"""Two values that cannot both be right are a conflict from here on; below, nothing is said."""
ELSEWHERE = 0.34
"""A document that gives the other side's figure for what is this like it does not conflict: it tells of two things."""
FAR = 0.25
"""What is taken off the strength of a conflict between figures so far apart that they are likelier two things than
one thing misreported.
"""
FAR_IN_LIKE_WORDS = 0.1
"""The same where both clauses have one verb and nearly the same words: "lost $8 million", "lost $18 million"."""
ALIKE_TOLLS = 0.4
"""What ALIKE_SIDES is, for a toll that falls with time: the words of death stand for much of what is alike. No gold
story has one below ALIKE_SIDES; the sample coverage has, at .46.
"""
ALIKE_WORDS = 0.75
"""From here on two clauses say the same but for their figures."""


class FigureVerdicts(FigurePairs):
    """What figures of one measured thing are to each other: an update, of another measure, or in conflict."""

    def __init__(self, dossier: Dossier, points: tuple[Point, ...]) -> None:
        super().__init__(dossier, points)
        self._words: dict[Span, set[str]] = {}
        self._by_document: dict[str, list[Measured]] = {}
        for item in self.items:
            self._by_document.setdefault(item.document, []).append(item)

    def rule_on(self, left: list[Measured], right: list[Measured]) -> tuple[str, Difference | None, float]:
        strength = max(self.strength(a, b) for a in left for b in right)
        outcomes = [self.compare(a, b) for a in left for b in right]
        compatible = [d for o, d in outcomes if o != "different"]
        everything = (*left, *right)
        if any(is_slip(a.quantity, b.quantity) for a in left for b in right):
            return "conflict", None, strength
        if not compatible and any(
            m.quantity.low != m.quantity.high
            and m.quantity.bound == "range"
            and m.quantity.kind in ("count", "number", "money")
            for m in everything
        ):
            return "apart", None, strength
        if not compatible and not any(self._may_conflict(a, b) for a in left for b in right):
            return ("conflict" if self._is_fallen_toll(left, right) else "apart"), None, strength
        if not compatible and (any(differ_in_scope(a, b) for a in left for b in right) or self._qualified(left, right)):
            return (
                "compatible" if strength >= CONFLICT else "apart",
                "different-measure" if strength >= CONFLICT else None,
                strength,
            )
        old = any(m.dates and all(self.is_past(m.document, d.value) for d in m.dates) for m in everything)
        rising = not old and all(m.concepts & self.lists.rising for m in everything)
        times = {self.published(m) for m in (*left, *right)}
        if compatible:
            if rising and len(times) > 1:
                return "compatible", "update", strength
            return "compatible", next((d for d in compatible if d is not None), "rounding"), strength
        if (
            rising
            and not self._fell(left, right)
            and (
                len(times) > 1
                or any(m.quantity.bound != "exact" or m.quantity.low != m.quantity.high for m in (*left, *right))
            )
        ):
            return "compatible", "update", strength
        if _far_apart(left[0], self.converted(left[0], right[0])):
            strength -= FAR_IN_LIKE_WORDS if any(self._in_like_words(a, b) for a in left for b in right) else FAR
        return "conflict", None, strength

    def may_be_one(self, left: Measured, right: Measured) -> bool:
        """Return whether no rule says that two figures are of two things, or of one count at two times."""
        if self.strength(left, right) <= 0 or left.other != right.other or left.owner != right.owner:
            return False
        if (left.quantity.span in self.wholes) != (right.quantity.span in self.wholes):
            return False
        if self._qualified([left], [right]) or left.possessed != right.possessed:
            return False
        if differ_in_scope(left, right) and not is_slip(left.quantity, right.quantity):
            return False
        rising = (left.concepts | right.concepts) & self.lists.rising
        return not rising or self.rule_on([left], [right])[0] == "conflict"

    def is_given(self, item: Measured, document: str) -> bool:
        """Return whether a document gives a figure, be it rounded, of what may be the same thing.

        Of a share or a sum no noun need say what it is of: a document that has the same one knows it.
        """
        return any(
            other.document == document
            and other.dimension == item.dimension
            and (rule_values(item, other)[0] == "same" or is_rounding(item.quantity, other.quantity))
            and (item.dimension != "count" or (match_nouns(item, other) or 0.0) >= 0.5)
            for other in self.items
        )

    def _in_like_words(self, left: Measured, right: Measured) -> bool:
        return bool(left.predicate) and left.predicate == right.predicate and self.like(left, right) >= ALIKE_WORDS

    def _may_conflict(self, left: Measured, right: Measured) -> bool:
        """Return whether two figures are of clauses alike enough to exclude each other; a whole ("of 23 games")
        excludes no part.
        """
        if (left.quantity.span in self.wholes) != (right.quantity.span in self.wholes):
            return False
        if left.possessed != right.possessed and left.predicate != right.predicate:
            return False  # "walked with their five children", "four children drowned"
        owner = self.dossier.actor(left.owner) if left.owner == right.owner else None
        if owner is not None and owner.kind == "person":
            return True  # a boxer's record; a team has a score for every match
        return self.like(left, right) >= ALIKE_SIDES

    def is_told_elsewhere(self, left: Sequence[Measured], right: Sequence[Measured]) -> bool:
        """Return whether a document of one side gives the other side's figure too, of what may be the same thing."""
        for ours, theirs in ((left, right), (right, left)):
            documents = {m.document for m in theirs} - {m.document for m in ours}
            for item in ours:
                for other in self.items:
                    if other.document not in documents or other.dimension != item.dimension or other in theirs:
                        continue
                    if rule_values(item, other)[0] == "same" and self.strength(item, other) >= ELSEWHERE:
                        return True
        return False

    def _qualified(self, left: Sequence[Measured], right: Sequence[Measured]) -> bool:
        """Return whether one side's words, or those of the same figure elsewhere in its documents, have a qualifier
        that the other's lack.
        """
        ours, theirs = (self.lists.qualifiers & self._told(side) for side in (left, right))
        return ours != theirs

    def _told(self, items: Sequence[Measured]) -> set[str]:
        return {word for item in items for word in self._words_of(item)}

    def _words_of(self, item: Measured) -> set[str]:
        """Return what a document says around a figure, wherever it gives it; looked for once for each figure."""
        known = self._words.get(item.quantity.span)
        if known is None:
            same = [
                other
                for other in self._by_document[item.document]
                if other.quantity.span == item.quantity.span
                or (item.significant > 1 and relate_amounts(other.quantity, item.quantity) == "equal")
            ]
            known = self._words[item.quantity.span] = {
                word for other in same for word in (*other.near, *other.modifiers)
            }
        return known

    def _is_fallen_toll(self, left: list[Measured], right: list[Measured]) -> bool:
        """Return whether a toll that only rises is lower in what was published later; of one day, not of old times."""
        everything = (*left, *right)
        if any(m.dates and all(self.is_past(m.document, d.value) for d in m.dates) for m in everything):
            return False
        if not all(m.concepts & self.lists.rising for m in everything) or not self._fell(left, right):
            return False
        return any(self.like(a, b) >= ALIKE_TOLLS for a in left for b in right)

    def _fell(self, left: list[Measured], right: list[Measured]) -> bool:
        """Return whether every document with the lower figure was published after every one with the higher."""
        low, high = sorted((left, right), key=lambda side: max(m.quantity.high for m in side))
        before = [self.dossier.document(m.document).published for m in high]
        after = [self.dossier.document(m.document).published for m in low]
        return all(a is not None and b is not None and _is_later(a, b) for a in after for b in before)


def _is_later(one: str, other: str) -> bool:
    """Return whether one moment of publication is surely after another, as far as both are precise."""
    size = min(len(one), len(other), 19)
    return one[:size] > other[:size]


def _far_apart(left: Measured, right: Measured) -> bool:
    """Return whether the larger value is more than twice the smaller; for magnitudes, which are logarithms, half a
    point away.
    """
    if left.dimension == "magnitude":
        return abs(left.low - right.low) > 0.5
    low, high = sorted((abs(left.low), abs(right.low)))
    return high > 2 * low and left.dimension != "score:"


def differ_in_scope(left: Measured, right: Measured) -> bool:
    """Return whether the words give two quantities another scope: other places, or a time that the other does not
    cover.
    """
    if left.scope and right.scope and not left.scope & right.scope:
        return True
    ours = left.dates
    theirs = right.dates
    if not ours or not theirs:
        return False
    return not (
        all(any(time.may_be_same(a, b) for b in theirs) for a in ours)
        and all(any(time.may_be_same(a, b) for a in ours) for b in theirs)
    )
