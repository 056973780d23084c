"""The quantities of a document."""

from __future__ import annotations

from collections.abc import Iterable

from wirecheck.annotators import Annotator
from wirecheck.language.reading import Reading
from wirecheck.model import Annotation, Annotations


def find(reading: Reading, found: Annotations) -> Iterable[Annotation]:
    """Yield the quantities of the article."""
    return ()


ANNOTATOR = Annotator("quantities", 1, "quantities", "The quantities of the article", 20, find)
