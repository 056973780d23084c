"""What befell a place, by a few words: two reports of which neither names what the other tells are of two events."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from wirecheck.reuse.fingerprint import Features, Fingerprint
from wirecheck.text.hashing import hash_word


def find_kinds(found: Fingerprint) -> tuple[int, int]:
    """Return the kinds of happening that the title of a document names, or its lead twice, and that all of it names, as
    bits.
    """
    forms, bits = _list_forms()
    at = np.minimum(np.searchsorted(forms, found.words), len(forms) - 1)
    named = np.where(forms[at] == found.words, bits[at], 0)
    return int(np.bitwise_or.reduce(named[found.leads > 1])), int(np.bitwise_or.reduce(named))


@cache
def _list_forms() -> tuple[Features, NDArray[np.int64]]:
    data = tomllib.loads((resources.files("wirecheck.stories") / "data" / "happenings.toml").read_text("utf-8"))
    kinds: dict[str, str] = data["kinds"]
    found = sorted((hash_word(word) >> 32, 1 << n) for n, words in enumerate(kinds.values()) for word in words.split())
    return np.array([form for form, _ in found], np.uint32), np.array([bit for _, bit in found], np.int64)
