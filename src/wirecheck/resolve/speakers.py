"""Speakers: the actors that the sources of quotations resolve to."""

from __future__ import annotations

from collections.abc import Sequence

from wirecheck.language.reading import Reading
from wirecheck.model import Actor, Annotations


def resolve_speakers(
    readings: Sequence[Reading], annotations: Sequence[Annotations], actors: Sequence[Actor]
) -> tuple[Annotations, ...]:
    """Return the annotations with the speaker of every quotation that resolves."""
    return tuple(annotations)
