"""How like two documents are as reports of one event, and the groups that follow.

Likeness is the mean of three cosines (all words, names, the words of title and lead), each word weighted by how rare it
is in news and among the documents at hand, and lowered by the days between publication. Groups come from average
linkage: a document joins where it is like the whole group, so that no chain of loose pairs grows into one.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from wirecheck.model import Document
from wirecheck.reuse.fingerprint import Counts, Features, Fingerprint, article_text, fingerprint
from wirecheck.stories.linkage import link_pairs
from wirecheck.stories.pairing import UNDATED, Rows, list_pairs, measure_products
from wirecheck.text.hashing import hash_word

# Mean likeness of a document to a group from which on it belongs to it. Tried .08 to .48 with benchmarks/stories.py:
# B-cubed F1 is flat between .18 and .22 on both public sets, and on samples of 2 to 30 stories; above, recall falls.
THRESHOLD = 0.2
# Weights of all words, names, and the words of title and lead. Thirds score the same within .01.
_WEIGHTS = (0.5, 0.25, 0.25)
# What a word of one document only adds to that document's length: at 1, as in plain TF-IDF, long documents with many
# details are like nobody (F1 .88 on ECB+ and .92 on a third of AllSides; .91 and .93 with this).
_LONE_WORD = 0.1
# Days after which likeness falls to 1/e, beyond the first: reports of one event come in a day or two, and similar
# events (votes, storms, trials) come again.
DAYS = 4.0
# Days beyond which no pair reaches the threshold, however like.
_REACH = 1 + math.ceil(-DAYS * math.log(THRESHOLD))
# How many documents the table of frequencies counts as, beside the documents at hand.
_BACKGROUND_DOCUMENTS = 300
# Documents that those at hand count as at most, so that likeness means the same in an archive of any size.
_DOCUMENTS = 300
# Steps of rarity to a factor of e: a document more does not move every weight. With 4, B-cubed is the same within .001.
_STEPS = 4
_COMMONEST = 0.4
__all__ = [
    "THRESHOLD",
    "article_text",
    "find_centre",
    "group_fingerprints",
    "hash_frequencies",
    "list_names",
    "measure_likeness",
    "part_documents",
]
_NAME = re.compile(r"[A-Z][^\W\d_]*[a-z’'-][^\W_]*(?:\s+[A-Z][^\W\d_]*[a-z’'-][^\W_]*)*|[A-Z]{2,6}\b")


def group_fingerprints(fingerprints: Sequence[Fingerprint], threshold: float = THRESHOLD) -> list[list[int]]:
    """Return the stories as places of fingerprints, each sorted, ordered by first place; each place is in exactly one.

    The order of the fingerprints changes nothing but the places. A story changes when documents like its own come, and
    hardly otherwise: what a word weighs depends on the share of documents that have it, in steps.
    """
    order = sorted(range(len(fingerprints)), key=lambda i: (_day(fingerprints[i]), fingerprints[i].document))
    ordered = [fingerprints[i] for i in order]
    days = np.array([_day(f) for f in ordered], np.int64)
    kinds = weigh_features(ordered)
    left, right = list_pairs(kinds, days, reach=_REACH)
    likeness = _measure(kinds, days, left, right)
    groups = link_pairs(len(ordered), left, right, likeness, threshold)
    return sorted(sorted(order[i] for i in group) for group in groups)


def find_centre(fingerprints: Sequence[Fingerprint]) -> int:
    """Return the place of the document of a story that is most like all others, the first of equals."""
    if len(fingerprints) <= 2:
        return 0
    return int(np.round(_measure_all(fingerprints).sum(axis=1), 9).argmax())


def measure_likeness(documents: Sequence[Document]) -> NDArray[np.float64]:
    """Return the likeness of each two documents, from 0 to 1, as a symmetric matrix; the diagonal is 1."""
    return _measure_all([fingerprint(d) for d in documents])


def _measure_all(fingerprints: Sequence[Fingerprint]) -> NDArray[np.float64]:
    likeness = np.eye(len(fingerprints))
    if len(fingerprints) > 1:
        left, right = np.triu_indices(len(fingerprints), 1)
        days = np.array([_day(f) for f in fingerprints], np.int64)
        likeness[left, right] = likeness[right, left] = _measure(weigh_features(fingerprints), days, left, right)
    return likeness


def weigh_features(fingerprints: Sequence[Fingerprint]) -> tuple[Rows, Rows, Rows]:
    """Return the words, the names, and the words of title and lead of each document; see `Rows`."""
    words = [(f.words, f.counts) for f in fingerprints]
    names = [(f.names, f.name_counts) for f in fingerprints]
    leads = [(f.words[f.leads > 0], f.leads[f.leads > 0]) for f in fingerprints]
    kinds = ((words, "words"), (names, "names"), (leads, "words"))
    weighed = (_weigh(rows, kind, weight) for (rows, kind), weight in zip(kinds, _WEIGHTS, strict=True))
    first, second, third = weighed
    return first, second, third


def part_documents(likeness: NDArray[np.float64], threshold: float = THRESHOLD) -> list[list[int]]:
    """Return groups of places by average linkage, each sorted, ordered by first place.

    The two groups that are most alike are joined first, until none are as alike as the threshold; equal ones by place.
    """
    count = len(likeness)
    current = likeness.astype(np.float64).copy()
    np.fill_diagonal(current, -1.0)
    groups = {i: [i] for i in range(count)}
    if count < 2:
        return list(groups.values())
    nearest = current.argmax(axis=1)
    highest = current.max(axis=1)
    while len(groups) > 1:
        left = int(highest.argmax())
        right = int(nearest[left])
        if highest[left] < threshold:
            break
        left, right = sorted((left, right))
        sizes = len(groups[left]), len(groups[right])
        row = (sizes[0] * current[left] + sizes[1] * current[right]) / sum(sizes)
        row[current[left] < 0] = -1.0
        row[[left, right]] = -1.0
        current[left], current[:, left] = row, row
        current[right], current[:, right] = -1.0, -1.0
        groups[left] += groups.pop(right)
        stale = np.flatnonzero((nearest == left) | (nearest == right))
        for place in {left, right, *stale.tolist()}:
            nearest[place], highest[place] = current[place].argmax(), current[place].max()
        closer = row > highest
        nearest[closer], highest[closer] = left, row[closer]
    return sorted(sorted(members) for members in groups.values())


def list_names(text: str) -> list[str]:
    """Return the names in a text, folded: each capitalised word inside a sentence, and each run of several."""
    found = []
    for match in _NAME.finditer(text):
        before = text[max(0, match.start() - 2) : match.start()].rstrip(" \"“‘'")
        parts = [re.sub(r"[’']s$", "", part).casefold() for part in match.group().split()]
        if before == "" or before[-1] in ".!?:\n":
            parts = parts[1:]  # the first word of a sentence has its capital from there
        found.extend(parts)
        if len(parts) > 1:
            found.append(" ".join(parts))
    return found


def _measure(
    kinds: Sequence[Rows], days: NDArray[np.int64], left: NDArray[np.int64], right: NDArray[np.int64]
) -> NDArray[np.float64]:
    likeness = np.zeros(len(left))
    for rows in kinds:
        likeness += measure_products(rows, left, right)
    apart = np.abs(days[left] - days[right]) - 1
    apart[(days[left] == UNDATED) | (days[right] == UNDATED)] = 0
    near: NDArray[np.float64] = np.minimum(likeness, 1.0) * np.exp(-np.maximum(0, apart) / DAYS)
    return near


def _weigh(rows: Sequence[tuple[Features, Counts]], kind: str, weight: float) -> Rows:
    """Return rows whose products are cosines times `weight`: of 1 + ln(count) times rarity."""
    count = len(rows)
    starts = np.concatenate(([0], np.cumsum([len(keys) for keys, _ in rows]))).astype(np.int64)
    if not starts[-1]:
        return Rows(starts, np.zeros(0, np.uint32), np.zeros(0, np.float32))
    forms, places, owners = np.unique(np.concatenate([k for k, _ in rows]), return_inverse=True, return_counts=True)
    at_hand = min(count, _DOCUMENTS)
    known, shares = hash_frequencies(kind)
    at = np.minimum(np.searchsorted(known, forms), len(known) - 1)
    background = np.where(known[at] == forms, shares[at], 0.0)
    seen = owners * (at_hand / count) + background * _BACKGROUND_DOCUMENTS
    total = at_hand + _BACKGROUND_DOCUMENTS
    rarity = np.round(np.log((1 + total) / (1 + seen)) * _STEPS) / _STEPS
    rarity[seen > _COMMONEST * total] = 0.0
    weights = (1 + np.log(np.concatenate([c for _, c in rows]).astype(np.float64))) * rarity[places]
    squares = weights**2 * np.where(owners[places] == 1, _LONE_WORD, 1.0)
    sums = np.concatenate(([0.0], np.cumsum(squares)))
    norms = np.sqrt(np.maximum(sums[starts[1:]] - sums[starts[:-1]], 1e-12))
    weights *= math.sqrt(weight) / np.repeat(norms, np.diff(starts))
    return Rows(starts, places.astype(np.uint32), weights.astype(np.float32))


def _day(found: Fingerprint) -> int:
    return UNDATED if found.day is None else found.day


@cache
def hash_frequencies(kind: str) -> tuple[Features, NDArray[np.float64]]:
    """Return the hashes of the common words or names, sorted, and the share of news texts that each stands in."""
    table = sorted((hash_word(word) >> 32, share) for word, share in frequencies(kind).items())
    return np.array([h for h, _ in table], np.uint32), np.array([s for _, s in table])


@cache
def frequencies(kind: str) -> dict[str, float]:
    """Return the share of news texts that each common word ("words") or name ("names") stands in."""
    table = (resources.files("wirecheck.stories") / "data" / "frequencies.toml").read_text("utf-8")
    return {
        word: int(thousandths) / 1000
        for thousandths, line in tomllib.loads(table)[kind].items()
        for word in line.split()
    }
