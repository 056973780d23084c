"""WARC and WARC.gz, through FastWARC: record by record, digests checked, broken records passed over."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from typing import IO, Any

from wirecheck.errors import Error
from wirecheck.model import Problem
from wirecheck.readers import Part, Read, Reader
from wirecheck.readers._build import build_document
from wirecheck.readers._clean import clean_text
from wirecheck.readers._decode import decode
from wirecheck.readers._extras import find_missing
from wirecheck.readers._parts import read_all
from wirecheck.readers._payload import TooLargeError, unpack_payload
from wirecheck.settings import Settings

_PAGES = ("text/html", "application/xhtml+xml")
# Digests that can be recomputed; others are left unchecked. What a payload digest covers differs between writers
# where the answer was sent in chunks, so there only the digest of the whole block is held against the bytes.
_DIGESTS = ("sha1:", "sha256:", "md5:")
_KINDS = ("response", "resource", "conversion")
_FIRST_SCANNED_BYTES, _SCANNED_BYTES = 1 << 12, 1 << 20
# Bytes that may be read again behind broken records, so that a file of nothing else costs no more than its size allows.
_REREAD_SHARE, _REREAD_BYTES = 8, 1 << 22
_GZIP = b"\x1f\x8b\x08"
_PLAIN = b"\nWARC/1."
_MARKS = re.compile(re.escape(_PLAIN) + b"|" + re.escape(_GZIP))


def accepts(suffix: str, head: bytes) -> int:
    """Return 3 where a WARC or ARC begins, 2 for the suffix alone, else 0."""
    if head.startswith((b"WARC/", b"filedesc://")):
        return 3
    return 2 if suffix in READER.suffixes else 0


def read(location: str, name: str, data: bytes) -> Read:
    """Return the pages of an archive held in memory; no more of them than fit into the largest file."""
    return read_all(cut, read_part, location, name, data)


def cut(location: str, file: IO[bytes], settings: Settings) -> Iterator[Part]:
    """Yield each record that may hold a page, unpacked; records are counted from 1, those of other kinds too.

    A record whose length or compression is wrong is a problem, and cutting goes on at the next that is whole.
    """
    missing = find_missing("fastwarc", "archive", location, "reading WARC")
    if missing is not None:
        yield Part(0, None, 0, (missing,))
        return
    file.seek(0)
    head = file.read(512)
    if head.startswith(b"filedesc://") or _unpack(head).startswith(b"filedesc://"):
        reason = "a WARC file was expected; this is the older ARC: convert it to WARC first"
        yield Part(0, None, 0, (Problem(location, reason),))
        return
    number, found_any, broken = 0, False, None
    size = file.seek(0, io.SEEK_END)
    most_read, read_again = _REREAD_SHARE * size + _REREAD_BYTES, 0
    stopped = False
    start: int | None = 0
    while start is not None:
        if read_again > most_read:
            stopped = True
            break
        last = begun = start
        try:
            for record in _open(file, start):
                if record.headers.get("WARC-Type") is None:
                    break
                last = record.stream_pos
                fault = _check_length(record, settings.largest_file_bytes)
                if fault is not None and "cut off" in fault:
                    broken = broken if broken is not None else last
                    start = _find_next(file, last + 1)
                    break
                number += 1
                if broken is not None:
                    yield Part(number, None, last, (_report_broken(location, broken, last),))
                    broken, found_any = None, True
                if fault is not None:
                    found_any = True
                    yield Part(number, None, last, (Problem(f"{location}:{number}", fault),))
                elif record.headers.get("WARC-Type").strip().lower() in _KINDS:
                    held = io.BytesIO()
                    record.write(held)
                    data = held.getvalue()
                    found_any = found_any or _holds_page(data)
                    yield Part(number, data, last)
            else:
                start = None
                continue
            if start is not None and start <= last:
                broken = broken if broken is not None else last
                start = _find_next(file, last + 1)
        except Exception:  # the parser reports hostile bytes by errors of several kinds; each is a broken record
            broken = broken if broken is not None else last
            start = _find_next(file, last + 1)
        finally:
            read_again += max(0, file.tell() - max(begun, last))
    if broken is not None:
        problem = _report_broken(location, broken, None)
        if stopped:
            reason = f"whole WARC records were expected; so many are broken that reading stopped at byte {broken}"
            problem = Problem(location, reason)
        yield Part(number, None, size, (problem,))
    elif not found_any:
        reason = f"pages were expected in the archive; none of its {number} records holds one"
        yield Part(number, None, size, (Problem(location, reason),))


def read_part(location: str, name: str, number: int, data: bytes, settings: Settings) -> Read:
    """Return the page of one record, at `location:NUMBER`, where it holds one.

    Pages are answers with status 200 and archived files of HTML; plain text of conversion records is read too. One
    whose digest is wrong is a problem.
    """
    place = f"{location}:{number}"
    try:
        return _read_record(place, f"{name}-{number}", _reopen(data), settings.largest_file_bytes)
    except Error:
        raise
    except Exception as error:  # the parser reports hostile bytes by errors of several kinds
        return (), (Problem(place, f"a WARC record was expected; it cannot be read: {str(error)[:200]}"),)


def _reopen(data: bytes) -> Any:
    record = next(iter(_open(io.BytesIO(data), 0)))
    record.freeze()
    return record


def _holds_page(data: bytes) -> bool:
    """Return whether a record says that it holds a page, so that it is read or a problem."""
    record = _reopen(data)
    kind, declared = record.headers.get("WARC-Type").strip().lower(), record.headers.get("Content-Type") or ""
    if kind == "conversion":
        return str(declared).lower().startswith("text/plain")
    if kind == "response":
        try:
            record.parse_http(strict_mode=False)
            if record.http_headers.status_code != 200:
                return False
        except Exception:  # said when it is read
            return True
        declared = record.http_content_type or ""
    return str(declared).split(";")[0].strip().lower() in _PAGES


def _open(file: IO[bytes], start: int) -> Any:
    from fastwarc.warc import ArchiveIterator

    file.seek(start)
    return ArchiveIterator(file, parse_http=False)


def _report_broken(location: str, start: int, end: int | None) -> Problem:
    where = f"reading went on at byte {end}" if end is not None else "no whole record follows"
    return Problem(location, f"a WARC record was expected at or after byte {start}; it is broken, and {where}")


def _check_length(record: Any, largest: int) -> str | None:
    """Return what is wrong with the size of a record's block, having read it into memory, or None."""
    declared = (record.headers.get("Content-Length") or "").strip()
    if not declared.isdecimal():
        return "cut off"
    if int(declared) > largest:
        return f"at most {largest} bytes were expected; the record holds {declared} and was not read"
    record.freeze()
    return "cut off" if record.content_length < int(declared) else None


def _read_record(location: str, name: str, record: Any, largest: int) -> Read:
    kind = record.headers.get("WARC-Type").strip().lower()
    url = (record.headers.get("WARC-Target-URI") or "").strip().strip("<>")
    date = (record.headers.get("WARC-Date") or "").strip() or None
    if kind == "conversion":
        return _read_text(location, name, record, url, date)
    if kind not in ("response", "resource"):
        return (), ()
    record, fault = _check_digest(record)
    if fault is not None:
        return (), (Problem(location, fault),)
    charset = None
    transfer = encoding = ""
    declared = record.headers.get("Content-Type") or ""
    if kind == "response":
        if not declared.lower().replace(" ", "").startswith("application/http"):
            return (), ()
        record.parse_http(auto_decode="none", strict_mode=False)
        if record.http_headers.status_code != 200:
            return (), ()
        declared, charset = record.http_content_type or "", record.http_charset
        transfer = record.http_headers.get("Transfer-Encoding") or ""
        encoding = record.http_headers.get("Content-Encoding") or ""
    if declared.split(";")[0].strip().lower() not in _PAGES:
        return (), ()
    try:
        body, is_whole = unpack_payload(record.reader.read(), transfer=transfer, encoding=encoding, most=largest)
    except TooLargeError:
        return (), (Problem(location, f"at most {largest} bytes were expected; the page holds more and was not read"),)
    if not body.strip():
        return (), (Problem(location, "a page was expected; the record holds no bytes"),)
    from wirecheck.readers.html import read_page

    documents, problems = read_page(location, name, body, charset=charset, url=url or None, retrieved=date)
    cut = record.headers.get("WARC-Truncated")
    if cut is not None:
        problems = (*problems, Problem(location, f"a whole page was expected; the archive cut it off ({cut})"))
    elif not is_whole:
        problems = (*problems, Problem(location, "a whole page was expected; its packed bytes end before their end"))
    return documents, problems


def _read_text(location: str, name: str, record: Any, url: str, date: str | None) -> Read:
    record, fault = _check_digest(record)
    if fault is not None:
        return (), (Problem(location, fault),)
    if not (record.headers.get("Content-Type") or "").lower().startswith("text/plain"):
        return (), ()
    body = record.reader.read()
    text, problems = decode(location, body)
    if text is None or not any(c.isalnum() for c in text):
        return (), problems or (Problem(location, "a text was expected; the record holds no words"),)
    text, _ = clean_text(location, text)
    document, more = build_document(
        location=location, name=name, text=text, received=body, url=url or None, retrieved=date, declared=False
    )
    return (document,), (*problems, *more)


def _check_digest(record: Any) -> tuple[Any, str | None]:
    """Return the record, not yet read, and what a digest says against its bytes: None where it agrees or is unknown."""
    block = (record.headers.get("WARC-Block-Digest") or "").strip().lower()
    if block.startswith(_DIGESTS):
        return record, None if record.verify_block_digest() else _mismatch("block")
    payload = (record.headers.get("WARC-Payload-Digest") or "").strip().lower()
    if not payload.startswith(_DIGESTS):
        return record, None
    copy = io.BytesIO()
    record.write(copy)  # which reads the record to its end: the check and the reader each get one of their own
    checked = next(iter(_open(copy, 0)))
    checked.freeze()
    checked.parse_http(strict_mode=False)
    fresh = next(iter(_open(copy, 0)))
    fresh.freeze()
    if checked.is_http_parsed and "chunked" in (checked.http_headers.get("Transfer-Encoding") or "").lower():
        return fresh, None
    return fresh, None if checked.verify_payload_digest() else _mismatch("payload")


def _mismatch(part: str) -> str:
    return f"the bytes of the record are not those that were archived: its {part} digest does not match; not read"


def _find_next(file: IO[bytes], start: int) -> int | None:
    """Return where the next record seems to begin at or after `start`, or None."""
    at = max(start - 1, 0)  # the line end before a record
    file.seek(at)
    held = b""
    window = _FIRST_SCANNED_BYTES
    while True:
        more = file.read(window)
        window = min(2 * window, _SCANNED_BYTES)
        held += more
        for mark in _MARKS.finditer(held):
            found = mark.start()
            if mark[0] == _PLAIN:
                if at + found + 1 >= start:
                    return at + found + 1
            elif at + found >= start and _unpack(held[found : found + 512]).startswith(b"WARC/"):
                return at + found
        if not more:
            return None
        keep = min(len(held), 1024)
        at += len(held) - keep
        held = held[-keep:]
        start = max(start, at)


def _unpack(head: bytes) -> bytes:
    """Return the first bytes that gzip holds, none where it is no gzip."""
    try:
        return zlib.decompressobj(wbits=31).decompress(head, 64)
    except zlib.error:
        return b""


READER = Reader(
    name="warc",
    version=1,
    summary="WARC and WARC.gz: the pages of answers and files, with their address; digests checked.",
    suffixes=(".warc",),
    accepts=accepts,
    read=read,
    reads_gzip=True,
    cut=cut,
    read_part=read_part,
)
