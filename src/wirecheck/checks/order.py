"""Differences of order between documents."""

from __future__ import annotations

from collections.abc import Iterable

from wirecheck.checks import Check
from wirecheck.language.dossier import Dossier
from wirecheck.model import Finding, Point


def find(dossier: Dossier, points: tuple[Point, ...]) -> Iterable[Finding]:
    """Yield what the documents say alike and differently of one order."""
    return ()


CHECK = Check("order", 1, "order", "What documents say of one order", find)
