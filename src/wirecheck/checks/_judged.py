"""What decided each finding: the judgements of the pairs behind it, and what comes nearest to a single one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TypeVar

from wirecheck.checks._facts import MAY_TELL
from wirecheck.checks._stated import on_one_line, outermost, touches
from wirecheck.comparison.judgements import LEAST, judge_pair, sum_up
from wirecheck.comparison.story import AGREE, Compared
from wirecheck.comparison.values import say
from wirecheck.comparison.values.quantity import compare_quantities
from wirecheck.comparison.values.time import compare_times
from wirecheck.model import (
    Comparison,
    Finding,
    Judgement,
    Nearest,
    PartialDate,
    Quantity,
    Relation,
    Span,
    Stated,
    Statement,
    ValueComparison,
)
from wirecheck.places import Places
from wirecheck.points.compatibility import Difference
from wirecheck.points.sameness import Sameness

JUDGED = "agreement"
"""Name of what finds points by how two clauses or sentences are judged; all others are checks of values."""
MOST = 3
"""Judgements of one finding: the strongest pair of each document, so that a fact of forty documents stays readable."""
TOLD = 0.2
"""Likelihood below which the sum of what comes nearest to a single finding is left out: that it is far off says all."""
_COMPARISONS: dict[str | None, Comparison] = {
    "rounding": "rounded",
    "precision": "coarser",
    "update": "later",
    "different-measure": "other-measure",
}
DIFFERENCES: dict[Difference, str] = {
    "polarity": "one denies what the other states",
    "opposite": "they say opposite things",
    "modality": "only one tells it as done",
    "quantity": "their figures differ",
    "date": "their dates differ",
    "exchange": "exchanged roles",
    "subject": "they are about different subjects",
    "name": "they name others",
    "speaker": "they are said by different speakers",
    "thing": "they are about different things",
}
"""What keeps two like clauses from stating one fact, in words."""
_ALIKE: tuple[Comparison, ...] = ("equal", "rounded", "coarser")
_Value = TypeVar("_Value", Quantity, PartialDate)
_Members = dict[int, list[Statement]]
"""Sentences that a finding rests on, by place and in order, each with the clauses that it rests on."""
_RELATIONS: dict[str, Relation] = {"agree": "overlaps", "conflict": "contradicts", "compatible": "differs"}


def attach_judgements(
    compared: Compared, sameness: Sameness, findings: Iterable[Finding], least: Mapping[str, float]
) -> list[Finding]:
    """Return findings with the judgements that decided them, in their order.

    `least` has the likelihood that two clauses must reach for an agreement (`agree`) and for one in part
    (`compatible`). No model is run: a pair that the judge did not read is told by the weights of its clauses.
    """
    attacher = _Attacher(compared, sameness, least)
    return [attacher.attach(f) for f in findings]


@dataclass(frozen=True)
class _Pair:
    """Two clauses, or the places of two sentences, of two documents, and what they are ranked by."""

    likelihood: float
    left: Statement | int
    right: Statement | int
    documents: frozenset[str]


class _Attacher:
    def __init__(self, compared: Compared, sameness: Sameness, least: Mapping[str, float]) -> None:
        self.compared, self.sameness, self.least = compared, sameness, least
        self.quantities, self.dates = compared.dossier.quantities_of, compared.dossier.dates_of

    def attach(self, finding: Finding) -> Finding:
        members = self.list_members(finding.evidence)
        if finding.verdict == "single":
            return self.add_nearest(finding, members)
        if finding.check != JUDGED:
            pairs = _take(self.list_valued(finding, members))
        elif finding.verdict == "undecided":
            pairs = self.list_open(finding, members)
        else:
            pairs = _take(self.list_judged(finding, members))
        judged = [self.judge(finding, pair) for pair in pairs]
        return replace(finding, judgements=tuple(judged))

    def list_members(self, spans: Sequence[Span]) -> _Members:
        """Return the sentences that some spans lie in."""
        places = sorted({at for span in spans for at in self.compared.sentences_in(span)})
        return {at: self.list_clauses(spans, at) for at in places}

    def list_judged(self, finding: Finding, members: _Members) -> Iterator[_Pair]:
        """Yield the pairs that an agreement, or one in part, may rest on.

        Clauses were asked first: of two sentences those that reach what an agreement needs are what decided it, else
        the judge's reading of the sentences.
        """
        least = self.least.get(finding.verdict, 2.0)
        for left, right in self.across(members):
            best, ruling = self.find_clauses(finding, members[left], members[right]), self.compared.ruling(left, right)
            if best is not None and (best.likelihood >= least or ruling is None):
                yield best
            elif ruling is not None:
                yield self.pair_sentences(left, right, ruling.agree)

    def list_open(self, finding: Finding, members: _Members) -> Iterator[_Pair]:
        """Yield the clauses that come near each other and are left open, and their sentences where these come near."""
        for left, right in self.across(members):
            best, ruling = self.find_clauses(finding, members[left], members[right]), self.compared.ruling(left, right)
            if best is not None:
                yield best
            if ruling is not None and (best is None or ruling.agree >= MAY_TELL):
                yield self.pair_sentences(left, right, ruling.agree)
            return

    def pair_sentences(self, left: int, right: int, likelihood: float) -> _Pair:
        documents = frozenset(self.compared.sentences[at].document for at in (left, right))
        return _Pair(likelihood, left, right, documents)

    def find_clauses(self, finding: Finding, left: Sequence[Statement], right: Sequence[Statement]) -> _Pair | None:
        """Return those of the clauses of two sentences that are likeliest to state one fact."""
        asked = self.sameness.same if finding.verdict == "agree" else self.sameness.shared
        likelihoods = [
            (asked(a, b), a, b)
            for a in left
            for b in right
            if finding.verdict != "agree" or self.sameness.compatibility.difference(a, b) is None
        ]
        best = max(likelihoods, key=lambda c: (round(c[0], 4), -c[1].row, -c[2].row), default=None)
        return _Pair(*best, frozenset((best[1].document, best[2].document))) if best is not None else None

    def list_valued(self, finding: Finding, members: _Members) -> Iterator[_Pair]:
        """Yield the pairs of sentences that hold the values of a finding; of a difference those of two sides."""
        sides = {at: self.find_sides(finding, at) for at in members}
        for left, right in self.across(members):
            if finding.sides and not any(a != b for a in sides[left] for b in sides[right]):
                continue
            ruling = self.compared.ruling(left, right)
            if ruling is not None:
                yield self.pair_sentences(left, right, 1.0 + ruling.agree)
            elif (best := self.find_clauses(finding, members[left], members[right])) is not None:
                yield best

    def across(self, members: _Members) -> Iterator[tuple[int, int]]:
        for left, right in combinations(members, 2):
            if self.compared.sentences[left].document != self.compared.sentences[right].document:
                yield left, right

    def list_clauses(self, spans: Sequence[Span], at: int) -> list[Statement]:
        """Return the clauses of a sentence that some spans touch; all where they touch none."""
        own = self.compared.dossier.statements_of.get(self.compared.sentences[at].span, [])
        return [s for s in own if any(touches(s.span, x) for x in spans)] or own

    def find_sides(self, finding: Finding, at: int) -> frozenset[int]:
        sentence = self.compared.sentences[at].span
        return frozenset(n for n, side in enumerate(finding.sides) if any(sentence.overlap(s) for s in side.spans))

    def judge(self, finding: Finding, pair: _Pair) -> Judgement:
        values = self.find_values(finding, pair) if finding.check != JUDGED else ()
        relation = _RELATIONS.get(finding.verdict, "other") if values else None
        if isinstance(pair.left, int) and isinstance(pair.right, int):
            judged = judge_pair(self.compared, pair.left, pair.right, values=values, relation=relation)
        else:
            judged = self.judge_clauses(finding, pair, values, relation)
        if not values:
            return judged
        left, right = (_take_words(finding, sentence) for sentence in self.find_sentences(pair))
        return replace(judged, left=left, right=right)

    def judge_clauses(
        self, finding: Finding, pair: _Pair, values: tuple[ValueComparison, ...], relation: Relation | None
    ) -> Judgement:
        """Return what was concluded of two clauses."""
        left, right = pair.left, pair.right
        assert isinstance(left, Statement)
        assert isinstance(right, Statement)
        same = self.sameness.same(left, right)
        in_part = finding.verdict != "agree" or same < LEAST
        features = self.sameness.explain(left, right, shared=in_part)
        if in_part and sum_up(features) < same:
            features = self.sameness.explain(left, right, shared=False)
        probability = sum_up(features)
        is_open = finding.verdict == "undecided" and not values
        difference = self.sameness.compatibility.difference(left, right) if is_open else None
        if relation is None:
            named: Relation = "overlaps" if in_part else "equivalent"
            relation = "other" if is_open or probability < LEAST else named
        ours, theirs = (Stated(s.document, (s.span,)) for s in (left, right))
        blocker = DIFFERENCES[difference] if difference is not None else None
        return Judgement(ours, theirs, relation, probability, features, values, blocker)

    def find_sentences(self, pair: _Pair) -> tuple[Span, Span]:
        ours, theirs = (
            s.sentence if isinstance(s, Statement) else self.compared.sentences[s].span for s in (pair.left, pair.right)
        )
        return ours, theirs

    # values

    def find_values(self, finding: Finding, pair: _Pair) -> tuple[ValueComparison, ...]:
        """Return the values that a check held against each other and that stand in two sentences."""
        ours, theirs = self.find_sentences(pair)
        if not finding.sides:
            return self.find_equal(finding, ours, theirs) if finding.verdict == "agree" else ()
        comparison: Comparison = "excluded" if finding.verdict == "conflict" else "open"
        comparison = _COMPARISONS.get(finding.difference, comparison)
        found = []
        for n, one in enumerate(finding.sides):
            for m, other in enumerate(finding.sides):
                first = self.find_written(one.value, one.spans, ours) if n != m else None
                second = self.find_written(other.value, other.spans, theirs) if n != m else None
                if first is not None and second is not None:
                    detail = _say_values(comparison, *sorted(map(_mark, (one.value, other.value))))
                    found.append(ValueComparison(finding.kind, first, second, comparison, detail))
        return tuple(sorted(found, key=lambda v: (v.left, v.right)))

    def find_written(self, value: str, spans: Iterable[Span], sentence: Span) -> Span | None:
        """Return where a value stands in a sentence: its own words, else the span that a check has for it."""
        around = min((s for s in spans if sentence.overlap(s)), default=None)
        if around is None:
            return None
        own = [q.span for q in self.quantities[sentence.document].touching(around.start, around.end)]
        own += [d.span for d in self.dates[sentence.document].touching(around.start, around.end)]
        return min((s for s in own if on_one_line(self.compared.dossier.words(s)) == value), default=around)

    def find_equal(self, finding: Finding, ours: Span, theirs: Span) -> tuple[ValueComparison, ...]:
        """Return the values that two sentences give alike, of those that an agreement rests on: the best."""
        found: list[ValueComparison] = []
        if finding.kind == "quantity":
            left, right = (_inside(finding, self.quantities[s.document], s) for s in (ours, theirs))
            found = [compare_quantities(a, b) for a in left for b in right]
        elif finding.kind == "date":
            first, second = (_inside(finding, self.dates[s.document], s) for s in (ours, theirs))
            found = [compare_times(a, b) for a in first for b in second]
        else:  # what two documents call somebody, or the order in which they put two events
            left_words, right_words = (_take_words(finding, s).spans for s in (ours, theirs))
            for a, b in zip(left_words[:1], right_words[:1], strict=False):
                said = say("equal", *sorted(_mark(self.compared.dossier.words(x)) for x in (a, b)))
                found.append(ValueComparison(finding.kind, a, b, "equal", said))
        alike = [v for v in found if v.comparison in _ALIKE]
        return tuple(sorted(alike, key=lambda v: (_ALIKE.index(v.comparison), v.left, v.right))[:1])

    # single findings

    def add_nearest(self, finding: Finding, members: Iterable[int]) -> Finding:
        """Return a single finding with the nearest words of each document that it was held against.

        Its judgements are the nearest pair, and the likeliest one that something forbids, such as two speakers.
        """
        compared = self.compared
        best: dict[str, tuple[float, int, int]] = {}
        forbidden: Judgement | None = None
        own = {s.document for s in finding.statements}
        for at in members:
            for other in compared.partners.get(at, ()):
                document = compared.sentences[other].document
                if document in own or not self.bears(finding, at, other):
                    continue
                if (min(at, other), max(at, other)) in compared.blocked:
                    judged = judge_pair(compared, at, other)
                    if judged.probability >= LEAST and (
                        forbidden is None or judged.probability > forbidden.probability
                    ):
                        forbidden = judged
                    continue
                ruling = compared.ruling(at, other)
                assert ruling is not None
                found = (round(ruling.agree, 4), -other, -at)
                best[document] = max(best.get(document, found), found)
        order = {d.id: n for n, d in enumerate(compared.dossier.documents)}
        nearest, judgements = [], []
        for document in sorted(best, key=lambda d: order[d]):
            likelihood, other, at = best[document][0], -best[document][1], -best[document][2]
            ruling = compared.ruling(at, other)
            assert ruling is not None
            spans = compared.span(other, compared.bearing(other, ruling.right, AGREE))
            nearest.append(Nearest(document, spans[0].join(spans[-1]), likelihood))
        if best:
            _, other, at = max(best.values())
            closest = judge_pair(compared, -at, -other)
            judgements.append(closest if closest.probability >= TOLD else replace(closest, features=()))
        if forbidden is not None:
            judgements.append(forbidden)
        return replace(finding, nearest=tuple(nearest), judgements=tuple(judgements))

    def bears(self, finding: Finding, at: int, other: int) -> bool:
        """Return whether the words of a finding bear what two sentences share: the rest may be told by everybody."""
        ruling = self.compared.ruling(at, other)
        assert ruling is not None
        spans = self.compared.span(at, self.compared.bearing(at, ruling.left, AGREE))
        evidence = finding.evidence
        return any(s.overlap(x) for s in spans for x in evidence)


def _take(pairs: Iterable[_Pair]) -> Iterator[_Pair]:
    """Yield the strongest pair of each document, the strongest first, `MOST` at most."""
    told: set[str] = set()
    count = 0
    ranked = sorted(enumerate(pairs), key=lambda p: (-round(p[1].likelihood, 4), p[0]))
    for _, pair in ranked:
        if pair.documents <= told or count == MOST:
            continue
        told |= pair.documents
        count += 1
        yield pair


def _mark(value: str) -> str:
    return value if value.startswith("“") else f"“{on_one_line(value)}”"


def _say_values(comparison: Comparison, first: str, second: str) -> str:
    """Return a phrase on two values of which it is not known which is the coarser or the earlier one."""
    if comparison in ("coarser", "later"):
        said = "one leaves room for the other" if comparison == "coarser" else "the later one may be an update"
        return f"of {first} and {second}, {said}"
    return say(comparison, first, second)


def _inside(finding: Finding, values: Places[_Value], sentence: Span) -> list[_Value]:
    """Return the values of a sentence that a finding rests on."""
    found, evidence = values.touching(sentence.start, sentence.end), finding.evidence
    return [v for v in found if any(x.overlap(v.span) for x in evidence)]


def _take_words(finding: Finding, sentence: Span) -> Stated:
    """Return the words of a sentence that a finding rests on."""
    return Stated(sentence.document, tuple(x for x in outermost(finding.evidence) if x.overlap(sentence)))
