"""A case: a draft and its sources read together, with what every step asks of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from wirecheck.annotators import annotate
from wirecheck.checks.dates import DateRules
from wirecheck.checks.quantities import FigureRules
from wirecheck.comparison.speakers import related_speakers, same_speaker, speaks_for
from wirecheck.comparison.story import Compared, compare_sentences
from wirecheck.drafts.words import SourceText
from wirecheck.guarding import guarding
from wirecheck.language.dossier import Dossier
from wirecheck.language.reading import Reading, read_document
from wirecheck.language.sentence import Sentence
from wirecheck.model import Document, Mention, Problem, Quotation, Span
from wirecheck.report.plain import show_on_a_line
from wirecheck.resolve import resolve_actors, resolve_speakers
from wirecheck.statements import find_statements
from wirecheck.stories import one_story
from wirecheck.text.alignment import list_words
from wirecheck.text.words import join_names

SHOWN_CHARACTERS = 160
"""Characters of a source's words that a reason shows."""
WORDS_AROUND = 5
"""Words on either side of a value that say what it is of."""


class Case:
    """One draft with its sources, read as one story; the draft is never counted among the sources."""

    def __init__(self, dossier: Dossier, draft: str, *, is_dated: bool) -> None:
        self.dossier = dossier
        self.draft = dossier.document(draft)
        self.is_dated = is_dated
        """Whether the draft says of itself when it is of; else its days are counted from the newest source."""
        self.reading = dossier.reading(draft)
        self.sources = tuple(SourceText(r) for r in dossier.readings if r.document.id != draft)
        self.source = {s.document.id: s for s in self.sources}
        self.own_words = SourceText(self.reading)
        self._around: dict[Span, tuple[tuple[str, ...], tuple[str, ...]]] = {}

    @cached_property
    def compared(self) -> Compared:
        """What the judge says of each sentence of the draft and those of the sources that are near it."""
        return compare_sentences(self.dossier, of=self.draft.id)

    @cached_property
    def mentions(self) -> dict[Span, Mention]:
        """The mentions of all documents by their spans."""
        return {m.span: m for a in self.dossier.annotations for m in a.mentions}

    @cached_property
    def figures(self) -> FigureRules:
        return FigureRules(self.dossier, ())

    @cached_property
    def dates(self) -> DateRules:
        return DateRules(self.dossier, ())

    def words(self, span: Span) -> str:
        """Return the words of a span on one line, cut with an ellipsis where they are long."""
        shown = show_on_a_line(self.dossier.words(span))
        return shown if len(shown) <= SHOWN_CHARACTERS else shown[:SHOWN_CHARACTERS].rsplit(" ", 1)[0] + " …"

    def quotation_at(self, span: Span) -> Quotation | None:
        """Return the quotation that has most of a span: in marks, or told, or None."""
        found = [
            (q.kind != "indirect", max(c.overlap(span) for c in q.contents), q)
            for q in self.dossier.quotations_touching(span)
        ]
        found = [f for f in found if 2 * f[1] > span.length]
        return max(found, key=lambda f: (f[0], f[1], f[2].id))[2] if found else None

    def names_speaker(self, own: Quotation) -> bool:
        """Return whether the draft names a speaker where it gives his words; "he" and "the champion" may be anybody."""
        mentions = self.dossier.annotations_of(own.document).mentions
        return own.source is not None and any(m.name is not None and own.source.overlap(m.name) for m in mentions)

    def is_other_speaker(self, own: Quotation, theirs: Quotation, *, follows: bool = False) -> bool:
        """Return whether a source surely has words from somebody else than the draft.

        A person and a body are two speakers where neither speaks for the other, as far as the sources tell, and the
        paragraph of the source does not speak of the draft's speaker at all; where the draft `follows` the sentence of
        the source, two bodies are too, and its sentence alone must not speak of him.
        """
        names = [set((q.speaker_name or "").casefold().split()) for q in (own, theirs)]
        if names[0] <= names[1] or names[1] <= names[0] or not self.names_speaker(own):
            return False  # "Hall", "John Hall QC"; or one without a name
        same = same_speaker(self.dossier, own, theirs)
        if same is not None:
            return not same
        if own.speaker is None or theirs.speaker is None or related_speakers(self.dossier, own, theirs):
            return False
        if follows:
            return not any(
                self._is_spoken_of(own.speaker, Span(theirs.document, s.start, s.end))
                for s in self.sentences(theirs.whole)
            )
        paragraph = self.dossier.reading(theirs.document).paragraph_at(theirs.whole.start)
        around = theirs.whole if paragraph is None else self.dossier.reading(theirs.document).paragraphs[paragraph]
        return speaks_for(self.dossier, own, theirs) and not self._is_spoken_of(own.speaker, around)

    def _is_spoken_of(self, actor: str, around: Span) -> bool:
        known = self.dossier.actor(actor)
        return known is not None and any(m.overlap(around) for m in known.mentions)

    def place(self, span: Span) -> tuple[int, Span]:
        """Return a key that sorts spans by the order of their documents, then by place."""
        return self._order[span.document], span

    @cached_property
    def _order(self) -> dict[str, int]:
        return {d.id: n for n, d in enumerate(self.dossier.documents)}

    def sentences(self, span: Span) -> tuple[Sentence, ...]:
        """Return the sentences that share a character with a span."""
        return tuple(self.dossier.reading(span.document).sentences_in(span.start, span.end))

    def around(self, span: Span) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the keys of the words before a span, the nearest first, and of those behind it, in its sentence."""
        if span not in self._around:
            text, sentences = self.dossier.document(span.document).text, self.sentences(span)
            start, end = (sentences[0].start, sentences[-1].end) if sentences else (span.start, span.end)
            before = tuple(w.key for w in list_words(text, start, span.start))[-WORDS_AROUND:]
            after = tuple(w.key for w in list_words(text, span.end, end))[:WORDS_AROUND]
            self._around[span] = before[::-1], after
        return self._around[span]

    def agreement(self, left: Span, right: Span) -> float:
        """Return how likely the best pair of sentences at two spans states one fact, from 0 to 1."""
        rulings = (
            self.compared.ruling(i, j)
            for i in self.compared.sentences_in(left)
            for j in self.compared.sentences_in(right)
        )
        return max((r.agree for r in rulings if r is not None), default=0.0)

    def name(self, documents: Iterable[str]) -> str:
        """Return the publishers of some documents as a list in words."""
        ordered = sorted(set(documents), key=self._order.__getitem__)
        names = list(dict.fromkeys(self.dossier.shown(d) for d in ordered))
        return join_names(names)


def read_case(draft: Document, sources: Sequence[Document], problems: list[Problem]) -> Case:
    """Return the case of a draft; what is lost of one of the documents is added to `problems`.

    A draft without a date is taken to be of the day of its newest source.
    """
    newest = max((s.published for s in sources if s.published), default=None)
    dated = replace(draft, published=draft.published or newest)
    ordered = sorted([dated, *sources], key=lambda d: (d.name, d.id))
    readings = tuple(_read(d, problems) for d in ordered)
    annotations = tuple(annotate(r, problems) for r in readings)
    actors = resolve_actors(readings, annotations)
    annotations = resolve_speakers(readings, annotations, actors)
    dossier = Dossier(one_story(ordered)[0], readings, annotations, actors)
    statements, embeddings = find_statements(dossier)
    dossier = dossier.having(statements=statements, embeddings=embeddings)
    return Case(dossier, draft.id, is_dated=draft.published is not None)


def _read(document: Document, problems: list[Problem]) -> Reading:
    with guarding(problems, document.location, "its sentences were not read"):
        return read_document(document)
    return Reading(document, (), ())
