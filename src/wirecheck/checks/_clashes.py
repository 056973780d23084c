"""Clashes: figures and dates that the judge finds in two sentences on one thing, where the rules alone are not sure.

The rules say which two values may fill one slot at all: one measure of one noun, no other scope or occasion, a value
that the other document gives nowhere. How surely they do is then weighed from what the rules and the judge read.
"""

from __future__ import annotations

import itertools
import math
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from wirecheck.checks import dates, quantities
from wirecheck.checks._figure_pairs import rule_values
from wirecheck.checks._stated import on_one_line
from wirecheck.comparison.evidence import to_logit
from wirecheck.comparison.judge import Ruling
from wirecheck.comparison.story import AGREE, CLASH, Compared
from wirecheck.comparison.values.quantity import exclude_as_written, is_common, is_slip, ratio_of
from wirecheck.graph import find_components
from wirecheck.model import Finding, Point, Side, Span
from wirecheck.statements.dates import Dated
from wirecheck.statements.quantities import Measured
from wirecheck.text.words import end_before

LEAST = 0.4
"""Likelihood from which on two values are held against each other. Of those from here to .6 in 74 rewritten and 12 gold
stories, seven are conflicts and two are not."""
BORNE = 0.6
"""Likelihood that both sentences state one fact from which on two dates that stand in the very words that state it are
held against each other, if no rule forbids it: of 14 such pairs of the same stories 14 are conflicts, of which five are
less likely than `LEAST` or have other verbs."""
ONE_FACT = 0.8
"""Likelihood that both sentences state one fact from which on nothing is asked of their verbs."""
MARGIN = 0.2
"""By how much the other value of a document must be less likely: what may be two things of the other is neither."""
TOLD_ALIKE = 0.18
"""Likelihood that both sentences state one fact, below which their figures and dates are of two."""
LARGEST_RATIO = 2.0
"""Figures of which one is more than so many times the other are likelier of two things than one misreported."""
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
Item = TypeVar("Item")


def find_clashes(compared: Compared, points: tuple[Point, ...], told: Sequence[Finding]) -> list[Finding]:
    """Return conflicts of figures and of dates that no finding of `told` holds together yet."""
    kinds: tuple[Figures | Days, ...] = Figures(compared, points, told), Days(compared, points, told)
    chosen = [kind.choose() for kind in kinds]
    clashing: dict[tuple[int, int], set[Span]] = defaultdict(set)
    for kind, pairs in zip(kinds, chosen, strict=True):
        for i, j in pairs:
            clashing[kind.sentences_of(i, j)].add(kind.spans[i])
    found = []
    for kind, pairs in zip(kinds, chosen, strict=True):
        # Two sentences that differ in two values tell of two moments: "with 70% counted, he trailed by 13 points".
        single = [(i, j) for i, j in pairs if len(clashing[kind.sentences_of(i, j)]) == 1]
        found += [kind.tell(family) for family in find_components(len(kind.items), single) if len(family) > 1]
    return found


@dataclass(frozen=True)
class _Place:
    """A value in a sentence: `tokens` are the words of it that have a digit, else all."""

    sentence: int
    tokens: tuple[int, ...]


def _place(compared: Compared, span: Span) -> _Place | None:
    at = next(iter(compared.sentences_in(span)), None)
    if at is None or compared.sentences[at].start > span.start:
        return None
    sentence = compared.sentences[at]
    own = sentence.tokens_of(span.start, span.end)
    digits = tuple(n for n in own if any(c.isdigit() for c in sentence.words[n]))
    return _Place(at, digits or own)


def weigh_evidence(values: Mapping[str, float]) -> float:
    """Return how likely two values are of one thing, from 0 to 1, all evidence added up."""
    total = START + sum(WEIGHTS[name] * values[name] for name in sorted(values))
    return 1.0 / (1.0 + math.exp(-total))


def _best(words: NDArray[np.float32], tokens: Sequence[int]) -> float:
    return max((float(words[n, CLASH]) for n in tokens if n < len(words)), default=0.0)


class _Rules(Protocol[Item]):
    """What the rules of one kind of value say of two of its items."""

    @property
    def items(self) -> list[Item]: ...
    def may_be_one(self, left: Item, right: Item) -> bool: ...
    def is_given(self, item: Item, document: str) -> bool: ...
    def tell_conflict(self, items: Sequence[Item]) -> Finding: ...


class _Clashes(ABC, Generic[Item]):
    """What figures and dates have in common here; `items` are those of the rules, in the order of the story."""

    def __init__(self, compared: Compared, told: Sequence[Finding], rules: _Rules[Item], spans: Sequence[Span]) -> None:
        self.compared, self.told, self._rules, self.items, self.spans = compared, told, rules, rules.items, spans
        self.places = [_place(compared, span) for span in spans]
        self.within: dict[int, list[int]] = defaultdict(list)
        for i, place in enumerate(self.places):
            if place is not None and not self._is_conversion(spans[i]):
                self.within[place.sentence].append(i)

    @abstractmethod
    def _is_one(self, i: int, j: int) -> bool:
        """Return whether two values say the same."""

    @abstractmethod
    def _may_differ(self, left: Item, right: Item) -> bool:
        """Return whether two values exclude each other as they are written."""

    @abstractmethod
    def _weigh(self, i: int, j: int) -> dict[str, float]:
        """Return the evidence of this kind of value that two are of one thing."""

    def choose(self) -> list[tuple[int, int]]:
        """Return the places in `items` of the pairs that are of one thing."""
        return self._pick(self._close())

    def tell(self, family: Sequence[int]) -> Finding:
        """Return the conflict of some of `items`, by place."""
        return self._rules.tell_conflict([self.items[i] for i in family])

    def _is_told_of(self, i: int, j: int, ruling: Ruling) -> bool:
        """Return whether the sentences of two values tell of one thing, as far as this kind of value asks it."""
        return True

    def _may_clash(self, i: int, j: int, ruling: Ruling) -> bool:
        left, right = self.items[i], self.items[j]
        return (
            self._may_differ(left, right)
            and self._rules.may_be_one(left, right)
            and not self._is_given(left, self.spans[j].document, ruling)
            and not self._is_given(right, self.spans[i].document, ruling)
        )

    def _is_given(self, item: Item, document: str, ruling: Ruling) -> bool:
        """Return whether the document of the other value gives this one too."""
        return self._rules.is_given(item, document)

    def _is_beside(self, i: int, sentence: int) -> bool:
        """Return whether the sentence of the other value gives this one too: it knows of both."""
        return any(self._is_one(i, k) for k in self.within.get(sentence, ()))

    def _is_conversion(self, span: Span) -> bool:
        """Return whether a value stands in brackets behind another: "nine kilometres (six miles)"."""
        text = self.compared.dossier.document(span.document).text
        end = end_before(text, span.start)
        return text[max(0, end - 1) : end] == "("

    def sentences_of(self, i: int, j: int) -> tuple[int, int]:
        """Return the places of the sentences that two values stand in."""
        a, b = self.places[i], self.places[j]
        assert a is not None
        assert b is not None
        return a.sentence, b.sentence

    def measure(self) -> Iterator[tuple[int, int, dict[str, float]]]:
        """Yield the places in `items` of what may be of one thing, with all evidence that it is."""
        for (left, right), ruling in self.compared.rulings.items():
            ours, theirs = self.compared.sentences[left], self.compared.sentences[right]
            if ruling.agree < TOLD_ALIKE or (ours.document == theirs.document and ours.is_title == theirs.is_title):
                continue
            for i, j in itertools.product(self.within.get(left, ()), self.within.get(right, ())):
                beside = self._is_beside(i, right) or self._is_beside(j, left)
                if not beside and self._may_clash(i, j, ruling) and self._is_told_of(i, j, ruling):
                    a, b = self.places[i], self.places[j]
                    assert a is not None
                    assert b is not None
                    words = min(_best(ruling.left, a.tokens), _best(ruling.right, b.tokens))
                    yield i, j, {**self._weigh(i, j), "agree": to_logit(ruling.agree), "clash": to_logit(words)}

    def _is_sure(self, i: int, j: int) -> bool:
        """Return whether two values need not be likely to be of one thing."""
        return False

    def _close(self) -> list[_Close]:
        """Return pairs of values with the likelihood that they are of one thing, the likeliest first."""
        found = [(i, j, round(weigh_evidence(values), 4)) for i, j, values in self.measure()]
        return sorted(found, key=lambda c: (-c[2], c[0], c[1]))

    def _pick(self, close: Sequence[_Close]) -> list[tuple[int, int]]:
        """Return the pairs that are likely enough and have no near rival: another value of the same document."""
        rivals: dict[tuple[int, str], list[tuple[int, float]]] = defaultdict(list)
        for i, j, likelihood in close:
            rivals[i, self.spans[j].document].append((j, likelihood))
            rivals[j, self.spans[i].document].append((i, likelihood))
        return [
            (i, j)
            for i, j, likelihood in close
            if (likelihood >= LEAST or self._is_sure(i, j))
            and not any(
                other > likelihood - MARGIN and not self._is_one(rival, mine)
                for mine, its in ((j, i), (i, j))
                for rival, other in rivals[its, self.spans[mine].document]
            )
            and not self._is_told(i, j)
        ]

    def _is_told(self, i: int, j: int) -> bool:
        left, right = self.spans[i], self.spans[j]
        return any(
            any(e.overlap(left) for e in f.evidence)
            and any(e.overlap(right) for e in f.evidence)
            and (
                f.verdict != "conflict"
                or f.kind not in ("quantity", "date")
                or (self._is_value_of(i, f.sides) and self._is_value_of(j, f.sides))
            )
            for f in self.told
            if f.verdict != "compatible" or f.difference not in ("rounding", "precision")
        )

    def _is_value_of(self, i: int, sides: Sequence[Side]) -> bool:
        """Return whether a conflict is of this value, in whichever form one of its sides shows it ("2200 GMT" for
        "6 p.m. EDT").
        """
        if any(self._words(i) == side.value for side in sides):
            return True
        shown = (
            k
            for side in sides
            for k, span in enumerate(self.spans)
            if any(s.covers(span) for s in side.spans) and self._words(k) == side.value
        )
        return any(self._is_one(i, k) for k in shown)

    def _words(self, i: int) -> str:
        return on_one_line(self.compared.dossier.words(self.spans[i]))


class Figures(_Clashes[Measured]):
    def __init__(self, compared: Compared, points: tuple[Point, ...], told: Sequence[Finding]) -> None:
        self.rules = quantities.find_figure_rules(compared.dossier, points)
        super().__init__(compared, told, self.rules, [m.quantity.span for m in self.rules.items])

    def _is_one(self, i: int, j: int) -> bool:
        left, right = self.items[i], self.items[j]
        return left.dimension == right.dimension and rule_values(left, right)[0] == "same"

    def _may_differ(self, left: Measured, right: Measured) -> bool:
        if left.dimension != right.dimension or "ordinal" in (left.quantity.kind, right.quantity.kind):
            return False
        return (
            exclude_as_written(left.quantity, right.quantity)
            and ratio_of(left.quantity, right.quantity) <= LARGEST_RATIO
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
        place = self.places[i]
        assert place is not None
        return sum(self.items[k].dimension == self.items[i].dimension for k in self.within[place.sentence])


class Days(_Clashes[Dated]):
    def __init__(self, compared: Compared, points: tuple[Point, ...], told: Sequence[Finding]) -> None:
        self.rules = dates.find_date_rules(compared.dossier, points)
        super().__init__(compared, told, self.rules, [d.date.span for d in self.rules.items])

    def _is_one(self, i: int, j: int) -> bool:
        return dates.dates_fit(self.items[i], self.items[j])

    def _may_differ(self, left: Dated, right: Dated) -> bool:
        return not dates.dates_fit(left, right)

    def _is_given(self, item: Dated, document: str, ruling: Ruling) -> bool:
        """What else has that day matters less where the sentences surely state one fact."""
        return self.rules.is_given(item, document, of_deed=ruling.agree >= ONE_FACT)

    def _is_told_of(self, i: int, j: int, ruling: Ruling) -> bool:
        """Two deeds of one story have two days: where the verbs differ, the sentences must surely state one fact, or
        the dates stand in the words that do.
        """
        return (
            ruling.agree >= ONE_FACT or self.rules.tells_one_deed(self.items[i], self.items[j]) or self._is_sure(i, j)
        )

    def _is_sure(self, i: int, j: int) -> bool:
        left, right = self.sentences_of(i, j)
        ruling = self.compared.ruling(left, right)
        return (
            ruling is not None
            and ruling.agree >= BORNE
            and self._bears(left, ruling.left, self.spans[i])
            and self._bears(right, ruling.right, self.spans[j])
        )

    def _bears(self, sentence: int, words: NDArray[np.float32], span: Span) -> bool:
        """Return whether a date stands in the words of a sentence that bear what it and another one agree on."""
        clauses = self.compared.bearing(sentence, words, AGREE)
        return any(run.covers(span) for run in self.compared.span(sentence, clauses, words[:, AGREE]))

    def _weigh(self, i: int, j: int) -> dict[str, float]:
        left, right = self.items[i], self.items[j]
        return {
            "rules of dates": self.rules.strength(left, right),
            "date": 1.0,
            "several": math.log(self._count_near(i) * self._count_near(j)),
        }

    def _count_near(self, i: int) -> int:
        place = self.places[i]
        assert place is not None
        return len(self.within[place.sentence])
