"""Which appearance has the words from which: by a credit beside them, or by text that two documents share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from wirecheck.archive.appearances import Appearance
from wirecheck.lineage import derive_documents
from wirecheck.lineage.credits import read_credits
from wirecheck.lineage.derivation import Derivation
from wirecheck.lineage.publishers import names_publisher
from wirecheck.model import Document, Span
from wirecheck.reuse import compare_reuse, fingerprint, list_article_words, reuse_candidates
from wirecheck.text.sentences import split_paragraphs

# Documents among which it is asked who has it from whom.
_MOST_COMPARED = 40


def with_sources(found: Sequence[Appearance]) -> Iterator[Appearance]:
    """Say of each appearance which one it comes from: by a credit beside the words, or by text that both share."""
    documents = list({a.document.id: a.document for a in found}.values())[:_MOST_COMPARED]
    derived = _derive(documents)
    for appearance in found:
        document = appearance.document
        named = derived.get(document.id)
        source, reason, evidence = (
            (named[0], named[1].reason, named[1].evidence) if named is not None else (None, "", ())
        )
        for other in documents:
            mention = _find_credit(document, appearance.span, other) if _may_be_source(other, document) else None
            if mention is not None:
                source, evidence = other.id, (mention,)
                reason = f"{document.shown_name} credits {other.shown_name} beside the words."
                break
        yield replace(appearance, source=source, reason=reason, evidence=evidence)


def _derive(documents: Sequence[Document]) -> dict[str, tuple[str, Derivation]]:
    """Return for each document, by id, the first of the others that it has text from, and how."""
    worded = {d.id: list_article_words(d, split_paragraphs(d)) for d in documents} if len(documents) > 1 else {}
    found: dict[str, tuple[str, Derivation]] = {}
    for pair in sorted(reuse_candidates([fingerprint(d) for d in documents]), key=lambda p: (p.left, p.right)):
        left, right = documents[pair.left], documents[pair.right]
        reuse = compare_reuse(worded[left.id], worded[right.id])
        derivation = derive_documents(left, right, reuse) if reuse is not None else None
        if derivation is not None and derivation.source in ("left", "right"):
            source, taker = (left, right) if derivation.source == "left" else (right, left)
            found.setdefault(taker.id, (source.id, derivation))
    return found


def _may_be_source(other: Document, document: Document) -> bool:
    """Return whether a document is another one and, as far as both dates go, not later."""
    if other.id == document.id:
        return False
    if other.published is None or document.published is None:
        return True
    return other.published[:10] <= document.published[:10]


def _find_credit(document: Document, span: Span, other: Document) -> Span | None:
    """Return the words of the paragraph of a span, outside it, that credit another document's publisher, or None."""
    publisher = other.publisher or ""
    if len(publisher) < 3 or names_publisher(document.publisher or "", publisher):
        return None
    start = document.text.rfind("\n", 0, span.start) + 1
    end = document.text.find("\n", span.end)
    end = len(document.text) if end < 0 else end
    for credit in read_credits(document, (publisher,)):
        inside = start <= credit.span.start < end and credit.span.overlap(span) == 0
        if inside and not credit.own and names_publisher(credit.credited, publisher):
            return credit.span
    return None
