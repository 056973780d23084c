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
    """True when the run is speech on either side, or quoted from a third text on both: shared speech, not copying."""


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
    """Share of the left document's own words, quotations and lists of names left out, that lie in passages; words of
    sentences that are only retold count half. Shared speech is not copying."""
    right_own_share: float = 0.0
    retold: tuple[Passage, ...] = ()
    """Sentences of own words that one has from the other in other words, outside passages; the nearest first."""
