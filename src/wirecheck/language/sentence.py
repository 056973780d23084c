"""The plain values that the reading model returns."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

EntityKind = Literal["person", "organization", "place", "other"]


@dataclass(frozen=True, slots=True)
class Token:
    """One syntactic word; `start` and `end` are characters of the text that was read.

    `head` is the index of the head in the sentence, -1 for the root. `relation` is a Universal Dependencies
    relation with its subtype ("nsubj:pass"), `xpos` a Penn Treebank tag ("VBD").
    """

    start: int
    end: int
    text: str
    lemma: str
    upos: str
    head: int
    relation: str
    xpos: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """A named person, organization, place or other thing: tokens `[first, last)`, characters `[start, end)`."""

    first: int
    last: int
    start: int
    end: int
    kind: EntityKind


@dataclass(frozen=True)
class Sentence:
    """One sentence, read: characters `[start, end)` of the text, tokens and entities in order, a unit embedding.

    A sentence of white space has no tokens and an embedding of zeros.
    """

    start: int
    end: int
    tokens: tuple[Token, ...]
    entities: tuple[Entity, ...]
    embedding: NDArray[np.float32] = field(compare=False, repr=False)

    @cached_property
    def _children(self) -> tuple[tuple[int, ...], ...]:
        below: list[list[int]] = [[] for _ in self.tokens]
        for at, token in enumerate(self.tokens):
            if token.head >= 0:
                below[token.head].append(at)
        return tuple(tuple(found) for found in below)

    @cached_property
    def _subtrees(self) -> tuple[tuple[int, int], ...]:
        firsts = list(range(len(self.tokens)))
        lasts = [at + 1 for at in firsts]
        order = [] if self.root is None else [self.root]
        for at in order:
            order.extend(self._children[at])
        for at in reversed(order):
            head = self.tokens[at].head
            if head >= 0:
                firsts[head] = min(firsts[head], firsts[at])
                lasts[head] = max(lasts[head], lasts[at])
        return tuple(zip(firsts, lasts, strict=True))

    @cached_property
    def root(self) -> int | None:
        """The index of the root token, or None in a sentence without tokens."""
        return next((at for at, token in enumerate(self.tokens) if token.head < 0), None)

    def children(self, index: int) -> tuple[int, ...]:
        """Return the indexes of the tokens that hang on a token, in order."""
        return self._children[index]

    def subtree(self, index: int) -> tuple[int, int]:
        """Return the token range `[first, last)` from the leftmost to the rightmost token of a subtree."""
        return self._subtrees[index]
