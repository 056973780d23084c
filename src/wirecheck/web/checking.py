"""What came of a claim or a draft, as the app lists it: each entry with the words that it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from wirecheck.model import Document, Span

_TONES = {
    **dict.fromkeys(("states", "supported", "verbatim"), "agree"),
    **dict.fromkeys(("contradicts", "conflict", "altered", "spliced", "other-speaker"), "conflict"),
    **dict.fromkeys(("differs", "rounded", "trimmed", "paraphrased"), "differ"),
    "not-found": "open",
}


def list_entries(found: Any) -> list[dict[str, Any]]:
    """Return the entries of a `ClaimReport` or a `DraftReport`: label and tone, what it is of, why, and the words."""
    documents = {d.id: d for d in found.documents}
    return list(_list_claim(found, documents) if hasattr(found, "findings") else _list_draft(found, documents))


def _list_claim(found: Any, documents: dict[str, Document]) -> Iterator[dict[str, Any]]:
    for one in found.findings:
        document = documents[one.document]
        spans = one.spans or ((one.nearest,) if one.nearest is not None else ())
        yield {
            "label": f"{one.verdict}, {one.difference}" if one.difference else one.verdict,
            "tone": _TONES.get(one.verdict, "plain"),
            "name": document.shown_name,
            "document": document.id,
            "words": "",
            "reason": one.reason,
            "places": _list_places(spans, documents, "" if one.spans else "nearest"),
        }


def _list_draft(found: Any, documents: dict[str, Document]) -> Iterator[dict[str, Any]]:
    for one in found.items:
        yield {
            "label": f"{one.kind}: {one.verdict}",
            "tone": _TONES.get(one.verdict, "plain"),
            "name": "",
            "document": "",
            "words": found.draft.words(one.span),
            "reason": one.reason,
            "places": _list_places((s.span for s in one.sources), documents, ""),
        }


def _list_places(spans: Iterable[Span], documents: dict[str, Document], note: str) -> list[dict[str, Any]]:
    return [
        {
            "document": span.document,
            "start": span.start,
            "end": span.end,
            "text": documents[span.document].words(span),
            "name": documents[span.document].shown_name + (f" ({note})" if note else ""),
        }
        for span in spans
    ]
