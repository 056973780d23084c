"""Points: statements of one or more documents about one thing."""

from __future__ import annotations

from dataclasses import dataclass

from wirecheck.model.statement import Statement


@dataclass(frozen=True, slots=True)
class Point:
    """Statements about one thing, sorted by document name, then place.

    `centre` is the statement that is nearest to all others; `strength` (0 to 1) is the lowest likeness of a statement
    to the centre. A point may hold several statements of one document.
    """

    id: str
    statements: tuple[Statement, ...]
    centre: str
    strength: float = 1.0

    @property
    def documents(self) -> tuple[str, ...]:
        return tuple(sorted({s.document for s in self.statements}))
