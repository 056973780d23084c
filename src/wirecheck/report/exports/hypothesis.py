"""Hypothes.is: each span that a point rests on as an annotation of its page, to be imported in the sidebar."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from wirecheck.model import Document, Span
from wirecheck.report.exports import Export, Selection
from wirecheck.report.exports._common import encode, is_web
from wirecheck.report.plain import show_on_a_line
from wirecheck.report.table import list_evidence, name_documents

# The client groups what it imports by who made it; this host can be no one's.
_USER = "acct:wirecheck@wirecheck.invalid"
# Characters on each side by which a quotation that stands twice in a page is told apart, as the client takes them.
_AROUND = 32


def render(selection: Selection) -> bytes:
    """Return `{"annotations": [...]}`; documents that are not on the web have a URN for an address."""
    report = selection.report
    documents = {d.id for d in selection.documents}
    names = name_documents(report)
    annotations = []
    for point in selection.points:
        evidence = list(list_evidence(report, point.finding))
        for number, value, document, span in evidence:
            if document.id not in documents:
                continue
            text = f"{point.id}, {point.verdict}: {show_on_a_line(point.reason)}"
            if value is not None:
                others = {v: None for n, v, _, _ in evidence if v is not None and n != number}
                against = "; ".join(show_on_a_line(v) for v in others)
                text += f"\n\nHere: {show_on_a_line(value)}. Elsewhere: {against}."
            tags = ["wirecheck", point.verdict, point.kind, point.id]
            annotations.append(_annotate(document, span, text, tags, names[document.id]))
    return encode(json.dumps({"annotations": annotations}, ensure_ascii=False, indent=2) + "\n")


def _annotate(document: Document, span: Span, text: str, tags: list[str], name: str) -> dict[str, Any]:
    uri = document.url if is_web(document.url) else f"urn:wirecheck:{document.id}"
    whole = document.text
    selectors = [
        {
            "type": "TextQuoteSelector",
            "exact": document.words(span),
            "prefix": whole[max(0, span.start - _AROUND) : span.start],
            "suffix": whole[span.end : span.end + _AROUND],
        },
        {"type": "TextPositionSelector", "start": span.start, "end": span.end},
    ]
    key = json.dumps([uri, tags, text, selectors], sort_keys=True).encode("ascii")
    return {
        "id": hashlib.sha256(key).hexdigest()[:22],
        "user": _USER,
        "user_info": {"display_name": "Wirecheck"},
        "uri": uri,
        "document": {"title": [document.title or name]},
        "target": [{"source": uri, "selector": selectors}],
        "tags": tags,
        "text": text,
    }


EXPORT = Export("hypothesis", 1, "hypothesis.json", "annotations of the pages, for import in Hypothes.is", render)
