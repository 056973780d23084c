"""Decisions: what a person ruled, which is kept, shown and honoured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from wirecheck.model.span import Span

Ruling = Literal[
    "same-story", "other-story", "same-origin", "other-origin",
    "settled", "disputed", "same-fact", "other-fact", "noted", "speaker",
]  # fmt: skip
"""What a person rules: of documents, one story or not, one origin or not; of a point, that it is settled or disputed,
that its words state one fact or not, or a note on it; of a quotation, who said it.
"""


@dataclass(frozen=True, slots=True)
class Decision:
    """A ruling that stands, with who made it and when."""

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
    """Id of the point of the report that was ruled on; None where no point rests on those words now."""
    spans: tuple[Span, ...] = ()
    """The words that the point or the quotation rests on."""
    kind: str = ""
    """The kind of the point that was ruled on; "" for documents and quotations."""
