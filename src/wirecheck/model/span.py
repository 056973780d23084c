"""Spans: characters of one document, and nothing without its document."""

from __future__ import annotations

from dataclasses import dataclass

from wirecheck.errors import ForeignSpanError


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `[start, end)` of one document, in Unicode code points.

    >>> Span("d1", 4, 9).length
    5
    """

    document: str
    """The id of the document, see `Document.id`."""
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ForeignSpanError(f"a span runs from 0 <= start <= end; found [{self.start}, {self.end})")

    @property
    def length(self) -> int:
        return self.end - self.start

    def covers(self, other: Span) -> bool:
        """Return whether `other` lies inside this span, in the same document."""
        return self.document == other.document and self.start <= other.start and other.end <= self.end

    def overlap(self, other: Span) -> int:
        """Return how many characters two spans share; spans of two documents share none."""
        if self.document != other.document:
            return 0
        return max(0, min(self.end, other.end) - max(self.start, other.start))

    def join(self, other: Span) -> Span:
        """Return the smallest span over both; raises `ForeignSpanError` across documents."""
        if self.document != other.document:
            raise ForeignSpanError(f"spans of two documents cannot be joined: {self.document}, {other.document}")
        return Span(self.document, min(self.start, other.start), max(self.end, other.end))
