"""What befell a place, by a few words: two reports of which neither names what the other tells are of two events."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from wirecheck.reuse.fingerprint import Features, Fingerprint
from wirecheck.text.hashing import hash_word


def find_kinds(found: Fingerprint) -> tuple[int, int, int, int, int]:
    """Return, as bits, the kinds of happening that the title of a document names, or its lead twice, and that all of it
    names; the kinds of what it befell that the same places name, and title and lead at all, and all of it.
    """
    happened, befell = (_match(found, group) for group in ("kinds", "objects"))
    told = (happened[found.leads > 1], happened, befell[found.leads > 1], befell[found.leads > 0], befell)
    first, second, third, fourth, fifth = (int(np.bitwise_or.reduce(bits)) for bits in told)
    return first, second, third, fourth, fifth


def _match(found: Fingerprint, group: str) -> NDArray[np.int64]:
    forms, bits = _list_forms(group)
    at = np.minimum(np.searchsorted(forms, found.words), len(forms) - 1)
    return np.where(forms[at] == found.words, bits[at], 0)


@cache
def _list_forms(group: str) -> tuple[Features, NDArray[np.int64]]:
    data = tomllib.loads((resources.files("wirecheck.stories") / "data" / "happenings.toml").read_text("utf-8"))
    kinds: dict[str, str] = data[group]
    found = sorted((hash_word(word) >> 32, 1 << n) for n, words in enumerate(kinds.values()) for word in words.split())
    return np.array([form for form, _ in found], np.uint32), np.array([bit for _, bit in found], np.int64)
