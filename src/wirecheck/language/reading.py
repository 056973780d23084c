"""Readings: a document with its paragraphs and its sentences, read by the model once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from wirecheck.language import Sentence, read_sentences
from wirecheck.model import Document, Span
from wirecheck.text.sentences import split_paragraphs, split_sentences


@dataclass(frozen=True)
class Reading:
    """A document as the annotators see it.

    `paragraphs` and `sentences` cover the article only: furniture is in none of them. The title, where the document
    has one in its text, is the first paragraph and the first sentence. Both are sorted by place; a sentence never
    crosses a paragraph.
    """

    document: Document
    paragraphs: tuple[Span, ...]
    sentences: tuple[Sentence, ...]

    def words(self, start: int, end: int) -> str:
        return self.document.text[start:end]

    def span(self, start: int, end: int) -> Span:
        return Span(self.document.id, start, end)

    def sentence_at(self, offset: int) -> int | None:
        """Return the index of the sentence that holds a character, or None for furniture and white space."""
        index = bisect_right(self.sentences, offset, key=lambda s: s.start) - 1
        if index >= 0 and offset < self.sentences[index].end:
            return index
        return None

    def paragraph_at(self, offset: int) -> int | None:
        """Return the index of the paragraph that holds a character, or None for furniture and white space."""
        index = bisect_right(self.paragraphs, offset, key=lambda p: p.start) - 1
        if index >= 0 and offset < self.paragraphs[index].end:
            return index
        return None

    def sentences_in(self, start: int, end: int) -> Iterator[Sentence]:
        """Yield the sentences that share a character with `[start, end)`."""
        for index in range(bisect_right(self.sentences, start, key=lambda s: s.end), len(self.sentences)):
            sentence = self.sentences[index]
            if sentence.start >= end:
                return
            yield sentence

    @property
    def title_sentence(self) -> Sentence | None:
        """The sentence of the headline, or None."""
        title = self.document.title_span
        if title is None or not self.sentences or self.sentences[0].start >= title.end:
            return None
        return self.sentences[0]


def read_document(document: Document) -> Reading:
    """Return a document with its paragraphs and sentences; the model reads every sentence once."""
    paragraphs = split_paragraphs(document)
    spans = split_sentences(document, paragraphs)
    sentences = read_sentences(document.text, [(s.start, s.end) for s in spans])
    return Reading(document, tuple(paragraphs), tuple(sentences))
