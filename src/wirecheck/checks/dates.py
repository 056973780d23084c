"""Differences of dates between documents."""

from __future__ import annotations

from collections.abc import Iterable

from wirecheck.checks import Check
from wirecheck.language.dossier import Dossier
from wirecheck.model import Finding, Point


def find(dossier: Dossier, points: tuple[Point, ...]) -> Iterable[Finding]:
    """Yield what the documents say alike and differently of one date."""
    return ()


CHECK = Check("dates", 1, "date", "What documents say of one date", find)
