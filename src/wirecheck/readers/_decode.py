"""Bytes to text: byte order marks, UTF-8, UTF-16, and the likeliest reading of the rest."""

from __future__ import annotations

import codecs
import re

from wirecheck.model import Problem
from wirecheck.readers._clean import CONTROL, repair, replace_controls

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "an image, sound or film"),
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"BM6", "an image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"{\\rtf", "an RTF document"),
    (b"OggS", "a sound file"),
    (b"ID3", "a sound file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "a database"),
    (b"7z\xbc\xaf", "an archive"),
    (b"Rar!", "an archive"),
    (b"BZh", "an archive"),
    (b"\xfd7zXZ", "an archive"),
    (b"\x28\xb5\x2f\xfd", "an archive"),
)
# Share of characters that no text has (controls, undecodable bytes) from which on bytes are called binary. Mangled news
# stays below a hundredth, photographs and programs are above a tenth.
_BINARY_SHARE = 0.05
# High bytes of Windows-1252 in English text: curly marks, dashes, currency, accented letters inside words.
_WESTERN = re.compile(rb"[\x80\x82-\x8c\x8e\x91-\x9c\x9e-\x9f\xa0-\xff]")
_LONG_LINE = 1_000_000


def decode(location: str, data: bytes, *, hint: str | None = None) -> tuple[str | None, tuple[Problem, ...]]:
    """Return the text of bytes and the problems met; None, and why, for what is no text.

    `hint` is the encoding that the bytes themselves declare. Line ends become "\\n"; characters that no text has
    (controls, lone surrogates, undecodable bytes) become U+FFFD, one for one, and are reported.
    """
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        return None, (Problem(location, "a text was expected; the file is empty"),)
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return None, (Problem(location, f"a text was expected; this is {kind}"),)
    text, encoding, bad = _decode(data, hint)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    # UTF-8 that was read as Latin-1 and written again has one of these for each second byte; `repair` undoes it.
    strange = sum(1 for c in CONTROL.findall(text) if not (encoding == "UTF-8" and "\x80" <= c <= "\x9f"))
    if (strange + bad) > _BINARY_SHARE * len(text):
        return None, (Problem(location, "a text was expected; these bytes are binary"),)
    problems = []
    if bad:
        problems.append(Problem(location, f"{encoding} was expected; {_count(bad, 'place')} could not be decoded"))
    text, undone = repair(location, text)
    text, shown = replace_controls(location, text)
    problems += [*undone, *shown]
    longest = max(map(len, text.split("\n")))
    if longest > _LONG_LINE:
        problems.append(Problem(location, f"a line of {longest} characters was read as one paragraph"))
    return text, tuple(problems)


def _decode(data: bytes, hint: str | None) -> tuple[str, str, int]:
    """Return text, the encoding's name, and how many places could not be decoded."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _replacing(data[len(mark) :], encoding)
    wide = _guess_wide(data)
    if wide is not None:
        return _replacing(data, wide)
    try:
        return data.decode("utf-8"), "UTF-8", 0
    except UnicodeDecodeError:
        pass
    text, _, bad = _replacing(data, "utf-8")
    if bad < 0.2 * sum(1 for c in text if c > "\x7f" and c != "\ufffd"):
        return text, "UTF-8", bad
    if hint is not None:
        try:
            return data.decode(hint), hint, 0
        except (UnicodeDecodeError, LookupError, ValueError):
            pass
    high = sum(1 for byte in data if byte > 0x7F)
    if high < 0.2 * len(data) and len(_WESTERN.findall(data)) == high:
        return data.decode("cp1252", "replace"), "Windows-1252", 0
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000]).best()
    if best is not None:
        return _replacing(data, best.encoding)
    return text, "UTF-8", bad


def _replacing(data: bytes, encoding: str) -> tuple[str, str, int]:
    text = data.decode(encoding, "replace")
    return text, encoding.upper(), text.count("\ufffd")


def _guess_wide(data: bytes) -> str | None:
    """Return the UTF-16 whose zero bytes stand in every other place, as in Western text without a mark."""
    head = data[:4096]
    if len(head) < 4 or b"\x00" not in head:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = len(head) / 2
    if odd > 0.7 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.7 * half and odd < 0.1 * half:
        return "utf-16-be"
    return None


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
