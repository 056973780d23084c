"""Points: statements of one or more documents about one thing.

A point is a star: one statement is its centre, and every other is near that centre. Nothing is joined to a point by
way of a third statement, so loose pairs never chain into one big point. A centre was chosen over "near every other"
because one long statement of a document often covers two short ones of another, which are not near each other.
"""

from __future__ import annotations

import numpy as np

from wirecheck.language.dossier import Dossier
from wirecheck.model import Point, Statement
from wirecheck.points.likeness import Likeness

NEAR = 0.50
"""Likeness from which on two statements are held to be about one thing."""


def align_points(dossier: Dossier) -> tuple[Point, ...]:
    """Return every statement in at least one point, points by their first statement.

    A statement is the centre or a first member of one point; it may be a member of a second point when it covers what
    two statements of another document say.
    """
    statements = dossier.statements
    if not statements:
        return ()
    likeness = Likeness(dossier).all
    order = {document.id: index for index, document in enumerate(dossier.documents)}
    codes = np.array([order[s.document] for s in statements])
    near = (likeness >= NEAR) & (codes[:, None] != codes[None, :])
    pull = np.where(near, likeness, 0.0).sum(axis=1)
    ranked = sorted(statements, key=lambda s: (-round(float(pull[s.row]), 5), order[s.document], s.span))
    covered: set[int] = set()
    stars: list[tuple[Statement, list[int]]] = []
    for centre in ranked:
        if centre.row in covered:
            continue
        members = [int(i) for i in np.nonzero(near[centre.row])[0]]
        stars.append((centre, members))
        covered.update([centre.row, *members])
    found = []
    for centre, rows in stars:
        members_ = sorted([centre.row, *rows], key=lambda r: (codes[r], statements[r].span))
        strength = min([1.0, *(float(likeness[centre.row, r]) for r in rows)])
        found.append((tuple(statements[r] for r in members_), centre.id, max(0.0, strength)))
    found.sort(key=lambda p: (order[p[0][0].document], p[0][0].span, p[1]))
    return tuple(
        Point(id=f"{dossier.story.id}-t{n}", statements=members, centre=centre, strength=strength)
        for n, (members, centre, strength) in enumerate(found, 1)
    )
