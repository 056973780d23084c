"""Annotators: one module per kind of annotation, each defining one constant `ANNOTATOR`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any, Literal

from wirecheck.annotators._foreign import has_grammar, keep_without_grammar
from wirecheck.guarding import guarding
from wirecheck.language.reading import Reading
from wirecheck.model import Annotation, Annotations, Problem


@dataclass(frozen=True, slots=True)
class Annotator:
    """A plug-in that finds one kind of annotation in a reading.

    `find` gets the reading and what annotators with a lower `order` found before, and yields annotations of its kind.
    """

    name: str
    version: int
    kind: Literal["mentions", "quotations", "quantities", "dates", "credits"]
    summary: str
    order: int
    """dates 10, quantities 20, mentions 30, quotations 40, credits 50."""
    find: Callable[[Reading, Annotations], Iterable[Annotation]]


def list_annotators() -> tuple[Annotator, ...]:
    """Return all annotators in the order in which they run."""
    from wirecheck.plugins import discover

    found: tuple[Annotator, ...] = discover(__name__, "ANNOTATOR")
    return tuple(sorted(found, key=lambda a: (a.order, a.name)))


def annotate(reading: Reading, problems: list[Problem] | None = None, *, without: Collection[str] = ()) -> Annotations:
    """Return all annotations of one document, each kind sorted by place; of a text in another language some.

    `without` are kinds that nobody asks for. With `problems`, an annotator that fails on the text adds one there, and
    its kind is left empty; else it raises.
    """
    annotations = Annotations(reading.document.id)
    location = reading.document.location
    for annotator in list_annotators():
        if annotator.kind in without:
            continue
        lost = f"its {annotator.kind} were not found"
        with nullcontext() if problems is None else guarding(problems, location, lost):
            found = sorted(annotator.find(reading, annotations), key=_place)
            annotations = annotations.having(**{annotator.kind: tuple(found)})
    return annotations if has_grammar(reading.document) else keep_without_grammar(reading, annotations)


def _place(annotation: Any) -> tuple[int, int]:
    span = annotation.whole if hasattr(annotation, "whole") else annotation.span
    return (span.start, span.end)
