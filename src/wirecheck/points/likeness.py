"""Likeness: how near two statements are in what they are about, by meaning and by words."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from wirecheck.language.dossier import Dossier
from wirecheck.model import Statement

MEANING = 0.6
"""Share of the embeddings' cosine in the likeness of two statements; the rest is the words that they share."""
ENDINGS = re.compile(r"(?:'s|’s|s'|s’)$")


@cache
def load_common() -> frozenset[str]:
    """Return the words of `data/common.toml`."""
    text = resources.files("wirecheck.points").joinpath("data/common.toml").read_text("utf-8")
    return frozenset(tomllib.loads(text)["words"])


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


@lru_cache(maxsize=4)
def compare_relations(relations: tuple[str, ...]) -> NDArray[np.float32]:
    """Return how near the verbs of statements are, by the encoder: a square matrix of cosines; 0 where one is empty."""
    from wirecheck.language import embed

    known = sorted({r for r in relations if r})
    if not known:
        return np.zeros((len(relations), len(relations)), dtype=np.float32)
    vectors = np.vstack([embed(known), np.zeros((1, 384), dtype=np.float32)]).astype(np.float32)
    place = {r: n for n, r in enumerate(known)}
    rows = vectors[[place.get(r, len(known)) for r in relations]]
    cosines: NDArray[np.float32] = rows @ rows.T
    return cosines


class Likeness:
    """The likeness of all statements of a story, from 0 to about 1, one row and column for each `Statement.row`.

    `meaning` is the cosine of the embeddings, `words` the share of weighted words in common (cosine over words that
    weigh more the fewer statements have them), `all` the mix of both by `MEANING`, `relations` the cosine of the verbs.
    """

    def __init__(self, dossier: Dossier) -> None:
        self.relations = compare_relations(tuple(s.relation for s in dossier.statements))
        self.words_of = [frozenset(content_words(dossier, s)) for s in dossier.statements]
        self.meaning: NDArray[np.float32] = dossier.embeddings @ dossier.embeddings.T
        self.weight = _weigh(self.words_of)
        self.words: NDArray[np.float32] = _share(self.words_of, self.weight)
        self.all: NDArray[np.float32] = MEANING * self.meaning + (1.0 - MEANING) * self.words


def _weigh(words_of: list[frozenset[str]]) -> dict[str, float]:
    counts: dict[str, int] = {}
    for words in words_of:
        for word in words:
            counts[word] = counts.get(word, 0) + 1
    total = max(1, len(words_of))
    return {word: float(np.log(1.0 + total / count)) for word, count in sorted(counts.items())}


def _share(words_of: list[frozenset[str]], weight: dict[str, float]) -> NDArray[np.float32]:
    column = {word: i for i, word in enumerate(weight)}
    matrix = np.zeros((len(words_of), max(1, len(column))), dtype=np.float32)
    for row, words in enumerate(words_of):
        for word in words:
            matrix[row, column[word]] = weight[word]
    norms = np.linalg.norm(matrix, axis=1, keepdims=True)
    matrix /= np.where(norms > 0, norms, 1.0)
    shared: NDArray[np.float32] = matrix @ matrix.T
    return shared
