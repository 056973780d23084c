"""Actors: the someone or something behind mentions."""

from __future__ import annotations

from dataclasses import dataclass

from wirecheck.model.annotation import ActorKind
from wirecheck.model.span import Span


@dataclass(frozen=True, slots=True)
class Role:
    """One title, office or apposition of an actor, folded for comparison, with every place that gives it."""

    role: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone or something that mentions of several documents name."""

    id: str
    """"a1", "a2", … within one story, by order of the most mentions, then of the name."""
    name: str
    """The fullest name that the documents use."""
    kind: ActorKind
    variants: tuple[str, ...]
    """Every form of the name, sorted."""
    mentions: tuple[Span, ...]
    roles: tuple[Role, ...] = ()
    gender: str | None = None
    """"he", "she" or "they" where titles, pronouns or apposition give it; None where nothing does."""
