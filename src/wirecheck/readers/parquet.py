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
# What a column says of itself is looked at before it is read. A million values of lists and more that take up less than
# a hundredth of a byte each are none that anybody wrote, and are refused. A column that holds a hundred times what it
# takes up may be one long value, repeated; its values are kept once, and rows are made one at a time.
_MOST_PACKED = 100
_MANY_VALUES = 1 << 20
_MANY_BYTES = 1 << 20


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
                if isinstance(row, str):
                    yield Part(number, None, round(size * share), (Problem(location, row),))
                    continue
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


def _list_rows(file: IO[bytes]) -> Iterator[tuple[Mapping[str, Any] | str, float]]:
    """Yield each row, or why a group of them is not read, and which share of the rows lies behind, from 0 to 1."""
    import pyarrow.parquet

    metadata = pyarrow.parquet.read_metadata(file)
    file.seek(0)
    number = 0
    refused, repeated = _look_at_columns(metadata)
    with pyarrow.parquet.ParquetFile(file, read_dictionary=repeated) as table:
        for group in range(metadata.num_row_groups):
            if group in refused:
                number += metadata.row_group(group).num_rows
                yield refused[group], number / max(metadata.num_rows, number)
                continue
            for batch in table.iter_batches(batch_size=_ROWS, row_groups=[group]):
                parts = [batch.slice(at, 1) for at in range(len(batch))] if repeated else [batch]
                for row in (row for part in parts for row in part.to_pylist()):
                    number += 1
                    yield {key: _plain(value) for key, value in row.items()}, number / max(metadata.num_rows, number)


def _look_at_columns(metadata: Any) -> tuple[dict[int, str], list[str]]:
    """Return why groups of rows are not read, by number, and the columns whose values are kept once."""
    refused: dict[int, str] = {}
    repeated: set[str] = set()
    for group in range(metadata.num_row_groups):
        rows = metadata.row_group(group)
        for at in range(rows.num_columns):
            column = rows.column(at)
            taken = max(1, column.total_compressed_size)
            more = column.num_values - rows.num_rows
            if more > _MANY_VALUES and more > _MOST_PACKED * taken:
                reason = f"{column.num_values} values of {column.path_in_schema} in {taken} bytes"
                refused[group] = (
                    f"rows with values of their own were expected; found {reason}: {rows.num_rows} rows not read"
                )
            size = column.total_uncompressed_size
            if column.physical_type == "BYTE_ARRAY" and size > _MANY_BYTES and size > _MOST_PACKED * taken:
                repeated.add(column.path_in_schema)
    return refused, sorted(repeated)


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
