"""Versions of one document: what the newer one corrects, in the words of both."""

from __future__ import annotations

from wirecheck.model import Document, Lineage, Problem, Span
from wirecheck.text.versions import REPLACED, compare_versions, tell_revision


def trace_version(earlier: Document, shown_earlier: str, later: Document, shown: str) -> Lineage:
    """Return that a document is a newer version of another, with the values that became others and its notes.

    The evidence is the words of both that this rests on; the whole newer text where nothing of the kind is found.
    """
    revision = compare_versions(earlier.text, later.text)
    told = tell_revision(earlier.text, later.text, revision)
    words = {Span(later.id, *note) for note in revision.notes}
    words |= {Span(d.id, *at) for pair in revision.changes for d, at in zip((earlier, later), pair, strict=True)}
    reason = f"{shown} is a newer version of {shown_earlier}{f': {told}' if told else '.'}"
    return Lineage(earlier.id, True, later.id, "version", reason, tuple(sorted(words)) or (later.whole,))


def tell_correction(earlier: Document, later: Document) -> Problem | None:
    """Return what a newer version corrects, where the earlier one is not among the documents; None where nothing is."""
    revision = compare_versions(earlier.text, later.text)
    told = tell_revision(earlier.text, later.text, revision)
    if not told:
        return None
    first = min([*revision.notes, *(new for _, new in revision.changes)])
    return Problem(later.location, f"{REPLACED}: {told}", Span(later.id, *first))
