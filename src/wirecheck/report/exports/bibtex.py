"""BibTeX: the documents, for LaTeX and reference managers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from wirecheck.model import Document
from wirecheck.report.exports import Export, Selection
from wirecheck.report.exports._common import encode, is_web, split_date
from wirecheck.report.plain import show_on_a_line

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # BibTeX counts braces that TeX does not
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{c: f"\\{c}" for c in "&%$#_"},
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NO_KEY = re.compile(r"[^a-z0-9]+")


def render(selection: Selection) -> bytes:
    """Return an `@misc` entry for each document; titles keep their capitals, authors stand as they were given."""
    entries = zip(_list_keys(selection.documents), selection.documents, strict=True)
    return encode("\n".join(_describe(key, document) for key, document in entries))


def _describe(key: str, document: Document) -> str:
    year, month, day = (*split_date(document.published), 0, 0, 0)[:3]
    told = f"{year:04}-{month:02}-{day:02}; " if day else ""  # BibTeX has no field for the day
    fields = {
        "title": f"{{{{{_escape(document.title or document.name)}}}}}",
        "author": f"{{{{{_escape(document.author)}}}}}" if document.author else "",
        "howpublished": f"{{{_escape(document.publisher)}}}" if document.publisher else "",
        "year": f"{{{year:04}}}" if year else "",
        "month": _MONTHS[month - 1] if 1 <= month <= 12 else "",
        "url": f"{{{document.url}}}" if is_web(document.url) else "",
        "note": f"{{{told}SHA-256 {document.sha256}}}",
    }
    lines = [f"  {name} = {value}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{key},", *lines, "}", ""])


def _escape(text: str) -> str:
    return "".join(_SPECIAL.get(c, c) for c in show_on_a_line(text))


def _list_keys(documents: Iterable[Document]) -> list[str]:
    """Return a key for each document: publisher or name and year, in ASCII; with a number after one that is taken."""
    taken: dict[str, int] = {}
    keys = []
    for document in documents:
        plain = unicodedata.normalize("NFKD", document.publisher or document.name).encode("ascii", "ignore").decode()
        year = "".join(str(n) for n in split_date(document.published)[:1])
        key = f"{_NO_KEY.sub('', plain.lower()) or 'document'}{year}"
        taken[key] = taken.get(key, 0) + 1
        keys.append(key if taken[key] == 1 else f"{key}-{taken[key]}")
    return keys


EXPORT = Export("bibtex", 1, "bib", "the documents as BibTeX, to be cited", render)
