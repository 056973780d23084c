"""Words of articles on their way out: exact, with their place, and without characters that nobody sees."""

from __future__ import annotations

import re
import unicodedata

from wirecheck.agents.results import DocumentEntry, Part, Quote
from wirecheck.model import Document, Span
from wirecheck.text.unseen import GONE

MOST_CHARACTERS = 320
"""Characters of one quotation: the longest sentence of news has about three hundred."""
MOST_OF_A_NAME = 80
"""Characters of a title, a name, or words that differ. With these two, one entry of any kind stays below the limit."""
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?)?)?")


def strip_hidden(text: str) -> str:
    """Return text without invisible characters: those of control, of format, and without a meaning; line breaks stay.

    >>> strip_hidden("a\\u200bb\\x1b[0m\\U000e0041c")
    'ab[0mc'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(c for c in text if c in "\n\t" or (c not in GONE and unicodedata.category(c) not in _HIDDEN))


def quote_span(document: Document, span: Span, part: Part = "text", *, most: int = MOST_CHARACTERS) -> Quote:
    """Return the words of a span, its beginning where it is long; `start` and `end` are of what is shown."""
    end = min(span.end, span.start + most)
    words = strip_hidden(document.text[span.start : end])
    return Quote(document=document.id, part=part, start=span.start, end=end, quote=words, left_out=span.end - end)


def quote_metadata(document: str, part: Part, words: str | None) -> Quote | None:
    """Return what is said of a document, such as its publisher: words of whoever published it, with no place."""
    if not words:
        return None
    shown = words[:MOST_OF_A_NAME]
    return Quote(
        document=document, part=part, start=None, end=None, quote=strip_hidden(shown), left_out=len(words) - len(shown)
    )


def describe_document(document: Document) -> DocumentEntry:
    """Return a document as results name it."""
    title = (
        quote_span(document, document.title_span, "title", most=MOST_OF_A_NAME)
        if document.title_span is not None
        else quote_metadata(document.id, "title", document.title)
    )
    name = quote_metadata(document.id, "name", document.name)
    return DocumentEntry(
        document=document.id,
        published=clean_date(document.published),
        characters=len(document.text),
        publisher=quote_metadata(document.id, "publisher", document.publisher),
        title=title,
        name=name or Quote(document=document.id, part="name", start=None, end=None, quote="", left_out=0),
    )


def clean_date(value: str | None) -> str | None:
    """Return a date when it is one: pages write what they like into it."""
    return value if value is not None and _DATE.fullmatch(value) else None
