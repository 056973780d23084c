"""Readers: bytes to documents, one module per format, each defining one constant `READER`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import IO

from wirecheck.model import Document, Problem
from wirecheck.settings import Settings

Read = tuple[tuple[Document, ...], tuple[Problem, ...]]


@dataclass(frozen=True, slots=True)
class Reader:
    """A plug-in that turns the bytes of one location into documents and problems.

    `accepts` gets the lower-case suffix and the first bytes, and answers how sure it is from 0 (not mine) to 3 (the
    content says so). `read` gets location, name and bytes, and never raises.
    """

    name: str
    version: int
    summary: str
    suffixes: tuple[str, ...]
    accepts: Callable[[str, bytes], int]
    read: Callable[[str, str, bytes], Read]


def list_readers() -> tuple[Reader, ...]:
    """Return all readers by name."""
    from wirecheck.plugins import discover

    found: tuple[Reader, ...] = discover(__name__, "READER")
    return found


def read_paths(
    paths: Sequence[str | PathLike[str]], *, settings: Settings, stdin: IO[bytes] | None = None
) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    """Return the documents of files and folders, and the problems met; "-" is JSONL from `stdin`."""
    documents: list[Document] = []
    problems: list[Problem] = []
    for path in _list_files(paths):
        if path == "-":
            data = stdin.read() if stdin is not None else b""
        else:
            try:
                data = Path(path).read_bytes()
            except OSError as error:
                problems.append(Problem(path, f"the file cannot be read: {error.strerror}"))
                continue
        suffix = ".jsonl" if path == "-" else Path(path).suffix.lower()
        reader = max(list_readers(), key=lambda r: r.accepts(suffix, data[:4096]))
        more, faults = reader.read(path, Path(path).stem, data)
        documents.extend(more)
        problems.extend(faults)
    return tuple(documents), tuple(problems)


def _list_files(paths: Iterable[str | PathLike[str]]) -> list[str]:
    files: set[str] = set()
    for path in map(str, paths):
        if path == "-":
            files.add(path)
        elif Path(path).is_dir():
            files.update(str(p) for p in sorted(Path(path).rglob("*")) if p.is_file() and not p.name.startswith("."))
        else:
            files.add(path)
    return sorted(files)
