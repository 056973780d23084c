"""Documents: one text as published, with its provenance."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass, field

from wirecheck.errors import ForeignSpanError
from wirecheck.model.span import Span


def digest_document(location: str, text: str) -> str:
    """Return the id of a document: 16 hex digits over its location and its text.

    >>> digest_document("a.txt", "x") != digest_document("b.txt", "x")
    True
    """
    return hashlib.sha256(f"{location}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Document:
    """One text as published.

    `text` is never edited after reading; every span counts its code points. `title` is a part of `text`
    wherever one is known (`title_span`), so that a headline can be held against its own body.
    """

    id: str
    name: str
    """What the input calls it, unique within one report."""
    location: str
    """The path or URL that it was read from, with `:LINE` for a line of a JSONL file."""
    text: str
    sha256: str
    """SHA-256 of the bytes as received, in hex."""
    received: bytes = field(default=b"", repr=False, compare=False)
    """The bytes as received (of a JSONL file: the line)."""
    title: str | None = None
    title_span: Span | None = None
    url: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    """ISO 8601, as precise as known: "2025", "2025-02", "2025-02-13", "2025-02-13T08:30:00+00:00"."""
    modified: str | None = None
    retrieved: str | None = None
    """When it was fetched or archived, ISO 8601; it says nothing of when it was published."""
    language: str | None = None
    """ISO 639-1 code, None when the text is too short to tell."""
    furniture: tuple[Span, ...] = ()
    """Page text that is not the article, sorted, not overlapping; it takes no part in comparison."""
    version_of: str | None = None
    """Id of the earlier document that this one is a newer version of."""

    def words(self, span: Span) -> str:
        """Return the exact words of a span; raises `ForeignSpanError` for another document's span."""
        if span.document != self.id:
            raise ForeignSpanError(f"span of document {span.document} used on document {self.id} ({self.name})")
        if span.end > len(self.text):
            raise ForeignSpanError(f"span [{span.start}, {span.end}) leaves {self.name}: {len(self.text)} characters")
        return self.text[span.start : span.end]

    def span(self, start: int, end: int) -> Span:
        """Return the span `[start, end)` of this document."""
        return Span(self.id, start, end)

    @property
    def whole(self) -> Span:
        return Span(self.id, 0, len(self.text))

    @property
    def shown_name(self) -> str:
        """The name that reasons use: the publisher where one is known, else the document's name."""
        return self.publisher or self.name

    def is_furniture(self, start: int, end: int) -> bool:
        """Return whether any of the characters `[start, end)` are furniture."""
        first = bisect_right(self.furniture, start, key=lambda f: f.end)
        return first < len(self.furniture) and self.furniture[first].start < end
