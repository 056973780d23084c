"""Actors: the someone or something behind mentions of all documents of a story."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from wirecheck.language.reading import Reading
from wirecheck.model import Actor, Annotations, Mention, Span


def resolve_actors(readings: Sequence[Reading], annotations: Sequence[Annotations]) -> tuple[Actor, ...]:
    """Return the actors of a story, those with the most mentions first, then by name."""
    texts = {r.document.id: r.document for r in readings}
    groups: dict[str, list[Mention]] = defaultdict(list)
    for annotation in annotations:
        for mention in annotation.mentions:
            if mention.name is not None:
                groups[texts[mention.span.document].words(mention.name).split()[-1]].append(mention)
    drafts = []
    for mentions in groups.values():
        names = sorted({texts[m.name.document].words(m.name) for m in mentions if m.name is not None})
        spans: tuple[Span, ...] = tuple(sorted(m.span for m in mentions))
        drafts.append((-len(spans), max(names, key=lambda n: (len(n), n)), mentions[0].kind, tuple(names), spans))
    return tuple(
        Actor(f"a{i}", name, kind, names, spans)
        for i, (_, name, kind, names, spans) in enumerate(sorted(drafts), start=1)
    )
