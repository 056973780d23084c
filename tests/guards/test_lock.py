"""The lock file holds all that the tests need, extras included, so that nothing published later can break it."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from pathlib import Path

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)\s*(?:;\s*([^\\]+?))?\s*\\?$")

PLAIN = frozenset({""})
"""What is installed of a package without extras, as markers name it."""


def read_lock() -> dict[str, str]:
    """Return the version of each package that the lock pins for this interpreter."""
    lines = (ROOT / "requirements.lock").read_text("utf-8").splitlines()
    pins = [m for m in map(PIN.match, lines) if m]
    return {canonicalize_name(m[1]): m[2] for m in pins if m[3] is None or Marker(m[3]).evaluate()}


def list_roots() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return [
        *project["build-system"]["requires"],
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["test"],
    ]


def applies(requirement: Requirement, extras: frozenset[str]) -> bool:
    marker = requirement.marker
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in extras)


def list_missing(roots: list[str], lock: dict[str, str]) -> list[str]:
    """Return what is required from the roots on, extras included, and is not pinned to a version that fits."""
    missing: set[str] = set()
    seen: set[tuple[str, frozenset[str]]] = set()
    queue = [(Requirement(line), "wirecheck", PLAIN) for line in roots]
    while queue:
        requirement, by, extras = queue.pop()
        if not applies(requirement, extras):
            continue
        name = canonicalize_name(requirement.name)
        wanted = PLAIN | requirement.extras
        if name not in lock:
            missing.add(f"{by} asks for {requirement}")
            continue
        if not requirement.specifier.contains(Version(lock[name]), prereleases=True):
            missing.add(f"{by} asks for {requirement}, and {lock[name]} is pinned")
        if (name, wanted) in seen:
            continue
        seen.add((name, wanted))
        for line in metadata.distribution(name).requires or []:
            queue.append((Requirement(line), name, wanted))
    return sorted(missing)


def test_the_lock_pins_every_requirement_with_its_extras() -> None:
    assert not list_missing(list_roots(), read_lock())


def test_a_requirement_that_is_not_pinned_is_found() -> None:
    lock = read_lock()
    del lock["coverage"]

    missing = list_missing(list_roots(), lock)

    assert any("coverage" in line for line in missing)
