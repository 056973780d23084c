"""Bytes to text: byte order marks, UTF-8, UTF-16, and what a guess makes of the rest."""

from __future__ import annotations

import codecs

from wirecheck.model import Problem

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(location: str, data: bytes) -> tuple[str | None, Problem | None]:
    """Return the text of bytes and the problem met, if any; no text for what is none."""
    if not data.strip():
        return None, Problem(location, "a text was expected; the file is empty")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace"), None
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), None
