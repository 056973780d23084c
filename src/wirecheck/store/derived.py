"""Derived files: joins over the whole archive, which can be deleted and are rebuilt."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from wirecheck.writing import writing


class Derived:
    """The folder `derived/` of an archive: one JSON file for each join, with the state that it was made from."""

    def __init__(self, folder: Path, *, made_by: str = "") -> None:
        """Open the derived files of an archive; those that another `made_by` wrote, versions that is, are made anew."""
        self._folder = folder / "derived"
        self._made_by = made_by

    def read(self, name: str, state: str) -> Any | None:
        """Return what was written under a name for this state, or None: not there, damaged, or of another state."""
        try:
            held = json.loads((self._folder / f"{name}.json").read_text("utf-8", "surrogatepass"))
        except (OSError, ValueError, RecursionError):
            return None
        if not isinstance(held, dict) or held.get("state") != state or held.get("made_by") != self._made_by:
            return None
        return held.get("value") if held.get("digest") == _digest(held.get("value")) else None

    def write(self, name: str, state: str, value: Any) -> None:
        """Write a value in one step; where nothing can be written, it is made again the next time."""
        path = self._folder / f"{name}.json"
        with contextlib.suppress(OSError):
            self._folder.mkdir(exist_ok=True)
            held = {"state": state, "made_by": self._made_by, "digest": _digest(value), "value": value}
            with writing(path) as part:
                part.write_text(json.dumps(held, ensure_ascii=False), "utf-8", "surrogatepass")

    def prune(self, beginning: str, *, most: int) -> None:
        """Delete the oldest of the files whose names begin so, until there are `most`."""
        with contextlib.suppress(OSError):
            aged = sorted((p.stat().st_mtime_ns, p) for p in self._folder.glob(f"{beginning}*.json"))
            for _, path in aged[: max(0, len(aged) - most)]:
                path.unlink()

    def build(self, name: str, state: str, make: Callable[[], Any]) -> Any:
        """Return what is there for this state, else make and keep it; values must be as JSON gives them back."""
        held = self.read(name, state)
        if held is None:
            held = make()
            self.write(name, state, held)
        return held


def _digest(value: Any) -> str:
    """Return what a value must have that was not changed since it was written, by whatever hand."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode("ascii")).hexdigest()
