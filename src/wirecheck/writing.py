"""Output files: written whole or not at all, and never over an archive."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wirecheck.errors import UsageError

_SQLITE = b"SQLite format 3\x00"
ARCHIVE_FILE = "archive.sqlite"
_ARCHIVE_FILES = frozenset(f"{ARCHIVE_FILE}{ending}" for ending in ("", "-wal", "-shm", "-journal"))


@contextmanager
def writing(target: str | os.PathLike[str]) -> Iterator[Path]:
    """Give a path to write to; what stands there at the end takes the place of the target, in one step.

    When anything is raised inside, the target is left as it is. A device or a pipe is written directly. Raises
    `UsageError` for the files of an archive and other databases of SQLite, `OSError` where nothing can be written.
    """
    path = Path(os.path.realpath(target))
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        mode = None
    if path.name in _ARCHIVE_FILES or (mode is not None and stat.S_ISREG(mode) and _is_database(path)):
        raise UsageError(
            f"{target} is a database, such as that of an archive, and is not written over: name another file"
        )
    if mode is not None and not stat.S_ISREG(mode):
        yield path
        return
    part = path.with_name(f".{path.name[:200]}.{secrets.token_hex(4)}.part")
    try:
        part.touch(exist_ok=False)  # with the mode that a new file has
        if mode is not None:
            part.chmod(stat.S_IMODE(mode))
        yield part
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def _is_database(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_SQLITE)) == _SQLITE
