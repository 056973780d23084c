"""Sections of the report: one module each, defining one constant `SECTION`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from wirecheck.errors import UsageError
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


def find_sections(names: Iterable[str]) -> tuple[Section, ...]:
    """Return the sections of these names, in the order of the report; raises `UsageError` for a name that is none."""
    known = list_sections()
    wanted = set(names)
    for name in sorted(wanted - {s.name for s in known}):
        near = get_close_matches(name, [s.name for s in known], 1)
        meant = f" (did you mean {near[0]}?)" if near else ""
        raise UsageError(f"no section is called {name}{meant}; there are {', '.join(s.name for s in known)}")
    return tuple(s for s in known if s.name in wanted)
