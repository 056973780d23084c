"""Derivation: whether one of two documents has its text from the other, and which.

What is measured is the share of a document's *own* words (speech, posts and lists of names aside) that stand in
passages shared with the other, or in sentences that the other tells in other words. Two reports of one speech share
much and derive nothing; a rewrite shares sentences that nobody said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from wirecheck.lineage.publishers import (
    agency_named,
    are_one_publisher,
    author_agency,
    canonical_publisher,
    dateline_agency,
    first_author,
    may_name,
    may_name_agency,
    names_publisher,
)
from wirecheck.model import Credit, Document, Passage, Reuse, Span
from wirecheck.model.lineage import LineageRelation
from wirecheck.reuse import is_reused, own_passages
from wirecheck.text.marks import find_marked
from wirecheck.text.shown_dates import show_date
from wirecheck.text.words import end_before

# Words that must be shared where a text is reused (`is_reused`) for one document to derive from another. On the 42
# labelled pairs of ../shared/gold/reuse and the 52 of benchmarks/reuse_pairs.jsonl, pairs that derive nothing reach .19
# of own words (but for a gallery of pictures that no mark shows), and derived ones lie at .25 or above, but for those
# that only quote, or name whom they quote.
DERIVED_WORDS = 40
# Words that must be the same: sentences that are only alike are also written by two who never met. Of 660 pairs of
# AllSides reports on one event, one passes by retold sentences alone.
FEWEST_SAME = 14
# The same where one names the other beside the words.
CREDITED_SHARE = 0.1
CREDITED_WORDS = 30
# Share of all of one's words that are the other's quotations, from which on it quotes with credit rather than reports;
# and the words that stand beside the credit.
QUOTING_SHARE = 0.2
QUOTING_WORDS = 40
_BESIDE_CREDIT = 8
# Words that one quotes, naming whose they are, and the other tells as its own; the shortest run of such words, and
# the share of a run that must stand in marks. Of the 82 pairs of benchmarks/reuse_pairs.jsonl read first, 3 of
# the 4 that were missed are such quotations, of 72 to 300 words. Without a name, four of five such pairs both quote a
# third text: a roster, a speech, a statement.
LIFTED_WORDS = 25
_LIFTED_RUN = 10
_MARKED = 0.8
# Share of such a run that must stand outside marks in the other.
_TOLD = 0.5
# Who speaks of himself is no reporter: a speech, a letter, a post.
_FIRST_PERSON = re.compile(r"\b(?:I|me|my|we|us|our|ours)\b|\bI[’']")
# Words of a passage from which on it can be a block that one sets off as another's.
_BLOCK_WORDS = 25
# Share of each paragraph of such a block that is shared.
_BLOCK_SHARE = 0.6
# From here on the text is the other's, reworded nowhere or in places.
REPRINT_SHARE = 0.65
VERSION_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Party:
    """A document with its credits, as derivation sees it, and the name that reasons use for it.

    Credits are read when they are asked for: the text alone often settles who has it from whom.
    """

    document: Document
    read: Callable[[], tuple[Credit, ...]]
    shown: str

    @property
    def credits(self) -> tuple[Credit, ...]:
        return self.read()


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
    left, right = _tell_apart(left, right)
    if not carries_text(left, reuse):
        return derive_by_credit(left, right, reuse)
    own = own_passages(reuse)
    share = max(reuse.left_own_share, reuse.right_own_share)
    longest = max(own, key=lambda p: (p.left.length, -p.left.start))
    source, why, common, spans = _tell_source(left, right, reuse, own)
    relation: LineageRelation
    if source == "common":
        relation = "common-source"
    elif (
        are_one_publisher(left.document, right.document)
        and min(reuse.left_own_share, reuse.right_own_share) >= VERSION_SHARE
    ):
        relation = "version"
    else:
        # What is only retold is no reprint: the words of passages, speech among them, must carry it.
        whole = min(share, max(reuse.left_share, reuse.right_share))
        relation = "reprint" if whole >= REPRINT_SHARE else "rewrite"
    reason = f"{_say_share(left, right, reuse, source)}; {why}."
    return Derivation(relation, source, reason, (longest.left, longest.right, *spans), common)


def carries_text(left: Party, reuse: Reuse) -> bool:
    """Return whether so many of one's own words are the other's that it derives from it, whoever is named."""
    same = sum(_count_words(left, p.left) for p in own_passages(reuse))
    words = same + sum(_count_words(left, p.left) for p in reuse.retold) / 2
    return is_reused(reuse) and same >= FEWEST_SAME and words >= DERIVED_WORDS


def derive_by_credit(left: Party, right: Party, reuse: Reuse) -> Derivation | None:
    """Return the derivation of a document that has fewer words from the other and says so, or None."""
    return (
        _derive_from_named(left, right, reuse)
        or _derive_from_quoted(left, right, reuse)
        or _derive_from_lifted(left, right, reuse)
    )


def _derive_from_named(left: Party, right: Party, reuse: Reuse) -> Derivation | None:
    """Return the derivation of a document that has fewer words from another and names it for them."""
    own = own_passages(reuse)
    for at, (party, source, share) in enumerate(
        ((left, right, reuse.left_own_share), (right, left, reuse.right_own_share))
    ):
        ours = [(p.left, p.right)[at] for p in own]
        if share < CREDITED_SHARE or sum(_count_words(party, s) for s in ours) < CREDITED_WORDS:
            continue
        credit = credit_to(party, source.document)
        if credit is None or credit_to(source, party.document) is not None:
            continue
        longest = max(own, key=lambda p: (p.left.length, -p.left.start))
        side = ("right", "left")[at]
        reason = f"{_say_share(left, right, reuse, side)}; {party.shown} credits {source.shown}."
        return Derivation("rewrite", side, reason, (longest.left, longest.right, credit.span))
    return None


def _derive_from_quoted(left: Party, right: Party, reuse: Reuse) -> Derivation | None:
    """Return the derivation of a document whose quotations are the other's, by a credit that stands beside them."""
    for at, (party, source, share) in enumerate(((left, right, reuse.left_share), (right, left, reuse.right_share))):
        spans = [(p.left, p.right)[at] for p in reuse.passages]
        if share < QUOTING_SHARE or sum(_count_words(party, s) for s in spans) < QUOTING_WORDS:
            continue
        text = _agency_of_text(source)
        if text is None and not may_name(party.document.text, source.document.publisher or ""):
            continue
        for credit in party.credits:
            named = source.document.publisher is not None and _names(credit, party.document, source.document)
            agency = text is not None and not credit.own and agency_named(credit.credited) == text[0]
            if not named and not agency:
                continue
            start, end = _paragraph_around(party.document, credit.span.start)
            beside = [p for p, s in zip(reuse.passages, spans, strict=True) if start <= s.start < end]
            if sum(_count_words(party, (p.left, p.right)[at]) for p in beside) < _BESIDE_CREDIT:
                continue
            first = beside[0]
            evidence = (first.left, first.right, credit.span)
            shown = f"{share:.0%} of {_genitive(party.shown)} words are quotations that {source.shown} has too"
            if named:
                reason = f"{shown}; {party.shown} credits {source.shown} for them."
                return Derivation("rewrite", ("right", "left")[at], reason, evidence)
            assert text is not None
            reason = f"{shown}; {party.shown} credits {text[0]}, whose text {source.shown} carries."
            return Derivation("common-source", "common", reason, evidence, text[0])
    return None


def _derive_from_lifted(left: Party, right: Party, reuse: Reuse) -> Derivation | None:
    """Return the derivation of a document that quotes what the other tells in its own words, in marks or set off.

    Speech stands in marks in both. What one quotes and the other tells is the other's text, or a third's that both
    have: the name beside it says which, and without one nothing is said.
    """
    for at, (party, source) in enumerate(((left, right), (right, left))):
        lifted = list_lifted(party.document, source.document, reuse, at)
        if not lifted:
            continue
        longest = max(lifted, key=lambda p: (p.left.length, -p.left.start))
        span = (longest.left, longest.right)[at]
        evidence = (longest.left, longest.right)
        words = sum(_count_words(party, (p.left, p.right)[at]) for p in lifted)
        shown = f"{party.shown} quotes {words} words that {source.shown} tells as its own"
        # Of a quotation in several paragraphs the name stands beside the first.
        spans = [span, *((p.left, p.right)[at] for p in reuse.passages)]
        long = [s for s in spans if _count_words(party, s) >= _LIFTED_RUN]
        named = next((c for c in (_find_credit_beside(party, s, source) for s in long) if c is not None), None)
        if named is not None:
            reason = f"{shown}, and names {source.document.publisher} for them."
            return Derivation("rewrite", ("right", "left")[at], reason, (*evidence, named))
        start, end = _paragraph_around(party.document, span.start)
        for credit in party.credits if may_name_agency(party.document.text[start:end]) else ():
            agency = None if credit.own else agency_named(credit.credited)
            if agency is not None and start <= credit.span.start < end:
                reason = f"{shown}, and credits {agency} for them."
                return Derivation("common-source", "common", reason, (*evidence, credit.span), agency)
    return None


def list_lifted(document: Document, source: Document, reuse: Reuse, at: int) -> list[Passage]:
    """Return the passages that a document quotes and the other tells as its own report, none where they are few.

    `at` is 0 where the document is the left one of `reuse`, else 1.
    """
    found = []
    for passage in reuse.passages:
        ours, theirs = (passage.left, passage.right) if at == 0 else (passage.right, passage.left)
        if len(document.words(ours).split()) < _LIFTED_RUN or _follows_colon(source, theirs):
            continue
        if _share_marked(document, ours) < _MARKED and not _follows_colon(document, ours):
            continue
        told = _list_told(source, theirs)
        if sum(len(t) for t in told) >= _TOLD * theirs.length and not any(map(_FIRST_PERSON.search, told)):
            found.append(passage)
    words_lifted = sum(len(document.words((p.left, p.right)[at]).split()) for p in found)
    return found if words_lifted >= LIFTED_WORDS else []


def _share_marked(document: Document, span: Span) -> float:
    told = sum(len(t) for t in _list_told(document, span))
    return 1 - told / max(1, span.length)


def _list_told(document: Document, span: Span) -> list[str]:
    """Return the parts of a span that stand outside quotation marks."""
    start, end = _paragraph_around(document, span.start)
    lines = _list_lines(document, start, max(end, span.end))
    marked = [
        m for m in find_marked(document.text, lines) if m.depth == 0 and m.end > span.start and m.start < span.end
    ]
    edges = [span.start, *(at for m in marked for at in (max(m.start, span.start), min(m.end, span.end))), span.end]
    return [document.text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]


def _list_lines(document: Document, start: int, end: int) -> list[tuple[int, int]]:
    lines = []
    while start < end:
        stop = document.text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if document.text[start:stop].strip():
            lines.append((start, stop))
        start = stop + 1
    return lines


def _follows_colon(document: Document, span: Span) -> bool:
    start, _ = _paragraph_around(document, span.start)
    return document.text.endswith(":", 0, end_before(document.text, start))


def _find_credit_beside(party: Party, span: Span, source: Party) -> Span | None:
    """Return the words by which a document names another's publisher, or itself for its own text, beside a passage."""
    credit = credit_to(party, source.document)
    if credit is not None:
        return credit.span
    start, end = _paragraph_around(party.document, span.start)
    before = _paragraph_around(party.document, max(0, end_before(party.document.text, start) - 1))[0]
    if are_one_publisher(party.document, source.document):
        own = next((c.span for c in party.credits if c.own and before <= c.span.start < end), None)
        return own or _find_name(party.document, before, end, source.document)
    return _find_publisher(party.document, span, source.document)


def _tell_apart(left: Party, right: Party) -> tuple[Party, Party]:
    """Return both parties with names that differ: by their dates, else by their titles."""
    if left.shown != right.shown:
        return left, right
    dates = [show_date(p.document.published[:10]) if p.document.published else "" for p in (left, right)]
    if dates[0] and dates[1] and dates[0] != dates[1]:
        names = [f"{left.shown} of {date}" for date in dates]
    else:
        titles = [p.document.title or p.document.name for p in (left, right)]
        names = [f"{left.shown} (“{title}”)" for title in titles]
    return replace(left, shown=names[0]), replace(right, shown=names[1])


def _say_share(left: Party, right: Party, reuse: Reuse, source: str | None) -> str:
    """Return in words how much of whose own text the other has: the receiver's where one is known, else the larger."""
    shares = reuse.left_own_share, reuse.right_own_share
    at = {"left": 1, "right": 0}.get(source or "", 0 if shares[0] >= shares[1] else 1)
    if shares[at] < max(shares) / 2:
        at = 1 - at
    one, other = (left, right) if at == 0 else (right, left)
    return f"{shares[at]:.0%} of {_genitive(one.shown)} own words are also in {other.shown}"


def _genitive(name: str) -> str:
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def _count_words(party: Party, span: Span) -> int:
    return len(party.document.words(span).split())


def _tell_source(
    left: Party, right: Party, reuse: Reuse, own: Sequence[Passage]
) -> tuple[str | None, str, str | None, list[Span]]:
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
            f"the text is {_genitive(named[0])}",
            named[0],
            [s[1] for s in strong if s is not None and s[1] is not None],
        )
    if not one_publisher:
        quoted = _tell_quoting(left, right, reuse, own)
        if quoted is not None:
            return (*quoted[:2], None, quoted[2])
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
    # Between publishers, the later may have it from the earlier or both from a third: dates alone do not settle it.
    side = ("left", "right")[earlier]
    if one_publisher:
        return side, f"the one of {on} came before the one of {later}", None, []
    return (
        f"{side}?",
        f"{first.shown} published on {on} and {second.shown} on {later}, and neither says from whom",
        None,
        [],
    )


def _tell_quoting(
    left: Party, right: Party, reuse: Reuse, own: Sequence[Passage]
) -> tuple[str, str, list[Span]] | None:
    """Return which side the text comes from where only the other names its publisher there, or sets it off as quoted.

    A paragraph that a colon introduces and that is another's own words is a block quotation whose marks were lost.
    """
    shared = [p.left for p in reuse.passages], [p.right for p in reuse.passages]
    blocks: list[list[Span]] = [[], []]
    named: list[list[Span]] = [[], []]
    for passage in own:
        for at, (party, other, span) in enumerate(((left, right, passage.left), (right, left, passage.right))):
            if _count_words(party, span) >= _BLOCK_WORDS and _is_set_off(party.document, span, shared[at]):
                blocks[at].append(span)
            mention = _find_publisher(party.document, span, other.document)
            if mention is not None:
                named[at].append(mention)
    for found, said in ((named, "names {source} beside the words"), (blocks, "sets the words off as a quotation")):
        if bool(found[0]) != bool(found[1]):
            at = 0 if found[0] else 1
            party, source = (left, right) if at == 0 else (right, left)
            return ("right", "left")[at], f"{party.shown} {said.format(source=source.shown)}", [found[at][0]]
    return None


def _is_set_off(document: Document, span: Span, shared: list[Span]) -> bool:
    """Return whether a passage stands in paragraphs that follow a colon and that are all mostly shared."""
    text = document.text
    start, end = _paragraph_around(document, span.start)
    while True:
        inside = sum(max(0, min(end, s.end) - max(start, s.start)) for s in shared)
        if inside < _BLOCK_SHARE * (end - start):
            return False
        before = end_before(text, start)
        if before == 0 or text[before - 1] == ":":
            return before > 0
        start, end = _paragraph_around(document, before - 1)


def _paragraph_around(document: Document, at: int) -> tuple[int, int]:
    end = document.text.find("\n", at)
    return document.text.rfind("\n", 0, at) + 1, len(document.text) if end < 0 else end


def _find_publisher(document: Document, span: Span, other: Document) -> Span | None:
    """Return the name of another document's publisher in the paragraph of a passage or the one before, or None."""
    if canonical_publisher(_bare_publisher(other)) == canonical_publisher(document.publisher or ""):
        return None
    start, end = _paragraph_around(document, span.start)
    start = _paragraph_around(document, max(0, end_before(document.text, start) - 1))[0]
    return _find_name(document, start, end, other)


def _bare_publisher(document: Document) -> str:
    bare = re.sub(r"\s*\([^)]*\)|\s+[-–—|]\s.*$", "", document.publisher or "").strip()
    return re.sub(r"^the\s+", "", bare, flags=re.IGNORECASE)


def _find_name(document: Document, start: int, end: int, other: Document) -> Span | None:
    """Return the name of another document's publisher in a range, outside furniture and addresses, or None."""
    bare = _bare_publisher(other)
    if len(bare) < 3:
        return None
    match = re.compile(rf"(?<![\w@/.]){re.escape(bare)}(?![\w.]\w)").search(document.text, start, end)
    if match is None or document.is_furniture(match.start(), match.end()):
        return None
    return document.span(match.start(), match.end())


def credit_to(party: Party, source: Document) -> Credit | None:
    """Return the first credit of a document to the publisher of another, or None."""
    if source.publisher is None or not may_name(party.document.text, source.publisher):
        return None
    return next((c for c in party.credits if _names(c, party.document, source)), None)


def _names(credit: Credit, document: Document, source: Document) -> bool:
    """Return whether a credit of a document is one to the publisher of another, which is not its own."""
    publisher = source.publisher or ""
    if document.publisher is not None and names_publisher(document.publisher, publisher):
        return False
    return not credit.own and names_publisher(credit.credited, publisher)


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
