"""The footer and the page headers of a Parquet file (Thrift's compact protocol), read without pyarrow.

pyarrow ends the whole process where the statistics of a column do not fit its levels, so the sizes are not asked of it;
and it unpacks a page to the size that its own header gives, whatever the footer says. The fields are those of
parquet.thrift of the format's specification.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from typing import IO, Any, NamedTuple

# A footer has some hundred bytes for each column of a group of rows: this is enough for tens of thousands.
_MOST_BYTES = 16 << 20
_MOST_DEPTH = 16
# The header of a page has some dozens of bytes, and the least and the greatest value of the page at most.
_MOST_BYTES_OF_HEADER = 1 << 16
_BYTE_ARRAY = 6


class Column(NamedTuple):
    """What a footer says of one column in one group of rows; sizes in bytes."""

    path: str
    value_count: int
    unpacked: int
    packed: int
    has_strings: bool
    start: int
    """Where its first page begins in the file."""


class Group(NamedTuple):
    """A group of rows."""

    row_count: int
    columns: tuple[Column, ...]

    @property
    def packed(self) -> int:
        """What the group takes up, in bytes, at least 1."""
        return max(1, sum(max(0, column.packed) for column in self.columns))


def read_footer(file: IO[bytes]) -> tuple[Group, ...]:
    """Return the groups of rows of a Parquet file as its footer lists them.

    Raises `ValueError` for what is no footer, and leaves the file at its start.
    """
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - 8))
    end = file.read(8)
    length = int.from_bytes(end[:4], "little")
    if len(end) < 8 or end[4:] != b"PAR1" or length + 8 > size:
        raise ValueError("its end is not that of a Parquet file")
    if length > _MOST_BYTES:
        raise ValueError(f"its footer has {length} bytes, more than {_MOST_BYTES}")
    file.seek(size - 8 - length)
    data = file.read(length)
    file.seek(0)
    try:
        fields, _ = _read_struct(data, 0, 0)
        return tuple(_read_group(group) for group in fields[4])
    except (LookupError, TypeError, AttributeError) as error:
        raise ValueError("its footer does not list columns") from error


def measure_pages(file: IO[bytes], groups: Iterable[Group]) -> tuple[Group, ...]:
    """Return groups of rows with the sizes to which the pages of each column unpack by their own headers.

    Raises `ValueError` where a header is none; leaves the file at its start.
    """
    measured = []
    for group in groups:
        columns = [c._replace(unpacked=max(c.unpacked, _measure_column(file, c))) for c in group.columns]
        measured.append(group._replace(columns=tuple(columns)))
    file.seek(0)
    return tuple(measured)


def _measure_column(file: IO[bytes], column: Column) -> int:
    at, end, unpacked = column.start, column.start + column.packed, 0
    while at < end:
        file.seek(at)
        data = file.read(_MOST_BYTES_OF_HEADER)
        try:
            fields, length = _read_struct(data, 0, 0)
            size, packed = int(fields[2]), int(fields[3])
        except (LookupError, TypeError) as error:
            raise ValueError(f"a page of {column.path} does not say its size") from error
        if size < 0 or packed < 0:
            raise ValueError(f"a page of {column.path} has less than no bytes")
        unpacked += size
        at += length + packed
    return unpacked


def _read_group(fields: Mapping[int, Any]) -> Group:
    columns = []
    for chunk in fields[1]:
        about = chunk[3]
        path = b".".join(about[3]).decode("utf-8", "replace")
        first, words = int(about[9]), int(about.get(11) or 0)  # a dictionary stands before the pages that use it
        start = words if 0 < words < first else first
        columns.append(Column(path, int(about[5]), int(about[6]), int(about[7]), about[1] == _BYTE_ARRAY, start))
    return Group(int(fields[3]), tuple(columns))


def _read_struct(data: bytes, at: int, depth: int) -> tuple[dict[int, Any], int]:
    """Return the fields of a structure by number, and where it ends; each costs a byte at least."""
    if depth > _MOST_DEPTH:
        raise ValueError("its footer is nested too deep")
    fields: dict[int, Any] = {}
    number = 0
    while data[at]:
        kind, step = data[at] & 15, data[at] >> 4
        at += 1
        if step:
            number += step
        else:
            number, at = _read_signed(data, at)
        # The value of a field that is yes or no is its kind.
        fields[number], at = (kind == 1, at) if kind in (1, 2) else _read_value(data, at, kind, depth)
    return fields, at + 1


def _read_value(data: bytes, at: int, kind: int, depth: int) -> tuple[Any, int]:
    if kind in (1, 2, 3):
        return data[at], at + 1
    if kind in (4, 5, 6):
        return _read_signed(data, at)
    if kind == 7:
        return None, at + 8
    if kind == 8:
        length, at = _read_unsigned(data, at)
        if at + length > len(data):
            raise ValueError("its footer is cut off")
        return data[at : at + length], at + length
    if kind in (9, 10):
        return _read_list(data, at, depth)
    if kind == 12:
        return _read_struct(data, at, depth + 1)
    raise ValueError(f"its footer has a field of an unknown kind ({kind})")


def _read_list(data: bytes, at: int, depth: int) -> tuple[list[Any], int]:
    kind, length = data[at] & 15, data[at] >> 4
    at += 1
    if length == 15:
        length, at = _read_unsigned(data, at)
    if at + length > len(data) or depth > _MOST_DEPTH:
        raise ValueError("its footer is cut off")
    values = []
    for _ in range(length):
        value, at = _read_value(data, at, kind, depth + 1)
        values.append(value)
    return values, at


def _read_signed(data: bytes, at: int) -> tuple[int, int]:
    value, at = _read_unsigned(data, at)
    return (value >> 1) ^ -(value & 1), at


def _read_unsigned(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while shift < 70:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
        shift += 7
    raise ValueError("its footer has a number without an end")
