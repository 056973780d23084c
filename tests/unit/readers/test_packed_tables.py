"""Parquet of a kilobyte that holds gigabytes: bounded before it is read, and ordinary tables are read as ever."""

from __future__ import annotations

import io
import tracemalloc
from typing import Any

import pytest

from wirecheck.readers._footers import measure_pages, read_footer
from wirecheck.readers.parquet import _list_rows, read

pyarrow = pytest.importorskip("pyarrow")
MEGABYTE = 1 << 20


def write(table: Any) -> bytes:
    import pyarrow.parquet

    file = io.BytesIO()
    pyarrow.parquet.write_table(table, file, compression="zstd")
    return file.getvalue()


def repeat(value: str, count: int) -> Any:
    indices = pyarrow.array([0] * count, pyarrow.int32())
    return pyarrow.DictionaryArray.from_arrays(indices, pyarrow.array([value]))


def nest(values: Any) -> Any:
    return pyarrow.StructArray.from_arrays([values], ["k"])


@pytest.mark.parametrize(
    "table",
    [
        {"text": repeat("x" * 4 * MEGABYTE, 15)},
        {"text": ["A text."] * 15, "meta": nest(repeat("x" * 4 * MEGABYTE, 15))},
        {"text": ["A text."] * 15, "more": nest(nest(repeat("é" * 4 * MEGABYTE, 15)))},
    ],
    ids=["a text", "in a record", "in a record of a record"],
)
def test_one_long_value_that_is_repeated_is_held_for_one_row_at_a_time(table: dict[str, Any]) -> None:
    data = write(pyarrow.table(table))
    assert len(data) < 5000
    tracemalloc.start()
    rows = sum(1 for _ in _list_rows(io.BytesIO(data)))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert rows == 15
    assert peak < 40 * MEGABYTE


def test_rows_that_repeat_one_long_value_thousands_of_times_are_cut_off_and_told() -> None:
    rows = list(_list_rows(io.BytesIO(write(pyarrow.table({"text": repeat("x" * 4 * MEGABYTE, 2000)})))))

    assert len(rows) == 17
    assert rows[-1] == (
        "rows with values of their own were expected; found the same few long ones: 1984 rows not read",
        1.0,
    )


def test_a_dictionary_of_many_long_values_is_refused_before_it_is_unpacked() -> None:
    import pyarrow.parquet

    file = io.BytesIO()
    values = pyarrow.array([f"{n}" + "x" * 4 * MEGABYTE for n in range(20)])
    limits = {"dictionary_pagesize_limit": 1 << 30, "data_page_size": 1 << 30}
    pyarrow.parquet.write_table(pyarrow.table({"text": values}), file, compression="zstd", **limits)
    (row,) = _list_rows(file)

    assert "bytes of text in" in str(row[0])
    assert "20 rows not read" in str(row[0])


def test_a_footer_that_states_too_small_sizes_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    data = write(pyarrow.table({"text": ["x" * 80 * MEGABYTE + str(n) for n in range(2)]}))
    true = read_footer(io.BytesIO(data))
    small = tuple(g._replace(columns=tuple(c._replace(unpacked=10) for c in g.columns)) for g in true)
    monkeypatch.setattr("wirecheck.readers.parquet.read_footer", lambda file: small)

    _, problems = read("t.parquet", "t", data)

    assert ["found 16" in p.message and "2 rows not read" in p.message for p in problems] == [True]


def test_the_pages_of_a_table_unpack_to_what_an_honest_footer_states() -> None:
    file = io.BytesIO(write(pyarrow.table({"text": [f"A text, {n}." for n in range(5000)], "n": list(range(5000))})))
    groups = read_footer(file)
    unknown = tuple(g._replace(columns=tuple(c._replace(unpacked=0) for c in g.columns)) for g in groups)

    for stated, measured in zip(groups, measure_pages(file, unknown), strict=True):
        for one, other in zip(stated.columns, measured.columns, strict=True):
            assert 0.9 * one.unpacked <= other.unpacked <= one.unpacked


def test_statistics_that_do_not_fit_their_column_do_not_end_the_process() -> None:
    table = pyarrow.table({"text": ["The quay was shut on Tuesday.", None]})
    data = write(table)
    # Counts of values by level, of which a column of plain texts has two; the list says one.
    at = data.rindex(b"\x19\x26\x02\x02")
    documents, problems = read("a.parquet", "a", data[:at] + b"\x19\x16\x82\x00" + data[at + 4 :])

    assert not documents
    assert [p.message.split(";")[0] for p in problems] == ["a Parquet table was expected"]


@pytest.mark.parametrize("cut", range(1, 60))
def test_a_footer_that_is_cut_or_changed_is_told(cut: int) -> None:
    data = write(pyarrow.table({"text": ["The quay was shut on Tuesday."]}))
    length = int.from_bytes(data[-8:-4], "little")
    at = len(data) - 8 - length + cut
    changed = data[:at] + bytes([data[at] ^ 0x5A]) + data[at + 1 :]

    documents, problems = read("a.parquet", "a", changed)

    assert documents or problems


@pytest.mark.parametrize(
    "values", [pyarrow.nulls(3_000_000, pyarrow.int8()), pyarrow.array([7]).take(pyarrow.array([0] * 3_000_000))]
)
def test_a_list_of_millions_in_a_few_bytes_is_refused_and_the_other_rows_are_read(values: Any) -> None:
    import pyarrow.parquet

    file = io.BytesIO()
    schema = pyarrow.schema([("text", pyarrow.string()), ("more", pyarrow.list_(values.type))])
    with pyarrow.parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        for text, inner in (
            ("The quay was shut on Tuesday.", values[:2]),
            ("Bomb.", values),
            ("It opened on Friday.", values[:0]),
        ):
            offsets = pyarrow.array([0, len(inner)], pyarrow.int32())
            row = pyarrow.table([[text], pyarrow.ListArray.from_arrays(offsets, inner)], schema=schema)
            writer.write_table(row)
    assert len(file.getvalue()) < 10_000
    pyarrow.default_memory_pool().release_unused()

    documents, problems = read("a.parquet", "a", file.getvalue())

    assert [d.text for d in documents] == ["The quay was shut on Tuesday.", "It opened on Friday."]
    assert [d.location for d in documents] == ["a.parquet:1", "a.parquet:3"]
    assert ["3000000 values of more" in p.message for p in problems if "values" in p.message] == [True]


def test_tables_that_somebody_wrote_are_read_whole() -> None:
    rows = 3000
    tags = [["harbour", "ferry", None][: n % 4] for n in range(rows)]
    table = {
        "text": [f"The quay was shut on day {n}." for n in range(rows)],
        "publisher": ["Herald"] * rows,
        "tags": tags,
    }

    documents, problems = read("a.parquet", "a", write(pyarrow.table(table)))

    assert len(documents) == rows
    assert not problems
