"""Stories: documents about one event."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Story:
    """Documents about one event, sorted by name."""

    id: str
    title: str
    documents: tuple[str, ...]
    first: str | None = None
    """Earliest date of publication, ISO 8601; None when no document has one."""
    last: str | None = None
