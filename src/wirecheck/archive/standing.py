"""Standing text: what a publisher sets under or between its articles, which is no reuse of one in another.

Some of it shows by its words ("All rights reserved"), some by its place (who writes there), and the rest by standing in
articles of one publisher from several days that have little else in common.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Container, Sequence
from dataclasses import dataclass

from wirecheck.lineage.publishers import canonical_publisher
from wirecheck.model import Document, Passage, Span
from wirecheck.text.furniture import find_furniture
from wirecheck.text.sentences import split_sentences

# Days on which articles of one publisher have a sentence, from which on it is standing. Of 700 articles of AllSides
# with lines of newsletters, rights or columnists, 1,028 pairs share something, and 109 of them without what stands on
# three days; at two, what a paper says again the next day would go too.
SEVERAL_DAYS = 3
# Share of either article that is shared, from which on it is the article that comes again and not what stands in it.
SAME_ARTICLE = 0.5
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
    keys: tuple[tuple[Span, int], ...] = ()
    """All sentences, each with a number made of the publisher and its words."""

    def list_keys(self, span: Span) -> list[int]:
        """Return the numbers of the sentences that lie mostly in a span."""
        first = bisect_right(self.keys, span.start, key=lambda k: k[0].end)
        found = []
        for sentence, key in self.keys[first:]:
            if sentence.start >= span.end:
                break
            if sentence.overlap(span) >= _STANDING * sentence.length:
                found.append(key)
        return found

    def share_of(self, span: Span) -> float:
        """Return the share of a span that standing sentences are, from 0 to 1."""
        first = bisect_right(self.sentences, span.start, key=lambda s: s.end)
        covered = 0
        for sentence in self.sentences[first:]:
            if sentence.start >= span.end:
                break
            covered += sentence.overlap(span)
        return covered / max(1, span.length)


def find_standing(document: Document, paragraphs: Sequence[Span], known: Container[int] = ()) -> Standing:
    """Return the standing text of a document; `known` are the numbers of sentences that are found to stand."""
    publisher = canonical_publisher(document.publisher or "")
    keys = tuple(
        (Span(document.id, s.start, s.end), _number(publisher, document.text[s.start : s.end]))
        for s in split_sentences(document, paragraphs)
    )
    sentences = tuple(s for s, key in keys if key in known or _is_standing(document.text[s.start : s.end]))
    return Standing(publisher, sentences, paragraphs[-1] if len(paragraphs) > 1 else None, keys)


def _number(publisher: str, words: str) -> int:
    folded = f"{publisher}\0{' '.join(words.split()).casefold()}"
    return int.from_bytes(hashlib.blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=8).digest())


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
