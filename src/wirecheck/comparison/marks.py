"""Marks: what each word of a pair of sentences finds on the other side.

The vocabulary of the judge cuts names and figures into pieces whose likeness tells little. Whether a figure, a name or
a word stands on the other side too is known without any model, and the judge is told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from wirecheck.text.stems import load_common, stem

PLAIN, SHARED, OWN, NAME_SHARED, NAME_OWN, FIGURE_SHARED, FIGURE_OTHER, FIGURE_OWN = range(8)
MARK_COUNT = 8
_FIGURE = re.compile(r"\d[\d,.:/]*")
SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_NUMBERS = {word: str(n) for n, word in enumerate(SMALL)} | {
    "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90",
    "hundred": "100", "thousand": "1000", "dozen": "12", "first": "1", "second": "2", "third": "3", "half": "0.5",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Keys:
    """What each word of one side is known by: `figures`, `names` and `stems`, "" where it is none of that kind."""

    figures: tuple[str, ...]
    names: tuple[str, ...]
    stems: tuple[str, ...]


def find_keys(words: Sequence[str]) -> Keys:
    """Return the keys of the words of one side, context and sentence.

    >>> find_keys(["The", "herd", "of", "1,200", "cows", "left", "Halden"]).figures
    ('', '', '', '1200', '', '', '')
    """
    figures, names, stems = [], [], []
    common = load_common()
    opening = True
    for word in words:
        lower = word.casefold()
        figure = _figure(lower)
        content = any(c.isalpha() for c in word) and lower not in common
        name = content and word[:1].isupper() and not (opening and not word.isupper())
        figures.append(figure)
        names.append(stem(lower) if name and not figure else "")
        stems.append(stem(lower) if content and not figure else "")
        opening = not word[:1].isalnum() and (opening or word in ".!?:“\"‘'")
    return Keys(tuple(figures), tuple(names), tuple(stems))


def mark_words(own: Keys, other: Keys) -> list[int]:
    """Return one mark for each word of a side, from `PLAIN` to `FIGURE_OWN`.

    >>> own, other = find_keys(["14", "dairies", "in", "Halden"]), find_keys(["12", "dairies", "of", "Halden"])
    >>> mark_words(own, other)
    [6, 1, 0, 3]
    """
    figures = {f for f in other.figures if f}
    stems = {s for s in other.stems if s}
    marks = []
    for figure, name, word in zip(own.figures, own.names, own.stems, strict=True):
        if figure:
            marks.append(FIGURE_SHARED if figure in figures else FIGURE_OTHER if figures else FIGURE_OWN)
        elif name:
            marks.append(NAME_SHARED if name in stems else NAME_OWN)
        elif word:
            marks.append(SHARED if word in stems else OWN)
        else:
            marks.append(PLAIN)
    return marks


def _figure(lower: str) -> str:
    if lower in _NUMBERS:
        return _NUMBERS[lower]
    found = _FIGURE.match(lower)
    if found is None:
        return ""
    digits = found.group().replace(",", "").rstrip(".:/")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
