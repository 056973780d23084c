"""Pairs of an archive's documents that may share passages."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from wirecheck.archive.steps import FINGERPRINT, VERSION
from wirecheck.engine import Engine, Pairs
from wirecheck.reuse import FEWEST_SHARED, MOST_CARRIERS, Fingerprint, share_enough
from wirecheck.store import Store
from wirecheck.text.hashing import Hashes


def list_candidates(store: Store, engine: Engine) -> Pairs:
    """Return the pairs of documents, by `seq`, that share enough rare shingles; 12 bytes a pair."""
    sizes: dict[int, int] = {}

    def list_postings() -> Iterator[tuple[int, Hashes]]:
        for seq, data in store.iter_payloads(FINGERPRINT, VERSION):
            shingles = Fingerprint.from_bytes(data).shingles
            sizes[seq] = len(shingles)
            yield seq, shingles

    pairs = engine.pairs(list_postings(), most=MOST_CARRIERS, least=FEWEST_SHARED)
    left, right = ([sizes[seq] for seq in side.tolist()] for side in (pairs.left, pairs.right))
    enough = share_enough(pairs.shared, np.array(left, np.int64), np.array(right, np.int64))
    return Pairs(pairs.left[enough], pairs.right[enough], pairs.shared[enough])
