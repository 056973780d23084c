"""What exports share: text without characters that a format forbids, dates, links to words, packages, packed files."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from importlib import import_module
from typing import Any
from urllib.parse import quote

from wirecheck.errors import MissingExtraError
from wirecheck.model import Document, Report, Span
from wirecheck.report.plain import show_on_a_line

# What XML 1.0 has no way to write; line breaks and tabs are allowed.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
# An address that can stand in a link of an office document as it is; Word calls a file with any other one damaged.
_ADDRESS = re.compile(
    r"https?://[A-Za-z0-9.\-]+(?::\d+)?(?:[/?#](?:[\w\-.~:/?#@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*)?", re.ASCII
)
_EARLIEST = datetime(1980, 1, 1)
# Words at each end of a quotation that a link names, where it is too long to be named whole.
_LINK_WORDS, _LONGEST_LINK = 5, 12
_LONGEST_NAME = 200  # a property of an office document holds 255 characters


def clean_xml(text: str) -> str:
    """Return text with every character that XML forbids as U+FFFD."""
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def encode(text: str) -> bytes:
    """Return text as UTF-8, halves of surrogate pairs as U+FFFD."""
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text).encode("utf-8")


def split_date(value: str | None) -> tuple[int, ...]:
    """Return year, month and day of an ISO date as far as they are given; () where there is none.

    >>> split_date("2025-02-13T08:30:00+00:00"), split_date("2025"), split_date(None)
    ((2025, 2, 13), (2025,), ())
    """
    found = _DATE.match(value or "")
    return tuple(int(part) for part in found.groups() if part is not None) if found is not None else ()


def date_report(report: Report) -> datetime:
    """Return the day of its newest document: when a file says that it was made, for the clock must not change it."""
    days = [date for d in report.documents if len(date := split_date(d.modified or d.published)) == 3]
    year, month, day = max(days, default=(1980, 1, 1))
    try:
        return max(datetime(year, month, day), _EARLIEST)
    except ValueError:
        return _EARLIEST


def name_program(report: Report) -> str:
    """Return the words by which a file names what made it."""
    return show_on_a_line(f"Wirecheck {report.version}")[:_LONGEST_NAME]


def is_web(address: str | None) -> bool:
    """Return whether an address leads to a page on the web and can stand in a link as it is."""
    return address is not None and _ADDRESS.fullmatch(address) is not None


def link_words(document: Document, span: Span) -> str | None:
    """Return an address at which a browser shows the words (a text fragment); None for what is not on the web."""
    if document.url is None or not is_web(document.url):
        return None
    words = document.words(span).split()
    if not words:
        return document.url
    pieces = [" ".join(words)]
    if len(words) > _LONGEST_LINK:
        pieces = [" ".join(words[:_LINK_WORDS]), " ".join(words[-_LINK_WORDS:])]
    text = ",".join(quote(_SURROGATE.sub("", p), safe="").replace("-", "%2D") for p in pieces)
    return f"{document.url}{'' if '#' in document.url else '#'}:~:text={text}"


def load(package: str, task: str) -> Any:
    """Return a package of the extra `export`; raises `MissingExtraError` with the install line."""
    try:
        return import_module(package)
    except ImportError as error:
        raise MissingExtraError(f"{task} needs {package}, which is missing: pip install '.[export]'") from error


def pin_zip(data: bytes) -> bytes:
    """Return a ZIP file with the same members and one time for all: what was packed twice is the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for name in given.namelist():
            info = zipfile.ZipInfo(name, _EARLIEST.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            made.writestr(info, given.read(name))
    return packed.getvalue()
