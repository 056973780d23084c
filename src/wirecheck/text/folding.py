"""Folded copies of text: typography gone, and every character's place known."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from wirecheck.text.unseen import GONE

_MARKS = {
    **dict.fromkeys("“”„‟«»〝〞＂", '"'),
    **dict.fromkeys("‘’‚‛‹›ʼ′´`＇", "'"),
    **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
    "…": "...",
}


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded copy: `origins[i]` is the place of the character that `text[i]` came from, with one more for the end."""

    text: str
    origins: tuple[int, ...]

    def source_range(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of the original text that a range of the folded copy came from; empty stays empty."""
        if start >= end:
            at = self.origins[start]
            return at, at
        return self.origins[start], self.origins[end - 1] + 1


def fold(text: str, *, case: bool = False) -> Folded:
    """Return a copy with plain quotation marks, dashes and single spaces; with `case` small letters too.

    Doubled marks become one, invisible characters go, compatibility forms (ligatures, full-width letters) become plain
    ones. A run of white space is one space, which comes from the first of the run.

    >>> folded = fold("He said\\u00a0 “no”…")
    >>> folded.text
    'He said "no"...'
    >>> folded.source_range(8, 12)
    (9, 13)
    """
    out: list[str] = []
    origins: list[int] = []
    at = 0
    while at < len(text):
        char = text[at]
        width = 1
        if char in GONE:
            at += 1
            continue
        if char.isspace():
            new = "" if out and out[-1] == " " else " "
        elif text.startswith(("''", "``"), at):
            new, width = '"', 2
        elif char in _MARKS:
            new = _MARKS[char]
        elif char < "\x80":
            new = char
        else:
            new = unicodedata.normalize("NFKC", char)
        for part in new.casefold() if case else new:
            out.append(part)
            origins.append(at)
        at += width
    return Folded("".join(out), (*origins, len(text)))
