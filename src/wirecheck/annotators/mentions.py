"""Mentions: words that name people, organizations, countries, places and groups."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wirecheck.annotators import Annotator
from wirecheck.language.reading import Reading
from wirecheck.model import Annotations, Mention

_NAME = re.compile(r"\b[A-Z][\w’'-]*(?:\s+(?:(?:of|de|van|von|bin|al)\s+)?[A-Z][\w’'.-]*\b)*")


def find_mentions(reading: Reading, annotations: Annotations) -> Iterator[Mention]:
    """Yield the mentions of a reading."""
    for sentence in reading.sentences:
        text = reading.words(sentence.start, sentence.end)
        for match in _NAME.finditer(text):
            if match.start() == 0 and " " not in match.group():
                continue
            span = reading.span(sentence.start + match.start(), sentence.start + match.end())
            yield Mention(span, "person" if " " in match.group() else "other", name=span)


ANNOTATOR = Annotator(
    name="mentions",
    version=1,
    kind="mentions",
    summary="People, organizations, countries, places and groups with their titles, by name, by role or by pronoun.",
    order=30,
    find=find_mentions,
)
