"""Readers: bytes to documents, one module per format, each defining one constant `READER`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from wirecheck.model import Document, Problem
from wirecheck.settings import Settings

if TYPE_CHECKING:
    from wirecheck.readers._fetch import Fetched, Fetcher

Read = tuple[tuple[Document, ...], tuple[Problem, ...]]
_HEAD_BYTES = 8192


@dataclass(frozen=True, slots=True)
class Reader:
    """A plug-in that turns the bytes of one location into documents and problems.

    `accepts` gets the lower-case suffix and the first bytes, and answers how sure it is: 0 not mine, 1 could be, 2 by
    suffix or by content, 3 certainly. `read` gets location, name and bytes; whatever the bytes are, it does not raise.

    `stream`, where a format has records, gets location, name, an open file and settings, and yields what each record
    gives as it comes, so that a file may be larger than memory. With `reads_gzip` both get compressed bytes as they
    are; else they get what the compressed bytes hold.
    """

    name: str
    version: int
    summary: str
    suffixes: tuple[str, ...]
    accepts: Callable[[str, bytes], int]
    read: Callable[[str, str, bytes], Read]
    stream: Callable[[str, str, IO[bytes], Settings], Iterator[Read]] | None = None
    reads_gzip: bool = False


def list_readers() -> tuple[Reader, ...]:
    """Return all readers by name."""
    from wirecheck.plugins import discover

    found: tuple[Reader, ...] = discover(__name__, "READER")
    return found


def is_url(path: str) -> bool:
    """Return whether a path is an address on the web rather than a file."""
    return path[:8].lower().startswith(("http://", "https://"))


def read_paths(
    paths: Sequence[str | PathLike[str]], *, settings: Settings, stdin: IO[bytes] | None = None
) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    """Return the documents of files, folders and addresses by location, and the problems met.

    "-" is JSONL from `stdin`. Folders are read with all that is below them; hidden files and folders are passed over.
    A location is read once, however often it is given. Names are made unique. An address is fetched only where
    `settings.allow_fetch` says so.
    """
    documents: list[Document] = []
    problems: list[Problem] = []
    files, repeated = _list_files(paths, problems)
    for path, count in repeated:
        problems.append(Problem(path, f"given {count} times; read once"))
    with ExitStack() as stack:
        fetcher: Fetcher | None = None
        for path in files:
            if is_url(path):
                fetcher = fetcher or _open_fetcher(stack, settings)
                more, faults = _read_url(path, fetcher, settings)
            else:
                data = _read_bytes(path, settings, stdin, problems)
                if data is None:
                    continue
                more, faults = read_bytes(path, data, settings=settings)
            documents.extend(more)
            problems.extend(faults)
    documents.sort(key=_place)
    problems.extend(_find_same_texts(documents))
    return tuple(_with_unique_names(documents)), tuple(sorted(set(problems), key=lambda p: p.key))


def iter_paths(
    paths: Sequence[str | PathLike[str]], *, settings: Settings, stdin: IO[bytes] | None = None
) -> Iterator[Read]:
    """Yield what files, folders and addresses give, record by record, in the order of their locations.

    Formats with records (JSONL, WARC, Parquet) are read as they come, however large the file; a record larger than
    `settings.largest_file_bytes` is reported and passed over. Names are as the reader gives them, not made unique.
    """
    problems: list[Problem] = []
    files, repeated = _list_files(paths, problems)
    problems.extend(Problem(path, f"given {count} times; read once") for path, count in repeated)
    if problems:
        yield (), tuple(problems)
    with ExitStack() as stack:
        fetcher: Fetcher | None = None
        for path in files:
            if is_url(path):
                fetcher = fetcher or _open_fetcher(stack, settings)
                yield _read_url(path, fetcher, settings)
            else:
                yield from _stream_file(path, settings, stdin)


def read_bytes(location: str, data: bytes, *, settings: Settings | None = None) -> Read:
    """Return the documents of one location's bytes, by the reader that is surest of them, and the problems met."""
    suffix, name = _split_location(location)
    faults: tuple[Problem, ...] = ()
    if suffix == ".gz" or data.startswith(b"\x1f\x8b"):
        if suffix == ".gz":
            suffix, name = _split_location(name)
        reader = _choose(suffix, _peek(data[:_HEAD_BYTES]))
        if not reader.reads_gzip:
            data, faults = _decompress(location, data, (settings or Settings()).largest_file_bytes)
            if not data:
                return (), faults
    else:
        reader = _choose(suffix, data[:_HEAD_BYTES])
    documents, problems = reader.read(location, name, data)
    return documents, (*faults, *problems)


def _choose(suffix: str, head: bytes) -> Reader:
    return max(list_readers(), key=lambda r: (r.accepts(suffix, head), r.name))


def _split_location(location: str) -> tuple[str, str]:
    """Return the lower-case suffix of a path or an address, and the name without it."""
    if location == "-":
        return ".jsonl", "stdin"
    if is_url(location):
        from urllib.parse import urlsplit

        try:
            parts = urlsplit(location)
        except ValueError:
            return "", location
        path = Path(parts.path.rstrip("/"))
        return path.suffix.lower(), path.stem or parts.netloc
    path = Path(location)
    return path.suffix.lower(), path.stem


def _peek(head: bytes) -> bytes:
    """Return how the content of gzip begins, as far as its first bytes tell."""
    import zlib

    try:
        return zlib.decompressobj(wbits=31).decompress(head, _HEAD_BYTES)
    except zlib.error:
        return b""


def _open_fetcher(stack: ExitStack, settings: Settings) -> Fetcher:
    from wirecheck.readers._fetch import Fetcher

    return stack.enter_context(Fetcher(settings))


def _read_url(url: str, fetcher: Fetcher, settings: Settings) -> Read:
    """Return the documents behind an address; a page without a canonical link has the address that it came from."""
    found = fetcher.fetch(url)
    if isinstance(found, Problem):
        return (), (found,)
    documents, problems = _read_fetched(url, found, settings)
    return tuple(replace(d, url=d.url or found.url, retrieved=found.retrieved) for d in documents), problems


def _read_fetched(url: str, found: Fetched, settings: Settings) -> Read:
    from wirecheck.readers.html import accepts, read_page

    suffix, name = _split_location(found.url)
    if found.charset is not None and accepts(suffix, found.body[:_HEAD_BYTES]):
        return read_page(url, name, found.body, charset=found.charset)
    return read_bytes(url, found.body, settings=settings)


def _stream_file(path: str, settings: Settings, stdin: IO[bytes] | None) -> Iterator[Read]:
    """Yield what a file gives: by records where its reader can, else as a whole."""
    import gzip

    problems: list[Problem] = []
    if path == "-" or not Path(path).is_file():
        data = _read_bytes(path, settings, stdin, problems)
        yield ((), tuple(problems)) if data is None else read_bytes(path, data, settings=settings)
        return
    try:
        with Path(path).open("rb") as file:
            head = file.read(_HEAD_BYTES)
            file.seek(0)
            suffix, name = _split_location(path)
            compressed = suffix == ".gz" or head.startswith(b"\x1f\x8b")
            if compressed:
                head = _peek(head)
                if suffix == ".gz":
                    suffix, name = _split_location(name)
            reader = _choose(suffix, head)
            if reader.stream is not None:
                if compressed and not reader.reads_gzip:
                    with gzip.open(file, "rb") as unpacked:
                        yield from reader.stream(path, name, cast(IO[bytes], unpacked), settings)
                else:
                    yield from reader.stream(path, name, file, settings)
                return
    except (OSError, EOFError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        yield (), (Problem(path, f"the file cannot be read to its end: {reason}"),)
        return
    data = _read_bytes(path, settings, stdin, problems)
    yield ((), tuple(problems)) if data is None else read_bytes(path, data, settings=settings)


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
        named = path == "-" or is_url(path)
        for file in [path] if named else _walk(path, problems):
            key = file if named else os.path.realpath(file)
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


__all__ = ["Read", "Reader", "is_url", "iter_paths", "list_readers", "read_bytes", "read_paths"]
