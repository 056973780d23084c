"""Readers: bytes to documents, one module per format, each defining one constant `READER`."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from wirecheck.model import Document, Problem
from wirecheck.settings import Settings
from wirecheck.writing import ARCHIVE_FILE

if TYPE_CHECKING:
    from wirecheck.readers._fetch import Fetched, Fetcher

Read = tuple[tuple[Document, ...], tuple[Problem, ...]]
_HEAD_BYTES = 8192
_PAGES = ("text/html", "application/xhtml+xml")
_TAG = re.compile(rb"<[A-Za-z][A-Za-z0-9]{0,15}[\s/>]")
_FIRST_WINDOW = 1024
# What our own pages and reports in JSON begin with: they lie among the documents that they were made of.
_OWN = (b'<meta name="generator" content="Wirecheck', b'"format": "wirecheck-')
# Items of one feed that are fetched. Feeds of news list some tens; one with more would keep a reader for hours.
MOST_LINKS = 200


class Part(NamedTuple):
    """A record of a file, cut out and not yet read: its number, from 1, and its bytes; or problems instead of bytes."""

    number: int
    data: bytes | None
    at: int
    """How many bytes of the file lie behind, about."""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """An item of a feed whose text stands at an address."""

    url: str
    said: Mapping[str, str | None]
    """What the feed says of it: title, publisher, author, published, modified."""
    received: bytes
    problem: Problem
    """What is said where the address is not read."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A plug-in that turns the bytes of one location into documents and problems.

    `accepts` gets the lower-case suffix and the first bytes, and answers how sure it is: 0 not mine, 1 could be, 2 by
    suffix or by content, 3 certainly. `read` gets location, name and bytes; whatever the bytes are, it does not raise.
    With `reads_gzip` they are compressed bytes as they are; else what the compressed bytes hold.

    Where a format has records, `cut` gets location, an open file (compressed or not) and settings, and yields the
    records as they come, so that a file may be larger than memory; `read_part` gets location, name, number and bytes of
    one, and settings, and may do so in another process. `can_cut` gets the suffix and the first bytes, and says whether
    this file has records that can be cut; without it all have.

    `find_links`, where a format lists items whose text stands elsewhere, gives them apart from what `read` gives.
    """

    name: str
    version: int
    summary: str
    suffixes: tuple[str, ...]
    accepts: Callable[[str, bytes], int]
    read: Callable[[str, str, bytes], Read]
    reads_gzip: bool = False
    cut: Callable[[str, IO[bytes], Settings], Iterator[Part]] | None = None
    read_part: Callable[[str, str, int, bytes, Settings], Read] | None = None
    can_cut: Callable[[str, bytes], bool] = lambda suffix, head: True
    find_links: Callable[[str, str, bytes], tuple[Read, tuple[Link, ...]]] | None = None


def list_readers() -> tuple[Reader, ...]:
    """Return all readers by name."""
    from wirecheck.plugins import discover

    found: tuple[Reader, ...] = discover(__name__, "READER")
    return found


def is_url(path: str) -> bool:
    """Return whether a path is an address on the web rather than a file."""
    return path[:8].lower().startswith(("http://", "https://"))


def read_paths(
    paths: Sequence[str | PathLike[str]],
    *,
    settings: Settings,
    stdin: IO[bytes] | None = None,
    said: Mapping[str, str] | None = None,
) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    """Return the documents of files, folders and addresses by location, and the problems met.

    "-" is JSONL from `stdin`. Folders are read with all that is below them; hidden files and folders are passed over,
    and links that lead out of a folder are problems. A location is read once, however often it is given. Names are
    made unique. An address is fetched only where `settings.allow_fetch` says so. `said` gives publisher, author and
    published of documents that do not say it; what is said of a file beside it is read too, see `_sidecars`.
    """
    from wirecheck.progress import track
    from wirecheck.readers._sidecars import Said, Sidecars, apply_said

    documents: list[Document] = []
    problems: list[Problem] = []
    files, repeated = _list_files(paths, problems)
    for path, count in repeated:
        problems.append(Problem(show_path(path), f"given {count} times; read once"))
    with ExitStack() as stack:
        fetcher: Fetcher | None = None
        sidecars = Sidecars(problems)
        for path in track(files, "reading files"):
            if is_url(path):
                fetcher = fetcher or open_fetcher(stack, settings)
                (more, faults), links = read_url(path, fetcher, settings)
                known = Said(of_all=said or {})
            else:
                data = _read_bytes(path, settings, stdin, problems)
                if data is None:
                    continue
                (more, faults), links = read_links(show_path(path), data, settings)
                known = Said({} if path == "-" else sidecars.read(path), said or {})
            if known:
                more, faults = apply_said(show_path(path), more, faults, known)
            documents.extend(more)
            problems.extend(faults)
            for link in links:
                fetcher = fetcher or open_fetcher(stack, settings)
                more, faults = read_link(link, fetcher.fetch(link.url), settings)
                more, faults = apply_said(link.url, more, faults, Said(of_all=said or {}))
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
    from wirecheck.readers._pieces import cut_paths, read_piece

    for piece in cut_paths(paths, settings=settings, stdin=stdin):
        yield read_piece(piece, settings)


def read_bytes(location: str, data: bytes, *, settings: Settings | None = None) -> Read:
    """Return the documents of one location's bytes, by the reader that is surest of them, and the problems met."""
    reader, name, data, faults = _unpack(location, data, settings or Settings())
    if reader is None:
        return (), faults
    documents, problems = reader.read(location, name, data)
    return documents, (*faults, *problems)


def read_links(location: str, data: bytes, settings: Settings) -> tuple[Read, tuple[Link, ...]]:
    """Return the same, but for items of a feed that are to be read from their addresses: these are links.

    Without `settings.follow_feeds` there are none. An address is listed once; those beyond `MOST_LINKS` are problems.
    """
    reader, name, data, faults = _unpack(location, data, settings)
    if reader is None:
        return ((), faults), ()
    if not (settings.allow_fetch and settings.follow_feeds) or reader.find_links is None:
        documents, problems = reader.read(location, name, data)
        return (documents, (*faults, *problems)), ()
    (documents, problems), found = reader.find_links(location, name, data)
    links = tuple({link.url: link for link in reversed(found)}.values())[::-1]
    rest = tuple(link.problem for link in links[MOST_LINKS:])
    return (documents, (*faults, *problems, *rest)), links[:MOST_LINKS]


def read_link(link: Link, found: Fetched | Problem, settings: Settings) -> Read:
    """Return the document of an item from what its address gave; what the page does not say, the feed does."""
    if isinstance(found, Problem):
        return (), (Problem(link.problem.location, f"{link.problem.message}; {found.message}"),)
    (documents, problems), _ = read_fetched(link.url, found, replace(settings, follow_feeds=False))
    if len(documents) != 1:
        return documents, problems
    from wirecheck.text.timestamps import read_timestamp

    (document,) = documents
    fields = ("publisher", "author", "published", "modified")
    said: dict[str, Any] = {name: link.said.get(name) for name in fields if getattr(document, name) is None}
    for name in {"published", "modified"} & said.keys():
        said[name] = read_timestamp(said[name] or "")
    return (replace(document, **said),), problems


def _unpack(location: str, data: bytes, settings: Settings) -> tuple[Reader | None, str, bytes, tuple[Problem, ...]]:
    """Return the reader, the name and the bytes that it reads; no reader where gzip holds nothing, and for our own."""
    suffix, name = _split_location(location)
    if any(mark in data[:_HEAD_BYTES] for mark in _OWN):
        return None, name, data, (Problem(location, "a document was expected; this is a report of Wirecheck"),)
    if suffix != ".gz" and not data.startswith(b"\x1f\x8b"):
        return _choose(suffix, data[:_HEAD_BYTES]), name, data, ()
    if suffix == ".gz":
        suffix, name = _split_location(name)
    reader = _choose(suffix, _peek(data[:_HEAD_BYTES]))
    if reader.reads_gzip:
        return reader, name, data, ()
    data, faults = _decompress(location, data, settings.largest_file_bytes)
    return reader if data else None, name, data, faults


def look_at(path: str, head: bytes) -> tuple[Reader, str, str, bytes]:
    """Return the reader of a file by its first bytes, the name and suffix without .gz, and how its content begins."""
    suffix, name = _split_location(path)
    if suffix == ".gz" or head.startswith(b"\x1f\x8b"):
        head = _peek(head)
        if suffix == ".gz":
            suffix, name = _split_location(name)
    return _choose(suffix, head), name, suffix, head


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


def open_fetcher(stack: ExitStack, settings: Settings) -> Fetcher:
    """Return a fetcher that is closed with the stack."""
    from wirecheck.readers._fetch import Fetcher

    return stack.enter_context(Fetcher(settings))


def read_url(url: str, fetcher: Fetcher, settings: Settings) -> tuple[Read, tuple[Link, ...]]:
    """Return the documents behind an address, and the links of a feed that are to be read."""
    found = fetcher.fetch(url)
    if isinstance(found, Problem):
        return ((), (found,)), ()
    return read_fetched(url, found, settings)


def read_fetched(url: str, found: Fetched, settings: Settings) -> tuple[Read, tuple[Link, ...]]:
    """Return the documents of what an address gave; a page without a canonical link has the address it came from."""
    from wirecheck.readers.html import accepts, read_page

    suffix, name = _split_location(found.url)
    links: tuple[Link, ...] = ()
    head = found.body[:_HEAD_BYTES]
    # A piece of a page, without its root, is a page where the server says so and nothing else tells.
    is_piece = found.content_type in _PAGES and _TAG.search(head) and _choose(suffix, head).name == "text"
    if is_piece or (found.charset is not None and accepts(suffix, head)):
        documents, problems = read_page(url, name, found.body, charset=found.charset)
    else:
        (documents, problems), links = read_links(url, found.body, settings)
    # The address is that of a document which is all that it gave; lines, rows and items have theirs or none.
    return (
        tuple(
            replace(
                d, url=d.url or (found.url if d.location == url else None), retrieved=d.retrieved or found.retrieved
            )
            for d in documents
        ),
        problems,
    ), links


def _read_bytes(path: str, settings: Settings, stdin: IO[bytes] | None, problems: list[Problem]) -> bytes | None:
    """Return the bytes of a path, or None after saying why not."""
    largest, shown = settings.largest_file_bytes, show_path(path)
    try:
        if path == "-":
            data = (stdin if stdin is not None else sys.stdin.buffer).read(largest + 1)
        else:
            if not Path(path).is_file():
                problems.append(Problem(shown, "a file was expected; this is a device, a socket or a broken link"))
                return None
            with Path(path).open("rb") as file:
                data = file.read(largest + 1)
    except OSError as error:
        problems.append(Problem(shown, f"the file cannot be read: {error.strerror or type(error).__name__}"))
        return None
    if len(data) > largest:
        problems.append(Problem(shown, f"at most {largest} bytes were expected; the file is larger and was not read"))
        return None
    return data


def _decompress(location: str, data: bytes, largest: int) -> tuple[bytes, tuple[Problem, ...]]:
    """Return what gzip members hold, as far as they go, and why no farther."""
    import zlib

    # A bomb of a few kilobytes holds gigabytes: what comes out is held to the same size as what goes in.
    parts: list[bytes] = []
    size = at = 0
    view = memoryview(data)
    while at < len(data):
        member = zlib.decompressobj(wbits=31)
        window = _FIRST_WINDOW  # what is left of a window behind a member is copied: small ones for small members
        while at < len(data) and not member.eof:
            given = view[at : at + window]
            try:
                part = member.decompress(given, largest - size + 1)
            except zlib.error:
                return b"".join(parts), (Problem(location, "gzip was expected to the end; what follows is damaged"),)
            at += len(given) - len(member.unused_data) - len(member.unconsumed_tail)
            parts.append(part)
            size += len(part)
            if size > largest:
                return b"", (Problem(location, f"at most {largest} bytes were expected; gzip holds more"),)
            window = min(2 * window, _HEAD_BYTES * 128)
        if not member.eof:
            return b"".join(parts), (Problem(location, "gzip was expected to end; the file is cut off"),)
        while at < len(data) and data[at] == 0:
            at += 1
    return b"".join(parts), ()


def _list_files(
    paths: Sequence[str | PathLike[str]], problems: list[Problem]
) -> tuple[list[str], list[tuple[str, int]]]:
    """Return the files behind paths by name, each once, and those that were given more often with how often.

    Files that only say something of others are none of them.
    """
    from wirecheck.readers._sidecars import Sidecars

    sidecars = Sidecars([])
    counts: dict[str, int] = {}
    shown: dict[str, str] = {}
    for path in [os.fspath(p) for p in paths]:
        named = path == "-" or is_url(path)
        for file in [path] if named else _walk(path, problems):
            if not named and sidecars.is_sidecar(file):
                continue
            key = file if named else os.path.realpath(file)
            counts[key] = counts.get(key, 0) + 1
            shown[key] = min(shown.get(key, file), file)
    repeated = sorted((shown[key], count) for key, count in counts.items() if count > 1)
    return sorted(shown.values()), repeated


def find_files(paths: Sequence[str | PathLike[str]]) -> tuple[list[str], list[Problem]]:
    """Return the files behind paths as `read_paths` finds them, by name, and the problems met."""
    problems: list[Problem] = []
    files, _ = _list_files(paths, problems)
    return files, problems


def _walk(path: str, problems: list[Problem]) -> Iterator[str]:
    if not os.path.isdir(path):
        yield path
        return

    # One folder after the other, not one inside the other: a tree may be deeper than Python calls.
    empty = True
    root = Path(os.path.realpath(path))
    waiting = [path]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                found = sorted((e.name, e.path, e.is_dir(follow_symlinks=False)) for e in entries)
        except OSError as error:
            problems.append(Problem(show_path(folder), f"the folder cannot be read: {error.strerror}"))
            continue
        if any(name == ARCHIVE_FILE for name, _, _ in found):
            # What an archive holds is read by its own commands; one that lies among documents is passed over.
            if folder == path:
                refusal = f"this is an archive: `wirecheck stories {path}` lists what it holds"
                problems.append(Problem(show_path(path), refusal))
            empty = False
            continue
        shown = [(place, is_folder) for name, place, is_folder in found if not name.startswith(".")]
        waiting += [place for place, is_folder in reversed(shown) if is_folder]
        for place in (place for place, is_folder in shown if not is_folder):
            if os.path.isdir(place):
                refusal = "a link to a folder; it is not followed: give the folder itself"
                problems.append(Problem(show_path(place), refusal))
                continue
            empty = False
            # What a folder holds may come from anyone: a link in it must not make a document of a file elsewhere.
            if os.path.islink(place) and not Path(os.path.realpath(place)).is_relative_to(root):
                refusal = "a link out of the folder; it is not read: give the file itself"
                problems.append(Problem(show_path(place), refusal))
            else:
                yield place
    if empty:
        problems.append(Problem(show_path(path), "a folder with documents was expected; it holds none"))


def show_path(path: str) -> str:
    """Return a path as a location: bytes of a name that are no UTF-8 are shown as \\xe9.

    >>> show_path("caf\\udce9.txt")
    'caf\\\\xe9.txt'
    """
    if path.isascii():
        return path
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


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


__all__ = [
    "Link",
    "Part",
    "Read",
    "Reader",
    "is_url",
    "iter_paths",
    "list_readers",
    "read_bytes",
    "read_paths",
]
