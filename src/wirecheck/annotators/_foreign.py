"""Texts of a language whose grammar is not known: what holds without one."""

from __future__ import annotations

from dataclasses import replace

from wirecheck.model import Document, Span
from wirecheck.model.annotation import Annotations

KNOWN = frozenset(("en",))
"""Languages whose grammar the annotators know. A text whose language cannot be told is taken for one of them."""


def has_grammar(document: Document) -> bool:
    """Return whether the annotators know the grammar of a document's language."""
    return document.language is None or document.language in KNOWN


def keep_without_grammar(document: Document, annotations: Annotations) -> Annotations:
    """Return what needs no grammar: words in marks without a speaker, dates and numbers in digits, names.

    What is said without marks, who says it, credits, numbers and dates in words, and what a number counts are left out.
    """

    def in_digits(span: Span) -> bool:
        words = document.words(span)
        return any(c.isdigit() for c in words) and not any(c.isalpha() for c in words)

    return annotations.having(
        dates=tuple(d for d in annotations.dates if in_digits(d.span)),
        quantities=tuple(q for q in annotations.quantities if in_digits(q.span)),
        quotations=tuple(
            replace(
                q, kind="direct", cue=None, source=None, speaker=None, speaker_name=None, candidates=(), clause=None
            )
            for q in annotations.quotations
            if q.kind in ("direct", "mixed")
        ),
        credits=(),
    )
