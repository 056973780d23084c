"""Derived files: joins over the whole archive, which can be deleted and are rebuilt."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from wirecheck.writing import writing


class Derived:
    """The folder `derived/` of an archive: one JSON file for each join, with the state that it was made from."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "derived"

    def read(self, name: str, state: str) -> Any | None:
        """Return what was written under a name for this state, or None: not there, damaged, or of another state."""
        try:
            held = json.loads((self._folder / f"{name}.json").read_text("utf-8"))
        except (OSError, ValueError):
            return None
        return held.get("value") if isinstance(held, dict) and held.get("state") == state else None

    def write(self, name: str, state: str, value: Any) -> None:
        """Write a value in one step; where nothing can be written, it is made again the next time."""
        path = self._folder / f"{name}.json"
        with contextlib.suppress(OSError):
            self._folder.mkdir(exist_ok=True)
            with writing(path) as part:
                part.write_text(json.dumps({"state": state, "value": value}, ensure_ascii=False), "utf-8")

    def build(self, name: str, state: str, make: Callable[[], Any]) -> Any:
        """Return what is there for this state, else make and keep it; values must be as JSON gives them back."""
        held = self.read(name, state)
        if held is None:
            held = make()
            self.write(name, state, held)
        return held
