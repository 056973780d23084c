"""What watching tells: one event for each thing that changed, in one sentence, with the words that it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

FORMAT = "wirecheck-watch/1"
EventKind = Literal[
    "document",
    "elsewhere",
    "version",
    "figure",
    "conflict",
    "resolved",
    "quotation",
    "origin",
    "gone",
    "uncompared",
    "failing",
    "working",
]
"""What an event is of: the kinds of `report.changes`, and five of watching itself.

elsewhere: the first document of another publisher, where one alone had told the story; uncompared: a story that could
not be compared; failing, working: a target that cannot be read, and one that can be read again.
"""
# Words of each kind as a list shows them.
LABELS: Mapping[str, str] = {
    "document": "New document",
    "elsewhere": "First from elsewhere",
    "version": "Changed text",
    "figure": "Figure moved",
    "conflict": "New conflict",
    "resolved": "Conflict resolved",
    "quotation": "Quotation altered",
    "origin": "New origin",
    "gone": "No longer there",
    "uncompared": "Not compared",
    "failing": "Cannot be read",
    "working": "Can be read again",
}


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that changed."""

    kind: EventKind
    sentence: str
    story: str | None = None
    """Id of the story, as `wirecheck stories` lists it; None for what is of a target."""
    title: str | None = None
    point: str | None = None
    """Id of the point or quote group in the story's report."""
    documents: tuple[Mapping[str, Any], ...] = ()
    """Of each document: id, name, publisher, title, url, location."""
    spans: tuple[Mapping[str, Any], ...] = ()
    """The words that it rests on: document, start, end, text."""
    earlier: tuple[Mapping[str, Any], ...] = ()
    """The same of the state before."""
    target: str | None = None

    def number(self, series: str, number: int, at: str) -> dict[str, Any]:
        """Return the event as it is kept and sent: its place in the series of one archive, and when it was told."""
        head = {"format": FORMAT, "series": series, "number": number, "at": at}
        rest = asdict(self)
        return head | {k: list(v) if isinstance(v, tuple) else v for k, v in rest.items()}
