"""Likeness: how near two statements are in what they are about, by meaning and by words."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from wirecheck.language.dossier import Dossier
from wirecheck.model import Statement
from wirecheck.text.stems import load_common, stem

IMAGINED = 60
"""Statements of other stories that are thought to stand beside those of the story, so that two short texts can be held
against each other too; in a story of 150 statements the number matters little."""
COMMONNESS = 0.01
"""Share of the imagined statements in which a word is thought to occur."""


def content_words(dossier: Dossier, statement: Statement) -> tuple[str, ...]:
    """Return the stems of the words that say what a statement is about, in order, with an inherited subject's first."""
    reading = dossier.reading(statement.document)
    common = load_common()
    spans = [statement.span]
    spans += [a.span for a in statement.arguments if a.relation == "subject" and not statement.span.covers(a.span)]
    found = []
    for sentence in reading.sentences_in(statement.sentence.start, statement.sentence.end):
        for token in sentence.tokens:
            if not any(s.start <= token.start and token.end <= s.end for s in spans):
                continue
            lower = token.text.lower()
            lemma = (token.lemma or lower).lower()
            if lower in common or lemma in common or not any(c.isalnum() for c in lower):
                continue
            found.append(stem(lemma))
    return tuple(found)


class Likeness:
    """The likeness of all statements of a story: square matrices, one row and column for each `Statement.row`.

    `meaning` is the cosine of the embeddings, `words` the share of weighted words in common (a cosine, 0 to 1),
    `shared` the weight of the words in common, `telling` the weight of the most telling one of them. A word weighs more
    the fewer statements of the story have it.
    """

    def __init__(self, dossier: Dossier) -> None:
        self.words_of = [frozenset(content_words(dossier, s)) for s in dossier.statements]
        self.weight = _weigh(self.words_of)
        self.meaning: NDArray[np.float32] = dossier.embeddings @ dossier.embeddings.T
        rows = _rows_of(self.words_of)
        size = len(self.words_of)
        self.shared: NDArray[np.float32] = np.zeros((size, size), dtype=np.float32)
        self.telling: NDArray[np.float32] = np.zeros((size, size), dtype=np.float32)
        squares: NDArray[np.float32] = np.zeros((size, size), dtype=np.float32)
        for word in sorted(self.weight, key=lambda w: (self.weight[w], w)):
            at, weight = np.ix_(rows[word], rows[word]), self.weight[word]
            self.shared[at] += weight
            self.telling[at] = weight
            squares[at] += weight * weight
        norms = np.sqrt(np.maximum(np.diagonal(squares), 1e-9))
        self.words: NDArray[np.float32] = (squares / norms[:, None] / norms[None, :]).astype(np.float32)

    @property
    def all(self) -> NDArray[np.float32]:
        """The meaning and the words mixed, 0.6 to 0.4: one number where no threshold on evidence is wanted."""
        mixed: NDArray[np.float32] = 0.6 * self.meaning + 0.4 * self.words
        return mixed


def _rows_of(words_of: list[frozenset[str]]) -> dict[str, list[int]]:
    rows: dict[str, list[int]] = {}
    for row, words in enumerate(words_of):
        for word in words:
            rows.setdefault(word, []).append(row)
    return rows


def _weigh(words_of: list[frozenset[str]]) -> dict[str, float]:
    """Return the weight of each word: the logarithm of how rare it is, as if `IMAGINED` other statements were there."""
    counts = {word: len(rows) for word, rows in _rows_of(words_of).items()}
    total = len(words_of) + IMAGINED
    return {w: math.log(1.0 + total / (n + IMAGINED * COMMONNESS)) for w, n in sorted(counts.items())}
