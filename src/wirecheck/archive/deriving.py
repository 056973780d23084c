"""Which documents of one story have their text from each other: what the count of its origins rests on."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from wirecheck import __version__
from wirecheck.archive.steps import FINGERPRINT, VERSION, read_fingerprint
from wirecheck.engine import Engine, Pairs
from wirecheck.lineage import is_derived
from wirecheck.model import Document
from wirecheck.progress import track
from wirecheck.reuse import Fingerprint, Worded, compare_reuse, list_article_words
from wirecheck.reuse.fingerprint import Features
from wirecheck.store import Derived, Store
from wirecheck.stories.weighing import hash_frequencies
from wirecheck.text.sentences import split_paragraphs

# Shared words and shared shingles, both as shares of the smaller document, that a pair must have in sum to be read. Of
# the 4,208 candidate pairs inside the stories of AllSides, 1,455 lie below and none of the 283 of which one derives
# from the other; at .40 two of these are lost. (By shingles alone: below .03 lie 1,423 pairs, three of them derived.)
LEAST_SHARED = 0.38
# Share of news texts from which on a word tells nothing of what two texts have from each other.
_COMMON = 0.2
# Pairs that a worker reads at a time, so that the documents of a story are read by one of them, once.
_PAIRS_A_CHUNK = 64
_MOST_PAIRS_A_CHUNK = 256
_PRINTS_AT_A_TIME = 2000
# What is kept of pairs is made anew when this number is raised, with how they are judged.
_LAYOUT = 1
_KEPT = "derived-pairs"

_Chunk = tuple[list[tuple[str, str]], dict[str, Document]]


def list_derived(
    store: Store,
    derived: Derived,
    engine: Engine,
    candidates: Pairs,
    batches: Iterable[Sequence[dict[str, Any]]],
) -> list[list[str]]:
    """Return those pairs of documents of one story of which one derives from the other, by ids, sorted.

    Stories come in batches; while the next is waited for, the pairs of the last are read. Whether one document derives
    from another depends on the two alone, so pairs that were read for an earlier list are not read again.
    """
    ids = store.list_ids()
    seqs = {ident: seq for seq, ident in ids.items()}
    made_by = f"{__version__} {_LAYOUT}"
    kept: dict[str, bool] = derived.read(_KEPT, made_by) or {}
    inside: list[tuple[str, str]] = []
    asked: list[tuple[str, str]] = []

    def list_chunks() -> Iterator[_Chunk]:
        for groups in batches:
            new = []
            for number, left, right in _list_inside(candidates, seqs, groups):
                pair = min(ids[left], ids[right]), max(ids[left], ids[right])
                inside.append(pair)
                if _join_ids(pair) not in kept:
                    new.append((number, *pair))
            new.sort()
            asked.extend((a, b) for _, a, b in new)
            yield from _list_chunks(store, _list_likely(store, seqs, new))

    parts = track(engine.map(_derive_chunk, list_chunks()), "comparing documents of one story, in parts")
    found = {pair for part in parts for pair in part}
    if asked:
        kept = kept | {_join_ids(pair): pair in found for pair in asked}
        derived.write(_KEPT, made_by, kept)
    return sorted([a, b] for a, b in inside if kept[_join_ids((a, b))])


def _join_ids(pair: tuple[str, str]) -> str:
    return " ".join(pair)


def _list_inside(
    candidates: Pairs, seqs: dict[str, int], groups: Sequence[dict[str, Any]]
) -> Iterator[tuple[int, int, int]]:
    """Yield the candidates of which both documents are of one group, with its number; by `seq`."""
    several = [group["documents"] for group in groups if len(group["documents"]) > 1]
    group_of = {seqs[i]: number for number, documents in enumerate(several) for i in documents}
    lefts = np.array(sorted(group_of), np.uint32)
    begins, ends = (np.searchsorted(candidates.left, lefts, side).tolist() for side in ("left", "right"))
    for left, begin, end in zip(lefts.tolist(), begins, ends, strict=True):
        for right in candidates.right[begin:end].tolist():
            if group_of.get(right) == group_of[left]:
                yield group_of[left], left, right


def may_derive(left: Fingerprint, right: Fingerprint) -> bool:
    """Return whether one of two documents may derive from the other, as far as their fingerprints tell."""
    words = _share(_list_telling(left), _list_telling(right))
    return words + _share(left.shingles, right.shingles) >= LEAST_SHARED


def _share(left: np.ndarray[Any, Any], right: np.ndarray[Any, Any]) -> float:
    """Return the share of the smaller of two sets that the other has too."""
    both = len(np.intersect1d(left, right, assume_unique=True))
    return both / max(1, min(len(left), len(right)))


def _list_telling(document: Fingerprint) -> Features:
    common = _list_common()
    at = np.minimum(np.searchsorted(common, document.words), len(common) - 1)
    telling: Features = document.words[common[at] != document.words]
    return telling


@functools.cache
def _list_common() -> Features:
    words, shares = hash_frequencies("words")
    common: Features = words[shares >= _COMMON]
    return common


def _list_likely(
    store: Store, seqs: dict[str, int], pairs: Sequence[tuple[int, str, str]]
) -> Iterator[tuple[int, str, str]]:
    """Yield the pairs of which one may derive from the other; few fingerprints are held at a time."""
    for at in range(0, len(pairs), _PRINTS_AT_A_TIME):
        part = pairs[at : at + _PRINTS_AT_A_TIME]
        wanted = sorted({seqs[i] for _, *pair in part for i in pair})
        payloads = store.read_payloads(FINGERPRINT, VERSION, wanted)
        prints = {p.document: p for p in map(read_fingerprint, payloads.values())}
        yield from (pair for pair in part if may_derive(prints[pair[1]], prints[pair[2]]))


def _list_chunks(store: Store, pairs: Iterable[tuple[int, str, str]]) -> Iterator[_Chunk]:
    part: list[tuple[str, str]] = []
    last = -1
    for story, a, b in pairs:
        if part and (len(part) >= _MOST_PAIRS_A_CHUNK or (len(part) >= _PAIRS_A_CHUNK and story != last)):
            yield part, store.read_documents(i for pair in part for i in pair)
            part = []
        part.append((a, b))
        last = story
    if part:
        yield part, store.read_documents(i for pair in part for i in pair)


def _derive_chunk(chunk: _Chunk) -> list[tuple[str, str]]:
    """Return the pairs of which one document derives from the other; runs in a process without the archive."""
    pairs, documents = chunk

    @functools.cache
    def words_of(ident: str) -> Worded:
        return list_article_words(documents[ident], split_paragraphs(documents[ident]))

    found = []
    for left, right in pairs:
        reuse = compare_reuse(words_of(left), words_of(right))
        if reuse is not None and is_derived(documents[left], documents[right], reuse):
            found.append((left, right))
    return found
