"""Discovery: every module of a plug-in package defines one constant, and is found by itself."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import Any


@cache
def discover(package: str, constant: str) -> tuple[Any, ...]:
    """Return the plug-in constants of a package's modules, sorted by their `name`.

    Modules whose name starts with an underscore are helpers, and `run` runs the plug-ins: both are passed over.
    Raises `AttributeError` when a module lacks the constant, so that a forgotten line is noticed at once.
    """
    root = importlib.import_module(package)
    found = []
    for module in pkgutil.iter_modules(root.__path__):
        if module.name.startswith("_") or module.name == "run":
            continue
        found.append(getattr(importlib.import_module(f"{package}.{module.name}"), constant))
    return tuple(sorted(found, key=lambda plugin: str(plugin.name)))
