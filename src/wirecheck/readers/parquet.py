"""Parquet, through pyarrow: one document a row, row groups as they come, columns named as in JSONL."""

from __future__ import annotations

import datetime
import io
import json
from collections.abc import Iterator, Mapping
from typing import IO, Any

from wirecheck.model import Document, Problem
from wirecheck.readers import Read, Reader
from wirecheck.readers._extras import find_missing
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
    documents: list[Document] = []
    problems: list[Problem] = []
    settings, size = Settings(), 0
    for more, faults in stream(location, name, io.BytesIO(data), settings):
        size += sum(len(d.received) for d in more)
        if size > settings.largest_file_bytes:
            reason = f"at most {settings.largest_file_bytes} bytes of rows were expected; what follows was not read"
            problems.append(Problem(location, reason))
            break
        documents.extend(more)
        problems.extend(faults)
    return tuple(documents), tuple(problems)


def stream(location: str, name: str, file: IO[bytes], settings: Settings) -> Iterator[Read]:
    """Yield the document of each row; rows are counted from 1, and number N is at `location:N`."""
    missing = find_missing("pyarrow", "parquet", location, "reading Parquet")
    if missing is not None:
        yield (), (missing,)
        return
    number = 0
    try:
        for rows in _list_rows(file):
            for row in rows:
                number += 1
                place = f"{location}:{number}"
                received = json.dumps(row, ensure_ascii=False, default=str).encode("utf-8", "surrogatepass")
                if len(received) > settings.largest_file_bytes:
                    reason = f"at most {settings.largest_file_bytes} bytes were expected; the row has more"
                    yield (), (Problem(place, reason),)
                    continue
                document, problems = read_record(place, f"{name}-{number}", row, received)
                yield (() if document is None else (document,)), problems
    except Exception as error:  # pyarrow reports hostile bytes by errors of many kinds
        where = f"after row {number}" if number else "from the start"
        yield (), (Problem(location, f"a Parquet table was expected; it is damaged {where}: {str(error)[:200]}"),)
        return
    if not number:
        yield (), (Problem(location, "a table with documents was expected; it has no rows"),)


def _list_rows(file: IO[bytes]) -> Iterator[list[Mapping[str, Any]]]:
    import pyarrow.parquet

    with pyarrow.parquet.ParquetFile(file) as table:
        for batch in table.iter_batches(batch_size=_ROWS):
            yield [{key: _plain(value) for key, value in row.items()} for row in batch.to_pylist()]


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
    stream=stream,
)
