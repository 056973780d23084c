"""Problems: faults in the material, as values."""

from __future__ import annotations

from dataclasses import dataclass

from wirecheck.model.span import Span


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault in the material: what was expected, what was found, where; the run goes on."""

    location: str
    """The path or URL, with `:LINE` for a line of a JSONL file."""
    message: str
    span: Span | None = None

    @property
    def key(self) -> tuple[str, str, str, int, int]:
        """A sort key that is total, also where no span is known."""
        span = self.span
        return (self.location, self.message) + (
            (span.document, span.start, span.end) if span is not None else ("", -1, -1)
        )
