"""What the words, the names, and the words of title and lead of a document weigh among the documents at hand.

A feature weighs by how rare it is in news and at hand; the product of two documents' rows is the likeness of their
words. The documents are passed twice: to count who has what, then to weigh; neither time are all of them held.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wirecheck.reuse.fingerprint import Counts, Features, Fingerprint
from wirecheck.stories.happenings import find_kinds
from wirecheck.text.hashing import hash_word

# Tables of frequencies and weights of all words, names, and the words of title and lead. Thirds score the same
# within .01.
_KINDS = (("words", 0.5), ("names", 0.25), ("words", 0.25))
# What a word of one document only adds to that document's length: at 1, as in plain TF-IDF, long documents with many
# details are like nobody (F1 .88 on ECB+ and .92 on a third of AllSides; .91 and .93 with this).
_LONE_WORD = 0.1
# How many documents the table of frequencies counts as, beside the documents at hand.
_BACKGROUND_DOCUMENTS = 300
# Documents that those at hand count as at most, so that likeness means the same in an archive of any size.
_DOCUMENTS = 300
# Steps of rarity to a factor of e: a document more does not move every weight. With 4, B-cubed is the same within .001.
_STEPS = 4
_COMMONEST = 0.4
# Heaviest features that a document is looked up by. On the stories of AllSides and ECB+ the groups score as with all
# pairs measured (B-cubed within .002, or better).
HEAVIEST = 80
# Features that are counted at a time.
_AT_A_TIME = 4_000_000
_LOGARITHMS = 1 + np.log(np.maximum(1, np.arange(256)))

_Feature = tuple[Features, Counts]


@dataclass(frozen=True, slots=True)
class Rows:
    """Features of documents: row `i` is `keys[starts[i]:starts[i + 1]]`, sorted, with their weights."""

    starts: NDArray[np.int64]
    keys: NDArray[np.uint32]
    weights: NDArray[np.float32]

    @property
    def sizes(self) -> NDArray[np.int64]:
        return np.diff(self.starts)


@dataclass(frozen=True, slots=True)
class Weighed:
    """Documents weighed: `rows` to be multiplied, and `heaviest`, by which a document is looked up.

    What one document only has is in neither: no other is found by it, nor like it. `deeds` are the words that are no
    names, where they were asked for: the product of two rows is the cosine of what is told, whoever and wherever it is;
    `led` are those of them in title and lead. `named` are names, each counting one, and `told` has for each document
    how many those are, and the kinds of happening and of what it befell, as `find_kinds` gives them.
    """

    rows: Rows
    heaviest: Rows
    deeds: Rows
    led: Rows
    named: Rows
    told: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Weighing:
    """The features of all documents by kind, sorted, how rare each is, and whether one document only has it.

    A feature's key is its place among all kinds together, `bases[kind]` the first of a kind.
    """

    forms: tuple[Features, ...]
    rarities: tuple[NDArray[np.float64], ...]
    lone: tuple[NDArray[np.bool_], ...]
    bases: tuple[int, ...]

    @property
    def count(self) -> int:
        """All features."""
        return self.bases[-1]

    def weigh(self, prints: Sequence[Fingerprint], *, deeds: bool) -> Weighed:
        """Return the rows of documents, which were among those counted."""
        count = len(prints)
        listed = _list_features(prints)
        sizes = np.array([[len(keys) for keys, _ in kind] for kind in listed], np.int64).reshape(len(_KINDS), count)
        starts = np.concatenate(([0], np.cumsum(sizes.T.ravel())))
        keys = np.zeros(starts[-1], np.uint32)
        weights = np.zeros(starts[-1], np.float32)
        matched = np.zeros(starts[-1], np.bool_)
        for number, features in enumerate(listed):
            if not sizes[number].any():
                continue
            owners = np.repeat(np.arange(count), sizes[number])
            places = np.searchsorted(self.forms[number], np.concatenate([k for k, _ in features]))
            rarities, lone = self.rarities[number][places], self.lone[number][places]
            own = _LOGARITHMS[np.concatenate([c for _, c in features])] * rarities
            squares = np.bincount(owners, own**2 * np.where(lone, _LONE_WORD, 1.0), minlength=count)
            own *= (math.sqrt(_KINDS[number][1]) / np.sqrt(np.maximum(squares, 1e-12)))[owners]
            begins = np.cumsum(sizes[number]) - sizes[number]
            at = np.arange(len(owners)) - begins[owners] + starts[number : -1 : len(_KINDS)][owners]
            keys[at], weights[at] = places + self.bases[number], own
            matched[at] = ~lone & (rarities > 0)
        starts = starts[:: len(_KINDS)]
        return Weighed(
            _keep(starts, keys, weights, matched),
            _keep(starts, keys, weights, _mark(starts, weights, matched)),
            *(self._weigh_deeds(prints) if deeds else (_make_empty(count), _make_empty(count))),
            *(self._list_named(prints) if deeds else (_make_empty(count), np.zeros((count, 6), np.int64))),
        )

    def _list_named(self, prints: Sequence[Fingerprint]) -> tuple[Rows, NDArray[np.int64]]:
        """Return the names of each document, and how many it has with the kinds of happening that it names."""
        sizes = np.array([len(p.names) for p in prints], np.int64)
        names = np.concatenate([np.zeros(0, np.uint32), *(p.names for p in prints)])
        places = np.searchsorted(self.forms[1], names) + self.bases[1]
        starts = np.concatenate(([0], np.cumsum(sizes)))
        told = [(len(p.names), *find_kinds(p)) for p in prints]
        return (
            Rows(starts, places.astype(np.uint32), np.ones(len(places), np.float32)),
            np.array(told, np.int64).reshape(len(prints), 6),
        )

    def _weigh_deeds(self, prints: Sequence[Fingerprint]) -> tuple[Rows, Rows]:
        """Return the rows of the words that are mostly no names, and of those of them in title and lead.

        A word of one document counts in full here. In title and lead a word counts once.
        """
        rows: tuple[list[Rows], list[Rows]] = ([], [])
        for one in prints:
            named = np.zeros(len(one.words), np.int64)
            if len(one.names):
                at = np.minimum(np.searchsorted(one.names, one.words), len(one.names) - 1)
                named = np.where(one.names[at] == one.words, one.name_counts[at].astype(np.int64), 0)
            places = np.searchsorted(self.forms[0], one.words)
            rarity = self.rarities[0][places] * (2 * named <= one.counts)
            for kept, own in zip(rows, (_LOGARITHMS[one.counts] * rarity, (one.leads > 0) * rarity), strict=True):
                weights = own / math.sqrt(max(1e-12, float((own**2).sum())))
                shared = (weights > 0) & ~self.lone[0][places]
                kept.append(
                    Rows(
                        np.array([0, shared.sum()]),
                        places[shared].astype(np.uint32),
                        weights[shared].astype(np.float32),
                    )
                )
        return join_rows(rows[0]), join_rows(rows[1])


def _make_empty(count: int) -> Rows:
    return Rows(np.zeros(count + 1, np.int64), np.zeros(0, np.uint32), np.zeros(0, np.float32))


def _mark(starts: NDArray[np.int64], weights: NDArray[np.float32], matched: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which features are among the heaviest of their row; of equal ones those first by kind and hash."""
    marked = np.zeros(len(weights), np.bool_)
    for begin, end in zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True):
        if end - begin <= HEAVIEST:
            marked[begin:end] = True
            continue
        own = weights[begin:end]
        least = np.partition(own, -HEAVIEST)[-HEAVIEST]
        above = own > least
        equal = np.flatnonzero(own == least)
        above[equal[: HEAVIEST - int(above.sum())]] = True
        marked[begin:end] = above
    return marked & matched


def _keep(
    starts: NDArray[np.int64], keys: NDArray[np.uint32], weights: NDArray[np.float32], kept: NDArray[np.bool_]
) -> Rows:
    counted = np.concatenate(([0], np.cumsum(kept)))
    return Rows(counted[starts], keys[kept], weights[kept])


def join_rows(parts: Sequence[Rows]) -> Rows:
    """Return the rows of several, one after the other."""
    starts = [np.zeros(1, np.int64)]
    for part in parts:
        starts.append(part.starts[1:] + starts[-1][-1])
    return Rows(
        np.concatenate(starts),
        np.concatenate([np.zeros(0, np.uint32), *(p.keys for p in parts)]),
        np.concatenate([np.zeros(0, np.float32), *(p.weights for p in parts)]),
    )


def count_features(prints: Iterable[Fingerprint]) -> Weighing:
    """Return how rare each feature of documents is; the order of the documents changes nothing."""
    waiting: list[Fingerprint] = []
    parts: list[list[tuple[Features, NDArray[np.int64]]]] = [[] for _ in _KINDS]
    count = held = 0
    for one in prints:
        waiting.append(one)
        count += 1
        held += 2 * len(one.words)
        if held > _AT_A_TIME:
            _tally(waiting, parts)
            waiting, held = [], 0
    _tally(waiting, parts)
    forms, rarities, lone, bases = [], [], [], [0]
    for number, (kind, _) in enumerate(_KINDS):
        found, owners = _add_up(parts[number])
        forms.append(found)
        rarities.append(_measure_rarity(found, owners, kind, count))
        lone.append(owners == 1)
        bases.append(bases[-1] + len(found))
    return Weighing(tuple(forms), tuple(rarities), tuple(lone), tuple(bases))


def _tally(prints: Sequence[Fingerprint], parts: list[list[tuple[Features, NDArray[np.int64]]]]) -> None:
    for features, part in zip(_list_features(prints), parts, strict=True):
        keys = np.concatenate([np.zeros(0, np.uint32), *(k for k, _ in features)])
        keys.sort()
        starts = np.flatnonzero(np.concatenate(([len(keys) > 0], keys[1:] != keys[:-1])))
        part.append((keys[starts], np.diff(np.append(starts, len(keys)))))
        # Parts of like size are joined, so that each feature is sorted a few times only.
        while len(part) > 1 and len(part[-2][0]) <= 2 * len(part[-1][0]):
            part[-2:] = [_add_up(part[-2:])]


def _add_up(parts: Sequence[tuple[Features, NDArray[np.int64]]]) -> tuple[Features, NDArray[np.int64]]:
    if len(parts) == 1:
        return parts[0]
    keys, counts = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    order = np.argsort(keys)
    keys, counts = keys[order], counts[order]
    starts = np.flatnonzero(np.concatenate(([len(keys) > 0], keys[1:] != keys[:-1])))
    return keys[starts], np.add.reduceat(counts, starts) if len(starts) else counts


def _list_features(prints: Sequence[Fingerprint]) -> tuple[list[_Feature], ...]:
    """Return words, names, and words of title and lead of each document, with their counts."""
    leads = []
    for one in prints:
        at = np.flatnonzero(one.leads)
        leads.append((one.words[at], one.leads[at]))
    return [(p.words, p.counts) for p in prints], [(p.names, p.name_counts) for p in prints], leads


def _measure_rarity(forms: Features, owners: NDArray[np.int64], kind: str, count: int) -> NDArray[np.float64]:
    at_hand = min(count, _DOCUMENTS)
    known, shares = hash_frequencies(kind)
    at = np.minimum(np.searchsorted(known, forms), len(known) - 1)
    background = np.where(known[at] == forms, shares[at], 0.0)
    seen = owners * (at_hand / max(1, count)) + background * _BACKGROUND_DOCUMENTS
    total = at_hand + _BACKGROUND_DOCUMENTS
    rarity: NDArray[np.float64] = np.round(np.log((1 + total) / (1 + seen)) * _STEPS) / _STEPS
    rarity[seen > _COMMONEST * total] = 0.0
    return rarity


@cache
def hash_frequencies(kind: str) -> tuple[Features, NDArray[np.float64]]:
    """Return the hashes of the common words or names, sorted, and the share of news texts that each stands in."""
    table = sorted((hash_word(word) >> 32, share) for word, share in frequencies(kind).items())
    return np.array([h for h, _ in table], np.uint32), np.array([s for _, s in table])


@cache
def frequencies(kind: str) -> dict[str, float]:
    """Return the share of news texts that each common word ("words") or name ("names") stands in."""
    table = (resources.files("wirecheck.stories") / "data" / "frequencies.toml").read_text("utf-8")
    kinds: dict[str, dict[str, Any]] = tomllib.loads(table)
    return {word: int(thousandths) / 1000 for thousandths, line in kinds[kind].items() for word in line.split()}
