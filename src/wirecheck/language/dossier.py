"""The dossier: everything that is known of one story so far, handed from step to step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, wraps
from operator import is_not
from typing import Any, ParamSpec, TypeVar

import numpy as np
from numpy.typing import NDArray

from wirecheck.language.reading import Reading
from wirecheck.model import (
    Actor,
    Annotations,
    Decision,
    Document,
    Lineage,
    PartialDate,
    Quantity,
    Quotation,
    Reuse,
    Span,
    Statement,
    Story,
)
from wirecheck.places import Places
from wirecheck.text.words import join_names

Given = ParamSpec("Given")
Made = TypeVar("Made")


def _no_embeddings() -> NDArray[np.float32]:
    return np.zeros((0, 384), dtype=np.float32)


def keep_last(make: Callable[Given, Made]) -> Callable[Given, Made]:
    """Return a function that keeps what it made last, for the same things given by place.

    They are known by identity alone, as a dossier is too big to be compared: several steps ask for the same thing of
    one story, and then go on to the next story.
    """
    last: tuple[tuple[object, ...], Made] | None = None

    @wraps(make)
    def find(*given: Given.args, **named: Given.kwargs) -> Made:
        nonlocal last
        kept = last
        if kept is None or named or len(kept[0]) != len(given) or any(map(is_not, kept[0], given)):
            kept = given, make(*given, **named)
            last = None if named else kept
        return kept[1]

    return find


@dataclass(frozen=True)
class Dossier:
    """One story with all that earlier steps found; later steps take it and return new values.

    `readings` and `annotations` are sorted by document name and stand in the same order. `embeddings` has one row of
    unit length for each statement (`Statement.row`).
    """

    story: Story
    readings: tuple[Reading, ...]
    annotations: tuple[Annotations, ...] = ()
    actors: tuple[Actor, ...] = ()
    statements: tuple[Statement, ...] = ()
    embeddings: NDArray[np.float32] = field(default_factory=_no_embeddings)
    reuse: tuple[Reuse, ...] = ()
    lineage: tuple[Lineage, ...] = ()
    decisions: tuple[Decision, ...] = ()
    owners: Mapping[str, str] = field(default_factory=dict)
    """Who publishes the titles of documents, by id, as far as that is known; it makes nothing one origin."""
    """What people ruled of the documents."""

    def having(self, **fields: Any) -> Dossier:
        """Return a copy with the given fields replaced."""
        return replace(self, **fields)

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        return tuple(r.document for r in self.readings)

    def reading(self, document: str) -> Reading:
        """Return the reading of a document by id; raises `KeyError` when it is not in the story."""
        return self._readings[document]

    def document(self, document: str) -> Document:
        """Return a document by id; raises `KeyError` when it is not in the story."""
        return self.reading(document).document

    def annotations_of(self, document: str) -> Annotations:
        """Return the annotations of a document by id; raises `KeyError` when it is not in the story."""
        return self._annotations[document]

    def words(self, span: Span) -> str:
        """Return the exact words of a span of any document of the story."""
        return self.document(span.document).words(span)

    def actor(self, id: str | None) -> Actor | None:
        """Return an actor by id, or None."""
        return self._actors.get(id) if id is not None else None

    def actor_at(self, span: Span) -> Actor | None:
        """Return the actor that has exactly this mention span, or None."""
        return self._actor_of.get(span)

    @cached_property
    def quotations(self) -> tuple[Quotation, ...]:
        """All quotations of all documents, by document name, then place."""
        return tuple(q for a in self.annotations for q in a.quotations)

    def quotation(self, id: str) -> Quotation:
        """Return a quotation by id; raises `KeyError` when there is none."""
        return self._quotations[id]

    def quotations_touching(self, span: Span) -> tuple[Quotation, ...]:
        """Return the quotations of a document one of whose contents shares a character with a span, by place.

        A quotation with words on either side of it is one of them when its words do.
        """
        near = self._quoted[span.document].touching(span.start, span.end)
        return tuple(q for q in near if any(c.overlap(span) > 0 for c in q.contents))

    @cached_property
    def quantities_of(self) -> dict[str, Places[Quantity]]:
        """The quantities of each document, by their places."""
        return {a.document: Places(a.quantities, lambda q: (q.span.start, q.span.end)) for a in self.annotations}

    @cached_property
    def dates_of(self) -> dict[str, Places[PartialDate]]:
        """The dates of each document, by their places."""
        return {a.document: Places(a.dates, lambda d: (d.span.start, d.span.end)) for a in self.annotations}

    @cached_property
    def statements_of(self) -> dict[Span, list[Statement]]:
        """The statements of each sentence that has any."""
        found: dict[Span, list[Statement]] = {}
        for statement in self.statements:
            found.setdefault(statement.sentence, []).append(statement)
        return found

    def reuse_among(self, documents: Collection[str]) -> tuple[Reuse, ...]:
        """Return what any two of some documents share, in the order of `reuse`."""
        wanted = frozenset(documents)
        places = {n for d in wanted for n in self._reuse_of.get(d, ())} if len(wanted) > 1 else set()
        found = (self.reuse[n] for n in sorted(places))
        return tuple(r for r in found if r.left in wanted and r.right in wanted)

    def shown(self, document: str) -> str:
        """Return the name that reasons use for a document: its publisher, or its name where that is not unique."""
        own = self.document(document)
        return own.shown_name if self._shown[own.shown_name] == 1 else own.name

    # What the lookups above find by. Where an id stands twice, the first has it.

    @cached_property
    def _readings(self) -> dict[str, Reading]:
        return {r.document.id: r for r in reversed(self.readings)}

    @cached_property
    def _annotations(self) -> dict[str, Annotations]:
        return {a.document: a for a in reversed(self.annotations)}

    @cached_property
    def _actors(self) -> dict[str, Actor]:
        return {a.id: a for a in reversed(self.actors)}

    @cached_property
    def _actor_of(self) -> dict[Span, Actor]:
        return {span: a for a in reversed(self.actors) for span in a.mentions}

    @cached_property
    def _quotations(self) -> dict[str, Quotation]:
        return {q.id: q for q in reversed(self.quotations)}

    @cached_property
    def _quoted(self) -> dict[str, Places[Quotation]]:
        return {
            a.document: Places(
                sorted(a.quotations, key=lambda q: q.whole.start), lambda q: (q.whole.start, q.whole.end)
            )
            for a in reversed(self.annotations)
        }

    @cached_property
    def _reuse_of(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, reuse in enumerate(self.reuse):
            for document in (reuse.left, reuse.right):
                found.setdefault(document, []).append(number)
        return found

    @cached_property
    def _shown(self) -> Counter[str]:
        return Counter(d.shown_name for d in self.documents)


def show_documents(dossier: Dossier, documents: Iterable[str]) -> str:
    """Return the names of documents as a sentence lists them, in the order of the story."""
    wanted = set(documents)
    return join_names(dossier.shown(d.id) for d in dossier.documents if d.id in wanted)
