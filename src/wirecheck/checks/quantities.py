"""Figures: what several documents give for one measured thing.

Quantities are compared only when they measure the same thing of the same thing: the same kind of unit, the same noun
or a word for the same,
the same verb or measure, no word that makes it another quantity, and clauses that are alike. What is alike is
gathered into measures, no
member of which is at odds with another but in its value; then each measure is ruled on.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from wirecheck.checks import Check
from wirecheck.checks._alike import mix_likeness
from wirecheck.checks._fixed import find_slots, is_one_thing
from wirecheck.checks._stated import join_names, on_one_line, show_clause, show_documents, state_evidence
from wirecheck.comparison.values import time
from wirecheck.comparison.values.polarity import are_complementary
from wirecheck.comparison.values.quantity import is_slip, one_number, relate_amounts, relate_shares
from wirecheck.language.dossier import Dossier, keep_last
from wirecheck.model import Difference, Finding, Point, Side, Span
from wirecheck.points.compatibility import other_subject
from wirecheck.statements.measures import load_lists
from wirecheck.statements.quantities import DURATIONS, Measured, find_measured
from wirecheck.text.stems import load_common, stem

Outcome = Literal["same", "compatible", "different"]
# Strength of a pair, 0 to 1 (see `FigureRules.strength`). Chosen on the gold stories, a-e first, f-z in view.
SAME = 0.42
"""Two equal values are one point from here on."""
DIFFERENT = 0.58
"""Two values that differ are held against each other from here on."""
CONFLICT = 0.62
"""Two values that cannot both be right are a conflict from here on; below, nothing is said."""
ELSEWHERE = 0.34
"""A document that gives the other side's figure for what is this like it does not conflict: it tells of two things."""
OWNED = 0.8
"""Strength of two ages or records of one actor."""
FAR = 0.25
"""What is taken off the strength of a conflict between figures so far apart that they are likelier two things than
one thing misreported.
"""
FAR_IN_LIKE_WORDS = 0.1
"""The same where both clauses have one verb and nearly the same words: "lost $8 million", "lost $18 million"."""
ALIKE_SIDES = 0.5
"""Clauses of two figures that conflict must be this alike, 0 to 1: "won 40 games" and "won 18 of their next 23 games"
are of one verb and one noun, and of two seasons. Every true conflict of the gold stories and of 61 + 14 other stories
lies at .55 or above, five of six false ones below .5.
"""
ALIKE_TOLLS = 0.4
"""The same for a toll that falls with time: the words of death stand for much of what is alike. No gold story has one
below ALIKE_SIDES; the sample coverage has, at .46.
"""
ALIKE_WORDS = 0.75
"""From here on two clauses say the same but for their figures."""
ALIKE_ALONE = 0.6
"""The same for two figures that no measure brings together."""
OPEN_RATIO = 2.0
"""An open bound ("more than 100 points") is no rounding of a figure more than this many times as large."""
SLIP = 0.22
"""What is added for two long figures that differ in one digit: nobody has two such sums at once."""
ALIKE_SHARES = 0.4
"""Clauses that give one share of different things must be this alike. At .45 a clause that leaves the matter to its
main clause ("called for more defence spending, urging them to give 5% of their GDP") is lost; neither .4 nor .45 gives
a false one in the gold stories and 75 others.
"""
SHARED_AROUND = 3
"""Or so many content words their whole sentences must share, when the clauses themselves share fewer than two."""
ALIKE_WHOLES = 0.6
"""Two nouns nearer than this in meaning are taken for one whole: "haul" and "loot"."""


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
    difference: Difference | None


@keep_last
def find_figure_rules(dossier: Dossier, points: tuple[Point, ...]) -> FigureRules:
    """Return the rules of the figures of a story; the last ones asked for are kept, as two steps ask for them."""
    return FigureRules(dossier, points)


class FigureRules:
    """The figures of a story and the rules of what they measure."""

    def __init__(self, dossier: Dossier, points: tuple[Point, ...]) -> None:
        self.dossier = dossier
        self.lists = load_lists()
        self.items = [m for m in find_measured(dossier) if not m.negated and m.quantity.kind != "age"]
        self.rates = find_rates(dossier)
        self.likeness = mix_likeness(dossier)
        self.point_of: dict[str, set[str]] = {}
        for point in points:
            for statement in point.statements:
                self.point_of.setdefault(statement.id, set()).add(point.id)
        self.place = {d.id: n for n, d in enumerate(dossier.documents)}
        self.wholes = _find_wholes(self.items)
        self.parted = self._find_parted()
        self._pairs: list[_Pair] | None = None
        self._strengths: dict[tuple[int, int], tuple[float, Measured, Measured]] = {}
        self._words: dict[Span, set[str]] = {}
        self._by_document: dict[str, list[Measured]] = {}
        for item in self.items:
            self._by_document.setdefault(item.document, []).append(item)

    # shares of different things

    def shares(self) -> Iterator[Finding]:
        """Yield conflicts of one share taken of different things: "5% of their GDP" against "5% of their budgets"."""
        for left, right in self.parted:
            yield self._share_conflict(left, right)

    def _find_parted(self) -> list[tuple[Measured, Measured]]:
        items = [m for m in self.items if m.quantity.kind == "percent" and m.quantity.of is not None]
        found = []
        for i, left in enumerate(items):
            for right in items[i + 1 :]:
                same = relate_amounts(left.quantity, right.quantity) == "equal"
                if same and left.document != right.document and self._are_parted(left, right):
                    found.append((left, right))
        return found

    def _are_parted(self, left: Measured, right: Measured) -> bool:
        """Return whether two equal shares of one thing are taken of different wholes."""
        if not left.nouns or not right.nouns or left.nouns & right.nouns or _dates_apart(left, right):
            return False
        a, b = left.statement, right.statement
        together = a is not None and b is not None and self.point_of.get(a.id, set()) & self.point_of.get(b.id, set())
        shared = (left.words & right.words) - {"percent", "%"}
        if self._like(left, right) < ALIKE_SHARES or not shared or self._opposed(left, right):
            return False
        if not together and len(shared) < 2 and len(self._around(left) & self._around(right)) < SHARED_AROUND:
            return False
        return self._meaning(left, right) <= ALIKE_WHOLES

    def _around(self, item: Measured) -> set[str]:
        """Return the stems of the content words of the sentences that a figure stands in."""
        span = item.quantity.span
        sentences = self.dossier.reading(item.document).sentences_in(span.start, span.end)
        tokens = [
            t for s in sentences for t in s.tokens if t.text[:1].isalpha() and t.text.lower() not in load_common()
        ]
        return {stem((t.lemma or t.text).lower()) for t in tokens}

    def _meaning(self, left: Measured, right: Measured) -> float:
        from wirecheck.language import embed

        vectors = embed([left.quantity.counted, right.quantity.counted])
        return float(vectors[0] @ vectors[1])

    def _share_conflict(self, left: Measured, right: Measured) -> Finding:
        pair = sorted((left, right), key=lambda m: (self.place[m.document], m.quantity.span))
        parts = [
            f"{self.dossier.shown(m.document)} speaks of “{on_one_line(self.dossier.words(m.quantity.span))}”"
            for m in pair
        ]
        sides = tuple(self._side([m]) for m in pair)
        return Finding(
            "conflict",
            "quantity",
            f"{parts[0]}, {parts[1]}.",
            state_evidence(pair),
            "quantities",
            self._point(pair),
            sides=sides,
            weight=self._weight(pair),
        )

    # pairs

    def pairs(self) -> list[_Pair]:
        """Return the pairs of figures that may measure one thing, by place; found once."""
        if self._pairs is None:
            self._pairs = self._find_pairs()
        return self._pairs

    def _find_pairs(self) -> list[_Pair]:
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
                outcome, difference = self._compare(left, right)
                found.append(_Pair(i, j, round(strength, 4), outcome, difference))
        return found

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
        exchanged = self._converted(left, right)
        if left.dimension != exchanged.dimension or left.quantity.kind == "ordinal" != right.quantity.kind == "ordinal":
            return 0.0
        if left.other != right.other and left.dimension == "count":
            return 0.0
        slip = is_slip(left.quantity, right.quantity)
        if self._opposed(left, right) or (not slip and (_dates_apart(left, right) or self._long_past(left, right))):
            return 0.0
        noun = match_nouns(left, right)
        if noun is None:
            return 0.0
        a, b = left.statement, right.statement
        if a is not None and b is not None and other_subject(a, b) and min(left.significant, right.significant) < 3:
            return 0.0
        measure = _measure_match(left, right)
        if measure is None:
            return 0.0
        like = self._like(left, right)
        outcome, difference = self._compare(left, right)
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
        near = _overlap(self._named(left.near), self._named(right.near))
        modifiers = _overlap(left.modifiers, right.modifiers) if left.modifiers and right.modifiers else 0.3
        if measure == 0.0 and left.significant + right.significant < 5:
            rare -= 0.1
        return 0.2 * noun + 0.2 * measure + 0.34 * like + 0.18 * near + 0.08 * modifiers + rare

    def _like(self, left: Measured, right: Measured) -> float:
        if self.likeness is None or left.row < 0 or right.row < 0:
            return _overlap(left.words, right.words)
        like = float(self.likeness[left.row, right.row])
        if left.statement is not None and right.statement is not None:
            shared = self.point_of.get(left.statement.id, set()) & self.point_of.get(right.statement.id, set())
            if shared:
                like = max(like, 0.75)
        return max(0.0, min(1.0, like))

    def _named(self, stems: frozenset[str]) -> frozenset[str]:
        """Return stems with each noun named by its group, so that "quake" and "earthquake" are one word."""
        nouns = self.lists.noun_stems
        return frozenset(min(nouns[s]) if s in nouns else s for s in stems)

    def _long_past(self, left: Measured, right: Measured) -> bool:
        """Return whether one clause speaks of a time long before its publication and the other, undated, of now."""
        for one, other in ((left, right), (right, left)):
            if other.dates or not one.dates or not (one.concepts | other.concepts) & self.lists.rising:
                continue
            if all(self._is_past(one.document, d.value) for d in one.dates):
                return True
        return False

    def _is_past(self, document: str, value: str) -> bool:
        published = (self.dossier.document(document).published or "")[:7]
        if len(published) < 7 or not re.match(r"\d{4}", value):
            return False
        months = int(published[:4]) * 12 + int(published[5:7])
        month = int(value[5:7]) if re.match(r"\d{4}-\d\d", value) else 12
        return months - (int(value[:4]) * 12 + month) >= 2

    def _converted(self, left: Measured, right: Measured) -> Measured:
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

    def _compare(self, left: Measured, right: Measured) -> tuple[Outcome, Difference | None]:
        """Return whether two values are one, both can be right, or neither, with the difference between them."""
        if left.dimension == right.dimension:
            return rule_values(left, right)
        found = relate_amounts(left.quantity, right.quantity, rates=self.rates)
        return ("compatible", "different-measure") if found == "open" else ("different", None)

    def _opposed(self, left: Measured, right: Measured) -> bool:
        ours, theirs = left.near | left.modifiers, right.near | right.modifiers
        for a, b in self.lists.opposed:
            if a in self.lists.qualifiers and b in self.lists.qualifiers:
                continue  # "net" and "gross": one thing, measured in two ways
            if (a in ours and b in theirs and not (b in ours or a in theirs)) or (
                b in ours and a in theirs and not (a in ours or b in theirs)
            ):
                return True
        return False

    # groups

    def groups(self) -> list[list[int]]:
        """Return measures: items of which all pairs are alike enough, the surest pairs first."""
        pairs = self.pairs()
        table = {(p.left, p.right): p for p in pairs}
        home = list(range(len(self.items)))
        members = {i: [i] for i in home}
        ordered = sorted(
            (p for p in pairs if p.strength >= (SAME if p.outcome == "same" else DIFFERENT)),
            key=lambda p: (p.outcome != "same", -p.strength, p.left, p.right),
        )
        for pair in ordered:
            a, b = home[pair.left], home[pair.right]
            if a == b or not self._may_join(members[a], members[b], table):
                continue
            for i in members[b]:
                home[i] = a
            members[a] = sorted(members[a] + members.pop(b))
        return [m for m in members.values() if len(m) > 1]

    def _may_join(self, left: list[int], right: list[int], table: dict[tuple[int, int], _Pair]) -> bool:
        for i in left:
            for j in right:
                a, b = self.items[i], self.items[j]
                pair = table.get((min(i, j), max(i, j)))
                if a.document == b.document and a.is_title == b.is_title:
                    if self._compare(a, b)[0] == "different" or (a.nouns.isdisjoint(b.nouns) and a.nouns and b.nouns):
                        return False
                    continue
                if pair is None or pair.strength < (SAME if pair.outcome == "same" else DIFFERENT) * 0.8:
                    return False
        return True

    def lone_conflicts(self, groups: list[list[int]]) -> Iterator[Finding]:
        """Yield conflicts of two figures that are each other's best match and that no measure brings together."""
        together = {(i, j) for g in groups for i in g for j in g}
        pairs = [p for p in self.pairs() if self.items[p.left].document != self.items[p.right].document]
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
            if left.owner != right.owner or _measure_match(left, right) != 1.0 or self._like(left, right) < ALIKE_ALONE:
                continue  # without a measure around them, the verb has to say that they are one thing
            verdict, _, strength = self._verdict([left], [right])
            if verdict == "conflict" and strength >= CONFLICT and not self._told_elsewhere([left], [right]):
                ordered = sorted((left, right), key=lambda m: (self.place[m.document], m.quantity.span))
                yield from self._differ([[m] for m in ordered], self._point(ordered))

    def fixed_conflicts(self, told: Sequence[Finding]) -> Iterator[Finding]:
        """Yield conflicts of figures for what a thing has one of, where no finding tells of both yet."""
        slots = find_slots(self.dossier, self.items)
        same = [
            (i, j)
            for i, j in itertools.combinations(sorted(slots), 2)
            if is_one_thing(self.items[i], self._converted(self.items[i], self.items[j]), slots[i], slots[j])
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
                _otherwise(a, b) and not is_slip(a.quantity, b.quantity)
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
            if any(self._compare(a, b)[0] != "different" for a in known for b in other):
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
        point = self._point(items)
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
        for pair in sorted(self.pairs(), key=lambda p: (-p.strength, p.left, p.right)):
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
            if self._verdict(*classes)[1] == "update":
                told.add(key)
                classes.sort(key=lambda c: (self.place[c[0].document], c[0].quantity.span))
                yield from self._differ(classes, self._point([m for c in classes for m in c]))

    def _point(self, items: Sequence[Measured]) -> str:
        shared: dict[str, int] = {}
        for item in items:
            for point in self.point_of.get(item.statement.id, ()) if item.statement is not None else ():
                shared[point] = shared.get(point, 0) + 1
        best = max(sorted(shared), key=lambda p: shared[p], default="")
        return best if best and shared[best] > 1 else ""

    def _agree(self, items: list[Measured], point: str) -> Finding:
        documents = sorted({m.document for m in items}, key=self.place.__getitem__)
        phrase = self._phrase(items[0])
        both = "both give" if len(documents) == 2 else "all give"
        reason = f"{show_documents(self.dossier, documents)} {both} {phrase}{self._about(items)}."
        return Finding(
            "agree", "quantity", reason, state_evidence(items), "quantities", point, weight=self._weight(items)
        )

    def _differ(self, classes: list[list[Measured]], point: str) -> Iterator[Finding]:
        surest = {}
        conflicts: set[int] = set()
        differences: list[Difference] = []
        for i, left in enumerate(classes):
            for j in range(i + 1, len(classes)):
                verdict, difference, strength = self._verdict(left, classes[j])
                surest[i, j] = (verdict, difference, strength)
                if verdict == "conflict" and self._told_elsewhere(left, classes[j]):
                    continue
                if verdict == "conflict":
                    conflicts |= {i, j}
                elif difference is not None:
                    differences.append(difference)
        everything = [m for c in classes for m in c]
        sides = [self._side(c) for c in classes]
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
        dated = all(any(self._published(m) for m in known) for known in classes)
        ending = _EXPLAINED[commonest] if commonest != "update" or dated else UNDATED_UPDATE
        if len({m.dimension for m in everything}) > 1:
            ending = TWO_CURRENCIES
        reason = self._reason(classes, ending)
        yield Finding(
            "compatible",
            "quantity",
            reason,
            state_evidence(everything),
            "quantities",
            point,
            sides=tuple(sides),
            difference=commonest,
            weight=self._weight(everything),
        )

    def _verdict(self, left: list[Measured], right: list[Measured]) -> tuple[str, Difference | None, float]:
        strength = max(self.strength(a, b) for a in left for b in right)
        outcomes = [self._compare(a, b) for a in left for b in right]
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
        if not compatible and (any(_otherwise(a, b) for a in left for b in right) or self._qualified(left, right)):
            return (
                "compatible" if strength >= CONFLICT else "apart",
                "different-measure" if strength >= CONFLICT else None,
                strength,
            )
        old = any(m.dates and all(self._is_past(m.document, d.value) for d in m.dates) for m in everything)
        rising = not old and all(m.concepts & self.lists.rising for m in everything)
        times = {self._published(m) for m in (*left, *right)}
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
        if _far_apart(left[0], self._converted(left[0], right[0])):
            strength -= FAR_IN_LIKE_WORDS if any(self._in_like_words(a, b) for a in left for b in right) else FAR
        return "conflict", None, strength

    def _in_like_words(self, left: Measured, right: Measured) -> bool:
        return bool(left.predicate) and left.predicate == right.predicate and self._like(left, right) >= ALIKE_WORDS

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
        return self._like(left, right) >= ALIKE_SIDES

    def _told_elsewhere(self, left: Sequence[Measured], right: Sequence[Measured]) -> bool:
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

    def may_be_one(self, left: Measured, right: Measured) -> bool:
        """Return whether no rule says that two figures are of two things, or of one count at two times."""
        if self.strength(left, right) <= 0 or left.other != right.other or left.owner != right.owner:
            return False
        if (left.quantity.span in self.wholes) != (right.quantity.span in self.wholes):
            return False
        if self._qualified([left], [right]) or left.possessed != right.possessed:
            return False
        if _otherwise(left, right) and not is_slip(left.quantity, right.quantity):
            return False
        rising = (left.concepts | right.concepts) & self.lists.rising
        return not rising or self._verdict([left], [right])[0] == "conflict"

    def is_given(self, item: Measured, document: str) -> bool:
        """Return whether a document gives a figure, of what may be the same thing."""
        return any(
            other.document == document
            and other.dimension == item.dimension
            and rule_values(item, other)[0] == "same"
            and (match_nouns(item, other) or 0.0) >= 0.5
            for other in self.items
        )

    def tell_conflict(self, items: Sequence[Measured], point: str = "") -> Finding:
        """Return the conflict of some figures, a side for each value."""
        items = sorted(map(show_clause, items), key=lambda m: (self.place[m.document], m.quantity.span))
        classes = self._classes(items)
        sides = tuple(self._side(c) for c in classes)
        reason, weight, evidence = self._reason(classes, ""), self._weight(items), state_evidence(items)
        point = point or self._point(items)
        return Finding("conflict", "quantity", reason, evidence, "quantities", point, sides=sides, weight=weight)

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
        if any(m.dates and all(self._is_past(m.document, d.value) for d in m.dates) for m in everything):
            return False
        if not all(m.concepts & self.lists.rising for m in everything) or not self._fell(left, right):
            return False
        return any(self._like(a, b) >= ALIKE_TOLLS for a in left for b in right)

    def _fell(self, left: list[Measured], right: list[Measured]) -> bool:
        """Return whether every document with the lower figure was published after every one with the higher."""
        low, high = sorted((left, right), key=lambda side: max(m.quantity.high for m in side))
        before = [self.dossier.document(m.document).published for m in high]
        after = [self.dossier.document(m.document).published for m in low]
        return all(a is not None and b is not None and _is_later(a, b) for a in after for b in before)

    def _published(self, item: Measured) -> str:
        return self.dossier.document(item.document).published or ""

    # words

    def _phrase(self, item: Measured) -> str:
        return on_one_line(self.dossier.words(item.quantity.span))

    def _about(self, items: Sequence[Measured]) -> str:
        """Return what the figure is of, where its own words do not say."""
        item = next((m for m in items if m.predicate), None)
        if item is None or item.quantity.counted:
            return ""
        return f" (“{on_one_line(self.dossier.words(item.evidence))}”)" if item.evidence != item.quantity.span else ""

    def _reason(self, classes: list[list[Measured]], ending: str) -> str:
        parts = []
        for known in classes:
            documents = sorted({m.document for m in known}, key=self.place.__getitem__)
            verb = "says" if len(documents) == 1 else "say"
            words = on_one_line(self.dossier.words(known[0].evidence))
            parts.append(f"{show_documents(self.dossier, documents)} {verb} “{words}”")
        joined = ", ".join(parts[:-1]) + f", but {parts[-1]}" if not ending else join_names(parts)
        return f"{joined}{ending}."

    def _side(self, items: list[Measured]) -> Side:
        documents = tuple(sorted({m.document for m in items}))
        return Side(
            on_one_line(self.dossier.words(items[0].quantity.span)),
            documents,
            tuple(sorted({m.evidence for m in items})),
        )

    def _weight(self, items: Sequence[Measured]) -> float:
        documents = {m.document for m in items}
        early = max(1.0 - m.quantity.span.start / max(1, len(self.dossier.document(m.document).text)) for m in items)
        title = any(m.is_title for m in items)
        return min(0.99, 0.3 + 0.3 * len(documents) / max(2, len(self.place)) + 0.25 * early + 0.15 * title)


def _is_later(one: str, other: str) -> bool:
    """Return whether one moment of publication is surely after another, as far as both are precise."""
    size = min(len(one), len(other), 19)
    return one[:size] > other[:size]


_EXPLAINED: dict[Difference, str] = {
    "rounding": "; one is the other, rounded",
    "precision": "; one is more precise than the other",
    "update": "; the count rose while the event went on",
    "different-measure": "; they measure different things",
    "partial": "; one is a part of the other",
}


TWO_CURRENCIES = "; one sum in two currencies"
UNDATED_UPDATE = "; such a count rises while an event goes on, and it is not known which was written later"


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


def _find_wholes(items: Sequence[Measured]) -> frozenset[Span]:
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


def _far_apart(left: Measured, right: Measured) -> bool:
    """Return whether the larger value is more than twice the smaller; for magnitudes, which are logarithms, half a
    point away.
    """
    if left.dimension == "magnitude":
        return abs(left.low - right.low) > 0.5
    low, high = sorted((abs(left.low), abs(right.low)))
    return high > 2 * low and left.dimension != "score:"


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


def _overlap(left: frozenset[str], right: frozenset[str]) -> float:
    """Return what two sets share, as a share of the smaller one; 0 when one is empty."""
    if not left or not right:
        return 0.0
    return len(left & right) / min(len(left), len(right))


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


def _measure_match(left: Measured, right: Measured) -> float | None:
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


def _otherwise(left: Measured, right: Measured) -> bool:
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


def _dates_apart(left: Measured, right: Measured) -> bool:
    """Return whether both clauses are dated and no date of one fits one of the other."""
    return time.dates_differ(left.dates, right.dates)


CHECK = Check(
    name="quantities",
    version=1,
    kind="quantity",
    summary="Figures for one measured thing: the same, rounded, updated, or in conflict.",
    find=check_quantities,
)
