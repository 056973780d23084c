"""Judgements: what was concluded of two statements, and from which values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from wirecheck.model.span import Span
from wirecheck.model.stated import Stated

Relation = Literal["equivalent", "overlaps", "contradicts", "differs", "other"]
"""What two statements have to do with each other.

equivalent: they state one fact and little else; overlaps: they state one fact among others; contradicts: they cannot
both be right; differs: one fact, told so that both can be right; other: another fact, event, speaker or occasion.
"""
Comparison = Literal["equal", "coarser", "rounded", "later", "other-measure", "excluded", "open"]
"""How two values stand to each other, the same from both sides.

equal: one value; coarser: one says less, and all that the other says lies in it ("this week", "Monday"); rounded: one
is the other, rounded; later: a count that grew between the two; other-measure: values of two things; excluded: both
cannot be right; open: neither is shown.
"""


@dataclass(frozen=True, slots=True)
class ValueComparison:
    """Two values of one kind, held against each other; swapping the sides gives its `mirrored`."""

    kind: str
    """"quantity", "time" or "office"; in a finding, the kind of finding."""
    left: Span
    right: Span
    comparison: Comparison
    detail: str
    """One short phrase with both values, the same from both sides."""

    def mirrored(self) -> ValueComparison:
        """Return the same with the sides swapped."""
        return replace(self, left=self.right, right=self.left)


@dataclass(frozen=True, slots=True)
class Feature:
    """One piece of evidence of a judgement; `weight` is in logits, for the relation where above zero."""

    name: str
    """What it is in plain words: "each is the other's nearest sentence"."""
    left: str
    """The word or value on that side, "" where there is none to show."""
    right: str
    weight: float


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was concluded of two statements, and from what; swapping the sides gives its `mirrored`."""

    left: Stated
    right: Stated
    relation: Relation
    probability: float
    """That both state one fact, from 0 to 1: all evidence but `values` and `blocker`, which have the last word."""
    features: tuple[Feature, ...] = ()
    """What the probability is made of: the weights add up to its logit. Empty where the sum was not kept."""
    values: tuple[ValueComparison, ...] = ()
    blocker: str | None = None
    """What forbade that both state one fact, whatever the probability, in words: "two speakers: …"."""

    def mirrored(self) -> Judgement:
        """Return the same with the sides swapped."""
        return replace(
            self,
            left=self.right,
            right=self.left,
            features=tuple(replace(f, left=f.right, right=f.left) for f in self.features),
            values=tuple(v.mirrored() for v in self.values),
        )


@dataclass(frozen=True, slots=True)
class Nearest:
    """The statement of a silent document that comes nearest to a point which one document alone states."""

    document: str
    span: Span
    probability: float
    """Likelihood that it speaks of the same fact, from 0 to 1."""
