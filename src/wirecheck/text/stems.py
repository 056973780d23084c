"""Stems, so that the forms of one word meet, and the words that are too common to tell anything."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from wirecheck.text.gazetteer import load_list

ENDINGS = re.compile(r"(?:'s|’s|s'|s’)$")


@cache
def load_common() -> frozenset[str]:
    """Return the words of `data/common.toml`."""
    return frozenset(load_list("common")["words"])


@lru_cache(maxsize=1 << 14)
def stem(word: str) -> str:
    """Return a word without the commonest endings, so that forms of one word meet.

    >>> [stem(w) for w in ("pirates", "piracy", "captured", "capturing", "criticise", "criticized")]
    ['pirat', 'piracy', 'captur', 'captur', 'criticiz', 'criticiz']
    """
    word = ENDINGS.sub("", word.lower().replace("’", "'")).replace("isi", "izi").replace("ise", "ize")
    if len(word) <= 3 or word.isdigit():
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    for ending in ("ing", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: -len(ending)]
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word
