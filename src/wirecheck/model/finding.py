"""Findings: what a check concludes of a point."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from wirecheck.errors import FindingError
from wirecheck.model.judgement import Judgement, Nearest
from wirecheck.model.lineage import Origins
from wirecheck.model.span import Span
from wirecheck.model.stated import Stated

Verdict = Literal["agree", "conflict", "compatible", "single", "undecided"]
FindingKind = Literal["event", "quantity", "date", "order", "role", "position", "attribution", "polarity", "wording"]
Difference = Literal["rounding", "precision", "update", "different-measure", "partial"]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the values that stand against each other, with the documents that give it."""

    value: str
    documents: tuple[str, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """A verdict with its words: one sentence that the evidence alone can verify.

    The constructor refuses a finding without a reason or without evidence, a conflict or compatible one without at
    least two sides, and a single one with two documents.
    """

    verdict: Verdict
    kind: FindingKind
    reason: str
    statements: tuple[Stated, ...]
    check: str
    """Name of the check that found it."""
    point: str = ""
    """Id of the point that it is about; "" where a check compares annotations directly."""
    sides: tuple[Side, ...] = ()
    difference: Difference | None = None
    silent: tuple[str, ...] = ()
    origins: Origins | None = None
    weight: float = 0.0
    """How much an editor would want it first: higher first; only the order depends on it."""
    judgements: tuple[Judgement, ...] = ()
    """Of the pairs of statements that decided it, the one that tells most first."""
    nearest: tuple[Nearest, ...] = ()
    """Of a single one: for each silent document what comes nearest, where anything does."""

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise FindingError("a finding needs a reason in words")
        if not any(s.spans for s in self.statements):
            raise FindingError("a finding needs evidence: at least one span")
        if self.verdict in ("conflict", "compatible") and len(self.sides) < 2:
            raise FindingError(f"{self.verdict} needs at least two sides; found {len(self.sides)}")
        if self.verdict == "single" and len({s.document for s in self.statements}) != 1:
            raise FindingError("single is for a point that one document states")

    @property
    def documents(self) -> tuple[str, ...]:
        return tuple(sorted({s.document for s in self.statements} | {d for side in self.sides for d in side.documents}))

    @property
    def evidence(self) -> tuple[Span, ...]:
        """Every span that it rests on, sorted, each once."""
        spans = {x for s in self.statements for x in s.spans} | {x for side in self.sides for x in side.spans}
        return tuple(sorted(spans))
