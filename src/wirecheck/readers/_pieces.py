"""Pieces: inputs cut into parts that can be read apart, in other processes, without losing their order.

Cutting is cheap (lines are counted, not parsed) and streams: a JSONL file may be larger than memory.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import IO

from wirecheck import readers
from wirecheck.model import Problem
from wirecheck.readers import Read
from wirecheck.readers._decode import decode
from wirecheck.readers.jsonl import read_record
from wirecheck.settings import Settings

# A piece is full at this many lines or bytes: some tenths of a second of reading, one transaction of an archive.
_LINES = 64
_BYTES = 1 << 20
_HEAD_BYTES = 8192
_BLOCK = 1 << 20
_LINED = (".jsonl", ".ndjson")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the inputs: lines of a JSONL file with their numbers, the bytes of a file, or what was read already.

    `receipts` has a digest for each line or file in it, by which it is known when it comes again; `at` and `size` are
    the bytes of the input that were passed when it was cut, and all of them (0 where that is not known).
    """

    location: str
    name: str
    lines: tuple[tuple[int, bytes], ...] = ()
    data: bytes | None = None
    read: Read = ((), ())
    receipts: tuple[bytes, ...] = ()
    known: int = 0
    """Lines and files that were passed over because they are known."""
    at: int = 0
    size: int = 0


def cut_paths(
    paths: Sequence[str | PathLike[str]],
    *,
    settings: Settings,
    stdin: IO[bytes] | None = None,
    is_known: Callable[[bytes], bool] = lambda receipt: False,
) -> Iterator[Piece]:
    """Yield the pieces of files, folders and addresses, by location; what is known is passed over."""
    problems: list[Problem] = []
    files, repeated = readers._list_files(paths, problems)
    problems.extend(Problem(path, f"given {count} times; read once") for path, count in repeated)
    size = sum(_size(path) for path in files)
    at = 0
    if problems:
        yield Piece("", "", read=((), tuple(problems)), size=size)
    for path in files:
        yield from _cut_file(path, settings, stdin, is_known, at, size)
        at += _size(path)


def read_piece(piece: Piece, settings: Settings) -> Read:
    """Return the documents of a piece, and the problems met."""
    documents, problems = list(piece.read[0]), list(piece.read[1])
    if piece.data is not None:
        more, faults = readers.read_bytes(piece.location, piece.data, settings=settings)
        documents.extend(more)
        problems.extend(faults)
    for number, line in piece.lines:
        more, faults = _read_line(piece.location, piece.name, number, line)
        documents.extend(more)
        problems.extend(faults)
    return tuple(documents), tuple(problems)


def _cut_file(
    path: str, settings: Settings, stdin: IO[bytes] | None, is_known: Callable[[bytes], bool], at: int, size: int
) -> Iterator[Piece]:
    problems: list[Problem] = []
    if path != "-" and not readers.is_url(path) and Path(path).is_file():
        try:
            with Path(path).open("rb") as file:
                name, lined = _look_at(path, file.read(_HEAD_BYTES))
                file.seek(0)
                if lined:
                    yield from _cut_lines(path, name, file, settings, is_known, at, size)
                    return
        except OSError:
            pass  # said below, in the words of all readers
    elif readers.is_url(path):
        for read in readers.iter_paths([path], settings=settings):
            yield Piece(path, "", read=read, at=at, size=size)
        return
    if _streams(path):
        for read in readers.iter_paths([path], settings=settings):
            yield Piece(path, "", read=read, at=at, size=size)
        return
    data = readers._read_bytes(path, settings, stdin, problems)
    if data is None:
        yield Piece(path, "", read=((), tuple(problems)), at=at, size=size)
        return
    receipt = _receipt(path, data)
    if is_known(receipt):
        yield Piece(path, "", known=1, at=at + len(data), size=size)
    else:
        yield Piece(path, "", data=data, receipts=(receipt,), at=at + len(data), size=size)


def _look_at(path: str, head: bytes) -> tuple[str, bool]:
    """Return the name that a file gives its documents, and whether it is JSONL that can be cut by lines."""
    suffix, name = readers._split_location(path)
    if suffix == ".gz" or head.startswith(b"\x1f\x8b"):
        head = readers._peek(head)
        if suffix == ".gz":
            suffix, name = readers._split_location(name)
    # UTF-16 has its line ends elsewhere, and a list over several lines is one value: both are read whole.
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return name, suffix in _LINED and start[:1] != b"[" and b"\x00" not in head


def _streams(path: str) -> bool:
    """Return whether a file has records that its reader yields one by one."""
    if path == "-" or not Path(path).is_file():
        return False
    try:
        with Path(path).open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except OSError:
        return False
    suffix, name = readers._split_location(path)
    if suffix == ".gz" or head.startswith(b"\x1f\x8b"):
        head = readers._peek(head)
        if suffix == ".gz":
            suffix, name = readers._split_location(name)
    return suffix not in (*_LINED, ".json") and readers._choose(suffix, head).stream is not None


def _cut_lines(
    path: str,
    name: str,
    file: IO[bytes],
    settings: Settings,
    is_known: Callable[[bytes], bool],
    at: int,
    size: int,
) -> Iterator[Piece]:
    lines: list[tuple[int, bytes]] = []
    receipts: list[bytes] = []
    known = held = 0
    problems: list[Problem] = []
    for number, line in enumerate(_list_lines(path, file, settings.largest_file_bytes, problems), start=1):
        if line is None:
            problems.append(
                Problem(f"{path}:{number}", f"at most {settings.largest_file_bytes} bytes were expected on the line")
            )
        elif line.strip():
            receipt = _receipt(path, line)
            if is_known(receipt):
                known += 1
            else:
                lines.append((number, line))
                receipts.append(receipt)
                held += len(line)
        if len(lines) >= _LINES or held >= _BYTES or known >= 1000:
            yield Piece(
                path, name, tuple(lines), None, ((), tuple(problems)), tuple(receipts), known, at + file.tell(), size
            )
            lines, receipts, problems, known, held = [], [], [], 0, 0
    yield Piece(path, name, tuple(lines), None, ((), tuple(problems)), tuple(receipts), known, at + file.tell(), size)


def _list_lines(path: str, file: IO[bytes], largest: int, problems: list[Problem]) -> Iterator[bytes | None]:
    """Yield lines without their ends, None for one that is too long, whatever gzip makes of it."""
    rest = b""
    too_long = False
    for block in _list_blocks(path, file, problems):
        parts = (rest + block).split(b"\n")
        rest = parts.pop()
        for part in parts:
            yield None if too_long or len(part) > largest else part
            too_long = False
        if len(rest) > largest:
            rest, too_long = b"", True
    if rest or too_long:
        yield None if too_long else rest


def _list_blocks(path: str, file: IO[bytes], problems: list[Problem]) -> Iterable[bytes]:
    """Yield the bytes of a file, those that gzip holds where it is gzip."""
    head = file.read(2)
    file.seek(0)
    if head != b"\x1f\x8b":
        while block := file.read(_BLOCK):
            yield block
        return
    member = zlib.decompressobj(wbits=31)
    started = False
    waiting = b""
    try:
        while block := waiting or file.read(_BLOCK // 4):
            waiting = b""
            if member.eof:
                block = block.lstrip(b"\x00")
                if not block:
                    continue
                member, started = zlib.decompressobj(wbits=31), False
            yield member.decompress(block, _BLOCK)
            started = True
            waiting = member.unused_data if member.eof else member.unconsumed_tail
    except zlib.error:
        problems.append(Problem(path, "gzip was expected to the end; what follows is damaged"))
        return
    if started and not member.eof:
        problems.append(Problem(path, "gzip was expected to end; the file is cut off"))


def _read_line(location: str, name: str, number: int, line: bytes) -> Read:
    place = f"{location}:{number}"
    text, problems = decode(place, line)
    if text is None:
        return (), problems
    try:
        record = json.loads(text)
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else type(error).__name__
        return (), (*problems, Problem(place, f"one JSON object was expected on the line; {reason}"))
    document, more = read_record(place, f"{name}-{number}", record, line)
    return (() if document is None else (document,)), (*problems, *more)


def _receipt(path: str, data: bytes) -> bytes:
    digest = hashlib.sha256(path.encode("utf-8", "surrogatepass") + b"\x00")
    digest.update(data)
    return digest.digest()[:16]


def _size(path: str) -> int:
    try:
        return 0 if path == "-" or re.match(r"https?:", path, re.IGNORECASE) else Path(path).stat().st_size
    except OSError:
        return 0
