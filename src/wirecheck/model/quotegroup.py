"""Quote groups: quotations of several documents that are one utterance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from wirecheck.errors import FindingError
from wirecheck.model.lineage import Origins
from wirecheck.model.span import Span

QuoteRelation = Literal["verbatim", "trimmed", "altered", "spliced", "paraphrased", "single"]


@dataclass(frozen=True, slots=True)
class WordDifference:
    """One word-level difference between two forms of an utterance."""

    kind: Literal["inserted", "dropped", "replaced", "reordered"]
    left: Span | None
    right: Span | None


@dataclass(frozen=True, slots=True)
class QuoteGroup:
    """Quotations that are the same utterance in one relation.

    One group per relation: where two documents have an utterance verbatim and a third alters it, the two form a
    `verbatim` group and the three an `altered` one, both with the same `utterance`.
    """

    id: str
    relation: QuoteRelation
    quotations: tuple[str, ...]
    """Quotation ids, sorted by document name, then place."""
    utterance: str
    reason: str
    """One sentence that names the publishers and what differs."""
    speaker: str | None = None
    differences: tuple[WordDifference, ...] = ()
    origins: Origins | None = None

    def __post_init__(self) -> None:
        if not self.quotations or not self.reason:
            raise FindingError("a quote group needs its quotations and a reason")
