"""Judgements: what was concluded of two statements, and from which values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from wirecheck.model.span import Span

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
    """"quantity", "time", "office", "name", "place" or "polarity"."""
    left: Span
    right: Span
    comparison: Comparison
    detail: str
    """One short phrase with both values, the same from both sides."""

    def mirrored(self) -> ValueComparison:
        """Return the same with the sides swapped."""
        return replace(self, left=self.right, right=self.left)
