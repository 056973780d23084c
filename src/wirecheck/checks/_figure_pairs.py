"""Figures held against each other two by two: how surely they measure one thing, and how their values differ."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from wirecheck.checks._rules import ValueRules, name_classes, overlap
from wirecheck.comparison.values import time
from wirecheck.comparison.values.polarity import are_complementary
from wirecheck.comparison.values.quantity import is_slip, one_number, relate_amounts, relate_shares
from wirecheck.language.dossier import Dossier
from wirecheck.model import Difference, Point, Span
from wirecheck.points.compatibility import other_subject
from wirecheck.statements.measures import load_lists
from wirecheck.statements.quantities import DURATIONS, Measured, find_measured
from wirecheck.text.stems import stem

Outcome = Literal["same", "compatible", "different"]
OWNED = 0.8
"""Strength of two ages or records of one actor."""
ALIKE_SIDES = 0.5
"""Clauses of two figures that conflict must be this alike, 0 to 1: "won 40 games" and "won 18 of their next 23 games"
are of one verb and one noun, and of two seasons. Every true conflict of the gold stories and of 61 + 14 other stories
lies at .55 or above, five of six false ones below .5.
"""
ALIKE_IN_POINT = 0.75
"""Clauses of two figures in one point are held to be this alike at least."""
OPEN_RATIO = 2.0
"""An open bound ("more than 100 points") is no rounding of a figure more than this many times as large."""
SLIP = 0.22
"""What is added for two long figures that differ in one digit: nobody has two such sums at once."""


class FigurePairs(ValueRules[Measured]):
    """The figures of a story, and how surely two of them measure one thing."""

    def __init__(self, dossier: Dossier, points: tuple[Point, ...]) -> None:
        items = [m for m in find_measured(dossier) if not m.negated and m.quantity.kind != "age"]
        super().__init__(dossier, points, items, alike_in_point=ALIKE_IN_POINT)
        self.lists = load_lists()
        self.rates = find_rates(dossier)
        self.wholes = find_wholes(self.items)
        self._strengths: dict[tuple[int, int], tuple[float, Measured, Measured]] = {}

    def strength(self, left: Measured, right: Measured) -> float:
        """Return how surely two quantities measure the same thing, 0 when they do not; worked out once for each two."""
        key = id(left), id(right)
        if key not in self._strengths:
            # Both are kept with it, so that no other figure can come to have their ids.
            self._strengths[key] = self._find_strength(left, right), left, right
        return self._strengths[key][0]

    def _find_strength(self, left: Measured, right: Measured) -> float:
        if left.owner is not None and right.owner is not None and left.dimension == right.dimension:
            if left.owner != right.owner or (left.dimension == "count" and not left.nouns & right.nouns):
                return 0.0
            return OWNED
        if (left.owner is None) != (right.owner is None) and left.dimension in ("age", "score:"):
            return 0.0
        exchanged = self.converted(left, right)
        if left.dimension != exchanged.dimension or left.quantity.kind == "ordinal" != right.quantity.kind == "ordinal":
            return 0.0
        if left.other != right.other and left.dimension == "count":
            return 0.0
        slip = is_slip(left.quantity, right.quantity)
        if self.are_opposed(left, right) or (
            not slip and (time.dates_differ(left.dates, right.dates) or self._long_past(left, right))
        ):
            return 0.0
        noun = match_nouns(left, right)
        if noun is None:
            return 0.0
        a, b = left.statement, right.statement
        if a is not None and b is not None and other_subject(a, b) and min(left.significant, right.significant) < 3:
            return 0.0
        measure = match_measures(left, right)
        if measure is None:
            return 0.0
        like = self.like(left, right)
        outcome, difference = self.compare(left, right)
        rare = SLIP if slip else 0.0
        fine = max(left.significant, right.significant)
        if outcome == "compatible" and _is_open(left, right) and not left.concepts & self.lists.rising:
            return 0.0
        if (
            outcome == "compatible"
            and (difference == "rounding" or left.dimension != right.dimension)
            and like >= ALIKE_SIDES
            and fine >= 3
            and {left.quantity.bound, right.quantity.bound} <= {"exact", "about"}
        ):
            rare = 0.22
        if outcome == "same":
            digits = min(left.significant, right.significant)
            value = abs(left.quantity.low)
            rare = (
                0.3
                if digits >= 3 or value >= 10_000
                else 0.18
                if digits == 2 or value >= 100
                else 0.04
                if value > 1
                else -0.12
            )
        near = overlap(name_classes(left.near), name_classes(right.near))
        modifiers = overlap(left.modifiers, right.modifiers) if left.modifiers and right.modifiers else 0.3
        if measure == 0.0 and left.significant + right.significant < 5:
            rare -= 0.1
        return 0.2 * noun + 0.2 * measure + 0.34 * like + 0.18 * near + 0.08 * modifiers + rare

    def _long_past(self, left: Measured, right: Measured) -> bool:
        """Return whether one clause speaks of a time long before its publication and the other, undated, of now."""
        for one, other in ((left, right), (right, left)):
            if other.dates or not one.dates or not (one.concepts | other.concepts) & self.lists.rising:
                continue
            if all(self.is_past(one.document, d.value) for d in one.dates):
                return True
        return False

    def is_past(self, document: str, value: str) -> bool:
        published = (self.dossier.document(document).published or "")[:7]
        if len(published) < 7 or not re.match(r"\d{4}", value):
            return False
        months = int(published[:4]) * 12 + int(published[5:7])
        month = int(value[5:7]) if re.match(r"\d{4}-\d\d", value) else 12
        return months - (int(value[:4]) * 12 + month) >= 2

    def converted(self, left: Measured, right: Measured) -> Measured:
        """Return the right sum in the currency of the left one, where a document of the story gives both side by
        side.
        """
        if left.dimension == right.dimension or left.quantity.kind != "money" or right.quantity.kind != "money":
            return right
        rate = self.rates.get((right.quantity.unit, left.quantity.unit))
        if rate is None:
            return right
        quantity = replace(right.quantity, low=right.low * rate, high=right.high * rate, unit=left.quantity.unit)
        return replace(right, dimension=left.dimension, low=quantity.low, high=quantity.high, quantity=quantity)

    def compare(self, left: Measured, right: Measured) -> tuple[Outcome, Difference | None]:
        """Return whether two values are one, both can be right, or neither, with the difference between them."""
        if left.dimension == right.dimension:
            return rule_values(left, right)
        found = relate_amounts(left.quantity, right.quantity, rates=self.rates)
        return ("compatible", "different-measure") if found == "open" else ("different", None)

    def are_opposed(self, left: Measured, right: Measured) -> bool:
        ours, theirs = left.near | left.modifiers, right.near | right.modifiers
        for a, b in self.lists.opposed:
            if a in self.lists.qualifiers and b in self.lists.qualifiers:
                continue  # "net" and "gross": one thing, measured in two ways
            if (a in ours and b in theirs and not (b in ours or a in theirs)) or (
                b in ours and a in theirs and not (a in ours or b in theirs)
            ):
                return True
        return False

    def published(self, item: Measured) -> str:
        return self.dossier.document(item.document).published or ""


def rule_values(left: Measured, right: Measured) -> tuple[Outcome, Difference | None]:
    """Return whether two values of one dimension are one, both can be right, or neither, and how they differ."""
    a, b = left.quantity, right.quantity
    complementary = a.kind == b.kind == "percent" and are_complementary(
        frozenset({left.predicate}), frozenset({right.predicate})
    )
    found = relate_shares(a, b) if complementary else relate_amounts(a, b)
    if found == "equal" or one_number(a, b):
        return "same", None
    if found == "rounded":
        return "compatible", "rounding"
    if found in ("coarser", "open"):
        return "compatible", "precision"
    return "different", None


def find_wholes(items: Sequence[Measured]) -> frozenset[Span]:
    """Return the figures that stand inside another one as its whole: "23 games" in "18 of their next 23 games"."""
    found = set()
    for left, right in itertools.pairwise(sorted(items, key=lambda m: (m.quantity.span, -m.quantity.span.end))):
        if left.quantity.span != right.quantity.span and left.quantity.span.covers(right.quantity.span):
            found.add(right.quantity.span)
    return frozenset(found)


def _is_open(left: Measured, right: Measured) -> bool:
    """Return whether two values go together only because one has no upper end: "more than 100", "1,086"."""
    low, high = sorted((left, right), key=lambda m: abs(m.low))
    return low.quantity.bound in ("more-than", "at-least") and abs(high.low) > OPEN_RATIO * abs(low.high)


def find_rates(dossier: Dossier) -> dict[tuple[str, str], float]:
    """Return rates of exchange that the documents give by naming one sum in two currencies: "£1.7m ($2.6m)" is (GBP,
    USD) 1.53.

    The rate of a pair of currencies is the median of all places that give it.
    """
    found: dict[tuple[str, str], list[float]] = {}
    for document, noted in zip(dossier.documents, dossier.annotations, strict=True):
        money = [q for q in noted.quantities if q.kind == "money" and q.low > 0]
        for left, right in itertools.pairwise(money):
            between = document.text[left.span.end : right.span.start]
            if left.unit == right.unit or not re.fullmatch(
                r"\s*[(;/,]\s*(?:or|about|around|roughly|some)?\s*|\s+or\s+", between
            ):
                continue
            found.setdefault((left.unit, right.unit), []).append(right.low / left.low)
            found.setdefault((right.unit, left.unit), []).append(left.low / right.low)
    rates = {pair: sorted(values)[len(values) // 2] for pair, values in found.items()}
    # Over a third currency: euros to pounds and euros to dollars give pounds to dollars.
    for (a, b), rate in sorted(rates.items()):
        for (c, d), other in sorted(rates.items()):
            if b == c and a != d and (a, d) not in rates:
                rates = {**rates, (a, d): rate * other}
    return rates


def match_nouns(left: Measured, right: Measured) -> float | None:
    """Return how well what is counted fits: 1 the same, .5 not said on one side, None for different things."""
    if left.dimension != "count" and not left.dimension.startswith("ordinal"):
        ours = left.nouns | ({left.governor} if left.governor else set())
        theirs = right.nouns | ({right.governor} if right.governor else set())
        if left.governor and right.governor and left.governor == right.governor:
            return 1.0
        if ours & theirs:
            return 1.0
        if _names_the_deed(left, right) or _names_the_deed(right, left):
            return 1.0
        if left.nouns and right.nouns:
            return 1.0 if left.nouns & right.nouns else 0.3
        return 0.5
    if left.nouns and right.nouns:
        if left.quantity.counted == right.quantity.counted == "time" and left.governor != right.governor:
            return None  # a four-time champion, a five-time winner
        if left.quantity.counted == right.quantity.counted:
            return 1.0
        if left.nouns & right.nouns:
            return 0.9
        named = _names_the_deed(left, right) or _names_the_deed(right, left)
        if named and "time" in (left.quantity.counted, right.quantity.counted) and left.actors & right.actors:
            return 1.0
        # "24 dead" counts people as "24 people" does; the state is compared as a measure.
        return None
    if left.concepts & right.concepts:
        return 0.7
    return 0.4


def match_measures(left: Measured, right: Measured) -> float | None:
    """Return how well the verbs or measures fit; None when both are known and differ."""
    if left.concepts and right.concepts:
        return 1.0 if left.concepts & right.concepts else None
    if left.predicate and left.predicate == right.predicate:
        return 1.0
    if left.governor and left.governor == right.governor:
        return 1.0
    if _names_the_deed(left, right) or _names_the_deed(right, left):
        return 1.0
    if (left.concepts or right.concepts) and left.dimension == "count" and "person" in (left.nouns | right.nouns):
        return 0.0
    if left.quantity.unit in DURATIONS:
        return 0.2
    return 0.4


def _names_the_deed(left: Measured, right: Measured) -> bool:
    """Return whether a noun of one clause is the verb of the other: "six hours of deliberation", "deliberated for six
    hours"; "their fifth win", "won for the fifth time".
    """
    if not right.predicate or left.quantity.kind == "money":
        return False
    if right.quantity.counted == "time" and "and" in right.joints:
        return False  # "for the second time he caught a pass and ran it home": not his second catch
    nouns = {left.governor, *(stem(n) for n in left.nouns)} - {""}
    verbs = load_lists().verbs
    kinds = verbs.get(right.predicate, frozenset())
    return any(n == right.predicate or (kinds and kinds & verbs.get(n, frozenset())) for n in nouns)
