"""Points: statements of one or more documents about one thing.

A point is a star: one statement is its centre, and every other is near that centre. Nothing is joined to a point by
way of a third statement, so loose pairs never chain into one big point. A centre was chosen over "near every other"
because one long statement of a document often covers two short ones of another, which are not near each other.
"""

from __future__ import annotations

from wirecheck.language.dossier import Dossier
from wirecheck.model import Point, Statement
from wirecheck.points.compatibility import compare_statements

NEAR = 0.2
"""Likelihood from which on two statements are held to be about one thing, whatever they say of it."""


def align_points(dossier: Dossier) -> tuple[Point, ...]:
    """Return every statement in at least one point, points by their first statement.

    A statement is the centre or a first member of one point; it may be a member of a second point when it covers what
    two statements of another document say.
    """
    statements = dossier.statements
    if not statements:
        return ()
    compatibility = compare_statements(dossier)
    order = compatibility.place
    near = {s.row: compatibility.near(s, NEAR) for s in statements}
    pull = {row: round(sum(score for score, _ in many), 5) for row, many in near.items()}
    ranked = sorted(statements, key=lambda s: (-pull[s.row], order[s.document], s.span))
    covered: set[int] = set()
    stars: list[tuple[Statement, list[tuple[float, Statement]]]] = []
    for centre in ranked:
        if centre.row in covered:
            continue
        stars.append((centre, near[centre.row]))
        covered.update([centre.row, *(s.row for _, s in near[centre.row])])
    found = []
    for centre, members in stars:
        many = sorted([centre, *(s for _, s in members)], key=lambda s: (order[s.document], s.span))
        found.append((tuple(many), centre.id, min([1.0, *(score for score, _ in members)])))
    found.sort(key=lambda p: (order[p[0][0].document], p[0][0].span, p[1]))
    return tuple(
        Point(id=f"{dossier.story.id}-t{n}", statements=members, centre=centre, strength=strength)
        for n, (members, centre, strength) in enumerate(found, 1)
    )
