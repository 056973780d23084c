"""CSL-JSON: the documents, for Zotero, Pandoc and other programs that cite."""

from __future__ import annotations

import json
from typing import Any

from wirecheck.model import Document
from wirecheck.report.exports import Export, Selection
from wirecheck.report.exports._common import encode, is_web, split_date
from wirecheck.report.plain import show_on_a_line


def render(selection: Selection) -> bytes:
    """Return the documents as a list of CSL items; what is not known of one is left out."""
    items = [_describe(d) for d in selection.documents]
    return encode(json.dumps(items, ensure_ascii=False, indent=2) + "\n")


def _describe(document: Document) -> dict[str, Any]:
    date = split_date(document.published)
    item: dict[str, Any] = {
        "id": document.id,
        "type": "article-newspaper" if document.publisher else "document",
        "title": show_on_a_line(document.title or document.name),
        "container-title": show_on_a_line(document.publisher or ""),
        "author": [{"literal": show_on_a_line(document.author)}] if document.author else [],
        "issued": {"date-parts": [list(date)]} if date else {},
        "URL": document.url if is_web(document.url) else "",
        "language": document.language or "",
        "note": f"SHA-256 of the bytes as received: {document.sha256}",
    }
    return {key: value for key, value in item.items() if value}


EXPORT = Export("csl", 1, "csl.json", "the documents as CSL-JSON, to be cited", render)
