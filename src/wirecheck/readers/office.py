"""DOCX (ECMA-376) and ODT (ISO 26300): the paragraphs of the document's body, with title, author and dates."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from wirecheck.model import Problem
from wirecheck.readers import Read, Reader
from wirecheck.readers._build import build_document
from wirecheck.readers._clean import clean_field, clean_text

_MAGIC = b"PK\x03\x04"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_BODY = {"docx": "word/document.xml", "odt": "content.xml"}
_ABOUT = {"docx": "docProps/core.xml", "odt": "meta.xml"}
# XML of a document of 500 pages is some 10 MB.
_MOST_BYTES = 1 << 26
_TYPED = re.compile(rb"<!(?:DOCTYPE|ENTITY)\b", re.IGNORECASE)
# What is struck out, or belongs to the page and not to the text.
_PASSED_OVER = frozenset(
    (
        f"{_WORD}del",
        f"{_WORD}moveFrom",
        f"{_WORD}instrText",
        f"{_TEXT}tracked-changes",
        f"{_TEXT}note",
        f"{_TEXT}annotation",
    )
)


def accepts(suffix: str, head: bytes) -> int:
    """Return 3 where a ZIP has the suffix or begins like one of the formats, else 0."""
    if not head.startswith(_MAGIC):
        return 2 if suffix in READER.suffixes else 0
    begins = b"opendocument.text" in head[:100] or b"word/" in head or b"[Content_Types].xml" in head[:80]
    return 3 if suffix in READER.suffixes or begins else 0


def read(location: str, name: str, data: bytes) -> Read:
    """Return the text of a document, or the problem that keeps it from being one."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        names = set(archive.namelist())
        kind = next((k for k, body in _BODY.items() if body in names), None)
        if kind is None:
            return (), (Problem(location, "a DOCX or ODT file was expected; the ZIP holds neither"),)
        body = _parse(archive, _BODY[kind])
        about = _parse(archive, _ABOUT[kind]) if _ABOUT[kind] in names else None
        text = "\n\n".join(_list_paragraphs(body))
    except Exception as error:  # zipfile and lxml report hostile bytes by errors of many kinds
        reason = f"a DOCX or ODT file was expected; it cannot be read: {str(error)[:200]}"
        return (), (Problem(location, reason),)
    text, problems = clean_text(location, text, markdown=False)
    if not any(c.isalnum() for c in text):
        return (), (*problems, Problem(location, "a text was expected; the document holds no words"))
    said = _read_about(about)
    document, more = build_document(location=location, name=name, text=text, received=data, declared=False, **said)
    return (document,), (*problems, *more)


def _parse(archive: zipfile.ZipFile, part: str) -> Any:
    from lxml import etree

    with archive.open(part) as file:
        data = file.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise ValueError(f"{part} unpacks to more than {_MOST_BYTES} bytes")
    if _TYPED.search(data.replace(b"\x00", b"") if b"\x00" in data[:64] else data):
        raise ValueError(f"{part} declares a document type or entities (DTD), which no DOCX or ODT has; not read")
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _list_paragraphs(root: Any) -> Iterator[str]:
    """Yield the words of each paragraph and heading; what was struck out and notes are left out."""
    from lxml import etree

    held: list[str] = []
    skipped: Any = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag
        if event == "start":
            if skipped is None and tag in _PASSED_OVER:
                skipped = element
            if skipped is None:
                if tag in (f"{_WORD}p", f"{_TEXT}p", f"{_TEXT}h"):
                    yield from _give(held)
                held.append(_words(element))
            continue
        was_skipped = skipped is not None
        if skipped is element:
            skipped = None
        if was_skipped and skipped is not None:
            continue
        if tag in (f"{_WORD}p", f"{_TEXT}p", f"{_TEXT}h") and not was_skipped:
            yield from _give(held)
        elif not str(tag).startswith(_WORD):
            held.append(element.tail or "")
    yield from _give(held)


def _words(element: Any) -> str:
    tag = element.tag
    if tag == f"{_WORD}t":
        return element.text or ""
    if tag in (f"{_WORD}tab", f"{_TEXT}tab", f"{_TEXT}s"):
        return " "
    if tag in (f"{_WORD}br", f"{_WORD}cr", f"{_TEXT}line-break"):
        return "\n"
    return "" if str(tag).startswith(_WORD) else element.text or ""


def _give(held: list[str]) -> Iterator[str]:
    text = "".join(held).strip()
    held.clear()
    if text:
        yield text


def _read_about(root: Any) -> dict[str, str | None]:
    found: dict[str, str] = {}
    for element in root.iter() if root is not None else ():
        if isinstance(element.tag, str) and element.text:
            found.setdefault(element.tag.rpartition("}")[2], element.text)
    title = clean_field(found.get("title"))
    author = clean_field(found.get("creator") or found.get("initial-creator"))
    # A program sets these; when it was made says little of when it was published, so it is the change that is kept.
    return {"title": title, "author": author, "modified": found.get("modified") or found.get("date")}


READER = Reader(
    name="office",
    version=1,
    summary="DOCX and ODT: paragraphs and headings, title, author and date of the last change.",
    suffixes=(".docx", ".odt"),
    accepts=accepts,
    read=read,
)
