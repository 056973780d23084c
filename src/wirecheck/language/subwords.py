"""Words to the integers that the reading model takes.

Training uses these same functions, so that the model sees at run time what it saw when it learned.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tokenizers import Tokenizer

CLS, SEP, UNKNOWN, MASK = 101, 102, 100, 103
_MARKERS = frozenset({0, CLS, SEP, MASK})

# Shapes tell the upper layers what the uncased vocabulary hides. The second half of the numbers is for words
# that follow their predecessor without white space.
LOWER, TITLE, INITIAL, UPPER, MIXED, DIGITS, DIGITS_AND_LETTERS, MARK = range(8)
SHAPE_COUNT = 2 * 8 + 1
EDGE_SHAPE = 16
GLUED = 8

# BERT splits "don't" as don ' t, UD as do + n't. Both words are cut from one piece, so that the encoder keeps the
# subwords that it was trained on: "do" is read at "don", "n't" at "'".
_NOT = re.compile(r"n['’]t", re.IGNORECASE)


class Encoded(NamedTuple):
    """What the model takes for one window of words.

    `ids` and `shapes` have one number per subword, `firsts` one per word plus one for the leading `[CLS]`, which stands
    for the root.
    """

    ids: list[int]
    shapes: list[int]
    firsts: list[int]


def word_shape(word: str) -> int:
    """Return the capitalisation class of a word, from `LOWER` to `MARK`.

    >>> [word_shape(word) for word in ("said", "Hegseth", "A", "NATO", "McCain", "1,200", "G7", "$")]
    [0, 1, 2, 3, 4, 5, 6, 7]
    """
    letters = [c for c in word if c.isalpha()]
    digits = any(c.isdigit() for c in word)
    if digits:
        return DIGITS_AND_LETTERS if letters else DIGITS
    if not letters:
        return MARK
    uppers = [c.isupper() for c in letters]
    if not any(uppers):
        return LOWER
    if len(letters) == 1:
        return INITIAL
    if all(uppers):
        return UPPER
    if uppers[0] and not any(uppers[1:]):
        return TITLE
    return MIXED


class Subwords:
    """The vocabulary, with a memory of the words cut before."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._tokenizer = tokenizer
        self._cut = lru_cache(maxsize=1 << 16)(self._cut_word)
        self._cut_not = lru_cache(maxsize=1 << 10)(self._cut_negated)

    @classmethod
    def load(cls, path: Path) -> Subwords:
        from tokenizers import Tokenizer

        return cls(Tokenizer.from_file(str(path)))

    def cut(self, words: Sequence[str]) -> list[tuple[int, ...]]:
        """Return the subword numbers of each word: at least one for each, whatever the word."""
        cut = self._cut
        parts = [cut(word) for word in words]
        for at in range(1, len(words)):
            if len(words[at]) == 3 and _NOT.fullmatch(words[at]):
                parts[at - 1], parts[at] = self._cut_not(words[at - 1], words[at])
        return parts

    def is_word(self, form: str) -> bool:
        """Return whether a lower-case form is one piece of the vocabulary."""
        return self._tokenizer.token_to_id(form) is not None

    def _cut_word(self, word: str) -> tuple[int, ...]:
        # The first 64 characters of a "word" tell enough; a run of ten thousand letters must not cost a window.
        ids = self._tokenizer.encode(word[:64], add_special_tokens=False).ids
        # A text may spell the vocabulary's own markers, such as "[SEP]".
        return tuple(UNKNOWN if i in _MARKERS else i for i in ids[:24]) or (UNKNOWN,)

    def _cut_negated(self, word: str, negation: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
        encoding = self._tokenizer.encode(word[:64] + negation, add_special_tokens=False)
        boundary = len(word[:64]) + 1
        left = tuple(i for i, (start, _) in zip(encoding.ids, encoding.offsets, strict=True) if start < boundary)
        right = tuple(i for i, (start, _) in zip(encoding.ids, encoding.offsets, strict=True) if start >= boundary)
        if not left or not right:
            return self._cut(word), self._cut(negation)
        return left[:24], right


_shape = lru_cache(maxsize=1 << 16)(word_shape)


def encode(words: Sequence[str], glued: Sequence[bool], parts: Sequence[tuple[int, ...]]) -> Encoded:
    """Return the model's input; `glued` says which words follow their predecessor without white space."""
    ids, shapes, firsts = [CLS], [EDGE_SHAPE], [0]
    for word, close, part in zip(words, glued, parts, strict=True):
        firsts.append(len(ids))
        ids += part
        shapes += [_shape(word) + (GLUED if close else 0)] * len(part)
    ids.append(SEP)
    shapes.append(EDGE_SHAPE)
    return Encoded(ids, shapes, firsts)
