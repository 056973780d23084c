"""WARC and Parquet: record by record, and what is said of those that are broken."""

from __future__ import annotations

import base64
import datetime
import gzip
import hashlib
import io
from pathlib import Path

import pytest

from wirecheck.model import Document, Problem
from wirecheck.readers import _extras, iter_paths, read_bytes, read_paths
from wirecheck.settings import Settings

SAMPLES = Path(__file__).parents[4] / "shared" / "data" / "warc"  # webrecorder/warcio, Apache-2.0
BODY = b"<html><head><title>Ferry %d sinks</title></head><body><p>Ferry %d sank off Port Elra.</p></body></html>"


def digest(data: bytes) -> bytes:
    return b"sha1:" + base64.b32encode(hashlib.sha1(data).digest())


def record(
    number: int,
    *,
    body: bytes | None = None,
    status: bytes = b"200 OK",
    kind: bytes = b"text/html; charset=utf-8",
    http: bytes = b"",
    extra: bytes = b"",
    block_digest: bool = True,
) -> bytes:
    """Return one response record."""
    body = BODY % (number, number) if body is None else body
    block = b"HTTP/1.1 " + status + b"\r\nContent-Type: " + kind + b"\r\n" + http + b"\r\n" + body
    lines = [
        b"WARC/1.0",
        b"WARC-Type: response",
        b"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-%012d>" % number,
        b"WARC-Date: 2026-03-0%dT10:00:00Z" % number,
        b"WARC-Target-URI: https://post.example/%d" % number,
        b"Content-Type: application/http; msgtype=response",
        b"Content-Length: %d" % len(block),
        *([b"WARC-Block-Digest: " + digest(block)] if block_digest else []),
        *([extra] if extra else []),
    ]
    return b"\r\n".join(lines) + b"\r\n\r\n" + block + b"\r\n\r\n"


def read(data: bytes, name: str = "a.warc") -> tuple[tuple[Document, ...], list[str]]:
    documents, problems = read_bytes(name, data)
    return documents, [f"{p.location}: {p.message}" for p in problems]


def addresses(documents: tuple[Document, ...]) -> list[str]:
    return [(d.url or "").rpartition("/")[2] for d in documents]


@pytest.fixture(autouse=True)
def _needs_fastwarc(request: pytest.FixtureRequest) -> None:
    pytest.importorskip("pyarrow" if "parquet" in request.node.name else "fastwarc")


@pytest.mark.parametrize("packed", [False, True])
def test_each_page_of_an_archive_is_a_document(packed: bool) -> None:
    parts = [record(n) for n in (1, 2, 3)]
    data = b"".join(gzip.compress(p) if packed else p for p in parts)
    documents, problems = read(data, "a.warc.gz" if packed else "a.warc")

    assert problems == []
    assert addresses(documents) == ["1", "2", "3"]
    assert [d.name for d in documents] == ["a-1", "a-2", "a-3"]
    assert documents[1].location.endswith(":2")
    assert documents[1].retrieved == "2026-03-02T10:00:00+00:00"
    assert documents[1].published is None
    assert documents[1].text.startswith("Ferry 2 sinks")


def test_an_archive_packed_as_a_whole_is_read() -> None:
    documents, problems = read(gzip.compress(record(1) + record(2)), "a.warc.gz")

    assert problems == []
    assert addresses(documents) == ["1", "2"]


def test_a_damaged_member_is_reported_and_the_next_is_read() -> None:
    members = [gzip.compress(record(n)) for n in (1, 2, 3, 4)]
    members[1] = members[1][:60] + b"\xff" * 40 + members[1][100:]
    documents, (problem,) = read(b"".join(members), "a.warc.gz")

    assert addresses(documents) == ["1", "3", "4"]
    assert f"reading went on at byte {len(members[0]) + len(members[1])}" in problem


def test_words_that_stand_between_records_cost_no_record() -> None:
    documents, (problem,) = read(record(1) + b"a line that is none\r\n" + record(2) + record(3))

    assert addresses(documents) == ["1", "2", "3"]
    assert "it is broken" in problem


def test_a_record_that_says_it_is_longer_swallows_no_other() -> None:
    wrong = record(2).replace(b"Content-Length: ", b"Content-Length: 9")
    documents, (problem,) = read(record(1) + wrong + record(3) + record(4))

    assert addresses(documents) == ["1", "3", "4"]
    assert "it is broken" in problem


@pytest.mark.parametrize("packed", [False, True])
def test_an_archive_that_is_cut_off_gives_what_is_whole(packed: bool) -> None:
    parts = [gzip.compress(record(n)) if packed else record(n) for n in (1, 2)]
    documents, (problem,) = read(b"".join(parts)[:-70], "a.warc.gz" if packed else "a.warc")

    assert addresses(documents) == ["1"]
    assert f"after byte {len(parts[0])}; it is broken, and no whole record follows" in problem


def test_a_page_whose_bytes_were_changed_is_not_read() -> None:
    changed = record(2).replace(b"<p>Ferry", b"<p>Fairy")
    documents, (problem,) = read(record(1) + changed + record(3))

    assert addresses(documents) == ["1", "3"]
    assert problem.startswith("a.warc:2: ")
    assert "its block digest does not match" in problem


@pytest.mark.parametrize(("words", "kept"), [(b"<p>Ferry", True), (b"<p>Fairy", False)])
def test_a_digest_of_the_payload_is_checked_where_there_is_none_of_the_block(words: bytes, kept: bool) -> None:
    extra = b"WARC-Payload-Digest: " + digest(BODY % (1, 1))
    documents, problems = read(record(1, extra=extra, block_digest=False).replace(b"<p>Ferry", words))

    assert bool(documents) is kept
    assert any("payload digest" in p for p in problems) is not kept


def test_a_page_that_the_archive_cut_off_says_so() -> None:
    documents, (problem,) = read(record(1, extra=b"WARC-Truncated: length"))

    assert len(documents) == 1
    assert "the archive cut it off (length)" in problem


def test_packed_and_chunked_answers_are_unpacked() -> None:
    body = gzip.compress(BODY % (1, 1))
    chunked = b"%x\r\n" % len(body) + body + b"\r\n0\r\n\r\n"
    headers = b"Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"
    documents, problems = read(record(1, body=chunked, http=headers))

    assert problems == []
    assert documents[0].text.startswith("Ferry 1 sinks")


def test_only_pages_that_were_there_are_read() -> None:
    data = record(1, status=b"404 Not Found") + record(2, kind=b"image/png", body=b"\x89PNG") + record(3)
    documents, problems = read(data)

    assert problems == []
    assert addresses(documents) == ["3"]


def test_an_archive_without_pages_says_so() -> None:
    _, (problem,) = read(record(1, status=b"404 Not Found"))

    assert "none of its 1 records holds one" in problem


def test_a_bomb_in_an_answer_is_passed_over(tmp_path: Path) -> None:
    bomb = record(1, body=gzip.compress(b"0" * 5_000_000), http=b"Content-Encoding: gzip\r\n")
    (tmp_path / "a.warc").write_bytes(bomb + record(2))
    found = list(iter_paths([tmp_path], settings=Settings(largest_file_bytes=100_000)))
    documents = tuple(d for more, _ in found for d in more)
    problems = [p.message for _, more in found for p in more]

    assert addresses(documents) == ["2"]
    assert problems == ["at most 100000 bytes were expected; the page holds more and was not read"]


def test_the_older_arc_is_named() -> None:
    _, (problem,) = read(b"filedesc://a.arc 0.0.0.0 20260301 text/plain 10\n", "a.arc")

    assert "the older ARC" in problem


def test_a_missing_package_gives_its_install_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_extras, "find_spec", lambda name: None)
    _, (problem,) = read(record(1))

    assert "pip install '.[archive]'" in problem


@pytest.mark.skipif(not SAMPLES.exists(), reason="the archives of ../shared are not here")
@pytest.mark.parametrize(
    ("name", "pages"),
    [
        *(
            ("example.warc", 1),
            ("example.warc.gz", 1),
            ("example-bad-non-chunked.warc.gz", 1),
            ("example-digest.warc", 0),
        ),
        *(("example-iana.org-chunked.warc", 1), ("example-resource.warc.gz", 1), ("example-trunc.warc", 0)),
        *(("example-wget-bad-target-uri.warc.gz", 1), ("example-wrong-chunks.warc.gz", 0), ("example.arc", 0)),
    ],
)
def test_the_samples_of_warcio_give_their_pages_or_say_why_not(name: str, pages: int) -> None:
    documents, problems = read_paths([SAMPLES / name], settings=Settings())

    assert len(documents) == pages
    assert pages or problems
    assert all(d.url and "<" not in d.url and d.retrieved for d in documents)


def write_table(rows: dict[str, list[object]], path: Path | io.BytesIO) -> None:
    import pyarrow
    import pyarrow.parquet

    pyarrow.parquet.write_table(pyarrow.table(rows), path, row_group_size=2)


def test_each_row_of_parquet_is_a_document(tmp_path: Path) -> None:
    when = datetime.datetime(2026, 3, 1, 10, tzinfo=datetime.UTC)
    rows: dict[str, list[object]] = {
        "text": ["Ferry sinks off Port Elra.", None, "Bridge closed."] * 2,
        "published": [when] * 6,
        "publisher": ["Elra Post"] * 6,
    }
    write_table(rows, tmp_path / "a.parquet")
    documents, problems = read_paths([tmp_path], settings=Settings())

    assert [d.location.rpartition(":")[2] for d in documents] == ["1", "3", "4", "6"]
    assert documents[0].published == "2026-03-01T10:00:00+00:00"
    assert documents[0].publisher == "Elra Post"
    assert [p.location.rpartition(":")[2] for p in problems if "string" in p.message] == ["2", "5"]


def test_a_table_of_parquet_that_is_cut_off_is_a_problem() -> None:
    file = io.BytesIO()
    write_table({"text": ["Ferry sinks."]}, file)
    documents, problems = read_bytes("a.parquet", file.getvalue()[:-10])

    assert not documents
    assert "it is damaged" in problems[0].message


@pytest.mark.parametrize("kind", ["warc", "parquet"])
def test_streamed_and_whole_reading_agree(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{kind}"
    if kind == "warc":
        path.write_bytes(record(1) + b"junk\r\n" + record(2))
    else:
        write_table({"text": ["Ferry sinks.", None, "Bridge closed."]}, path)
    streamed = list(iter_paths([path], settings=Settings()))
    documents, problems = read_bytes(str(path), path.read_bytes())

    assert tuple(d for more, _ in streamed for d in more) == documents
    assert tuple(p for _, more in streamed for p in more) == problems
    assert all(isinstance(p, Problem) for p in problems)
