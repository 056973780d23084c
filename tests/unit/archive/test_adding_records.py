"""Files of many records into an archive: read by several processes, and gone on with inside the file."""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

import pytest

from tests.unit.archive.test_archive import dump, kill_while_adding
from tests.unit.readers.test_reading_archives import record
from wirecheck.archive import Progress, open_archive
from wirecheck.store.database import FILE

COUNT = 100
KINDS = ("jsonl", "jsonl.gz", "parquet", "warc", "warc.gz")


def text_of(number: int) -> str:
    return f"Ship {number} came into the harbour at noon, said the pilot of boat {number % 7}."


def write_records(folder: Path, kind: str, count: int = COUNT) -> Path:
    path = folder / f"a.{kind}"
    if kind == "parquet":
        pyarrow = pytest.importorskip("pyarrow")
        parquet = pytest.importorskip("pyarrow.parquet")
        table = pyarrow.table(
            {"text": [text_of(n) for n in range(count)], "title": [f"Ship {n}" for n in range(count)]}
        )
        parquet.write_table(table, path, row_group_size=40)
        return path
    if kind.startswith("warc"):
        pytest.importorskip("fastwarc")
        page = "<html><head><title>Ship</title></head><body><p>{}</p></body></html>"
        records = [record(n, body=page.format(text_of(n)).encode()) for n in range(count)]
    else:
        records = [json.dumps({"text": text_of(n)}).encode() + b"\n" for n in range(count)]
    packed = [gzip.compress(r) for r in records] if kind.endswith(".gz") else records
    path.write_bytes(b"".join(packed))
    return path


class StopError(Exception):
    pass


def stop(progress: Progress) -> None:
    if progress.stored:
        raise StopError


@pytest.mark.parametrize("kind", KINDS)
def test_one_process_and_two_make_the_same_archive(tmp_path: Path, kind: str) -> None:
    file = write_records(tmp_path, kind)
    for count in (1, 2):
        with open_archive(tmp_path / f"archive{count}", create=True, processes=count) as archive:
            added = archive.add([file])
            assert (added.stored, added.problems) == (COUNT, ())

    assert dump(tmp_path / "archive1") == dump(tmp_path / "archive2")


@pytest.mark.parametrize("kind", KINDS)
def test_a_run_that_was_stopped_goes_on_inside_the_file(tmp_path: Path, kind: str) -> None:
    file = write_records(tmp_path, kind)
    with open_archive(tmp_path / "archive", create=True) as archive:
        with pytest.raises(StopError):
            archive.add([file], on_progress=stop)
        held = archive.info().documents
        assert 0 < held < COUNT

        added = archive.add([file])
        assert (added.stored, added.known) == (COUNT - held, held)
        assert archive.check() == ()


@pytest.mark.parametrize("kind", KINDS)
def test_progress_grows_to_the_whole(tmp_path: Path, kind: str) -> None:
    file = write_records(tmp_path, kind)
    shares: list[float | None] = []
    with open_archive(tmp_path / "archive", create=True) as archive:
        archive.add([file], on_progress=lambda progress: shares.append(progress.share))

    known = [s for s in shares if s is not None]
    assert known == sorted(known)
    assert len(known) > 1
    assert 0.9 < known[-1] <= 1


def test_a_record_that_is_broken_is_named_and_the_others_are_stored(tmp_path: Path) -> None:
    file = write_records(tmp_path, "warc", 5)
    data = file.read_bytes().split(b"WARC/1.0\r\n")
    data[3] = data[3].replace(b"Ship", b"Shop")
    file.write_bytes(b"WARC/1.0\r\n".join(data))
    with open_archive(tmp_path / "archive", create=True, processes=2) as archive:
        added = archive.add([file])

    assert added.stored == 4
    assert [p.location for p in added.problems] == [f"{file}:3"]
    assert "digest does not match" in added.problems[0].message


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a signal of POSIX")
@pytest.mark.parametrize(("kind", "count"), [("parquet", 1500), ("warc.gz", 200)])
def test_killed_inside_a_file_an_archive_holds_what_was_acknowledged_and_goes_on(
    tmp_path: Path, kind: str, count: int
) -> None:
    file = write_records(tmp_path, kind, count)
    acknowledged: set[str] = set()
    for after_s in (1.0, 2.0):
        acknowledged |= kill_while_adding(tmp_path / "archive", file, after_s)
        if (tmp_path / "archive" / FILE).exists():
            with open_archive(tmp_path / "archive") as archive:
                assert acknowledged <= {s.id for s in archive.store.list_stored()}
                assert archive.check() == ()
    with open_archive(tmp_path / "archive", create=True) as archive:
        added = archive.add([file])
        assert archive.info().documents == count
        assert added.known >= len(acknowledged)
