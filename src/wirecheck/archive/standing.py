"""Standing text: what a publisher sets under or between its articles, which is no reuse of one in another."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from wirecheck.lineage.publishers import canonical_publisher
from wirecheck.model import Document, Passage, Span
from wirecheck.text.furniture import find_furniture
from wirecheck.text.sentences import split_sentences

# Share of a passage that must be standing sentences: a run ends inside the next sentence where both go on alike.
_STANDING = 0.8


@dataclass(frozen=True, slots=True)
class Standing:
    """The standing text of one document."""

    publisher: str
    sentences: tuple[Span, ...]
    """Sentences that would be furniture if they stood alone: "All rights reserved", an invitation to a newsletter."""
    foot: Span | None
    """The last paragraph, where there are others."""

    def share_of(self, span: Span) -> float:
        """Return the share of a span that standing sentences are, from 0 to 1."""
        first = bisect_right(self.sentences, span.start, key=lambda s: s.end)
        covered = 0
        for sentence in self.sentences[first:]:
            if sentence.start >= span.end:
                break
            covered += sentence.overlap(span)
        return covered / max(1, span.length)


def find_standing(document: Document, paragraphs: Sequence[Span]) -> Standing:
    """Return the standing text of a document."""
    sentences = [
        Span(document.id, s.start, s.end)
        for s in split_sentences(document, paragraphs)
        if _is_standing(document.text[s.start : s.end])
    ]
    foot = paragraphs[-1] if len(paragraphs) > 1 else None
    return Standing(canonical_publisher(document.publisher or ""), tuple(sentences), foot)


def is_standing(passage: Passage, left: Standing, right: Standing) -> bool:
    """Return whether a shared passage is standing text.

    It is made of standing sentences, or it is the foot of two articles of one publisher: who writes there, what the
    paper is. Shared speech is neither.
    """
    if left.share_of(passage.left) >= _STANDING and right.share_of(passage.right) >= _STANDING:
        return True
    same = bool(left.publisher) and left.publisher == right.publisher
    feet = (
        left.foot is not None and left.foot.covers(passage.left),
        (right.foot is not None and right.foot.covers(passage.right)),
    )
    return same and all(feet) and not passage.quoted


def _is_standing(words: str) -> bool:
    pieces = find_furniture(words, look_for_title=False).pieces
    return sum(p.end - p.start for p in pieces) >= _STANDING * len(words.strip())
