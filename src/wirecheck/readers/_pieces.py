"""Pieces: inputs cut into parts that can be read apart, in other processes, without losing their order.

Cutting is cheap (records are counted, not understood) and streams: a file may be larger than memory. Addresses are
fetched here, one after the other, and read like files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from os import PathLike
from pathlib import Path
from typing import IO

from wirecheck import readers
from wirecheck.model import Problem
from wirecheck.readers import Link, Part, Read, Reader
from wirecheck.readers._fetch import Fetched, Fetcher
from wirecheck.readers._sidecars import Said, Sidecars, apply_said
from wirecheck.settings import Settings

# A piece is full at this many records or bytes: some tenths of a second of reading, one transaction of an archive.
_PARTS = 64
_BYTES = 1 << 20
_HEAD_BYTES = 8192
_KNOWN = 1000


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the inputs: records of a file with their numbers, the bytes of a file or an address, or what was read.

    `receipts` has a digest for each record, file or item of a feed in it, by which it is known when it comes again;
    `at` and `size` are the bytes of the input that were passed when it was cut, and all of them (0 where that is not
    known).
    """

    location: str
    name: str = ""
    reader: str = ""
    parts: tuple[tuple[int, bytes], ...] = ()
    data: bytes | None = None
    fetched: Fetched | None = None
    link: Link | None = None
    """The item of a feed whose address was fetched."""
    read: Read = ((), ())
    receipts: tuple[bytes, ...] = ()
    known: int = 0
    """Records, files and items that were passed over because they are known."""
    at: int = 0
    size: int = 0
    said: Said = field(default_factory=Said)
    """What is said of the file and of all inputs."""


def cut_paths(
    paths: Sequence[str | PathLike[str]],
    *,
    settings: Settings,
    stdin: IO[bytes] | None = None,
    is_known: Callable[[bytes], bool] = lambda receipt: False,
    said: Mapping[str, str] | None = None,
    fetch: Callable[[str], Fetched | Problem] | None = None,
) -> Iterator[Piece]:
    """Yield the pieces of files, folders and addresses, by location; what is known is passed over.

    An address is fetched again whenever it is given, for its text may have changed; the items of a feed that are
    fetched from their own addresses are known as long as the feed says the same of them. Who fetches in another way
    than `Fetcher.fetch` gives `fetch`.
    """
    problems: list[Problem] = []
    files, repeated = readers._list_files(paths, problems)
    problems.extend(Problem(readers.show_path(path), f"given {count} times; read once") for path, count in repeated)
    size = sum(_size(path) for path in files)
    at = 0
    with ExitStack() as stack:
        cutter = _Cutter(settings, stdin, is_known, stack, size, fetch)
        sidecars = Sidecars(problems)
        for path in files:
            named = path == "-" or readers.is_url(path)
            cutter.said = Said({} if named else sidecars.read(path), said or {})
            pieces = cutter.cut_url(path, at) if readers.is_url(path) else cutter.cut_file(path, at)
            yield from (replace(piece, said=cutter.said) for piece in pieces)
            at += _size(path)
        if problems:
            yield Piece("", read=((), tuple(problems)), at=at, size=size)


def read_piece(piece: Piece, settings: Settings) -> Read:
    """Return the documents of a piece, and the problems met."""
    found = [piece.read]
    if piece.fetched is not None:
        if piece.link is not None:
            found.append(readers.read_link(piece.link, piece.fetched, settings))
        else:
            found.append(readers.read_fetched(piece.location, piece.fetched, settings)[0])
    elif piece.data is not None:
        found.append(readers.read_bytes(piece.location, piece.data, settings=settings))
    if piece.parts:
        reader = next(r for r in readers.list_readers() if r.name == piece.reader)
        if reader.read_part is not None:
            found += [reader.read_part(piece.location, piece.name, n, data, settings) for n, data in piece.parts]
    documents, problems = tuple(d for read in found for d in read[0]), tuple(p for read in found for p in read[1])
    return apply_said(piece.location, documents, problems, piece.said) if piece.said else (documents, problems)


@dataclass(slots=True)
class _Cutter:
    """What cutting needs for all inputs; the fetcher is opened at the first address."""

    settings: Settings
    stdin: IO[bytes] | None
    is_known: Callable[[bytes], bool]
    stack: ExitStack
    size: int
    fetched_by: Callable[[str], Fetched | Problem] | None
    fetcher: Fetcher | None = field(default=None)
    said: Said = field(default_factory=Said)

    def fetch(self, url: str) -> Fetched | Problem:
        if self.fetched_by is not None:
            return self.fetched_by(url)
        self.fetcher = self.fetcher or readers.open_fetcher(self.stack, self.settings)
        return self.fetcher.fetch(url)

    def cut_url(self, url: str, at: int) -> Iterator[Piece]:
        found = self.fetch(url)
        if isinstance(found, Problem):
            yield Piece(url, read=((), (found,)), at=at, size=self.size)
            return
        if not self._is_followed(found.url, found.body):
            yield Piece(url, fetched=found, at=at, size=self.size)
            return
        read, links = readers.read_fetched(url, found, self.settings)
        yield Piece(url, read=read, at=at, size=self.size)
        yield from self._cut_links(links, at)

    def cut_file(self, path: str, at: int) -> Iterator[Piece]:
        shown = readers.show_path(path)
        if path != "-" and Path(path).is_file():
            try:
                with Path(path).open("rb") as file:
                    reader, name, suffix, head = readers.look_at(shown, file.read(_HEAD_BYTES))
                    file.seek(0)
                    if reader.cut is not None and reader.can_cut(suffix, head):
                        yield from self._cut_parts(shown, name, reader, file, at)
                        return
            except (OSError, EOFError) as error:
                reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
                problem = Problem(shown, f"the file cannot be read to its end: {reason}")
                yield Piece(shown, read=((), (problem,)), at=at, size=self.size)
                return
        problems: list[Problem] = []
        data = readers._read_bytes(path, self.settings, self.stdin, problems)
        if data is None:
            yield Piece(shown, read=((), tuple(problems)), at=at, size=self.size)
            return
        receipt = _receipt(shown, data, self.said)
        if self._is_followed(shown, data):
            read, links = readers.read_links(shown, data, self.settings)
            yield Piece(shown, read=read, at=at + len(data), size=self.size)
            yield from self._cut_links(links, at + len(data))
        elif self.is_known(receipt):
            yield Piece(shown, known=1, at=at + len(data), size=self.size)
        else:
            yield Piece(shown, data=data, receipts=(receipt,), at=at + len(data), size=self.size)

    def _cut_parts(self, path: str, name: str, reader: Reader, file: IO[bytes], at: int) -> Iterator[Piece]:
        held: list[tuple[int, bytes]] = []
        receipts: list[bytes] = []
        problems: list[Problem] = []
        known = size = 0
        last = at

        def piece() -> Piece:
            made = Piece(
                *(path, name, reader.name, tuple(held)),
                read=((), tuple(problems)),
                receipts=tuple(receipts),
                known=known,
                at=last,
                size=self.size,
            )
            for used in (held, receipts, problems):
                used.clear()
            return made

        if reader.cut is None:
            return
        part: Part
        for part in reader.cut(path, file, self.settings):
            last = at + part.at
            problems.extend(part.problems)
            if part.data is not None:
                receipt = _receipt(path, part.data, self.said)
                if self.is_known(receipt):
                    known += 1
                else:
                    held.append((part.number, part.data))
                    receipts.append(receipt)
                    size += len(part.data)
            if len(held) >= _PARTS or size >= _BYTES or known >= _KNOWN:
                yield piece()
                known = size = 0
        yield piece()

    def _is_followed(self, location: str, data: bytes) -> bool:
        """Return whether the bytes list items that are to be fetched."""
        if not (self.settings.allow_fetch and self.settings.follow_feeds):
            return False
        return readers.look_at(location, data[:_HEAD_BYTES])[0].find_links is not None

    def _cut_links(self, links: Sequence[Link], at: int) -> Iterator[Piece]:
        known = 0
        for link in links:
            receipt = _receipt(link.url, link.received, self.said)
            if self.is_known(receipt):
                known += 1
                continue
            found = self.fetch(link.url)
            if isinstance(found, Problem):
                # No receipt: it is asked for again the next time.
                yield Piece(link.url, read=readers.read_link(link, found, self.settings), at=at, size=self.size)
            else:
                yield Piece(link.url, fetched=found, link=link, receipts=(receipt,), at=at, size=self.size)
        if known:
            yield Piece("", known=known, at=at, size=self.size)


def _receipt(place: str, data: bytes, said: Said) -> bytes:
    digest = hashlib.sha256(place.encode("utf-8", "surrogatepass") + b"\x00")
    if said:
        digest.update(repr((sorted(said.of_file.items()), sorted(said.of_all.items()))).encode("utf-8", "replace"))
    digest.update(data)
    return digest.digest()[:16]


def _size(path: str) -> int:
    try:
        return 0 if path == "-" or readers.is_url(path) else Path(path).stat().st_size
    except OSError:
        return 0
