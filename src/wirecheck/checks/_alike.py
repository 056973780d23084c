"""How alike two statements of a story are: what they mean and the words that they share."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from wirecheck.language.dossier import Dossier
from wirecheck.text.stems import load_common, stem

MEANING = 0.6
"""Share of the embeddings' cosine in how alike two clauses are; the rest is the words that they share, rare ones
counting more.
"""


def mix_likeness(dossier: Dossier) -> NDArray[np.float32] | None:
    """Return how alike the statements of a story are, 0 to 1, a square matrix by `Statement.row`; None without
    statements.
    """
    if not dossier.statements:
        return None
    meaning = dossier.embeddings @ dossier.embeddings.T
    mixed: NDArray[np.float32] = (MEANING * meaning + (1.0 - MEANING) * _share_words(dossier)).astype(np.float32)
    return mixed


def _share_words(dossier: Dossier) -> NDArray[np.float32]:
    common = load_common()
    size = len(dossier.embeddings)
    rows_of: dict[str, list[int]] = {}
    for statement in dossier.statements:
        reading = dossier.reading(statement.document)
        words = set()
        for sentence in reading.sentences_in(statement.sentence.start, statement.sentence.end):
            for token in sentence.tokens:
                lower = token.text.lower()
                if (
                    statement.span.start <= token.start < statement.span.end
                    and lower[:1].isalnum()
                    and lower not in common
                ):
                    words.add(stem(token.lemma or lower))
        for word in sorted(words):
            rows_of.setdefault(word, []).append(statement.row)
    squares = np.zeros((size, size), dtype=np.float32)
    for word in sorted(rows_of):
        rows = rows_of[word]
        weight = math.log(1.0 + size / len(rows))
        squares[np.ix_(rows, rows)] += np.float32(weight * weight)
    norms = np.sqrt(np.maximum(np.diagonal(squares), 1e-9))
    shared: NDArray[np.float32] = (squares / norms[:, None] / norms[None, :]).astype(np.float32)
    return shared
