"""Rows: what the report shows, before any form is given to it.

A section yields parts, a part holds rows, a row is one sentence with the exact words that it rests on. The terminal,
Markdown and HTML renderers show the same rows; nothing that a reader sees is made anywhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from wirecheck.model import Actor, Document, Quotation, Report, Span, StoryReport
from wirecheck.report.why import Term
from wirecheck.text.words import join_names
from wirecheck.text.zones import to_utc

_SECONDS = re.compile(r"(?<=T\d\d:\d\d):\d\d(?:\.\d+)?")
NOTHING_READ = "No document was read."

Tone = Literal["conflict", "differ", "agree", "single", "open", "plain"]
Layout = Literal["rows", "compact", "documents", "brief", "timeline"]
MarkKind = Literal["value", "dropped", "inserted", "replaced", "reordered"]


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """Words inside shown words that a row is about: a value, or what differs from another form of an utterance."""

    span: Span
    kind: MarkKind


@dataclass(frozen=True, slots=True)
class Words:
    """Exact words of one document, which a renderer puts in quotation marks after the name of the publisher."""

    document: str
    spans: tuple[Span, ...]
    """Sorted; a gap between two is shown as an ellipsis outside the marks."""
    marks: tuple[Mark, ...] = ()
    """Sorted, not overlapping, each inside one of `spans`."""
    note: str = ""
    """What kind of words they are, where that matters: "reported, not quoted directly"."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words of one side of a row; `caption` is the value that they give, "" where a row has one side only."""

    caption: str
    words: tuple[Words, ...]
    is_side: bool = False
    """True where it is one of the values that stand against each other."""
    documents: tuple[str, ...] = ()
    """Of a side: the documents that take it, also those whose words are not shown."""


@dataclass(frozen=True, slots=True)
class Note:
    """A short line below the sentence of a row, with the words that it rests on where there are any.

    In the layout "brief" the renderer adds the names of the documents that it rests on.
    """

    text: str
    spans: tuple[Span, ...] = ()
    detail: bool = False
    """True for what a reader may ask for: the page folds it, the terminal shows it for conflicts only."""


@dataclass(frozen=True, slots=True)
class Why:
    """One judgement behind a row: what was concluded of which words, the sum that it is made of, and remarks on it."""

    note: Note
    terms: tuple[Term, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that a reader should know."""

    id: str
    """Unique in the report; a point has the id that the JSON gives it."""
    label: str
    """The verdict, the relation or the date, in words."""
    tone: Tone
    sentence: str
    evidence: tuple[Evidence, ...] = ()
    notes: tuple[Note, ...] = ()
    documents: tuple[str, ...] = ()
    """Ids of the documents that it is about, by name."""
    silent: tuple[str, ...] = ()
    verdict: str = ""
    """What it can be filtered by: the verdict of a point, the relation of a quotation, or ""."""
    kind: str = ""
    """The kind of point, in words; "" where it does not matter."""
    why: tuple[Why, ...] = ()
    """The judgements that decided it; the page folds them, and `wirecheck why` tells all of them."""

    @property
    def spans(self) -> tuple[Span, ...]:
        """Every span that it shows, sorted, each once."""
        shown = {s for e in self.evidence for w in e.words for s in w.spans}
        return tuple(sorted(shown | {s for n in self.notes for s in n.spans}))


@dataclass(frozen=True, slots=True)
class Part:
    """A list of rows under a heading of its own, "" where the section has only this one.

    A renderer shows the first `shown` rows and folds the others: "… 14 more".
    """

    title: str
    rows: tuple[Row, ...]
    note: str = ""
    shown: int = 10
    layout: Layout = "rows"
    labelled: bool = False
    """Whether the labels of the rows say more than the headings above them."""


@dataclass(frozen=True)
class Context:
    """What a section is built from: the report, and one of its stories where the section tells of one story."""

    report: Report
    story: StoryReport | None = None

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """The documents of the story, or of the report, by name."""
        wanted = set(self.story.story.documents) if self.story is not None else {d.id for d in self.report.documents}
        return tuple(sorted((d for d in self.report.documents if d.id in wanted), key=lambda d: (d.name, d.id)))

    @cached_property
    def _by_id(self) -> dict[str, Document]:
        return {d.id: d for d in self.report.documents}

    @cached_property
    def _rank(self) -> dict[str, int]:
        ordered = sorted(self.report.documents, key=lambda d: (d.name, d.id))
        return {d.id: n for n, d in enumerate(ordered)}

    @cached_property
    def _shown(self) -> dict[str, str]:
        names = [d.shown_name for d in self.documents]
        return {d.id: d.shown_name if names.count(d.shown_name) == 1 else d.name for d in self.documents}

    @cached_property
    def _quotations(self) -> dict[str, Quotation]:
        return {q.id: q for q in self.story.quotations} if self.story is not None else {}

    @cached_property
    def _actors(self) -> dict[str, Actor]:
        return {a.id: a for a in self.story.actors} if self.story is not None else {}

    def document(self, id: str) -> Document:
        return self._by_id[id]

    def shown(self, document: str) -> str:
        """Return the name that the report uses for a document: its publisher, or its name where that is not unique."""
        return self._shown.get(document) or self._by_id[document].shown_name

    def names(self, documents: Iterable[str]) -> str:
        """Return the names of documents as a list in words: "The Herald, the Post and the Courier"."""
        return join_names([self.shown(d) for d in self.sort(documents)])

    def sort(self, documents: Iterable[str]) -> tuple[str, ...]:
        """Return document ids by name, each once."""
        return tuple(sorted(set(documents), key=lambda d: self._rank[d]))

    def place(self, span: Span) -> tuple[int, int, int]:
        """Return a sort key of a span: by name of its document, then by place."""
        return (self._rank[span.document], span.start, span.end)

    def words(self, span: Span) -> str:
        return self._by_id[span.document].words(span)

    def quotation(self, id: str) -> Quotation | None:
        return self._quotations.get(id)

    def actor(self, id: str | None) -> Actor | None:
        return self._actors.get(id) if id is not None else None

    def speaker(self, quotation: Quotation) -> str | None:
        """Return the name of who said it, or None where that is open."""
        actor = self.actor(quotation.speaker)
        return actor.name if actor is not None else quotation.speaker_name

    def show(self, spans: Iterable[Span], marks: Iterable[Mark] = (), note: str = "") -> tuple[Words, ...]:
        """Return spans as shown words: by document, sorted, overlapping ones joined, each with its marks."""
        by_document: dict[str, list[Span]] = {}
        for span in sorted(set(spans), key=self.place):
            own = by_document.setdefault(span.document, [])
            if own and span.start < own[-1].end:
                own[-1] = own[-1].join(span)
            elif span.length:
                own.append(span)
        marked: dict[str, list[Mark]] = {document: [] for document in by_document}
        for mark in marks:
            if mark.span.document in marked:
                marked[mark.span.document].append(mark)
        return tuple(
            Words(document, tuple(own), _clear(marked[document], own), note)
            for document, own in by_document.items()
            if own
        )


def _clear(marks: Iterable[Mark], spans: list[Span]) -> tuple[Mark, ...]:
    """Return the marks that lie inside the spans and say something, without overlaps: the earlier one stays."""
    kept: list[Mark] = []
    for mark in sorted(set(marks)):
        inside = any(s.covers(mark.span) and (s != mark.span or mark.kind != "value") for s in spans)
        if inside and mark.span.length and not (kept and mark.span.start < kept[-1].span.end):
            kept.append(mark)
    return tuple(kept)


def tell_note(context: Context, note: Note, layout: Layout) -> str:
    """Return a note as one line: in the layout "brief" with the names of the documents that it rests on."""
    if layout != "brief" or not note.spans:
        return note.text
    return f"{note.text}: {context.names(s.document for s in note.spans)}"


def group_words(context: Context, words: Iterable[Words]) -> tuple[tuple[Words, ...], ...]:
    """Return words by what they read, so that each text is shown once; in the order of the first of each."""
    groups: dict[object, list[Words]] = {}
    for one in words:
        texts = tuple(context.words(s) for s in one.spans)
        marks = tuple(
            (n, m.span.start - s.start, m.span.end - s.start, m.kind)
            for n, s in enumerate(one.spans)
            for m in one.marks
            if s.covers(m.span)
        )
        groups.setdefault((texts, marks, one.note), []).append(one)
    return tuple(tuple(g) for g in groups.values())


def repeats_words(context: Context, row: Row) -> bool:
    """Return whether the sentence of a row already holds all the words that it rests on, so that places are enough."""
    words = [w for e in row.evidence for w in e.words]
    if not words or any(len(w.spans) != 1 or w.note for w in words) or any(e.caption for e in row.evidence):
        return False
    sentence = " ".join(row.sentence.split())
    texts = [" ".join(context.words(w.spans[0]).split()) for w in words]
    return all(len(text) > 1 and text in sentence for text in texts)


def order_in_time(document: Document) -> tuple[bool, str, str, str]:
    """Return a sort key: by time of publication, those without one last, then by name."""
    published = document.published
    instant = to_utc(_SECONDS.sub("", published)) if published is not None else ""
    return (published is None, instant, document.name, document.id)


def count_of(number: int, one: str, many: str | None = None) -> str:
    """Return a count with its noun.

    >>> count_of(1, "story", "stories"), count_of(2, "document")
    ('1 story', '2 documents')
    """
    return f"{number:,} {one if number == 1 else many if many is not None else one + 's'}"
