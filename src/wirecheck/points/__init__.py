"""Points: statements of one or more documents about one thing."""

from __future__ import annotations

from wirecheck.language.dossier import Dossier
from wirecheck.model import Point, Statement

NEAR = 0.72
"""Cosine of two sentence embeddings from which on two statements are held to be about one thing."""


def align_points(dossier: Dossier) -> tuple[Point, ...]:
    """Return every statement in exactly one point, points by their first statement."""
    statements = dossier.statements
    if not statements:
        return ()
    order = {document.id: index for index, document in enumerate(dossier.documents)}
    likeness = dossier.embeddings @ dossier.embeddings.T
    near = {
        s.row: [
            (float(likeness[s.row, t.row]), t)
            for t in statements
            if t.document != s.document and likeness[s.row, t.row] >= NEAR
        ]
        for s in statements
    }
    ranked = sorted(statements, key=lambda s: (-sum(x for x, _ in near[s.row]), order[s.document], s.span.start))
    taken: set[str] = set()
    found: list[tuple[list[Statement], Statement, float]] = []
    for centre in ranked:
        if centre.id in taken:
            continue
        members = [(x, t) for x, t in near[centre.row] if t.id not in taken]
        found.append(([centre, *(t for _, t in members)], centre, min([1.0, *(x for x, _ in members)])))
        taken.update(t.id for t in found[-1][0])
    points = []
    for members_, centre, strength in found:
        members_.sort(key=lambda s: (order[s.document], s.span.start, s.span.end))
        points.append((members_, centre, strength))
    points.sort(key=lambda p: (order[p[0][0].document], p[0][0].span.start, p[0][0].span.end))
    return tuple(
        Point(id=f"{dossier.story.id}-t{n}", statements=tuple(m), centre=c.id, strength=max(0.0, min(1.0, s)))
        for n, (m, c, s) in enumerate(points, 1)
    )
