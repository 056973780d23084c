"""What all readers share: text to a document, with title, furniture, dates and language."""

from __future__ import annotations

import hashlib
import re

from wirecheck.model import Document, Problem, Span, digest_document
from wirecheck.readers._cut import find_cut
from wirecheck.readers._language import find_language
from wirecheck.text.furniture import find_furniture
from wirecheck.text.timestamps import is_no_date, read_timestamp
from wirecheck.text.versions import NOTED

MOST_NOTES = 20
"""Things of one kind that are told of a document one by one: an article has few, and a hostile text thousands."""


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
    retrieved: str | None = None,
    language: str | None = None,
    declared: bool = True,
) -> tuple[Document, tuple[Problem, ...]]:
    """Return a document with title, furniture, dates and language found, and the problems met.

    A `title` that does not stand among the first lines of the text is set before it. `declared` says that the dates
    come from a person or a program that meant them: one that cannot be read is then a problem.
    """
    problems: list[Problem] = []
    title = " ".join(title.split()) if title is not None else None
    if title and not _begins_with(text, title):
        text = f"{title}\n\n{text}"
    ident = digest_document(location, text)
    found = find_furniture(text, title=title or None, look_for_title=not title, publisher=publisher)
    title_span = Span(ident, *found.title) if found.title is not None else None
    if not title:
        title = text[title_span.start : title_span.end] if title_span is not None else None
    dates: dict[str, str | None] = {"published": found.published, "modified": found.modified}
    for field, value in (("published", published), ("modified", modified)):
        if value is None or not value.strip():
            continue
        stamp = read_timestamp(value)
        if stamp is not None:
            dates[field] = stamp
        elif declared:
            reason = ", which stands for no date" if is_no_date(value) else ""
            message = f"{field}: a date such as 2025-02-13 was expected; found {value[:80]!r}{reason}"
            problems.append(Problem(location, message))
    pieces = [(start, end) for start, end, _ in found.pieces]
    notes = [text[start:end] for start, end, kind in found.pieces if kind == "correction"]
    problems += [Problem(location, f"{NOTED}: “{' '.join(note.split())[:300]}”") for note in notes[:MOST_NOTES]]
    if len(notes) > MOST_NOTES:
        problems.append(Problem(location, f"{len(notes) - MOST_NOTES} more notes of correction, no part of it either"))
    cut = find_cut(text, is_page=not declared)
    if cut is not None:
        shown = " ".join(text[cut[0] : cut[1]].split())[:60]
        problems.append(Problem(location, f"a whole text was expected; its source cut it off (“{shown}”)"))
        if not any(start < cut[1] and cut[0] < end for start, end in pieces):
            pieces = sorted([*pieces, cut])
    furniture = tuple(Span(ident, start, end) for start, end in pieces)
    if language is None or not re.fullmatch(r"[a-z]{2}(?:[-_].*)?", language.casefold()):
        language = find_language(_article(text, furniture))
    else:
        language = language.casefold()[:2]
    if language is not None and language != "en":
        problems.append(Problem(location, f"language: {language}; compared by wording only"))
    document = Document(
        id=ident,
        name=name,
        location=location,
        text=text,
        sha256=hashlib.sha256(received).hexdigest(),
        received=received,
        title=title,
        title_span=title_span,
        url=url or None,
        publisher=publisher or None,
        author=author or None,
        published=dates["published"],
        modified=dates["modified"],
        retrieved=read_timestamp(retrieved) if retrieved else None,
        language=language,
        furniture=furniture,
    )
    return document, tuple(problems)


def _begins_with(text: str, title: str) -> bool:
    """Return whether one of the first lines is the title, case, marks and spaces aside."""
    wanted = re.findall(r"\w+", title.casefold())
    lines = [line for line in text[: 4000 + 2 * len(title)].splitlines() if line.strip()]
    return any(re.findall(r"\w+", line.casefold()) == wanted for line in lines[:6])


def _article(text: str, furniture: tuple[Span, ...]) -> str:
    parts, at = [], 0
    for span in furniture:
        parts.append(text[at : span.start])
        at = span.end
    return "".join([*parts, text[at:]])
