"""Words of a text with their places."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

# A number keeps its separators ("1,500", "2.5"), a word its apostrophes, initials their stops ("U.S."); a hyphen parts.
_WORD = re.compile(r"\d+(?:[.,]\d+)*|(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:[’'ʼ][^\W\d_]+)*|[^\W_]+")
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "‘": "'"})


class Word(NamedTuple):
    """One word: where it stands, and its folded form for comparison (case, style of apostrophe, stops gone)."""

    start: int
    end: int
    form: str


def list_words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Return the words of `text[start:end]` by place, offsets counted from the beginning of `text`.

    >>> [w.form for w in list_words("The U.S. keeps 1,500 pre-war tanks that don’t move")]
    ['the', 'us', 'keeps', '1,500', 'pre', 'war', 'tanks', 'that', "don't", 'move']
    """
    end = len(text) if end is None else end
    words = []
    make = tuple.__new__  # what `Word(...)` comes to, without a call in between
    for match in _WORD.finditer(text, start, end):
        form = match.group().casefold()
        if not form.isascii():
            form = form.translate(_APOSTROPHES)
        if "." in form and not form[0].isdigit():
            form = form.replace(".", "")
        words.append(make(Word, (*match.span(), form)))
    return words


def end_before(text: str, end: int, skipped: str | None = None) -> int:
    """Return where the text before a place ends without its last white space, or the `skipped` characters.

    It is `len(text[:end].rstrip(skipped))` without a copy of all that stands before.

    >>> end_before("Roe said:  “Go”", 11)
    9
    """
    while end > 0 and (text[end - 1].isspace() if skipped is None else text[end - 1] in skipped):
        end -= 1
    return end


def join_names(names: Iterable[str]) -> str:
    """Return names as a sentence lists them.

    >>> join_names(["the Herald", "the Post", "Wire"])
    'the Herald, the Post and Wire'
    """
    many = list(names)
    return "".join(many) if len(many) < 2 else f"{', '.join(many[:-1])} and {many[-1]}"
