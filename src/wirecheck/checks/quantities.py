"""Differences of quantities between documents."""

from __future__ import annotations

from collections.abc import Iterable

from wirecheck.checks import Check
from wirecheck.language.dossier import Dossier
from wirecheck.model import Finding, Point


def find(dossier: Dossier, points: tuple[Point, ...]) -> Iterable[Finding]:
    """Yield what the documents say alike and differently of one quantity."""
    return ()


CHECK = Check("quantities", 1, "quantity", "What documents say of one quantity", find)
