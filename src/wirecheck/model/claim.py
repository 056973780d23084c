"""Claims: what documents have to say to one sentence that somebody puts to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from wirecheck.model.document import Document
from wirecheck.model.judgement import ValueComparison
from wirecheck.model.problem import Problem
from wirecheck.model.span import Span

CLAIM = "claim"
"""What spans of the claim itself have in the place of a document's id."""
ClaimVerdict = Literal["states", "contradicts", "differs", "silent"]
ClaimDifference = Literal["rounding", "precision", "update", "different-measure", "partial", "hedge"]


@dataclass(frozen=True, slots=True)
class ClaimFinding:
    """What one document has to say to a claim, with its words and one sentence that they alone can verify."""

    document: str
    verdict: ClaimVerdict
    difference: ClaimDifference | None
    """In what a document differs that tells of the same and can be right too; None for other verdicts."""
    probability: float
    """How likely the verdict is right, from 0 to 1; of `silent`, that the document does not speak of the claim."""
    spans: tuple[Span, ...]
    """The words that bear the verdict; none where the document is silent."""
    reason: str
    nearest: Span | None
    """The sentence that comes nearest; None in a document without one."""
    values: tuple[ValueComparison, ...] = ()
    """Values held against each other; the left one stands in the claim."""


@dataclass(frozen=True, slots=True)
class ClaimReport:
    """The result of `wirecheck.check_claim`: a finding for each document, by name."""

    claim: str
    documents: tuple[Document, ...]
    findings: tuple[ClaimFinding, ...]
    """In the order of `documents`."""
    problems: tuple[Problem, ...] = ()
    day: str | None = None
    """The day on which the claim was made, ISO 8601, where one was given: what "on Friday" in it counts from."""
