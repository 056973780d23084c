"""Pronouns: the mentions by "he" and "her" that mean one actor without doubt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from wirecheck.language.reading import Reading
from wirecheck.model import Actor, Annotations, Span
from wirecheck.resolve.coreference import judge_candidates

_PRONOUN_GENDER = {
    "he": "he",
    "him": "he",
    "his": "he",
    "himself": "he",
    "she": "she",
    "her": "she",
    "hers": "she",
    "herself": "she",
}


def with_pronouns(
    actors: list[Actor], annotations: Sequence[Annotations], readings: Mapping[str, Reading]
) -> list[Actor]:
    """Return the actors with the pronouns that mean them without doubt."""
    more: dict[str, list[Span]] = defaultdict(list)
    persons = [a for a in actors if a.kind == "person"]
    for annotation in annotations:
        reading = readings[annotation.document]
        for mention in annotation.mentions:
            gender = _PRONOUN_GENDER.get(reading.document.words(mention.span).casefold()) if mention.pronoun else None
            if gender is None:
                continue
            best = judge_candidates(reading, (), persons, mention.span.start, gender).best
            if best is not None:
                more[best].append(mention.span)
    return [replace(a, mentions=tuple(sorted({*a.mentions, *more[a.id]}))) if a.id in more else a for a in actors]
