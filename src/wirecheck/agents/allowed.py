"""The folders that a server may read: every path of a call is looked up here, and nowhere else."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from wirecheck.errors import UsageError


class Allowed:
    """The folders that were named when the server was started."""

    def __init__(self, folders: Iterable[str | os.PathLike[str]]) -> None:
        """Raises `UsageError` for one that is no folder."""
        self.folders = tuple(Path(os.path.realpath(folder)) for folder in folders)
        for folder in self.folders:
            if not folder.is_dir():
                raise UsageError(f"a folder was expected: {folder}")

    def resolve(self, paths: Iterable[str]) -> list[Path]:
        """Return where paths lead, links followed; a relative one is looked for in each folder, in their order.

        Raises `UsageError` for what is not in the folders. It says the same of what does not exist, so that nothing
        can be learned of what lies outside.
        """
        return [self._resolve(path) for path in paths]

    def _resolve(self, path: str) -> Path:
        for folder in self.folders:
            try:
                found = Path(os.path.realpath(folder / path))
                if found.is_relative_to(folder) and found.exists():
                    return found
            except (OSError, ValueError):  # a name that no system takes, such as one with a NUL
                continue
        if not self.folders:
            raise UsageError("this server reads no files: it was started without a folder")
        raise UsageError(f"{path!r} is no file or folder in the folders that this server may read")
