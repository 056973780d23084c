"""Derivation: whether one of two documents has its text from the other, and which.

What is measured is the share of a document's *own* words (speech, posts and lists of names aside) that stand in
passages shared with the other. Two reports of one speech share much and derive nothing; a rewrite shares sentences that
nobody said.
"""

from __future__ import annotations

from dataclasses import dataclass

from wirecheck.lineage.publishers import (
    agency_named,
    are_one_publisher,
    author_agency,
    dateline_agency,
    first_author,
    names_publisher,
)
from wirecheck.model import Credit, Document, Reuse, Span
from wirecheck.model.lineage import LineageRelation
from wirecheck.text.shown_dates import show_date

# Share of own words in shared passages from which on a document derives from another. On the 42 labelled pairs of
# ../shared/gold/reuse the ten derived ones lie above .39 (but one that shares no words) and the others below .13.
DERIVED_SHARE = 0.25
DERIVED_WORDS = 40
# From here on the text is the other's, reworded nowhere or in places.
REPRINT_SHARE = 0.6
_LONGEST_QUOTE = 90


@dataclass(frozen=True, slots=True)
class Party:
    """A document with its credits, as derivation sees it, and the name that reasons use for it."""

    document: Document
    credits: tuple[Credit, ...]
    shown: str


@dataclass(frozen=True, slots=True)
class Derivation:
    """How two documents depend on each other.

    `source` is the side that has it first, "left" or "right", with "?" where only the dates say so; "common" where both
    have it from a third text, named by `common`; None where nothing tells.
    """

    relation: LineageRelation
    source: str | None
    reason: str
    evidence: tuple[Span, ...]
    common: str | None = None


def derive(left: Party, right: Party, reuse: Reuse | None) -> Derivation | None:
    """Return how one of two documents derives from the other by its text, or None when it does not."""
    if reuse is None:
        return None
    own = [p for p in reuse.passages if not p.quoted]
    words = sum(len(left.document.words(p.left).split()) for p in own)
    share = max(reuse.left_own_share, reuse.right_own_share)
    if share < DERIVED_SHARE or words < DERIVED_WORDS:
        return None
    longest = max(own, key=lambda p: (p.left.length, -p.left.start))
    evidence = [longest.left, longest.right]
    shared = f"share {share:.0%} of one's own words, among them “{_quote(left.document, longest.left)}”"
    source, why, common, spans = _tell_source(left, right)
    evidence.extend(spans)
    relation: LineageRelation
    if source == "common":
        relation = "common-source"
    elif are_one_publisher(left.document, right.document) and min(reuse.left_own_share, reuse.right_own_share) >= 0.5:
        relation = "version"
    else:
        relation = "reprint" if share >= REPRINT_SHARE else "rewrite"
    reason = f"{left.shown} and {right.shown} {shared}; {why}."
    return Derivation(relation, source, reason, tuple(evidence), common)


def _tell_source(left: Party, right: Party) -> tuple[str | None, str, str | None, list[Span]]:
    """Return which side the text comes from, why, the name of a common source, and the spans that say so."""
    agencies = [agency_named(p.document.publisher or "") for p in (left, right)]
    if agencies[0] != agencies[1] and None in agencies:
        at = 0 if agencies[0] is not None else 1
        source, other = (left, right)[at], (left, right)[1 - at]
        credit = credit_to(other, source.document)
        why = f"{source.shown} is a news agency" + (f", and {other.shown} credits it" if credit is not None else "")
        return ("left", "right")[at], why, None, [credit.span] if credit is not None else []
    to_left, to_right = credit_to(right, left.document), credit_to(left, right.document)
    if to_left is not None and to_right is not None:
        return None, "each credits the other, so nothing tells who had it first", None, [to_left.span, to_right.span]
    if to_left is not None:
        return "left", f"{right.shown} credits {left.shown}", None, [to_left.span]
    if to_right is not None:
        return "right", f"{left.shown} credits {right.shown}", None, [to_right.span]
    one_publisher = are_one_publisher(left.document, right.document)
    strong = [_agency_of_text(p) for p in (left, right)]
    named = next((s for s in strong if s is not None), None)
    if named is not None and not one_publisher:
        return (
            "common",
            f"the text is {named[0]}'s",
            named[0],
            [s[1] for s in strong if s is not None and s[1] is not None],
        )
    if not one_publisher:
        weak = [_agency_credit(p) for p in (left, right)]
        found = next((w for w in weak if w is not None), None)
        if found is not None:
            credited = agency_named(found.credited) or found.credited
            return "common", f"{credited} is credited for it", credited, [w.span for w in weak if w is not None]
        author = first_author(left.document)
        if author and author == first_author(right.document):
            name = (left.document.author or "").split(",")[0].strip()
            return "common", f"both carry it under the name of {name}", name, []
    earlier = _earlier(left.document.published, right.document.published)
    if earlier is None:
        return None, "nothing tells who had it first", None, []
    first, second = (left, right) if earlier == 0 else (right, left)
    on, later = show_date(first.document.published or ""), show_date(second.document.published or "")
    when = f"{first.shown} published on {on}, {second.shown} on {later}"
    if one_publisher:
        return ("left", "right")[earlier], when, None, []
    # Between publishers, the later may have it from the earlier or both from a third: dates alone do not settle it.
    side = ("left", "right")[earlier]
    return f"{side}?", f"{when}, and neither credits anyone for it", None, []


def credit_to(party: Party, source: Document) -> Credit | None:
    """Return the first credit of a document to the publisher of another, or None."""
    if source.publisher is None:
        return None
    if party.document.publisher is not None and names_publisher(party.document.publisher, source.publisher):
        return None
    publisher = source.publisher
    return next((c for c in party.credits if not c.own and names_publisher(c.credited, publisher)), None)


def _agency_of_text(party: Party) -> tuple[str, Span | None] | None:
    """Return the agency that a document names as the author of its text, and where."""
    found = dateline_agency(party.document)
    if found is not None:
        return found[0], party.document.span(found[1], found[2])
    author = author_agency(party.document)
    return (author, None) if author is not None else None


def _agency_credit(party: Party) -> Credit | None:
    """Return a credit to an agency for the whole document ("The NWA contributed to this report"), or None."""
    for credit in party.credits:
        if not credit.own and credit.kind == "agency":
            words = party.document.words(credit.covers if credit.covers is not None else credit.span)
            if credit.covers is None or "contribut" in words:
                return credit
    return None


def _earlier(left: str | None, right: str | None) -> int | None:
    """Return 0 or 1 for the earlier date, None where the dates as far as both go are one day or unknown."""
    if left is None or right is None:
        return None
    length = min(len(left), len(right), 16)
    if left[:length] == right[:length] or length < 10:
        return None
    if length > 10 and left[:10] == right[:10] and (left[19:] != right[19:]):
        return None  # times of one day in two zones, or one without a zone
    return 0 if left[:length] < right[:length] else 1


def _quote(document: Document, span: Span) -> str:
    words = " ".join(document.words(span).split())
    return words if len(words) <= _LONGEST_QUOTE else words[:_LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
