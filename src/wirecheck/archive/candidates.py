"""Pairs of an archive's documents that may share passages."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from wirecheck.archive.steps import FINGERPRINT, VERSION, read_fingerprint
from wirecheck.engine import Engine, Pairs
from wirecheck.reuse import FEWEST_SHARED, MOST_CARRIERS, share_enough
from wirecheck.store import Store
from wirecheck.text.hashing import Hashes


def list_candidates(store: Store, engine: Engine) -> Pairs:
    """Return the pairs of documents, by `seq`, that share enough rare shingles; 12 bytes a pair."""
    seqs: list[int] = []
    counts: list[int] = []

    def list_postings() -> Iterator[tuple[int, Hashes]]:
        for seq, data in store.iter_payloads(FINGERPRINT, VERSION):
            shingles = read_fingerprint(data).shingles
            seqs.append(seq)
            counts.append(len(shingles))
            yield seq, shingles

    pairs = engine.pairs(list_postings(), most=MOST_CARRIERS, least=FEWEST_SHARED)
    sizes = np.zeros(max(seqs, default=0) + 1, np.int64)
    sizes[seqs] = counts
    enough = share_enough(pairs.shared, sizes[pairs.left], sizes[pairs.right])
    return Pairs(pairs.left[enough], pairs.right[enough], pairs.shared[enough])
