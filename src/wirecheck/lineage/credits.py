"""Credits of a document, with those to publishers that only the story's other documents make known as such."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from wirecheck.annotators.credits import find_credits
from wirecheck.language import Sentence
from wirecheck.language.dossier import Dossier
from wirecheck.language.reading import Reading
from wirecheck.lineage.publishers import names_publisher
from wirecheck.model import Annotations, Credit, Document
from wirecheck.text.sentences import split_paragraphs, split_sentences

_CUE = re.compile(
    r"\b(?:according to|report(?:s|ed|ing)?|first to report|citing|cited|told|says?|said|wrote|writes|"
    r"quot(?:es|ed|ing)|credit(?:s|ed))\b",
    re.IGNORECASE,
)
# A name of one word may be a word ("Time", "Variety"): the cue must stand beside it.
_BEFORE = re.compile(r"(?:according to|citing|told|reports? (?:by|in|from)|by)\s+(?:[\w’'-]+\s+){0,4}\Z", re.IGNORECASE)
_AFTER = re.compile(r"(?:’s|'s)?\s+(?:\w+\s+)?(?:report(?:s|ed)|said|says|wrote|writes|first)\b")


def list_credits(dossier: Dossier, document: str) -> tuple[Credit, ...]:
    """Return the credits of a document by place.

    Added to what the annotator found: the name of another document's publisher in a sentence that reports or
    attributes. Nobody but the story knows that "Coastwatch" is a publisher.
    """
    value = dossier.document(document)
    found = dossier.annotations_of(document).credits
    publishers = tuple(sorted({d.publisher for d in dossier.documents if d.publisher and d.id != document}))
    more = [c for c in _find_named(value, publishers) if not _is_known(c, found)]
    return tuple(sorted((*found, *more), key=lambda c: (c.span.start, c.span.end))) if more else found


def read_credits(document: Document, publishers: tuple[str, ...]) -> tuple[Credit, ...]:
    """Return the credits of a document to outlets and to publishers by place, without the model: for an archive.

    What needs more than a sentence's words (whose document, whose statement) is left out.
    """
    found = _read_bare(document)
    more = [c for c in _find_named(document, publishers) if not _is_known(c, found)]
    return tuple(sorted((*found, *more), key=lambda c: (c.span.start, c.span.end)))


def _is_known(credit: Credit, found: Sequence[Credit]) -> bool:
    """Return whether a sentence credits a newsroom already, or the words of a name are in a credit of another sort."""
    return any(
        credit.span.overlap(f.span)
        or (f.kind in ("publisher", "agency", "broadcast") and credit.span.overlap(f.covers or f.span))
        for f in found
    )


@lru_cache(maxsize=512)
def _read_bare(document: Document) -> tuple[Credit, ...]:
    import numpy as np

    paragraphs = tuple(split_paragraphs(document))
    nothing = np.zeros(0, np.float32)
    sentences = tuple(Sentence(s.start, s.end, (), (), nothing) for s in split_sentences(document, paragraphs))
    return tuple(find_credits(Reading(document, paragraphs, sentences), Annotations(document.id)))


@lru_cache(maxsize=512)
def _find_named(document: Document, publishers: tuple[str, ...]) -> tuple[Credit, ...]:
    text = document.text
    credits_found = []
    for publisher in publishers:
        if document.publisher is not None and names_publisher(document.publisher, publisher):
            continue
        for match in re.finditer(rf"(?<!\w){re.escape(publisher)}(?!\w)", text):
            start, end = _sentence_around(text, match.start(), match.end())
            if document.is_furniture(match.start(), match.end()) or not _CUE.search(text, start, end):
                continue
            beside = _BEFORE.search(text, max(start, match.start() - 60), match.start()) or _AFTER.match(
                text, match.end()
            )
            if " " not in publisher and beside is None:
                continue
            span = document.span(match.start(), match.end())
            credits_found.append(Credit(span, publisher, "publisher", covers=document.span(start, end)))
    return tuple(credits_found)


def _sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the range between the sentence ends around a range, roughly: an abbreviation may cut it short."""
    before = -1
    for mark in ("\n", ". ", ".” ", '." ', "! ", "? "):
        before = max(before, text.rfind(mark, max(before, 0), start))
    after = re.compile(r"[.!?][”\"]?(?:\s|$)|\n").search(text, end)
    first = before + 1 if before >= 0 else 0
    while first < start and (text[first].isspace() or text[first] in '.!?”"'):
        first += 1
    return first, after.end() if after is not None else len(text)
