"""What all readers share: text to a document, with title, furniture, dates and language."""

from __future__ import annotations

import hashlib
import re

from wirecheck.model import Document, Problem, Span, digest_document
from wirecheck.text.furniture import find_furniture, looks_like_title

_ISO = re.compile(
    r"(?P<date>\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?)"
    r"(?:[T ](?P<time>[0-2]\d:[0-5]\d(?::[0-5]\d(?:\.\d+)?)?)\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?)?\Z"
)


def build_document(
    *,
    location: str,
    name: str,
    text: str,
    received: bytes,
    title: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
    author: str | None = None,
    published: str | None = None,
    modified: str | None = None,
    language: str | None = None,
    title_known: bool = False,
) -> tuple[Document, tuple[Problem, ...]]:
    """Return a document with title, furniture, dates and language found, and the problems met.

    With `title_known` a missing `title` is not looked for in the text.
    """
    problems: list[Problem] = []
    if title is not None:
        title = " ".join(title.split()) or None
    if title is not None and not _begins_with(text, title):
        text = f"{title}\n\n{text}"
    ident = digest_document(location, text)
    found = find_furniture(
        text, title=title, look_for_title=title is None and not title_known, publisher=publisher
    )
    title_span = Span(ident, *found.title) if found.title is not None else None
    if title is None and title_span is not None:
        title = text[title_span.start : title_span.end]
    dates = {}
    for field, value in (("published", published), ("modified", modified)):
        dates[field] = None
        if value is not None and value.strip():
            dates[field] = normalise_date(value)
            if dates[field] is None:
                problems.append(Problem(location, f"{field}: a date such as 2025-02-13 was expected; found {value!r}"))
    document = Document(
        id=ident,
        name=name,
        location=location,
        text=text,
        sha256=hashlib.sha256(received).hexdigest(),
        received=received,
        title=title,
        title_span=title_span,
        url=url,
        publisher=publisher,
        author=author,
        published=dates["published"] if dates["published"] is not None else found.published,
        modified=dates["modified"],
        language=language,
        furniture=tuple(Span(ident, start, end) for start, end, _ in found.pieces),
    )
    return document, tuple(problems)


def normalise_date(value: str) -> str | None:
    """Return a date as ISO 8601 as precise as given, or None when it is none.

    >>> normalise_date("2025-02-13 08:30")
    '2025-02-13T08:30'
    """
    match = _ISO.match(value.strip())
    if match is None:
        return None
    time = f"T{match['time']}" if match["time"] else ""
    zone = (match["zone"] or "").replace("Z", "+00:00") if time else ""
    return match["date"] + time + zone


def _begins_with(text: str, title: str) -> bool:
    words = title.split()
    return text.split(maxsplit=len(words))[: len(words)] == words


__all__ = ["build_document", "looks_like_title", "normalise_date"]
