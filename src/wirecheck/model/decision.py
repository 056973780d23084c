"""Decisions: what a person ruled, which is kept, shown and honoured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from wirecheck.model.span import Span

Ruling = Literal["same-story", "other-story", "same-origin", "other-origin", "settled"]


@dataclass(frozen=True, slots=True)
class Decision:
    """A ruling that stands: of documents, whether they are one story or of one origin; of a finding, how it ended."""

    number: int
    """As it was made, from 1."""
    ruling: Ruling
    documents: tuple[str, ...]
    """Ids of the documents that it is of, sorted; in a report those of the report alone."""
    who: str
    at: str
    """When, ISO 8601."""
    note: str
    sentence: str
    """All of it in words, with the names of the documents."""
    point: str | None = None
    """Id of the point of the report that was settled; None where no point rests on those words now."""
    spans: tuple[Span, ...] = ()
    """The words that a settled finding rested on."""
