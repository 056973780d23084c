"""Derivation between two documents of an archive, for which no model runs."""

from __future__ import annotations

from wirecheck.lineage.credits import read_credits
from wirecheck.lineage.derivation import Derivation, Party, carries_text, derive, derive_by_credit
from wirecheck.model import Document, Reuse


def derive_documents(left: Document, right: Document, reuse: Reuse) -> Derivation | None:
    """Return how one of two documents of an archive derives from the other, or None when it does not.

    Their credits are read without the model, and only where they can matter.
    """
    return derive(_make_party(left, right), _make_party(right, left), reuse)


def is_derived(left: Document, right: Document, reuse: Reuse) -> bool:
    """Return whether `derive_documents` finds that one derives from the other.

    Reading credits takes four times as long as all else; the text alone often settles it.
    """
    ours, theirs = _make_party(left, right), _make_party(right, left)
    return carries_text(ours, reuse) or derive_by_credit(ours, theirs, reuse) is not None


def _make_party(document: Document, other: Document) -> Party:
    publishers = tuple(p for p in (other.publisher,) if p)
    return Party(document, lambda: read_credits(document, publishers), document.shown_name)
