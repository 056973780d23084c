"""Checks: one module per kind of difference, each defining one constant `CHECK`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from wirecheck.language.dossier import Dossier
from wirecheck.model import Finding, FindingKind, Point


@dataclass(frozen=True, slots=True)
class Check:
    """A plug-in that compares what the documents of a story say.

    `find` gets the dossier and all points of the story and yields findings. Swapping two documents changes no verdict,
    and a document never conflicts with its own copy.
    """

    name: str
    version: int
    kind: FindingKind
    summary: str
    find: Callable[[Dossier, tuple[Point, ...]], Iterable[Finding]]


def list_checks() -> tuple[Check, ...]:
    """Return all checks, by name."""
    from wirecheck.plugins import discover

    return discover(__name__, "CHECK")
