"""Packages that not every installation has."""

from __future__ import annotations

from importlib.util import find_spec

from wirecheck.model import Problem


def find_missing(package: str, extra: str, location: str, task: str) -> Problem | None:
    """Return a problem with the install line when the package that a task needs is not installed, else None."""
    if find_spec(package) is not None:
        return None
    return Problem(location, f"{task} needs a package that is not installed: pip install 'wirecheck[{extra}]'")
