"""The report: everything that was found of all stories."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from wirecheck.model.actor import Actor
from wirecheck.model.annotation import Credit, Precision, Quotation
from wirecheck.model.decision import Decision
from wirecheck.model.document import Document
from wirecheck.model.finding import Finding
from wirecheck.model.lineage import Lineage, Origin
from wirecheck.model.problem import Problem
from wirecheck.model.quotegroup import QuoteGroup
from wirecheck.model.reuse import Reuse
from wirecheck.model.span import Span
from wirecheck.model.story import Story


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """Something that happened at a time, as precise as the documents say."""

    when: str
    precision: Precision
    point: str
    """Id of the point in the report that the entry rests on."""
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class StoryReport:
    """What was found of one story. Findings are in the order in which an editor would want them."""

    story: Story
    actors: tuple[Actor, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    quote_groups: tuple[QuoteGroup, ...] = ()
    findings: tuple[Finding, ...] = ()
    """In the report they are the *points*; the id of the n-th (from 1) is `{story id}-p{n}`."""
    credits: tuple[Credit, ...] = ()
    reuse: tuple[Reuse, ...] = ()
    lineage: tuple[Lineage, ...] = ()
    origins: tuple[Origin, ...] = ()
    timeline: tuple[TimelineEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """The result of `wirecheck.compare`: documents, stories and problems, sorted."""

    documents: tuple[Document, ...]
    stories: tuple[StoryReport, ...]
    problems: tuple[Problem, ...] = ()
    version: str = ""
    settings: Mapping[str, object] = field(default_factory=dict)
    models: Mapping[str, str] = field(default_factory=dict)
    """Name of each model that was used, and the SHA-256 of its file."""
    decisions: tuple[Decision, ...] = ()
    """What people ruled of these documents, as they did."""

    def document(self, id: str) -> Document:
        """Return the document with this id; raises `KeyError` when there is none."""
        for document in self.documents:
            if document.id == id:
                return document
        raise KeyError(id)
