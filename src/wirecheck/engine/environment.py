"""What a process would make results with: two that agree in it give the same bytes."""

from __future__ import annotations

import hashlib
import re
import sys
from functools import cache
from importlib import metadata, resources

from wirecheck import __version__

# Extras whose packages make no result.
_ASIDE = ("test", "benchmarks", "training", "cluster")
# What only stands behind a package that is named: trafilatura's texts are made by it.
_BEHIND = ("lxml",)


@cache
def describe_environment() -> tuple[tuple[str, str], ...]:
    """Return names and versions: Python, Wirecheck (with a digest of its files), and the packages that it needs."""
    found = {"Python": ".".join(map(str, sys.version_info[:2])), "wirecheck": f"{__version__} ({_digest_files()})"}
    for name in sorted({*_list_needed(), *_BEHIND}):
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "none"
    return tuple(found.items())


def list_differences(
    here: tuple[tuple[str, str], ...], there: tuple[tuple[str, str], ...]
) -> tuple[tuple[str, str, str], ...]:
    """Return name, version here and version there of what differs."""
    left, right = dict(here), dict(there)
    return tuple(
        (name, left.get(name, "none"), right.get(name, "none"))
        for name in dict.fromkeys([*left, *right])
        if left.get(name, "none") != right.get(name, "none")
    )


def _list_needed() -> list[str]:
    try:
        lines = metadata.requires("wirecheck") or []
    except metadata.PackageNotFoundError:
        return ["numpy"]
    kept = [line for line in lines if not re.search(rf"extra == ['\"](?:{'|'.join(_ASIDE)})['\"]", line)]
    return [match.group().lower() for line in kept if (match := re.match(r"[\w.-]+", line))]


def _digest_files() -> str:
    """Return a short digest of the code and the word lists of the package."""
    digest = hashlib.sha256()
    root = resources.files("wirecheck")
    waiting = [("", root)]
    while waiting:
        path, place = waiting.pop()
        if place.is_dir():
            waiting += sorted(((f"{path}/{p.name}", p) for p in place.iterdir()), key=lambda x: x[0])
        elif path.endswith((".py", ".toml")):
            digest.update(f"{path}\x00".encode())
            digest.update(place.read_bytes())
    return digest.hexdigest()[:8]
