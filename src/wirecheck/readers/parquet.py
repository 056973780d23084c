"""Parquet, through pyarrow: one document a row, rows as they come, columns named as in JSONL."""

from __future__ import annotations

import datetime
import gzip
import io
import json
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from typing import IO, Any, cast

from wirecheck.model import Problem
from wirecheck.readers import Part, Read, Reader
from wirecheck.readers._extras import find_missing
from wirecheck.readers._parts import read_all
from wirecheck.readers.jsonl import read_record
from wirecheck.settings import Settings

_ROWS = 64  # at a time: news articles of some kilobytes, so well below a megabyte is held
_MAGIC = b"PAR1"


def accepts(suffix: str, head: bytes) -> int:
    """Return 3 where Parquet begins, 2 for the suffix alone, else 0."""
    if head.startswith(_MAGIC):
        return 3
    return 2 if suffix in READER.suffixes else 0


def read(location: str, name: str, data: bytes) -> Read:
    """Return the documents of a table held in memory; no more of them than fit into the largest file."""
    return read_all(cut, read_part, location, name, data)


def cut(location: str, file: IO[bytes], settings: Settings) -> Iterator[Part]:
    """Yield each row as JSON; rows are counted from 1."""
    missing = find_missing("pyarrow", "parquet", location, "reading Parquet")
    if missing is not None:
        yield Part(0, None, 0, (missing,))
        return
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    packed = file.read(2) == b"\x1f\x8b"
    file.seek(0)
    number = 0
    try:
        with gzip.open(file) if packed else nullcontext(file) as table:
            for row, share in _list_rows(cast(IO[bytes], table)):
                number += 1
                at = round(size * share)
                received = json.dumps(row, ensure_ascii=False, default=str).encode("utf-8", "surrogatepass")
                if len(received) > settings.largest_file_bytes:
                    reason = f"at most {settings.largest_file_bytes} bytes were expected; the row has more"
                    yield Part(number, None, at, (Problem(f"{location}:{number}", reason),))
                else:
                    yield Part(number, received, at)
    except Exception as error:  # pyarrow reports hostile bytes by errors of many kinds
        where = f"after row {number}" if number else "from the start"
        reason = f"a Parquet table was expected; it is damaged {where}: {str(error)[:200]}"
        yield Part(number, None, size, (Problem(location, reason),))
        return
    if not number:
        yield Part(0, None, size, (Problem(location, "a table with documents was expected; it has no rows"),))


def read_part(location: str, name: str, number: int, data: bytes, settings: Settings) -> Read:
    """Return the document of one row, at `location:NUMBER`."""
    row = json.loads(data.decode("utf-8", "surrogatepass"))
    document, problems = read_record(f"{location}:{number}", f"{name}-{number}", row, data)
    return (() if document is None else (document,)), problems


def _list_rows(file: IO[bytes]) -> Iterator[tuple[Mapping[str, Any], float]]:
    """Yield each row, and which share of the rows lies behind with it, from 0 to 1."""
    import pyarrow.parquet

    number = 0
    with pyarrow.parquet.ParquetFile(file) as table:
        for batch in table.iter_batches(batch_size=_ROWS):
            for row in batch.to_pylist():
                number += 1
                yield {key: _plain(value) for key, value in row.items()}, number / max(table.metadata.num_rows, number)


def _plain(value: Any) -> Any:
    """Return a value as JSON would have it."""
    if isinstance(value, datetime.datetime | datetime.date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return value


READER = Reader(
    name="parquet",
    version=1,
    summary="Parquet: a document a row, columns named as in JSONL.",
    suffixes=(".parquet", ".pq"),
    accepts=accepts,
    read=read,
    cut=cut,
    read_part=read_part,
)
