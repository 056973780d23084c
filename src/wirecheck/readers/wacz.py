"""WACZ (Webrecorder, 1.1.1): a ZIP with WARC files under `archive/`; their pages are read as those of a WARC."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Iterator
from typing import IO

from wirecheck.model import Problem
from wirecheck.readers import Part, Read, Reader, warc
from wirecheck.readers._parts import read_all
from wirecheck.settings import Settings

_MAGIC = b"PK\x03\x04"
_BLOCK = 1 << 20
# The format stores its WARC files, which are packed already; what unpacks to many times its size is a bomb.
_MOST_TIMES = 20


def accepts(suffix: str, head: bytes) -> int:
    """Return 3 where a ZIP has the suffix or names the parts of a WACZ among its first, 2 for the suffix alone."""
    if head.startswith(_MAGIC):
        named = b"datapackage.json" in head or b"archive/" in head[:200]
        return 3 if suffix in READER.suffixes or named else 0
    return 2 if suffix in READER.suffixes else 0


def read(location: str, name: str, data: bytes) -> Read:
    """Return the pages of an archive held in memory; no more of them than fit into the largest file."""
    return read_all(cut, warc.read_part, location, name, data)


def cut(location: str, file: IO[bytes], settings: Settings) -> Iterator[Part]:
    """Yield the records of each WARC file by name; they are counted from 1 through all of them."""
    number = 0
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    try:
        archive = zipfile.ZipFile(file)
        members = sorted(
            (m for m in archive.infolist() if m.filename.lower().endswith((".warc", ".warc.gz"))),
            key=lambda m: m.filename,
        )
    except Exception as error:  # zipfile reports hostile bytes by errors of several kinds
        reason = f"a WACZ file was expected; its ZIP cannot be read: {str(error)[:200]}"
        yield Part(0, None, size, (Problem(location, reason),))
        return
    if not members:
        reason = "WARC files were expected in the archive; none of its parts is one"
        yield Part(0, None, size, (Problem(location, reason),))
    left = _MOST_TIMES * size + settings.largest_file_bytes
    for member in members:
        where = f"{location}: {member.filename[:200]}"
        with tempfile.TemporaryFile() as held:
            fault = None
            try:
                with archive.open(member) as packed:
                    while block := packed.read(_BLOCK):
                        left -= held.write(block)
                        if left < 0:
                            break
            except Exception as error:
                fault = f"a WARC file was expected; it cannot be unpacked to its end: {str(error)[:200]}"
            if left < 0:
                reason = f"{where}: it unpacks to more than {_MOST_TIMES} times its size; what follows was not read"
                yield Part(number, None, size, (Problem(location, reason),))
                return
            if fault is not None:
                yield Part(number, None, size, (Problem(location, f"{member.filename[:200]}: {fault}"),))
            last = number
            for part in warc.cut(where, held, settings):
                last = number + part.number
                at = min(size, member.header_offset + part.at)
                yield Part(last, part.data, at, tuple(_moved(p, location, number) for p in part.problems))
            number = last


def _moved(problem: Problem, location: str, before: int) -> Problem:
    """Return a problem at its record of the whole archive, the WARC file named in its words."""
    member, _, record = problem.location.rpartition(":")
    if record.isdecimal() and member.startswith(f"{location}: "):
        return Problem(f"{location}:{before + int(record)}", problem.message)
    return Problem(location, f"{problem.location[len(location) + 2 :]}: {problem.message}")


READER = Reader(
    name="wacz",
    version=1,
    summary="WACZ: the pages of the WARC files in it.",
    suffixes=(".wacz",),
    accepts=accepts,
    read=read,
    cut=cut,
    read_part=warc.read_part,
)
