"""What stands beside words that two documents quote: one goes on in marks, the other in its own words.

A report that quotes half of a sentence tells the other half itself: “The mayor and I have spoken, and the quay stays
closed” becomes that she and the mayor had talked and “the quay stays closed”. Where the shared words show that both
give one utterance, the clauses next to them are held against each other by their meaning.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from wirecheck.comparison.speakers import same_speaker
from wirecheck.language.dossier import Dossier
from wirecheck.model import Quotation, Span
from wirecheck.places import Places
from wirecheck.points.paraphrase import Paraphrase, split_quoted
from wirecheck.points.wording import stem_word
from wirecheck.text.alignment import is_negator, list_words

LIKENESS, LIKENESS_NAMED = 0.3, 0.6
"""Least cosine of the two clauses (all-MiniLM-L6-v2) where they share a word that is no name, and where they share
names only. In 136 stories of AllSides and ECB+ 13 pairs pass, which were read: all are one utterance. Below are two
more that are one (of a shared word, at .22), and six that share names and are not, at .33 to .58."""
FEWEST_WORDS = 2
"""Content words that a clause must have on either side to be held against another."""
FEWEST_SHARED = 2
"""Content words in marks that both must share for their neighbours to be asked about."""

# What parts the clauses of a sentence: without a comma, "and" joins names as well.
_JOINT = re.compile(
    r"[,;:]\s+(?:(?:and|but|while|although|though)\s)?|\s[—–―-]+\s|…|\.\.\.|\s[“\"]|[”\"]\s", re.IGNORECASE
)
_LEADING = re.compile(r"[\s,;:—–―”“\"‘’'-]*(?:(?:and|but|that|while)\s+)*", re.IGNORECASE)
_TRAILING = re.compile(r"(?:\s(?:and|but|that|while|to|the|an?))*[\s,;:—–―”“\"‘'-]*\Z", re.IGNORECASE)


class Anchor(NamedTuple):
    """Words in marks of one document, and where another document has them in marks.

    `run` is the whole run of marks there; `opens` and `closes` say that the shared words reach to its ends.
    """

    run: Span
    opens: bool
    closes: bool
    quotation: Quotation
    """The other document's quotation."""
    shared: Span
    """The shared words there."""


def find_beside(dossier: Dossier, anchors: Sequence[Anchor]) -> tuple[Paraphrase, ...]:
    """Return the clauses beside shared words that one document quotes and the other retells, by their places."""
    from wirecheck.language import embed

    # What a document quotes itself it does not retell.
    quoted: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for anchor in anchors:
        quoted[anchor.run.document, anchor.shared.document].append(anchor.shared)
    found: dict[tuple[Span, Span], tuple[Quotation, Quotation, float, float]] = {}
    for anchor, retelling in _list_hosts(dossier, anchors):
        for before in (True, False):
            if not (anchor.opens if before else anchor.closes):
                continue
            pair = _list_neighbours(dossier, anchor, retelling, before)
            if pair is None or any(pair[1].overlap(s) for s in quoted[anchor.run.document, pair[1].document]):
                continue
            share, least = _share_words(dossier, *pair)
            if share > 0.0:
                found[pair] = (anchor.quotation, retelling, share, least)
    texts = sorted({dossier.words(span) for pair in found for span in pair})
    vectors = dict(zip(texts, embed(texts))) if texts else {}
    kept = []
    for (told, said), (direct, indirect, share, least) in sorted(found.items(), key=lambda x: x[0]):
        likeness = float(vectors[dossier.words(told)] @ vectors[dossier.words(said)])
        if likeness >= least:
            kept.append(Paraphrase(direct, indirect, said, told, likeness, share))
    return tuple(kept)


def _list_hosts(dossier: Dossier, anchors: Sequence[Anchor]) -> Iterator[tuple[Anchor, Quotation]]:
    """Yield each anchor with the indirect quotations that its run of marks stands in."""
    indirect = {
        found.document: Places(
            [q for q in found.quotations if q.kind == "indirect"], lambda q: (q.whole.start, q.whole.end)
        )
        for found in dossier.annotations
    }
    for anchor in anchors:
        for quotation in indirect[anchor.run.document].touching(anchor.run.start, anchor.run.end):
            inside = any(c.covers(anchor.run) and c.length > anchor.run.length for c in quotation.contents)
            if inside and same_speaker(dossier, quotation, anchor.quotation) is not False:
                yield anchor, quotation


def _list_neighbours(dossier: Dossier, anchor: Anchor, retelling: Quotation, before: bool) -> tuple[Span, Span] | None:
    """Return what stands beside the shared words in the retelling and in the other's marks, or None."""
    host = next(c for c in retelling.contents if c.covers(anchor.run))
    quoted = next((c for c in anchor.quotation.contents if c.covers(anchor.shared)), None)
    if quoted is None:
        return None
    told = _find_clause(dossier, host, anchor.run, before, across=False)
    said = _find_clause(dossier, quoted, anchor.shared, before, across=True)
    if told is None or said is None:
        return None
    near = dossier.quotations_touching(told)
    return None if any(q.kind != "indirect" and c.overlap(told) for q in near for c in q.contents) else (told, said)


def _find_clause(dossier: Dossier, content: Span, place: Span, before: bool, *, across: bool) -> Span | None:
    """Return the clause beside a place in what is quoted; with `across`, of the next sentence where its own ends."""
    text = dossier.document(content.document).text
    ranges = split_quoted(text, content)
    if not across:
        edge = place.start if before else place.end - 1
        ranges = [(start, end) for start, end in ranges if start <= edge < end]
    if before:
        parts = [(start, min(end, place.start)) for start, end in reversed(ranges) if start < place.start]
    else:
        parts = [(max(start, place.end), end) for start, end in ranges if end > place.end]
    for start, end in parts[:2]:
        clauses = split_clauses(text, start, end)
        if clauses:
            return Span(content.document, *clauses[-1 if before else 0])
    return None


def split_clauses(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return `[first, end)` of the clauses of a sentence, those without a word that says something left out.

    >>> text = "that she and the mayor had talked, and “the quay"
    >>> [text[a:b] for a, b in split_clauses(text, 0, len(text))]
    ['she and the mayor had talked', 'the quay']
    """
    cuts = list(_JOINT.finditer(text, start, end))
    found = []
    for first, last in zip([start, *(m.end() for m in cuts)], [*(m.start() for m in cuts), end], strict=True):
        opening = _LEADING.match(text, first, last)
        first = opening.end() if opening is not None else first
        ending = _TRAILING.search(text, first, last)
        last = ending.start() if ending is not None else last
        if first < last and any(w.is_content for w in list_words(text, first, last)):
            found.append((first, last))
    return found


def _share_words(dossier: Dossier, told: Span, said: Span) -> tuple[float, float]:
    """Return the share of the fewer content words that both clauses have, and how like they must be.

    Where only one of them denies, or one says too little, the share is 0.
    """
    texts = [dossier.document(s.document).text for s in (told, said)]
    listed = [list_words(text, s.start, s.end) for text, s in zip(texts, (told, said), strict=True)]
    if any(is_negator(w.key) for w in listed[0]) != any(is_negator(w.key) for w in listed[1]):
        return 0.0, 1.0
    stems = [
        {stem_word(w.key): text[w.start].islower() for w in words if w.is_content}
        for text, words in zip(texts, listed, strict=True)
    ]
    if min(map(len, stems)) < FEWEST_WORDS:
        return 0.0, 1.0
    common = stems[0].keys() & stems[1].keys()
    is_word = any(stems[0][stem] or stems[1][stem] for stem in common)
    return len(common) / min(map(len, stems)), LIKENESS if is_word else LIKENESS_NAMED
