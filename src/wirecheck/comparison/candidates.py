"""Candidates: which sentences of a story are held against each other.

Each sentence meets the nearest few of each other document, both ways, by the embeddings of the reading model, and
those with which it shares a figure that few sentences have. The number for each sentence is bounded, so that the work
grows with what is in a story and not with its square.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from wirecheck.comparison.context import InContext
from wirecheck.comparison.marks import find_keys

NEAREST = 5
"""Sentences of each other document that a sentence is near to; a pair is one where each is near to the other."""
SURE = 2
"""Nearest sentences of each other document that are candidates also where they have nearer ones themselves."""
MOST = 24
"""Candidates of one sentence at most, the nearest first."""
LEAST = 0.2
"""Cosine below which two sentences meet only where they share a figure."""
FEW = 3
"""Sentences of a document that may have a figure for it to bring two sentences together."""
BLOCK = 512


def find_candidates(sentences: Sequence[InContext], embeddings: NDArray[np.float32]) -> dict[tuple[int, int], float]:
    """Return the cosine of each candidate pair of places in `sentences`, the earlier place first.

    `embeddings` has one row of unit length for each sentence. Sentences of one document are candidates only where one
    of them is its headline.
    """
    if len(sentences) < 2:
        return {}
    documents = list(dict.fromkeys(s.document for s in sentences))
    number = {d: n for n, d in enumerate(documents)}
    owner = np.array([number[s.document] for s in sentences])
    near = _nearest(sentences, embeddings, owner)
    mutual = {(a, b) for a, many in enumerate(near) for b in many if a < b and a in near[b]}
    mutual |= {(min(a, b), max(a, b)) for a, many in enumerate(near) for b in _firsts(sentences, many)}
    found = {pair: float(embeddings[pair[0]] @ embeddings[pair[1]]) for pair in sorted(mutual)}
    found = {pair: cosine for pair, cosine in found.items() if cosine >= LEAST}
    for pair in _share_figures(sentences):
        found.setdefault(pair, float(embeddings[pair[0]] @ embeddings[pair[1]]))
    return _bound(found)


def _firsts(sentences: Sequence[InContext], many: Iterable[int]) -> list[int]:
    """Return the nearest `SURE` of each document, of sentences that are sorted by nearness."""
    taken: Counter[str] = Counter()
    kept = []
    for at in many:
        if taken[sentences[at].document] < SURE:
            taken[sentences[at].document] += 1
            kept.append(at)
    return kept


def _nearest(
    sentences: Sequence[InContext], embeddings: NDArray[np.float32], owner: NDArray[np.int64]
) -> list[dict[int, None]]:
    """Return the nearest sentences of each sentence, a few of each other document, `MOST` at most."""
    titles = np.array([s.is_title for s in sentences])
    near: list[dict[int, None]] = []
    for start in range(0, len(sentences), BLOCK):
        cosines = embeddings[start : start + BLOCK] @ embeddings.T
        for row, line in enumerate(cosines):
            at = start + row
            own = owner == owner[at]
            line = np.where(own & ~(titles | titles[at]), -2.0, line)
            line[at] = -2.0
            best = np.argsort(-np.round(line, 5), kind="stable")[: MOST * 4]
            used: dict[int, int] = {}
            kept: dict[int, None] = {}
            for other in best.tolist():
                document = int(owner[other])
                if line[other] < LEAST or len(kept) >= MOST:
                    break
                if used.get(document, 0) < NEAREST:
                    used[document] = used.get(document, 0) + 1
                    kept[other] = None
            near.append(kept)
    return near


def _share_figures(sentences: Sequence[InContext]) -> list[tuple[int, int]]:
    """Return the pairs of sentences of two documents that share a figure that few sentences of either have."""
    places: dict[str, dict[str, list[int]]] = {}
    for at, sentence in enumerate(sentences):
        for figure in {f for f in find_keys(sentence.words).figures if len(f) > 1}:
            places.setdefault(figure, {}).setdefault(sentence.document, []).append(at)
    pairs: set[tuple[int, int]] = set()
    for by_document in places.values():
        groups = [many for many in by_document.values() if len(many) <= FEW]
        if len(groups) > MOST:
            continue
        for n, ours in enumerate(groups):
            for theirs in groups[n + 1 :]:
                pairs.update((min(a, b), max(a, b)) for a in ours for b in theirs)
    return sorted(pairs)


def _bound(found: dict[tuple[int, int], float]) -> dict[tuple[int, int], float]:
    """Return the pairs among the `MOST` nearest of one of their sentences."""
    by_sentence: dict[int, list[tuple[float, tuple[int, int]]]] = {}
    for pair, cosine in found.items():
        for at in pair:
            by_sentence.setdefault(at, []).append((-round(cosine, 5), pair))
    kept = {pair for many in by_sentence.values() for _, pair in sorted(many)[:MOST]}
    return {pair: cosine for pair, cosine in sorted(found.items()) if pair in kept}
