"""Bodies of answers whose headers may no longer describe them: chunks, gzip, deflate, Brotli and Zstandard taken off.

Crawlers keep the headers as they came and the body as their library unpacked it (CC-NEWS did before May 2019), or the
other way round. What a header says is tried first; where it does not fit, the bytes are taken as they are, and as
their first bytes say.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable

# A body may be packed twice (once by the program, once by its server). More layers are a puzzle or a bomb.
_MOST_LAYERS = 3
_CHUNK_HEAD = re.compile(rb"[ \t]*([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]{0,200})?\r?\n")
_ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
_TEXT_BYTES = re.compile(rb"[\t\n\r\x20-\x7e\x80-\xff]*\Z")
_BLOCK = 1 << 16


class TooLargeError(Exception):
    """What is packed holds more bytes than are allowed."""


class _CutError(Exception):
    """What is packed ends before its end; the first argument is what it held up to there."""


def unpack_payload(data: bytes, *, transfer: str, encoding: str, most: int) -> tuple[bytes, bool]:
    """Return the bytes of a body with all packing taken off, and whether they are whole.

    `transfer` and `encoding` are the headers Transfer-Encoding and Content-Encoding, "" where there are none. A header
    that does not fit the bytes is passed over. Raises `TooLargeError` from `most` bytes on.
    """
    whole = True
    if "chunked" in transfer.lower() or _looks_chunked(data):
        joined, ended = _join_chunks(data)
        if joined is not None:
            data, whole = joined, ended
    for name in reversed([n.strip() for n in encoding.lower().split(",") if n.strip()]):
        unpacked = _try(_PACKINGS.get(name, ()), data, most)
        if unpacked is None:
            break  # the bytes are not what the header says: those of the layers below neither
        data, ended = unpacked
        whole = whole and ended
    for _ in range(_MOST_LAYERS):
        unpacked = _try(_list_likely(data), data, most)
        if unpacked is None:
            break
        data, ended = unpacked
        whole = whole and ended
    if len(data) > most:
        raise TooLargeError
    return data, whole


def _list_likely(data: bytes) -> tuple[Callable[[bytes, int], bytes], ...]:
    """Return what may unpack bytes, by how they begin."""
    if data.startswith(b"\x1f\x8b"):
        return (_inflate_gzip,)
    if data.startswith(b"\x28\xb5\x2f\xfd"):
        return (_unpack_zstandard,)
    if _ZLIB.match(data):
        return (_inflate_zlib,)
    # Deflate without a head and Brotli have no first bytes of their own: tried where the bytes are no text.
    return () if _TEXT_BYTES.match(data[:256]) and _is_text(data[:256]) else (_inflate_raw, _unpack_brotli)


def _is_text(head: bytes) -> bool:
    return sum(byte > 0x7F for byte in head) < 0.3 * len(head) or _is_utf8(head)


def _is_utf8(head: bytes) -> bool:
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start > len(head) - 4
    return True


def _try(packings: tuple[Callable[[bytes, int], bytes], ...], data: bytes, most: int) -> tuple[bytes, bool] | None:
    """Return what the first packing that fits gives, and whether it was whole; None where none fits."""
    best: bytes | None = None
    for unpack in packings:
        try:
            found = unpack(data, most)
        except TooLargeError:
            raise
        except _CutError as error:
            best = error.args[0] if best is None and error.args[0] else best
        except Exception:  # each library has errors of its own for bytes that are not its
            continue
        else:
            if found:
                return found, True
    return None if best is None or not _is_text(best[:256]) else (best, False)


def _looks_chunked(data: bytes) -> bool:
    """Return whether bytes begin with the size of a chunk that ends where it says."""
    head = _CHUNK_HEAD.match(data)
    if head is None:
        return False
    end = head.end() + int(head[1], 16)
    return end > head.end() and data[end : end + 1] in (b"\r", b"\n") and data[end : end + 2].strip() == b""


def _join_chunks(data: bytes) -> tuple[bytes | None, bool]:
    """Return the bytes of chunks and whether the last one came; None where there are no chunks."""
    parts: list[bytes] = []
    at = 0
    while True:
        head = _CHUNK_HEAD.match(data, at)
        if head is None:
            return (b"".join(parts) if parts else None), False
        size = int(head[1], 16)
        if size == 0:
            return (b"".join(parts) if parts else None), True
        part = data[head.end() : head.end() + size]
        if not part:
            return (b"".join(parts) if parts else None), False
        parts.append(part)
        at = head.end() + size
        at += 2 if data.startswith(b"\r\n", at) else 1 if data.startswith(b"\n", at) else 0


def _inflate(data: bytes, most: int, wbits: int) -> bytes:
    machine = zlib.decompressobj(wbits=wbits)
    out = bytearray()
    waiting = data
    try:
        while waiting and not machine.eof:
            out += machine.decompress(waiting, _BLOCK)
            waiting = machine.unconsumed_tail
            if len(out) > most:
                raise TooLargeError
    except zlib.error:
        if not out:
            raise
        raise _CutError(bytes(out)) from None
    if not machine.eof:
        raise _CutError(bytes(out))
    return bytes(out)


def _inflate_gzip(data: bytes, most: int) -> bytes:
    return _inflate(data, most, 31)


def _inflate_zlib(data: bytes, most: int) -> bytes:
    return _inflate(data, most, 15)


def _inflate_raw(data: bytes, most: int) -> bytes:
    found = _inflate(data, most, -15)
    if not _is_text(found[:256]):
        raise ValueError("a run of bytes that happens to inflate")
    return found


def _unpack_brotli(data: bytes, most: int) -> bytes:
    import brotli  # comes with fastwarc

    machine = brotli.Decompressor()
    out = bytearray(machine.process(data, output_buffer_limit=_BLOCK))
    while not machine.can_accept_more_data():
        out += machine.process(b"", output_buffer_limit=_BLOCK)
        if len(out) > most:
            raise TooLargeError
    if not machine.is_finished():
        raise _CutError(bytes(out))
    return bytes(out)


def _unpack_zstandard(data: bytes, most: int) -> bytes:
    from fastwarc.stream_io import ZstdReader

    found: bytes = ZstdReader(io.BytesIO(data)).read(most + 1)
    if len(found) > most:
        raise TooLargeError
    return found


_PACKINGS: dict[str, tuple[Callable[[bytes, int], bytes], ...]] = {
    "gzip": (_inflate_gzip,),
    "x-gzip": (_inflate_gzip,),
    "deflate": (_inflate_zlib, _inflate_raw),
    "br": (_unpack_brotli,),
    "zstd": (_unpack_zstandard,),
}
