"""Reuse: runs of words that two documents share, exactly or lightly edited."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from wirecheck.language.dossier import Dossier
from wirecheck.model import Passage, Reuse, Span
from wirecheck.places import Places
from wirecheck.reuse.candidates import (
    FEWEST_SHARED,
    MOST_CARRIERS,
    Candidate,
    cluster_duplicates,
    reuse_candidates,
    share_enough,
)
from wirecheck.reuse.fingerprint import Fingerprint, fingerprint
from wirecheck.reuse.passages import SEED, Worded, find_passages, list_article_words
from wirecheck.reuse.retelling import find_retold

__all__ = [
    "FEWEST_SHARED",
    "MOST_CARRIERS",
    "REUSED_SHARE",
    "Candidate",
    "Fingerprint",
    "Worded",
    "cluster_duplicates",
    "compare_reuse",
    "find_passages",
    "find_reuse",
    "fingerprint",
    "is_reused",
    "list_article_words",
    "reuse_candidates",
    "share_enough",
]

# A word of a retold sentence counts half: two who write of one event have such sentences by chance. On the labelled
# pairs of news, pairs that derive nothing then stay at .16 or less of own words.
RETOLD_WEIGHT = 0.5
# Words, counted so, without which two documents that share no passage share nothing.
FEWEST_RETOLD = 20
# Words of own passages without which sentences are not compared, and the words up to which a text is short enough for
# them always to be: on long ones of one event some are alike by chance, and it takes longer than all the rest.
FEWEST_BESIDE = 14
SHORT = 400
# Share of own words from which on a text is reused. Of Clough and Stevenson's answers, .2 finds 49 of 57 and none
# that was written without the source; .15 finds 51 and one of those; .25 finds 44.
REUSED_SHARE = 0.2


def find_reuse(dossier: Dossier) -> tuple[Reuse, ...]:
    """Return what each two documents share, by the names of both; pairs that share nothing are left out."""
    worded = [list_article_words(r.document, r.paragraphs) for r in dossier.readings]
    candidates = _list_candidates(worded)
    found = []
    for left, right in combinations(range(len(worded)), 2):
        if (left, right) in candidates:
            reuse = compare_reuse(worded[left], worded[right])
            if reuse is not None:
                found.append(reuse)
    return tuple(found)


def compare_reuse(left: Worded, right: Worded, *, leaves_out: Callable[[Passage], bool] | None = None) -> Reuse | None:
    """Return what two documents share, or None; passages that `leaves_out` says so of count for nothing."""
    passages = find_passages(left, right)
    if leaves_out is not None:
        passages = tuple(p for p in passages if not leaves_out(p))
    own = [p for p in passages if not p.quoted]
    same = int(np.count_nonzero(_inside(left, [p.left for p in own])))
    is_short = min(len(left.forms), len(right.forms)) <= SHORT
    ours, theirs = find_retold(left, right) if is_short or same >= FEWEST_BESIDE else ((), ())
    left_places, right_places = (
        Places(sorted(spans), lambda s: (s.start, s.end)) for spans in ([o.left for o in own], [o.right for o in own])
    )
    apart = [
        *(p for p in ours if not any(True for _ in left_places.touching(p.left.start, p.left.end))),
        *(p for p in theirs if not any(True for _ in right_places.touching(p.right.start, p.right.end))),
    ]
    left_own, left_words = _own_share(left, [p.left for p in own], [p.left for p in ours])
    right_own, right_words = _own_share(right, [p.right for p in own], [p.right for p in theirs])
    if not passages and max(left_words, right_words) < FEWEST_RETOLD:
        return None
    return Reuse(
        left.document,
        right.document,
        passages,
        _share(left, [p.left for p in passages]),
        _share(right, [p.right for p in passages]),
        left_own,
        right_own,
        tuple(sorted(set(apart), key=lambda p: (-p.similarity, p))),
    )


def is_reused(reuse: Reuse) -> bool:
    """Return whether one document's own words are another's to a notable share, as they stand or retold.

    It says nothing of who has them from whom, nor that there is no third: see `lineage.derivation`.
    """
    return max(reuse.left_own_share, reuse.right_own_share) >= REUSED_SHARE


def _list_candidates(worded: Sequence[Worded]) -> set[tuple[int, int]]:
    """Return the pairs, by place, that share at least one seed: one pass over all words."""
    places: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for number, document in enumerate(worded):
        for at in range(len(document.forms) - SEED + 1):
            places[document.forms[at : at + SEED]].add(number)
    together = {tuple(sorted(shared)) for shared in places.values() if len(shared) > 1}
    return {pair for shared in together for pair in combinations(shared, 2)}


def _share(document: Worded, spans: Iterable[Span]) -> float:
    """Return the share of a document's words that lie in spans."""
    inside = int(np.count_nonzero(_inside(document, spans)))
    return round(inside / len(document.forms), 4) if inside else 0.0


def _own_share(document: Worded, passages: Iterable[Span], retold: Iterable[Span]) -> tuple[float, float]:
    """Return the share of a document's own words that are shared, and how many they are; retold ones count half."""
    own = ~(document.quoted | document.listed)
    same, alike = _inside(document, passages), _inside(document, retold)
    words = int(np.count_nonzero(own & same)) + RETOLD_WEIGHT * int(np.count_nonzero(own & ~same & alike))
    total = int(np.count_nonzero(own))
    return (round(words / total, 4) if total else 0.0), words


def _inside(document: Worded, spans: Iterable[Span]) -> NDArray[np.bool_]:
    """Return of each word whether it lies in one of the spans."""
    return document.inside((s.start, s.end) for s in spans)


def own_passages(reuse: Reuse) -> tuple[Passage, ...]:
    """Return the passages that are not shared speech."""
    return tuple(p for p in reuse.passages if not p.quoted)
