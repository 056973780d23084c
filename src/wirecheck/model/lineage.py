"""Lineage and origins: who has it from whom, and where independent reporting starts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from wirecheck.errors import FindingError
from wirecheck.model.span import Span

LineageRelation = Literal["version", "reprint", "rewrite", "credit", "common-source"]
Independence = Literal["same-origin", "independent", "not-established", "not-recorded"]


@dataclass(frozen=True, slots=True)
class Lineage:
    """`to` has it from `source`: a document id, or the name of a text that is not among the documents."""

    source: str
    """Document id, or a plain name when `source_is_document` is False ("The Associated Press")."""
    source_is_document: bool
    to: str
    relation: LineageRelation
    reason: str
    evidence: tuple[Span, ...]
    directed: bool = True
    """False when the two share a text and nothing tells who had it first."""

    def __post_init__(self) -> None:
        if not self.reason or not self.evidence:
            raise FindingError("lineage needs a reason and its evidence")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where independent reporting starts; documents that share one count once."""

    id: str
    name: str
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OriginGroup:
    """Documents that share one origin for one point, and why."""

    documents: tuple[str, ...]
    reason: str
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Origins:
    """How many independent origins stand behind a point, and how that is known.

    `count` is the number of groups. It is a count of *established* origins only when `independence` is "independent"
    or "same-origin"; with "not-established" it is the most that there can be.
    """

    count: int
    independence: Independence
    groups: tuple[OriginGroup, ...]
