"""Parquet, through pyarrow: one document a row, rows as they come, columns named as in JSONL."""

from __future__ import annotations

import datetime
import gzip
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from typing import IO, Any, cast

from wirecheck.model import Problem
from wirecheck.readers import Part, Read, Reader
from wirecheck.readers._extras import find_missing
from wirecheck.readers._footers import Group, measure_pages, read_footer
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
# Rows that come to more than this, and to more than a hundred times what their group takes up, repeat what nobody wrote
# so often: real articles pack to a tenth, tables of small fields to a fiftieth.
_MOST_REPEATED_BYTES = 64 << 20


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

    groups = measure_pages(file, read_footer(file))
    row_count = sum(group.row_count for group in groups)
    repeated = _list_repeated(groups)
    number = 0
    with pyarrow.parquet.ParquetFile(file, read_dictionary=repeated) as table:
        for at, group in enumerate(groups):
            last = number + group.row_count
            refused = _refuse(group)
            allowed = max(_MOST_REPEATED_BYTES, _MOST_PACKED * group.packed)
            for row in _list_group(table, at, bool(repeated)) if refused is None else ():
                allowed -= sum(map(_measure_value, row.values()))
                if allowed < 0:
                    refused = f"found the same few long ones: {last - number} rows not read"
                    break
                number += 1
                yield {key: _plain(value) for key, value in row.items()}, number / max(row_count, number)
            if refused is not None:
                number = max(number, last)
                yield f"rows with values of their own were expected; {refused}", number / max(row_count, number, 1)


def _refuse(group: Group) -> str | None:
    """Return why a group of rows is not read, None where it is."""
    for column in group.columns:
        taken = max(1, column.packed)
        more = column.value_count - group.row_count
        if more > _MANY_VALUES and more > _MOST_PACKED * taken:
            return (
                f"found {column.value_count} values of {column.path} in {taken} bytes: {group.row_count} rows not read"
            )
        if column.unpacked > max(_MOST_REPEATED_BYTES, _MOST_PACKED * taken):
            what = f"{column.unpacked} bytes of {column.path} in {taken}"
            return f"found {what}: {group.row_count} rows not read"
    return None


def _list_repeated(groups: Sequence[Group]) -> list[str]:
    """Return the columns whose values are kept once."""
    columns = [(column, max(_MANY_BYTES, _MOST_PACKED * column.packed)) for g in groups for column in g.columns]
    return sorted({column.path for column, most in columns if column.has_strings and column.unpacked > most})


def _list_group(table: Any, group: int, repeated: bool) -> Iterator[Mapping[str, Any]]:
    for batch in table.iter_batches(batch_size=_ROWS, row_groups=[group]):
        for part in (batch.slice(at, 1) for at in range(len(batch))) if repeated else (batch,):
            yield from part.to_pylist()


def _measure_value(value: Any) -> int:
    """Return how long a value is, in characters and bytes; what has no length counts as one."""
    if isinstance(value, str | bytes):
        return len(value)
    if isinstance(value, dict):
        return sum(map(_measure_value, value.values()))
    return sum(map(_measure_value, value)) if isinstance(value, list) else 1


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
