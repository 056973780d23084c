"""What every reader keeps, whichever it is."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wirecheck.model import Document, Problem
from wirecheck.readers import Reader, list_readers, read_bytes

READERS = list_readers()
PIECES = st.sampled_from(
    [
        *(
            b"<html>",
            b"<p>",
            b"</p>",
            b"<script>",
            b"</script>",
            b"<div>" * 40,
            b"<!doctype html>",
            b"&#0;",
            b"<![CDATA[",
        ),
        *(
            b'{"text": "',
            b'"}',
            b"\n",
            b"\r\n",
            b'{"text": "a b", "title": null}',
            b'{"text": 1}',
            b"[",
            b"]",
            b"\\ud800",
        ),
        *(
            b"\x00",
            b"\x1b[31m",
            b"\xef\xbb\xbf",
            b"\xff\xfe",
            b"\xfe\xff\x00a",
            b"\x1f\x8b\x08",
            b"caf\xe9",
            b"\x93so\x94",
        ),
        *(b"WARC/1.0\r\n", b"WARC-Type: response\r\nContent-Length: 9\r\n\r\n", b"\r\n\r\n", b"PAR1", b"filedesc://"),
        *(
            b"<rss><channel>",
            b"<item><title>a</title><description>",
            b"</description></item>",
            b"<feed xmlns='http://www.w3.org/2005/Atom'><entry>",
            b"<!ENTITY a 'b'>",
            b'{"version": "https://jsonfeed.org/version/1", "items": [',
            b'{"content_text": "a b"}',
        ),
        *(b'{"maintext": "a b", "authors": [1]}', b'{"uri": 1, "bodies": [{"value": "a b"}], "headlines": 3}'),
        *(b"Ferry sinks off Port Elra\n", b"Twelve people died, it said. ", b"Advertisement\n", b"questions\nWhy?\n"),
    ]
)
ANY_BYTES = st.one_of(
    st.binary(max_size=400), st.lists(st.one_of(PIECES, st.binary(max_size=8)), max_size=14).map(b"".join)
)


def check_read(documents: tuple[Document, ...], problems: tuple[Problem, ...]) -> None:
    for document in documents:
        assert any(c.isalnum() for c in document.text)
        assert document.text.isprintable() or "\x00" not in document.text
        document.text.encode("utf-8")  # no lone surrogate is left
        for span in document.furniture:
            assert document.words(span)
        if document.title_span is not None:
            assert document.words(document.title_span).strip()
    for problem in problems:
        assert problem.location
        assert problem.message


@pytest.mark.parametrize("reader", READERS, ids=lambda r: r.name)
@settings(max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=ANY_BYTES)
def test_any_bytes_become_documents_or_problems(reader: Reader, data: bytes) -> None:
    documents, problems = reader.read("a.bin", "a", data)

    assert documents or problems or not data.strip()
    check_read(documents, problems)


@settings(max_examples=300, deadline=None)
@given(data=ANY_BYTES)
def test_the_same_bytes_read_twice_are_the_same(data: bytes) -> None:
    assert read_bytes("a.bin", data) == read_bytes("a.bin", data)


@pytest.mark.parametrize("reader", READERS, ids=lambda r: r.name)
def test_a_reader_introduces_itself(reader: Reader) -> None:
    assert reader.name
    assert reader.version >= 1
    assert reader.summary.endswith(".")
    assert all(s.startswith(".") and s == s.lower() for s in reader.suffixes)
    assert all(reader.accepts(s, b"") in (0, 1, 2, 3) for s in reader.suffixes)
