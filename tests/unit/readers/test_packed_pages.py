"""Archived pages whose headers no longer describe their bytes, and archives inside a ZIP."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from pathlib import Path

import pytest

from wirecheck.readers import read_bytes, read_paths
from wirecheck.settings import Settings

brotli = pytest.importorskip("brotli", reason="comes with fastwarc")
WORDS = "The ferry sank on Monday off Port Elra, and twelve people died, the coast guard said."
PAGE = (
    f"<html><head><title>Ferry sinks off Port Elra</title></head><body><article><h1>Ferry sinks off Port Elra</h1>"
    f"<p>{WORDS}</p><p>The search went on through the night, and divers came from Oswin.</p></article></body></html>"
).encode()


def _deflate(data: bytes) -> bytes:
    machine = zlib.compressobj(wbits=-15)
    return machine.compress(data) + machine.flush()


def _chunk(data: bytes) -> bytes:
    parts = [data[at : at + 90] for at in range(0, len(data), 90)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def _record(body: bytes, headers: str = "", number: int = 1) -> bytes:
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{headers}\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://herald.example/{number}\r\n"
        "WARC-Date: 2018-03-01T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ("Transfer-Encoding: chunked\r\n", PAGE),
        *((f"Content-Encoding: {e}\r\n", PAGE) for e in ("gzip", "br", "none", "utf-8", "x-gzip", "deflate", "zstd")),
        ("Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", PAGE),
        ("Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", _chunk(gzip.compress(PAGE))),
        ("Content-Encoding: x-gzip\r\n", gzip.compress(PAGE)),
        ("Content-Encoding: br\r\n", brotli.compress(PAGE)),
        ("Content-Encoding: br\r\n", gzip.compress(PAGE)),
        ("Content-Encoding: gzip\r\n", gzip.compress(gzip.compress(PAGE))),
        ("Content-Encoding: deflate\r\n", _deflate(PAGE)),
        ("", _deflate(PAGE)),
        ("", zlib.compress(PAGE)),
        ("", gzip.compress(PAGE)),
        ("", brotli.compress(PAGE)),
        ("", _chunk(PAGE)),
    ],
)
def test_a_page_is_read_whatever_its_headers_say(headers: str, body: bytes) -> None:
    documents, problems = read_bytes("a.warc", _record(body, headers))

    assert problems == ()
    assert [d.text.splitlines()[:2] for d in documents] == [["Ferry sinks off Port Elra", WORDS]]


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ("Content-Encoding: gzip\r\n", gzip.compress(PAGE * 40)[:-30]),
        ("Transfer-Encoding: chunked\r\n", _chunk(PAGE)[:-40]),
    ],
)
def test_a_packed_page_that_is_cut_off_says_so(headers: str, body: bytes) -> None:
    documents, problems = read_bytes("a.warc", _record(body, headers))

    assert WORDS in documents[0].text
    assert [p.message for p in problems] == ["a whole page was expected; its packed bytes end before their end"]


def test_a_bomb_in_a_page_is_not_unpacked() -> None:
    body = gzip.compress(gzip.compress(b"<p>" + b"a" * 80_000_000))
    documents, problems = read_bytes("a.warc", _record(body))

    assert documents == ()
    assert "at most 67108864 bytes were expected" in problems[0].message


def test_pages_of_a_wacz_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.wacz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("datapackage.json", "{}")
        archive.writestr("archive/two.warc.gz", gzip.compress(_record(PAGE, number=3)))
        archive.writestr("archive/one.warc", _record(PAGE, number=1) + _record(_chunk(PAGE), number=2))
    documents, problems = read_paths([str(path)], settings=Settings())

    assert [d.url for d in documents] == [f"https://herald.example/{n}" for n in (1, 2, 3)]
    assert [d.location for d in documents] == [f"{path}:{n}" for n in (1, 2, 3)]
    assert {p.message for p in problems} == {f"same text as {path}:1"}


def test_a_wacz_without_archives_or_with_a_broken_one_says_so() -> None:
    empty, broken = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("datapackage.json", "{}")
    with zipfile.ZipFile(broken, "w") as archive:
        archive.writestr("archive/a.warc", b"no archive at all")

    assert read_bytes("a.wacz", empty.getvalue())[1][0].message.startswith("WARC files were expected in the archive")
    assert read_bytes("a.wacz", broken.getvalue())[1][0].message.startswith(
        "archive/a.warc: a WARC record was expected"
    )
    assert "its ZIP cannot be read" in read_bytes("a.wacz", empty.getvalue()[:20])[1][0].message
