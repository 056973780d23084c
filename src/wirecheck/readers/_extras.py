"""Packages that not every installation has, and those that an installation has broken."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from wirecheck.errors import MissingExtraError
from wirecheck.model import Problem


def find_missing(package: str, extra: str, location: str, task: str) -> Problem | None:
    """Return a problem with the install line when the package that a task needs is not there, else None.

    A package that is installed and cannot be imported, for want of another one or of a library of the system, is not
    there either.
    """
    if find_spec(package) is None:
        return Problem(location, f"{task} needs a package that is not installed ({package}): {say_install(extra)}")
    reason = _find_fault(package)
    return None if reason is None else Problem(location, _say(package, task, reason, f"'.[{extra}]'"))


def say_install(extra: str) -> str:
    """Return the line that installs an extra, from the source: Wirecheck is on no package index."""
    return f"pip install '.[{extra}]' in the folder of Wirecheck"


def load(package: str, task: str) -> Any:
    """Return a package that every installation should have; raises `MissingExtraError` where it cannot be imported."""
    reason = _find_fault(package)
    if reason is not None:
        raise MissingExtraError(_say(package, task, reason, "."))
    return import_module(package)


def _find_fault(package: str) -> str | None:
    try:
        import_module(package)
    except Exception as error:  # of several kinds, where a compiled part does not fit the rest
        return " ".join(str(error).split())[:200] or type(error).__name__
    return None


def _say(package: str, task: str, reason: str, wanted: str) -> str:
    again = f"pip install --force-reinstall {wanted} in the folder of Wirecheck"
    return f"{task} needs {package}, which cannot be imported ({reason}): {again}"
