"""Reuse: runs of words that two documents share, exactly or lightly edited."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

from wirecheck.language.dossier import Dossier
from wirecheck.model import Passage, Reuse, Span
from wirecheck.reuse.candidates import Candidate, cluster_duplicates, reuse_candidates
from wirecheck.reuse.fingerprint import Fingerprint, fingerprint
from wirecheck.reuse.passages import SEED, Worded, find_passages, list_article_words

__all__ = [
    "Candidate",
    "Fingerprint",
    "Worded",
    "cluster_duplicates",
    "compare_reuse",
    "find_passages",
    "find_reuse",
    "fingerprint",
    "list_article_words",
    "reuse_candidates",
]


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


def compare_reuse(left: Worded, right: Worded) -> Reuse | None:
    """Return what two documents share, or None."""
    passages = find_passages(left, right)
    if not passages:
        return None
    own = [p for p in passages if not p.quoted]
    return Reuse(
        left.document,
        right.document,
        passages,
        _share(left, [p.left for p in passages], own=False),
        _share(right, [p.right for p in passages], own=False),
        _share(left, [p.left for p in own], own=True),
        _share(right, [p.right for p in own], own=True),
    )


def _list_candidates(worded: Sequence[Worded]) -> set[tuple[int, int]]:
    """Return the pairs, by place, that share at least one seed: one pass over all words."""
    places: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for number, document in enumerate(worded):
        forms = [w.form for w in document.words]
        for at in range(len(forms) - SEED + 1):
            places[tuple(forms[at : at + SEED])].add(number)
    pairs: set[tuple[int, int]] = set()
    for shared in places.values():
        if len(shared) > 1:
            pairs.update(combinations(sorted(shared), 2))
    return pairs


def _share(document: Worded, spans: Iterable[Span], *, own: bool) -> float:
    """Return the share of a document's words that lie in spans, speech and lists of names left out on request."""
    ordered = sorted(spans)
    inside = total = at = 0
    for word, quoted, listed in zip(document.words, document.quoted, document.listed, strict=True):
        if own and (quoted or listed):
            continue
        total += 1
        while at < len(ordered) and ordered[at].end <= word.start:
            at += 1
        inside += at < len(ordered) and ordered[at].start <= word.start
    return round(inside / total, 4) if total else 0.0


def own_passages(reuse: Reuse) -> tuple[Passage, ...]:
    """Return the passages that are not shared speech."""
    return tuple(p for p in reuse.passages if not p.quoted)
