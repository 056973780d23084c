"""What came of a claim or a draft, as the app lists it: each entry with the words that it rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from wirecheck.model import Document, Span

_Documents = Mapping[str, Document]
_Names = Mapping[str, str]
_TONES = {
    **dict.fromkeys(("states", "supported", "verbatim"), "agree"),
    **dict.fromkeys(("contradicts", "conflict", "altered", "spliced", "other-speaker"), "conflict"),
    **dict.fromkeys(("differs", "rounded", "trimmed", "paraphrased"), "differ"),
    "not-found": "open",
}


def list_entries(found: Any) -> list[dict[str, Any]]:
    """Return the entries of a `ClaimReport` or a `DraftReport`: label and tone, what it is of, why, and the words."""
    documents = {d.id: d for d in found.documents}
    # The names that the reasons use: a publisher, or the document's own where it has several here.
    counts = Counter(d.shown_name for d in found.documents)
    names = {d.id: d.shown_name if counts[d.shown_name] == 1 else d.name for d in found.documents}
    is_claim = hasattr(found, "findings")
    return list(_list_claim(found, documents, names) if is_claim else _list_draft(found, documents, names))


def _list_claim(found: Any, documents: _Documents, names: _Names) -> Iterator[dict[str, Any]]:
    for one in found.findings:
        document = documents[one.document]
        spans = one.spans or ((one.nearest,) if one.nearest is not None else ())
        yield {
            "label": f"{one.verdict}, {one.difference}" if one.difference else one.verdict,
            "tone": _TONES.get(one.verdict, "plain"),
            "name": names[document.id],
            "document": document.id,
            "words": "",
            "reason": one.reason,
            "places": _list_places(spans, documents, names, "" if one.spans else "nearest"),
        }


def _list_draft(found: Any, documents: _Documents, names: _Names) -> Iterator[dict[str, Any]]:
    for one in found.items:
        yield {
            "label": f"{one.kind}: {one.verdict}",
            "tone": _TONES.get(one.verdict, "plain"),
            "name": "",
            "document": "",
            "words": found.draft.words(one.span),
            "reason": one.reason,
            "places": _list_places((s.span for s in one.sources), documents, names),
        }


def _list_places(spans: Iterable[Span], documents: _Documents, names: _Names, note: str = "") -> list[dict[str, Any]]:
    return [
        {
            "document": span.document,
            "start": span.start,
            "end": span.end,
            "text": documents[span.document].words(span),
            "name": names[span.document] + (f" ({note})" if note else ""),
        }
        for span in spans
    ]
