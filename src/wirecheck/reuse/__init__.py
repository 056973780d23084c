"""Reuse: runs of words that two documents share, exactly or lightly edited."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

from wirecheck.language.dossier import Dossier
from wirecheck.model import Passage, Reuse, Span
from wirecheck.text.words import Word, list_words

_RUN = 8


def find_reuse(dossier: Dossier) -> tuple[Reuse, ...]:
    """Return what each two documents share, by the names of both; pairs that share nothing are left out."""
    words = {
        r.document.id: [w for p in r.paragraphs for w in list_words(r.document.text, p.start, p.end)]
        for r in dossier.readings
    }
    found = []
    for left, right in combinations(dossier.documents, 2):
        passages = _shared_runs(left.id, words[left.id], right.id, words[right.id])
        if passages:
            shares = [
                sum(sum(1 for w in words[d] if s.start <= w.start < s.end) for s in spans) / max(1, len(words[d]))
                for d, spans in ((left.id, [p.left for p in passages]), (right.id, [p.right for p in passages]))
            ]
            found.append(Reuse(left.id, right.id, passages, min(1.0, shares[0]), min(1.0, shares[1])))
    return tuple(found)


def _shared_runs(left: str, left_words: list[Word], right: str, right_words: list[Word]) -> tuple[Passage, ...]:
    places = defaultdict(list)
    for at in range(len(right_words) - _RUN + 1):
        places[tuple(w.form for w in right_words[at : at + _RUN])].append(at)
    passages = []
    at = 0
    while at <= len(left_words) - _RUN:
        best = (0, 0)
        for other in places.get(tuple(w.form for w in left_words[at : at + _RUN]), ()):
            length = _RUN
            while (
                at + length < len(left_words)
                and other + length < len(right_words)
                and left_words[at + length].form == right_words[other + length].form
            ):
                length += 1
            best = max(best, (length, -other))
        length, other = best[0], -best[1]
        if length:
            passages.append(
                Passage(
                    Span(left, left_words[at].start, left_words[at + length - 1].end),
                    Span(right, right_words[other].start, right_words[other + length - 1].end),
                    1.0,
                )
            )
        at += max(1, length)
    return tuple(sorted(passages))
