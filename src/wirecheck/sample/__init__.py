"""The sample coverage: a fictional accident, told by fictional publishers.

A ferry runs into the harbour wall of Port Aldery, a town that is on no map. Planted in the eight documents: a reprint
of an agency text and a rewrite of it; an altered, a trimmed and a spliced quotation, and one told in indirect speech; a
conflicting toll and a later one; a rounded number; a gross and a net sum; a minister with the wrong office; a reversed
order of two events; a fact that only one document has; a claim that three documents credit to one another in a circle;
a report with its own witnesses; and markup in an article that must stay text.
"""

from __future__ import annotations

import os
from contextlib import AbstractContextManager
from importlib.resources import as_file, files
from pathlib import Path

from wirecheck.errors import UsageError
from wirecheck.writing import writing


def write_sample(folder: str | os.PathLike[str]) -> tuple[Path, ...]:
    """Write the files of the sample coverage into a folder, which is made where there is none; return them by name.

    A file that is there with the same bytes stays; raises `UsageError` where it is another, and where nothing can be
    written.
    """
    target = Path(folder)
    made = []
    with sample_folder() as source:
        files = sorted(p for p in source.iterdir() if p.is_file() and p.suffix not in (".py", ".pyc"))
        other = [p.name for p in files if (target / p.name).exists() and not _is_same(p, target / p.name)]
        if other:
            raise UsageError(f"{target} has another {', '.join(other)}, which is not written over: name another folder")
        try:
            target.mkdir(parents=True, exist_ok=True)
            for path in files:
                with writing(target / path.name) as part:
                    part.write_bytes(path.read_bytes())
                made.append(target / path.name)
        except OSError as error:
            raise UsageError(f"cannot write {error.filename or target}: {error.strerror or error}") from error
    return tuple(made)


def _is_same(left: Path, right: Path) -> bool:
    return right.is_file() and left.read_bytes() == right.read_bytes()


def sample_folder() -> AbstractContextManager[Path]:
    """Return a context that gives the folder of the sample coverage as a path on disk."""
    return as_file(files(__name__).joinpath("coverage"))
