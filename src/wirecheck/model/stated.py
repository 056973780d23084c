"""Stated: one document's words for something that several may state."""

from __future__ import annotations

from dataclasses import dataclass

from wirecheck.model.span import Span


@dataclass(frozen=True, slots=True)
class Stated:
    """One document's words for a point."""

    document: str
    spans: tuple[Span, ...]
