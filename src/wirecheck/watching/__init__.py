"""Watching: feeds, pages and folders are read again and again, and what changed in their stories is told.

`Watcher` is the loop, `channels` are where events go; `read_events` gives what was told last.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from wirecheck.watching.state import read_state


def read_events(archive: str | os.PathLike[str], *, after: int = 0) -> tuple[Mapping[str, Any], ...]:
    """Return what watching told of the archive in a folder, oldest first, beyond the number `after`; the newest 500.

    Nothing where nobody watches. Raises `UsageError` for a state that is damaged.
    """
    state = read_state(Path(archive))
    return tuple(e for e in state.events if e["number"] > after) if state is not None else ()


__all__ = ["read_events"]
