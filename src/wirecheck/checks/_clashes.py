"""Clashes: figures and dates that the judge finds in two sentences on one thing, where the rules alone are not sure.

The rules say which two values may fill one slot at all: one measure of one noun, no other scope or occasion, a value
that the other document gives nowhere. How surely they do is then weighed from what the rules and the judge read.
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wirecheck.checks import dates, quantities
from wirecheck.checks._stated import on_one_line
from wirecheck.comparison.story import CLASH, Compared
from wirecheck.comparison.values.quantity import exclude_as_written, is_common, is_slip, ratio_of
from wirecheck.model import Finding, Point, Span

LEAST = 0.6
"""Likelihood from which on two values are held against each other."""
MARGIN = 0.2
"""By how much the other value of a document must be less likely: what may be two things of the other is neither."""
TOLD_ALIKE = 0.18
"""Likelihood that both sentences state one fact, below which their figures and dates are of two."""
LARGEST_RATIO = 2.0
"""Figures of which one is more than so many times the other are likelier of two things than one misreported."""
MOST = 4.5
"""Logit beyond which the judge being surer tells nothing new."""
START = -2.5
WEIGHTS: Mapping[str, float] = {
    "agree": 0.35,
    "clash": 0.46,
    "rules": 3.8,
    "rules of dates": 2.5,
    "date": 1.3,
    "apart": -0.74,
    "slip": 3.0,
    "small": 0.7,
    "several": -0.73,
}
"""What each kind of evidence adds, in logits: a logistic regression with a ridge on the 512 pairs of values that pass
the rules in 12 gold stories, 67 rewritten ones and 30 of AllSides; 76 of them are of true conflicts. A few
rules came after.
"""
_Close = tuple[int, int, float]


def find_clashes(compared: Compared, points: tuple[Point, ...], told: Sequence[Finding]) -> list[Finding]:
    """Return conflicts of figures and of dates that no finding of `told` holds together yet."""
    kinds: tuple[Figures | Days, ...] = Figures(compared, points, told), Days(compared, points, told)
    chosen = [kind.choose() for kind in kinds]
    clashing: dict[tuple[int, int], set[Span]] = defaultdict(set)
    for kind, pairs in zip(kinds, chosen, strict=True):
        for i, j in pairs:
            clashing[kind.clashes.sentences_of(i, j)].add(kind.clashes.spans[i])
    found = []
    for kind, pairs in zip(kinds, chosen, strict=True):
        # Two sentences that differ in two values tell of two moments: "with 70% counted, he trailed by 13 points".
        single = [(i, j) for i, j in pairs if len(clashing[kind.clashes.sentences_of(i, j)]) == 1]
        found += [kind.tell(family) for family in _families(single)]
    return found


@dataclass(frozen=True)
class _Place:
    """A value in a sentence: `tokens` are the words of it that have a digit, else all."""

    sentence: int
    tokens: tuple[int, ...]


def _place(compared: Compared, starts: Mapping[str, list[int]], span: Span) -> _Place | None:
    for at in starts.get(span.document, ()):
        sentence = compared.sentences[at]
        if sentence.start <= span.start < sentence.end:
            own = [n for n, (a, b) in enumerate(sentence.spans) if a < span.end and span.start < b]
            digits = [n for n in own if any(c.isdigit() for c in sentence.words[n])]
            return _Place(at, tuple(digits or own))
    return None


def _logit(value: float) -> float:
    value = min(max(value, 1e-6), 1 - 1e-6)
    return max(-MOST, min(MOST, math.log(value / (1 - value))))


def weigh_evidence(values: Mapping[str, float]) -> float:
    """Return how likely two values are of one thing, from 0 to 1, all evidence added up."""
    total = START + sum(WEIGHTS[name] * values[name] for name in sorted(values))
    return 1.0 / (1.0 + math.exp(-total))


def _best(words: NDArray[np.float32], tokens: Sequence[int]) -> float:
    return max((float(words[n, CLASH]) for n in tokens if n < len(words)), default=0.0)


class _Clashes:
    """What figures and dates have in common here; `items` are those of the rules, in the order of the story."""

    def __init__(self, compared: Compared, told: Sequence[Finding], spans: Sequence[Span]) -> None:
        self.compared, self.told = compared, told
        starts: dict[str, list[int]] = defaultdict(list)
        for at, sentence in enumerate(compared.sentences):
            starts[sentence.document].append(at)
        self.spans = spans
        self.places = [_place(compared, starts, span) for span in spans]
        self.within: dict[int, list[int]] = defaultdict(list)
        for i, place in enumerate(self.places):
            if place is not None and not self._is_conversion(spans[i]):
                self.within[place.sentence].append(i)

    def _is_conversion(self, span: Span) -> bool:
        """Return whether a value stands in brackets behind another: "nine kilometres (six miles)"."""
        text = self.compared.dossier.document(span.document).text
        return text[: span.start].rstrip()[-1:] == "("

    def sentences_of(self, i: int, j: int) -> tuple[int, int]:
        """Return the places of the sentences that two values stand in."""
        a, b = self.places[i], self.places[j]
        assert a is not None
        assert b is not None
        return a.sentence, b.sentence

    def measure(
        self, may: Callable[[int, int], bool], weigh: Callable[[int, int], dict[str, float]]
    ) -> Iterator[tuple[int, int, dict[str, float]]]:
        """Yield the pairs of values that may be of one thing, with all evidence that they are."""
        for (left, right), ruling in self.compared.rulings.items():
            ours, theirs = self.compared.sentences[left], self.compared.sentences[right]
            if ruling.agree < TOLD_ALIKE or (ours.document == theirs.document and ours.is_title == theirs.is_title):
                continue
            for i, j in itertools.product(self.within.get(left, ()), self.within.get(right, ())):
                if may(i, j):
                    a, b = self.places[i], self.places[j]
                    assert a is not None
                    assert b is not None
                    words = min(_best(ruling.left, a.tokens), _best(ruling.right, b.tokens))
                    yield i, j, {**weigh(i, j), "agree": _logit(ruling.agree), "clash": _logit(words)}

    def close(self, measured: Iterable[tuple[int, int, dict[str, float]]]) -> list[_Close]:
        """Return pairs of values with the likelihood that they are of one thing, the likeliest first."""
        found = [(i, j, round(weigh_evidence(values), 4)) for i, j, values in measured]
        return sorted(found, key=lambda c: (-c[2], c[0], c[1]))

    def choose(self, close: Sequence[_Close], one: Callable[[int, int], bool]) -> list[tuple[int, int]]:
        """Return the pairs that are likely enough and have no near rival: another value of the same document."""
        rivals: dict[tuple[int, str], list[tuple[int, float]]] = defaultdict(list)
        for i, j, likelihood in close:
            rivals[i, self.spans[j].document].append((j, likelihood))
            rivals[j, self.spans[i].document].append((i, likelihood))
        return [
            (i, j)
            for i, j, likelihood in close
            if likelihood >= LEAST
            and not any(
                other > likelihood - MARGIN and not one(rival, mine)
                for mine, its in ((j, i), (i, j))
                for rival, other in rivals[its, self.spans[mine].document]
            )
            and not self._is_told(self.spans[i], self.spans[j])
        ]

    def _is_told(self, left: Span, right: Span) -> bool:
        words = {on_one_line(self.compared.dossier.words(span)) for span in (left, right)}
        return any(
            any(e.overlap(left) for e in f.evidence)
            and any(e.overlap(right) for e in f.evidence)
            and (f.verdict != "conflict" or f.kind not in ("quantity", "date") or words <= {s.value for s in f.sides})
            for f in self.told
            if f.verdict != "compatible" or f.difference not in ("rounding", "precision")
        )


def _families(pairs: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Return what hangs together by pairs, each family sorted."""
    home = {i: i for pair in pairs for i in pair}
    for i, j in pairs:
        home = {k: home[i] if h == home[j] else h for k, h in home.items()}
    families: dict[int, list[int]] = defaultdict(list)
    for i in sorted(home):
        families[home[i]].append(i)
    return list(families.values())


class Figures:
    def __init__(self, compared: Compared, points: tuple[Point, ...], told: Sequence[Finding]) -> None:
        self.rules = quantities.FigureRules(compared.dossier, points)
        self.items = self.rules.items
        self.clashes = _Clashes(compared, told, [m.quantity.span for m in self.items])
        self.within = self.clashes.within

    def choose(self) -> list[tuple[int, int]]:
        """Return the places in `items` of the pairs that are of one thing."""
        return self.clashes.choose(self.clashes.close(self.measure()), self._is_one)

    def measure(self) -> Iterator[tuple[int, int, dict[str, float]]]:
        """Yield the places in `items` of what may be of one thing, with the evidence that it is."""
        return self.clashes.measure(self._may_clash, self._weigh)

    def tell(self, family: Sequence[int]) -> Finding:
        """Return the conflict of some of `items`, by place."""
        return self.rules.tell_conflict([self.items[i] for i in family])

    def _is_one(self, i: int, j: int) -> bool:
        left, right = self.items[i], self.items[j]
        return left.dimension == right.dimension and quantities.rule_values(left, right)[0] == "same"

    def _may_clash(self, i: int, j: int) -> bool:
        left, right = self.items[i], self.items[j]
        if left.dimension != right.dimension or "ordinal" in (left.quantity.kind, right.quantity.kind):
            return False
        return (
            exclude_as_written(left.quantity, right.quantity)
            and ratio_of(left.quantity, right.quantity) <= LARGEST_RATIO
            and self.rules.may_be_one(left, right)
            and not self.rules.is_given(left, right.document)
            and not self.rules.is_given(right, left.document)
        )

    def _weigh(self, i: int, j: int) -> dict[str, float]:
        left, right = self.items[i], self.items[j]
        return {
            "rules": self.rules.strength(left, right),
            "apart": min(3.0, math.log(ratio_of(left.quantity, right.quantity))),
            "slip": float(is_slip(left.quantity, right.quantity)),
            "small": float(is_common(left.quantity) and is_common(right.quantity)),
            "several": math.log(self._count_near(i) * self._count_near(j)),
        }

    def _count_near(self, i: int) -> int:
        place = self.clashes.places[i]
        assert place is not None
        own = self.clashes.within[place.sentence]
        return sum(self.items[k].dimension == self.items[i].dimension for k in own)


class Days:
    def __init__(self, compared: Compared, points: tuple[Point, ...], told: Sequence[Finding]) -> None:
        self.rules = dates.DateRules(compared.dossier, points)
        self.items = self.rules.items
        self.clashes = _Clashes(compared, told, [d.date.span for d in self.items])

    def choose(self) -> list[tuple[int, int]]:
        """Return the places in `items` of the pairs that are of one thing."""
        return self.clashes.choose(self.clashes.close(self.measure()), self._is_one)

    def measure(self) -> Iterator[tuple[int, int, dict[str, float]]]:
        """Yield the places in `items` of what may be of one thing, with the evidence that it is."""
        return self.clashes.measure(self._may_clash, self._weigh)

    def tell(self, family: Sequence[int]) -> Finding:
        """Return the conflict of some of `items`, by place."""
        return self.rules.tell_conflict([self.items[i] for i in family])

    def _is_one(self, i: int, j: int) -> bool:
        return dates.dates_fit(self.items[i], self.items[j])

    def _may_clash(self, i: int, j: int) -> bool:
        left, right = self.items[i], self.items[j]
        return (
            not dates.dates_fit(left, right)
            and self.rules.may_be_one(left, right)
            and not self.rules.is_given(left, right.document)
            and not self.rules.is_given(right, left.document)
        )

    def _weigh(self, i: int, j: int) -> dict[str, float]:
        left, right = self.items[i], self.items[j]
        return {
            "rules of dates": self.rules.strength(left, right),
            "date": 1.0,
            "several": math.log(self._count_near(i) * self._count_near(j)),
        }

    def _count_near(self, i: int) -> int:
        place = self.clashes.places[i]
        assert place is not None
        return len(self.clashes.within[place.sentence])
