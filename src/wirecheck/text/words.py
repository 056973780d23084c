"""Words of a text with their places."""

from __future__ import annotations

import re
from typing import NamedTuple

# A number keeps its separators ("1,500", "2.5") and a word its apostrophes; a hyphen parts ("pre-2014" is two words).
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:[’'ʼ][^\W\d_]+)*|[^\W_]+")
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "‘": "'"})


class Word(NamedTuple):
    """One word: where it stands, and its folded form for comparison (case and style of apostrophe gone)."""

    start: int
    end: int
    form: str


def list_words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Return the words of `text[start:end]` by place, offsets counted from the beginning of `text`.

    >>> [w.form for w in list_words("The U.S.’s 1,500 pre-war troops don’t go")]
    ['the', 'u', "s's", '1,500', 'pre', 'war', 'troops', "don't", 'go']
    """
    end = len(text) if end is None else end
    words = []
    for match in _WORD.finditer(text, start, end):
        words.append(Word(match.start(), match.end(), match.group().casefold().translate(_APOSTROPHES)))
    return words
