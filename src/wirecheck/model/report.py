"""The report: everything that was found of all stories."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, get_args

from wirecheck.errors import UsageError
from wirecheck.model.actor import Actor
from wirecheck.model.annotation import Credit, Precision, Quotation
from wirecheck.model.decision import Decision
from wirecheck.model.document import Document
from wirecheck.model.finding import Finding, FindingKind, Verdict
from wirecheck.model.lineage import Lineage, Origin
from wirecheck.model.problem import Problem
from wirecheck.model.quotegroup import QuoteGroup
from wirecheck.model.reuse import Reuse
from wirecheck.model.span import Span
from wirecheck.model.story import Story

_NAMED = 9
"""Known values that an error names."""


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
class ReportPoint:
    """A finding as the report names it: by its id, in its story."""

    id: str
    story: Story
    finding: Finding

    @property
    def verdict(self) -> Verdict:
        return self.finding.verdict

    @property
    def kind(self) -> FindingKind:
        return self.finding.kind

    @property
    def reason(self) -> str:
        return self.finding.reason


@dataclass(frozen=True, slots=True, repr=False)
class Report:
    """The result of `wirecheck.compare`: documents, stories and problems, sorted.

    It prints as a few lines, a notebook shows its first screen, and `to_pandas` and `to_polars` give its points as a
    table.
    """

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

    def points(
        self,
        *,
        verdict: str | Iterable[str] | None = None,
        kind: str | Iterable[str] | None = None,
        document: str | Iterable[str] | None = None,
    ) -> tuple[ReportPoint, ...]:
        """Return the points of all stories in the order of the report; each option keeps what fits one of its values.

        A document is named by its id, its name or its publisher, and a point fits when that document states it. Raises
        `UsageError` for a verdict, kind or document that there is not.
        """
        verdicts = _look_up("verdict", verdict, get_args(Verdict))
        kinds = _look_up("kind", kind, get_args(FindingKind))
        documents = None if document is None else {d.id for d in self.find_documents(document)}
        return tuple(
            ReportPoint(f"{story.story.id}-p{number}", story.story, finding)
            for story in self.stories
            for number, finding in enumerate(story.findings, start=1)
            if (verdicts is None or finding.verdict in verdicts)
            and (kinds is None or finding.kind in kinds)
            and (documents is None or not documents.isdisjoint(finding.documents))
        )

    def find_documents(self, names: str | Iterable[str]) -> tuple[Document, ...]:
        """Return the documents with these ids, names or publishers, in the order of the report.

        Raises `UsageError` for one that no document has.
        """
        known = [*{n: None for d in self.documents for n in (d.publisher, d.name, d.id) if n}]
        wanted = _look_up("document or publisher", names, known) or frozenset()
        return tuple(d for d in self.documents if not wanted.isdisjoint(n for n in (d.id, d.name, d.publisher) if n))

    # A value does not know the forms that are given to it: these are looked up when they are asked for.

    def __str__(self) -> str:
        from wirecheck.report.notebook import tell_report

        return tell_report(self)

    def __repr__(self) -> str:
        return f"<Report: {' | '.join(str(self).splitlines())}>"

    def _repr_html_(self) -> str:
        from wirecheck.report.notebook import render_fragment

        return render_fragment(self)

    def to_pandas(self, *, words: bool = False) -> Any:
        """Return a `pandas.DataFrame` with a row for each point and side; see `report.table` for the columns.

        `words` gives a row for each span that a point rests on instead, with its exact words. Raises
        `MissingExtraError` where pandas is not installed.
        """
        from wirecheck.report.table import make_pandas

        return make_pandas(self, words=words)

    def to_polars(self, *, words: bool = False) -> Any:
        """Return a `polars.DataFrame`, else as `to_pandas`."""
        from wirecheck.report.table import make_polars

        return make_polars(self, words=words)


def _look_up(what: str, given: str | Iterable[str] | None, known: Iterable[str]) -> frozenset[str] | None:
    """Return the given values, None where nothing was given; raises `UsageError` for one that is not known."""
    if given is None:
        return None
    values = frozenset([given] if isinstance(given, str) else given)
    known = tuple(known)
    for value in sorted(values.difference(known)):
        import difflib

        near = difflib.get_close_matches(value, known, n=_NAMED) or known[:_NAMED]
        raise UsageError(
            f"no {what} {value!r}; there is {', '.join(near)}{' and more' if len(known) > len(near) else ''}"
        )
    return values
