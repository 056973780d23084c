"""Readers: bytes to documents, one module per format, each defining one constant `READER`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path
from typing import IO

from wirecheck.model import Document, Problem
from wirecheck.settings import Settings

Read = tuple[tuple[Document, ...], tuple[Problem, ...]]
_HEAD_BYTES = 8192


@dataclass(frozen=True, slots=True)
class Reader:
    """A plug-in that turns the bytes of one location into documents and problems.

    `accepts` gets the lower-case suffix and the first bytes, and answers how sure it is: 0 not mine, 1 could be, 2 by
    suffix or by content, 3 certainly. `read` gets location, name and bytes; whatever the bytes are, it does not raise.
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
    """Return the documents of files and folders by location, and the problems met; "-" is JSONL from `stdin`.

    Folders are read with all that is below them; hidden files and folders are passed over. A location is read once,
    however often it is given. Names are made unique.
    """
    documents: list[Document] = []
    problems: list[Problem] = []
    files, repeated = _list_files(paths, problems)
    for path, count in repeated:
        problems.append(Problem(path, f"given {count} times; read once"))
    for path in files:
        data = _read_bytes(path, settings, stdin, problems)
        if data is None:
            continue
        more, faults = read_bytes(path, data, settings=settings)
        documents.extend(more)
        problems.extend(faults)
    documents.sort(key=_place)
    problems.extend(_find_same_texts(documents))
    return tuple(_with_unique_names(documents)), tuple(sorted(set(problems), key=lambda p: p.key))


def read_bytes(location: str, data: bytes, *, settings: Settings | None = None) -> Read:
    """Return the documents of one location's bytes, by the reader that is surest of them, and the problems met."""
    path = Path(location)
    suffix = ".jsonl" if location == "-" else path.suffix.lower()
    name = "stdin" if location == "-" else path.stem
    faults: tuple[Problem, ...] = ()
    if suffix == ".gz" or data.startswith(b"\x1f\x8b"):
        data, faults = _decompress(location, data, (settings or Settings()).largest_file_bytes)
        if not data:
            return (), faults
        if suffix == ".gz":
            suffix, name = Path(path.stem).suffix.lower(), Path(path.stem).stem
    head = data[:_HEAD_BYTES]
    reader = max(list_readers(), key=lambda r: (r.accepts(suffix, head), r.name))
    documents, problems = reader.read(location, name, data)
    return documents, (*faults, *problems)


def _read_bytes(path: str, settings: Settings, stdin: IO[bytes] | None, problems: list[Problem]) -> bytes | None:
    """Return the bytes of a path, or None after saying why not."""
    largest = settings.largest_file_bytes
    try:
        if path == "-":
            data = (stdin if stdin is not None else sys.stdin.buffer).read(largest + 1)
        else:
            if not Path(path).is_file():
                problems.append(Problem(path, "a file was expected; this is a device, a socket or a broken link"))
                return None
            with Path(path).open("rb") as file:
                data = file.read(largest + 1)
    except OSError as error:
        problems.append(Problem(path, f"the file cannot be read: {error.strerror or type(error).__name__}"))
        return None
    if len(data) > largest:
        problems.append(Problem(path, f"at most {largest} bytes were expected; the file is larger and was not read"))
        return None
    return data


def _decompress(location: str, data: bytes, largest: int) -> tuple[bytes, tuple[Problem, ...]]:
    """Return what gzip members hold, as far as they go, and why no farther."""
    import zlib

    # A bomb of a few kilobytes holds gigabytes: what comes out is held to the same size as what goes in.
    parts: list[bytes] = []
    size = 0
    rest = data
    while rest:
        member = zlib.decompressobj(wbits=31)
        try:
            part = member.decompress(rest, largest - size + 1)
        except zlib.error:
            return b"".join(parts), (Problem(location, "gzip was expected to the end; what follows is damaged"),)
        parts.append(part)
        size += len(part)
        if size > largest:
            return b"", (Problem(location, f"at most {largest} bytes were expected; gzip holds more"),)
        if not member.eof:
            return b"".join(parts), (Problem(location, "gzip was expected to end; the file is cut off"),)
        rest = member.unused_data.lstrip(b"\x00")
    return b"".join(parts), ()


def _list_files(
    paths: Sequence[str | PathLike[str]], problems: list[Problem]
) -> tuple[list[str], list[tuple[str, int]]]:
    """Return the files behind paths by name, each once, and those that were given more often with how often."""
    counts: dict[str, int] = {}
    shown: dict[str, str] = {}
    for path in [os.fspath(p) for p in paths]:
        for file in [path] if path == "-" else _walk(path, problems):
            key = file if file == "-" else os.path.realpath(file)
            counts[key] = counts.get(key, 0) + 1
            shown[key] = min(shown.get(key, file), file)
    repeated = sorted((shown[key], count) for key, count in counts.items() if count > 1)
    return sorted(shown.values()), repeated


def _walk(path: str, problems: list[Problem]) -> Iterator[str]:
    if not os.path.isdir(path):
        yield path
        return

    def report(error: OSError) -> None:
        problems.append(Problem(str(error.filename), f"the folder cannot be read: {error.strerror}"))

    empty = True
    for folder, folders, files in os.walk(path, onerror=report):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for file in sorted(files):
            if not file.startswith("."):
                empty = False
                yield os.path.join(folder, file)
    if empty:
        problems.append(Problem(path, "a folder with documents was expected; it holds none"))


def _find_same_texts(documents: Sequence[Document]) -> Iterator[Problem]:
    seen: dict[str, Document] = {}
    for document in documents:
        first = seen.setdefault(document.text, document)
        if first is not document:
            yield Problem(document.location, f"same text as {first.location}")


def _with_unique_names(documents: Sequence[Document]) -> Iterator[Document]:
    """Give the second and later documents of one name a number, by location."""
    taken = {d.name for d in documents}
    used: set[str] = set()
    for document in documents:
        name, number = document.name, 2
        while name in used or (name != document.name and name in taken):
            name = f"{document.name}-{number}"
            number += 1
        used.add(name)
        yield document if name == document.name else replace(document, name=name)


def _place(document: Document) -> tuple[str, int, str]:
    """Return a sort key: lines of one file stand in the order of their numbers."""
    path, _, line = document.location.rpartition(":")
    return (path, int(line), "") if path and line.isdecimal() and len(line) < 12 else (document.location, 0, "")


__all__ = ["Read", "Reader", "list_readers", "read_bytes", "read_paths"]
