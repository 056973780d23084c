"""Sections of the report: one module each, defining one constant `SECTION`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from wirecheck.report.rows import Context, Part


@dataclass(frozen=True, slots=True)
class Section:
    """A plug-in that shows one side of a story.

    `build` gets the report and, when `scope` is "story", one story of it; it returns the parts that have anything to
    show, () where there is nothing to say.
    """

    name: str
    version: int
    title: str
    summary: str
    order: int
    build: Callable[[Context], tuple[Part, ...]]
    scope: Literal["story", "report"] = "story"


def list_sections() -> tuple[Section, ...]:
    """Return all sections in the order in which a reader meets them."""
    from wirecheck.plugins import discover

    found: tuple[Section, ...] = discover(__name__, "SECTION")
    return tuple(sorted(found, key=lambda s: (s.order, s.name)))
