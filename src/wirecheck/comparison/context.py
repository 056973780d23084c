"""Sentences in their context: what the judge reads of one side.

A sentence alone does not say who "he" is or whose words it gives. The judge reads the names first, then the sentence.
Training uses these same functions, so that the judge sees at run time what it saw when it learned.
"""

from __future__ import annotations

from dataclasses import dataclass

from wirecheck.language.dossier import Dossier
from wirecheck.language.reading import Reading
from wirecheck.language.sentence import Sentence
from wirecheck.language.words import split_words
from wirecheck.model import Span
from wirecheck.places import Places
from wirecheck.text.stems import load_common

MOST_NAMES = 4
"""Names in front of a sentence; a sentence with more people in it than this names them itself."""
LONGEST_NAME = 4
"""Words of a name that are shown; the last ones, as the surname stands there."""
LEAST_SPOKEN = 0.5
"""Share of a sentence that must be the words of somebody who is named elsewhere for his name to stand in front."""


@dataclass(frozen=True, slots=True)
class InContext:
    """One sentence as the judge reads it.

    `names` are the people and bodies that it speaks of without naming them, and its speaker where he is named outside;
    `words` are the sentence's own, `spans` their places in the document, as many.
    """

    document: str
    start: int
    end: int
    names: tuple[str, ...]
    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    is_title: bool = False

    @property
    def span(self) -> Span:
        return Span(self.document, self.start, self.end)

    def tokens_of(self, start: int, end: int) -> tuple[int, ...]:
        """Return which of its words share a character with `[start, end)` of the document."""
        return tuple(n for n, (first, last) in enumerate(self.spans) if first < end and start < last)


def put_in_context(dossier: Dossier) -> tuple[InContext, ...]:
    """Return every sentence of the article text of a story, by document name, then place."""
    found: list[InContext] = []
    for reading in dossier.readings:
        names = _Names(dossier, reading)
        title = reading.document.title_span
        for sentence in reading.sentences:
            if not sentence.tokens:
                continue
            is_title = title is not None and sentence.start < title.end and title.start < sentence.end
            found.append(
                InContext(
                    document=reading.document.id,
                    start=sentence.start,
                    end=sentence.end,
                    names=names.behind(sentence),
                    words=tuple(token.text for token in sentence.tokens),
                    spans=tuple((token.start, token.end) for token in sentence.tokens),
                    is_title=is_title,
                )
            )
    return tuple(found)


def put_alone(text: str, *, names: tuple[str, ...] = (), document: str = "") -> InContext:
    """Return one text without a document around it, such as a claim, as the judge reads it."""
    spans = split_words(text)
    words = tuple(text[s.start : s.end] for s in spans)
    return InContext(document, 0, len(text), names, words, tuple((s.start, s.end) for s in spans))


class _Names:
    """Who the sentences of one document speak of without naming them."""

    def __init__(self, dossier: Dossier, reading: Reading) -> None:
        self.reading = reading
        document = reading.document.id
        self.mentions = Places(
            sorted(
                (m.start, m.end, actor.name)
                for actor in dossier.actors
                for m in actor.mentions
                if m.document == document
            ),
            lambda m: (m[0], m[1]),
        )
        said = sorted(
            (content.start, content.end, quotation.source, quotation.speaker_name)
            for quotation in dossier.annotations_of(document).quotations
            if quotation.speaker_name
            for content in quotation.contents
        )
        self.said = Places(said, lambda s: (s[0], s[1]))

    def behind(self, sentence: Sentence) -> tuple[str, ...]:
        """Return the names that a reader of the sentence alone would miss: its speaker's first, then by place."""
        here = {w.casefold() for w in self.reading.words(sentence.start, sentence.end).replace("’", "'").split()}
        here = {w.strip(".,;:!?\"'“”‘’()").removesuffix("'s") for w in here}
        found: list[str] = []
        for start, end, source, name in self.said.touching(sentence.start, sentence.end):
            inside = min(end, sentence.end) - max(start, sentence.start)
            outside = source is None or not (sentence.start <= source.start < sentence.end)
            if outside and name is not None and inside >= LEAST_SPOKEN * (sentence.end - sentence.start):
                found.append(name)
        found += [name for _, _, name in self.mentions.starting_in(sentence.start, sentence.end)]
        missing = []
        for name in dict.fromkeys(found):
            words = [w for w in name.split() if w.casefold() not in load_common()]
            if words and not any(w.casefold() in here for w in words):
                missing.append(" ".join(words[-LONGEST_NAME:]))
        return tuple(missing[:MOST_NAMES])
