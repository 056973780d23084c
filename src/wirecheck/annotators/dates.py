"""The dates of a document."""

from __future__ import annotations

from collections.abc import Iterable

from wirecheck.annotators import Annotator
from wirecheck.language.reading import Reading
from wirecheck.model import Annotation, Annotations


def find(reading: Reading, found: Annotations) -> Iterable[Annotation]:
    """Yield the dates of the article."""
    return ()


ANNOTATOR = Annotator("dates", 1, "dates", "The dates of the article", 10, find)
