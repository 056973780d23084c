"""Roles: title, office, age, kinship, membership, spelling of the name and place of an actor."""

from __future__ import annotations

from collections.abc import Iterator

from wirecheck.checks import Check
from wirecheck.language.dossier import Dossier
from wirecheck.model import Finding, Point


def check_roles(dossier: Dossier, points: tuple[Point, ...]) -> Iterator[Finding]:
    """Yield findings on what documents call an actor."""
    yield from ()


CHECK = Check(
    name="roles",
    version=1,
    kind="role",
    summary="Titles, offices, ages, kinship and spellings of one actor in several documents.",
    find=check_roles,
)
