"""Figures: what several documents give for one measured thing.

Quantities are compared only when they measure the same thing of the same thing: the same kind of unit, the same noun
or a word for the same, the same verb or measure, no word that makes it another quantity, and clauses that are alike.
What is alike is gathered into measures, no member of which is at odds with another but in its value; then each measure
is ruled on.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from wirecheck.checks import Check
from wirecheck.checks._figure_pairs import match_measures, rule_values
from wirecheck.checks._figure_shares import find_parted, tell_parted
from wirecheck.checks._figure_verdicts import CONFLICT, FigureVerdicts, differ_in_scope
from wirecheck.checks._figure_words import show_figure, tell_about, tell_side, tell_sides, weigh
from wirecheck.checks._fixed import find_slots, is_one_thing
from wirecheck.checks._rules import gather
from wirecheck.checks._stated import show_clause, state_evidence
from wirecheck.comparison.values.quantity import is_slip
from wirecheck.language.dossier import Dossier, keep_last, show_documents
from wirecheck.model import Difference, Finding, Point, Span
from wirecheck.statements.quantities import Measured

# Strength of a pair, 0 to 1 (see `FigurePairs.strength`). Chosen on the gold stories, a-e first, f-z in view.
SAME = 0.42
"""Two equal values are one point from here on."""
DIFFERENT = 0.58
"""Two values that differ are held against each other from here on."""
ALIKE_ALONE = 0.6
"""Clauses of two figures that no measure brings together must be this alike, 0 to 1."""


def check_quantities(dossier: Dossier, points: tuple[Point, ...]) -> Iterator[Finding]:
    """Yield agreement, compatible difference and conflict of figures."""
    comparison = find_figure_rules(dossier, points)
    yield from comparison.shares()
    groups = comparison.groups()
    found = [f for group in groups for f in comparison.rule(group)]
    found += comparison.updates(groups)
    found += comparison.lone_conflicts(groups)
    yield from found
    yield from comparison.fixed_conflicts(found)


@dataclass(frozen=True)
class _Pair:
    left: int
    right: int
    strength: float
    outcome: str


@keep_last
def find_figure_rules(dossier: Dossier, points: tuple[Point, ...]) -> FigureRules:
    """Return the rules of the figures of a story; the last ones asked for are kept, as two steps ask for them."""
    return FigureRules(dossier, points)


class FigureRules(FigureVerdicts):
    """The figures of a story, gathered into measures, and the findings on each."""

    def __init__(self, dossier: Dossier, points: tuple[Point, ...]) -> None:
        super().__init__(dossier, points)
        self.parted = find_parted(self)

    # shares of different things

    def shares(self) -> Iterator[Finding]:
        """Yield conflicts of one share taken of different things: "5% of their GDP" against "5% of their budgets"."""
        for left, right in self.parted:
            yield tell_parted(self, left, right)

    # pairs

    @cached_property
    def pairs(self) -> list[_Pair]:
        """The pairs of figures that may measure one thing, by place."""
        found = []
        for i, left in enumerate(self.items):
            for j in range(i + 1, len(self.items)):
                right = self.items[j]
                if left.document == right.document and left.is_title == right.is_title:
                    continue
                if left.quantity.kind == "ordinal" and left.low == 1:
                    continue
                strength = self.strength(left, right)
                if strength <= 0 or (left, right) in self.parted or (right, left) in self.parted:
                    continue
                found.append(_Pair(i, j, round(strength, 4), self.compare(left, right)[0]))
        return found

    # groups

    def groups(self) -> list[list[int]]:
        """Return measures: items of which all pairs are alike enough, the surest pairs first."""
        table = {(p.left, p.right): p for p in self.pairs}
        ordered = sorted(
            (p for p in self.pairs if p.strength >= (SAME if p.outcome == "same" else DIFFERENT)),
            key=lambda p: (p.outcome != "same", -p.strength, p.left, p.right),
        )
        chosen = ((p.left, p.right) for p in ordered)
        found = gather(len(self.items), chosen, lambda left, right: self._may_join(left, right, table))
        return [m for m in found if len(m) > 1]

    def _may_join(self, left: list[int], right: list[int], table: dict[tuple[int, int], _Pair]) -> bool:
        for i in left:
            for j in right:
                a, b = self.items[i], self.items[j]
                pair = table.get((min(i, j), max(i, j)))
                if a.document == b.document and a.is_title == b.is_title:
                    if self.compare(a, b)[0] == "different" or (a.nouns.isdisjoint(b.nouns) and a.nouns and b.nouns):
                        return False
                    continue
                if pair is None or pair.strength < (SAME if pair.outcome == "same" else DIFFERENT) * 0.8:
                    return False
        return True

    def lone_conflicts(self, groups: list[list[int]]) -> Iterator[Finding]:
        """Yield conflicts of two figures that are each other's best match and that no measure brings together."""
        together = {(i, j) for g in groups for i in g for j in g}
        pairs = [p for p in self.pairs if self.items[p.left].document != self.items[p.right].document]
        best: dict[tuple[int, str], float] = {}
        for pair in pairs:
            for one, other in ((pair.left, pair.right), (pair.right, pair.left)):
                key = (one, self.items[other].document)
                best[key] = max(best.get(key, 0.0), pair.strength)
        for pair in sorted(pairs, key=lambda p: (-p.strength, p.left, p.right)):
            left, right = self.items[pair.left], self.items[pair.right]
            if pair.outcome != "different" or pair.strength < CONFLICT or (pair.left, pair.right) in together:
                continue
            if pair.strength < max(best[pair.left, right.document], best[pair.right, left.document]):
                continue
            if left.owner != right.owner or match_measures(left, right) != 1.0 or self.like(left, right) < ALIKE_ALONE:
                continue  # without a measure around them, the verb has to say that they are one thing
            verdict, _, strength = self.rule_on([left], [right])
            if verdict == "conflict" and strength >= CONFLICT and not self.is_told_elsewhere([left], [right]):
                ordered = sorted((left, right), key=lambda m: (self.place[m.document], m.quantity.span))
                yield from self._differ([[m] for m in ordered], self.find_point(ordered))

    def fixed_conflicts(self, told: Sequence[Finding]) -> Iterator[Finding]:
        """Yield conflicts of figures for what a thing has one of, where no finding tells of both yet."""
        slots = find_slots(self.dossier, self.items)
        same = [
            (i, j)
            for i, j in itertools.combinations(sorted(slots), 2)
            if is_one_thing(self.items[i], self.converted(self.items[i], self.items[j]), slots[i], slots[j])
        ]
        home = {i: i for i in slots}
        for i, j in same:
            home = {k: home[i] if h == home[j] else h for k, h in home.items()}
        several: dict[int, list[int]] = {}
        for i, j in same:
            several.setdefault(home[i], [])
            several[home[i]] += [k for k in (i, j) if k not in several[home[i]]]
        for members in several.values():
            items = sorted((self.items[i] for i in members), key=lambda m: (self.place[m.document], m.quantity.span))
            classes = self._classes(items)
            single = [c for c in classes if not self._gives_another(c, classes)]
            spans = [frozenset(m.quantity.span for m in c) for c in single]
            if len(single) < 2 or len({frozenset(m.document for m in c) for c in single}) < 2:
                continue
            if any(self._are_told(a, b, told) for a, b in itertools.combinations(spans, 2)):
                continue
            if any(
                differ_in_scope(a, b) and not is_slip(a.quantity, b.quantity)
                for c, d in itertools.combinations(single, 2)
                for a in c
                for b in d
            ):
                continue
            yield self.tell_conflict([m for c in single for m in c])

    def _gives_another(self, known: list[Measured], classes: list[list[Measured]]) -> bool:
        """Return whether a document of one value also gives another, or whether a value only rounds another."""
        documents = {m.document for m in known}
        for other in classes:
            if other is known:
                continue
            if documents & {m.document for m in other}:
                return True
            if any(self.compare(a, b)[0] != "different" for a in known for b in other):
                return len(known) < len(other) or (
                    len(known) == len(other) and classes.index(other) < classes.index(known)
                )
        return False

    def _are_told(self, left: frozenset[Span], right: frozenset[Span], told: Sequence[Finding]) -> bool:
        """Return whether a finding holds figures of both sides."""
        return any(
            any(e.overlap(s) for e in f.evidence for s in left) and any(e.overlap(s) for e in f.evidence for s in right)
            for f in told
        )

    # rulings

    def rule(self, group: list[int]) -> Iterator[Finding]:
        """Yield what the documents say of one measure."""
        items = sorted((self.items[i] for i in group), key=lambda m: (self.place[m.document], m.quantity.span))
        classes = self._classes(items)
        point = self.find_point(items)
        for known in classes:
            documents = {m.document for m in known}
            if len(documents) > 1:
                yield self._agree(known, point)
        if len(classes) > 1:
            yield from self._differ(classes, point)

    @staticmethod
    def _classes(items: Sequence[Measured]) -> list[list[Measured]]:
        """Return figures by value, in the order in which the values come."""
        classes: list[list[Measured]] = []
        for item in items:
            for known in classes:
                if known[0].dimension == item.dimension and rule_values(known[0], item)[0] == "same":
                    known.append(item)
                    break
            else:
                classes.append([item])
        return classes

    def updates(self, groups: list[list[int]]) -> Iterator[Finding]:
        """Yield the counts that rose from one group to another: early and late tolls that a third figure kept apart."""
        home = {i: n for n, group in enumerate(groups) for i in group}
        told: set[tuple[int, int]] = set()
        for pair in sorted(self.pairs, key=lambda p: (-p.strength, p.left, p.right)):
            left, right = home.get(pair.left), home.get(pair.right)
            if (
                pair.outcome != "different"
                or pair.strength < CONFLICT
                or left is None
                or right is None
                or left == right
            ):
                continue
            key = (min(left, right), max(left, right))
            if key in told:
                continue
            classes = [
                [self.items[i] for i in groups[n] if rule_values(self.items[i], self.items[at])[0] == "same"]
                for n, at in ((left, pair.left), (right, pair.right))
            ]
            if self.rule_on(*classes)[1] == "update":
                told.add(key)
                classes.sort(key=lambda c: (self.place[c[0].document], c[0].quantity.span))
                yield from self._differ(classes, self.find_point([m for c in classes for m in c]))

    def _agree(self, items: list[Measured], point: str) -> Finding:
        documents = {m.document for m in items}
        phrase = show_figure(self, items[0])
        both = "both give" if len(documents) == 2 else "all give"
        reason = f"{show_documents(self.dossier, documents)} {both} {phrase}{tell_about(self, items)}."
        return Finding(
            "agree", "quantity", reason, state_evidence(items), "quantities", point, weight=weigh(self, items)
        )

    def _differ(self, classes: list[list[Measured]], point: str) -> Iterator[Finding]:
        surest = {}
        conflicts: set[int] = set()
        differences: list[Difference] = []
        for i, left in enumerate(classes):
            for j in range(i + 1, len(classes)):
                verdict, difference, strength = self.rule_on(left, classes[j])
                surest[i, j] = (verdict, difference, strength)
                if verdict == "conflict" and self.is_told_elsewhere(left, classes[j]):
                    continue
                if verdict == "conflict":
                    conflicts |= {i, j}
                elif difference is not None:
                    differences.append(difference)
        everything = [m for c in classes for m in c]
        sides = [tell_side(self, c) for c in classes]
        if conflicts:
            chosen = sorted(conflicts)
            if any(surest[i, j][2] >= CONFLICT for i, j in surest if i in conflicts and j in conflicts):
                yield self.tell_conflict([m for n in chosen for m in classes[n]], point)
            # What the best supported of them is an update or a rounding of is still told.
            best = max(chosen, key=lambda n: (len(sides[n].documents), -n))
            rest = [n for n in range(len(classes)) if n not in conflicts or n == best]
            if 1 < len(rest) < len(classes):
                yield from self._differ([classes[n] for n in rest], point)
            return
        if len({s for c in sides for s in c.documents}) < 2 or not differences:
            return
        if len({c.documents for c in sides}) == 1:
            return  # every document gives all of them: one sum in two currencies, a figure and its rounding
        commonest: Difference = max(sorted(set(differences)), key=lambda d: (differences.count(d), d))
        dated = all(any(self.published(m) for m in known) for known in classes)
        ending = _EXPLAINED[commonest] if commonest != "update" or dated else UNDATED_UPDATE
        if len({m.dimension for m in everything}) > 1:
            ending = TWO_CURRENCIES
        reason = tell_sides(self, classes, ending)
        yield Finding(
            "compatible",
            "quantity",
            reason,
            state_evidence(everything),
            "quantities",
            point,
            sides=tuple(sides),
            difference=commonest,
            weight=weigh(self, everything),
        )

    def tell_conflict(self, items: Sequence[Measured], point: str = "") -> Finding:
        """Return the conflict of some figures, a side for each value."""
        items = sorted(map(show_clause, items), key=lambda m: (self.place[m.document], m.quantity.span))
        classes = self._classes(items)
        sides = tuple(tell_side(self, c) for c in classes)
        reason, weight, evidence = tell_sides(self, classes, ""), weigh(self, items), state_evidence(items)
        point = point or self.find_point(items)
        return Finding("conflict", "quantity", reason, evidence, "quantities", point, sides=sides, weight=weight)


_EXPLAINED: dict[Difference, str] = {
    "rounding": "; one is the other, rounded",
    "precision": "; one is more precise than the other",
    "update": "; the count rose while the event went on",
    "different-measure": "; they measure different things",
    "partial": "; one is a part of the other",
}


TWO_CURRENCIES = "; one sum in two currencies"
UNDATED_UPDATE = "; such a count rises while an event goes on, and it is not known which was written later"


CHECK = Check(
    name="quantities",
    version=2,
    kind="quantity",
    summary="Figures for one measured thing: the same, rounded, updated, or in conflict.",
    find=check_quantities,
)
