"""Reuse: the same run of words in two documents."""

from __future__ import annotations

from dataclasses import dataclass

from wirecheck.model.span import Span


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """A run of words that two documents share, exactly or lightly edited."""

    left: Span
    right: Span
    similarity: float
    """Share of words that are the same, from 0 to 1."""
    quoted: bool = False
    """True when the run lies inside quotation marks on both sides: shared speech, not copying."""


@dataclass(frozen=True, slots=True)
class Reuse:
    """All passages that two documents share; `left` < `right` by document name."""

    left: str
    right: str
    passages: tuple[Passage, ...]
    left_share: float
    """Share of the left document's article words that lie in passages, from 0 to 1; furniture aside."""
    right_share: float
    left_own_share: float = 0.0
    """As `left_share`, with quotations left out on both sides: shared speech is not copying."""
    right_own_share: float = 0.0
