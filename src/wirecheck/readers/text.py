"""Plain text in any encoding."""

from __future__ import annotations

from wirecheck.model import Problem
from wirecheck.readers import Read, Reader
from wirecheck.readers._build import build_document
from wirecheck.readers._clean import clean_field, clean_text
from wirecheck.readers._decode import decode
from wirecheck.readers._exports import Export, iter_fields, split_export
from wirecheck.readers._front import split_front

_MARKDOWN = (".md", ".markdown")


def accepts(suffix: str, head: bytes) -> int:
    """Return 2 for a text suffix, else 1: any bytes may be text."""
    return 2 if suffix in READER.suffixes else 1


def read(location: str, name: str, data: bytes) -> Read:
    """Return the document of a text, or the problem that keeps it from being one."""
    text, problems = decode(location, data)
    if text is None:
        return (), problems
    parts, fault = split_export(text)
    if fault is not None:
        problems = (*problems, Problem(location, fault))
    if parts:
        return _read_parts(location, name, parts, problems)
    markdown = True if location.lower().removesuffix(".gz").endswith(_MARKDOWN) else None
    said, text = split_front(text) if markdown else ({}, text)
    text, faults = clean_text(location, text, markdown=markdown, known_lost=text.count("\ufffd"))
    if not any(c.isalnum() for c in text):
        return (), (*problems, *faults, Problem(location, "a text was expected; the file holds no words"))
    document, more = build_document(
        location=location,
        name=name,
        text=text,
        received=data,
        title=clean_field(said.get("title")),
        author=clean_field(said.get("author")),
        publisher=clean_field(said.get("publisher")),
        published=said.get("published"),
        modified=said.get("modified"),
        url=said.get("url"),
    )
    return (document,), (*problems, *faults, *more)


def _read_parts(location: str, name: str, parts: list[Export], problems: tuple[Problem, ...]) -> Read:
    """Return a document for each article of an export; article N is `location:N`."""
    documents = []
    found = list(problems)
    for number, part in enumerate(parts, start=1):
        place = f"{location}:{number}" if len(parts) > 1 else location
        text, faults = clean_text(place, part.text, known_lost=part.text.count("\ufffd"))
        if not any(c.isalnum() for c in text):
            continue
        said = {field: clean_field(value) for field, value in iter_fields(part)}
        document, more = build_document(
            location=place,
            name=f"{name}-{number}" if len(parts) > 1 else name,
            text=text,
            received=part.text.encode("utf-8", "surrogatepass"),
            title=said.get("title"),
            author=said.get("author"),
            publisher=said.get("publisher"),
            published=said.get("published"),
        )
        documents.append(document)
        found += [*faults, *more]
    return tuple(documents), tuple(found)


READER = Reader(
    name="text",
    version=2,
    summary="Plain text in any encoding, and Markdown; the first line is the title when it looks like one.",
    suffixes=(".txt", ".text", ".md", ".markdown", ".asc"),
    accepts=accepts,
    read=read,
)
