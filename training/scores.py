"""Scores of the shipped reading model on annotated sets, with its own words against the words as annotated."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from training.sentences import ENTITY_TAGS, Sentence
from wirecheck.language.decode import spans_of
from wirecheck.language.reader import Model
from wirecheck.language.sentence import Sentence as Read
from wirecheck.language.words import WordSpan

ENTITY_NAMES = {"person": "PER", "organization": "ORG", "place": "LOC", "other": "MISC"}


def gold_spans(sentence: Sentence) -> list[WordSpan]:
    spans, at = [], 0
    for word, close in zip(sentence.words, sentence.glued, strict=True):
        if at and not close:
            at += 1
        spans.append(WordSpan(at, at + len(word)))
        at += len(word)
    return spans


def universal(relation: str) -> str:
    return relation.split(":")[0]


class Tally(NamedTuple):
    """Counts of one sentence; scores are of sums over sentences, so that they can be drawn again for an interval."""

    gold: int
    found: int
    words: int
    upos: int
    xpos: int
    lemma: int
    unlabelled: int
    labelled: int
    subtyped: int


def syntax_tally(gold: Sentence, read: Read) -> Tally:
    """Count as the CoNLL 2018 evaluation does: words align by their characters, heads count when they align."""
    assert gold.heads
    assert gold.relations
    assert gold.upos
    assert gold.xpos
    assert gold.lemmas
    spans = gold_spans(gold)
    places = {(token.start, token.end): token for token in read.tokens}
    counts = np.zeros(6, int)
    aligned = 0
    for at, span in enumerate(spans):
        token = places.get(tuple(span))
        if token is None:
            continue
        aligned += 1
        head = gold.heads[at]
        goal = None if head == 0 else tuple(spans[head - 1])
        mine = None if token.head < 0 else (read.tokens[token.head].start, read.tokens[token.head].end)
        attached = goal == mine
        counts += (
            token.upos == gold.upos[at],
            token.xpos == gold.xpos[at],
            token.lemma == gold.lemmas[at] or gold.lemmas[at] == "_",
            attached,
            attached and universal(token.relation) == universal(gold.relations[at]),
            attached and token.relation == gold.relations[at],
        )
    return Tally(len(spans), len(read.tokens), aligned, *map(int, counts))


def syntax_scores(tallies: Sequence[Tally]) -> dict[str, float]:
    """Return F1 in percent of words, tags, lemmas and attachments."""
    return scores_of_sums(np.array(tallies).sum(0))


def scores_of_sums(total: np.ndarray) -> dict[str, float]:
    names = Tally._fields[2:]
    return {name: float(200 * total[at] / (total[0] + total[1])) for at, name in enumerate(names, 2)}


def entity_tally(gold: Sentence, read: Read) -> dict[str, tuple[int, int, int]]:
    """Return (right, gold, found) spans of each kind. Spans that touch a word left open by the set are not counted."""
    assert gold.entities is not None
    spans = gold_spans(gold)
    single = [allowed.bit_length() - 1 if allowed.bit_count() == 1 else 0 for allowed in gold.entities]
    open_words = {spans[at] for at, allowed in enumerate(gold.entities) if allowed.bit_count() == len(ENTITY_TAGS)}
    kinds = [tag[2:] for tag in ENTITY_TAGS if tag[0] == "B"]
    goal = {(spans[first].start, spans[last - 1].end, kind) for first, last, kind in spans_of(single, kinds)}
    mine = {(e.start, e.end, ENTITY_NAMES[e.kind]) for e in read.entities}
    touched = lambda place: any(place[0] < right and left < place[1] for left, right in open_words)  # noqa: E731
    mine = {place for place in mine if not touched(place)}
    result = {}
    for kind in ("PER", "ORG", "LOC"):
        g, m = {p for p in goal if p[2] == kind}, {p for p in mine if p[2] == kind}
        result[kind] = (len(g & m), len(g), len(m))
    return result


def f1(right: float, gold: float, found: float) -> float:
    return 2 * right / (gold + found) if gold + found else 0.0


def read_gold(model: Model, sentences: Sequence[Sentence], change: Callable[[str], str] = str) -> list[Read]:
    """Read the sentences from their text, cut into words by the model's own rules."""
    texts = [change(sentence.text) for sentence in sentences]
    return [model.read(text, 0, len(text)) for text in texts]


def interval(
    counts: Sequence[Sequence[int]], score: Callable[[np.ndarray], float], draws: int = 1000
) -> tuple[float, float]:
    """Return the 95 % bootstrap interval over sentences of a score of summed counts, one row of counts a sentence."""
    rows = np.array(counts)
    chance = np.random.default_rng(1)
    sums = [rows[chance.integers(0, len(rows), len(rows))].sum(0) for _ in range(draws)]
    results = sorted(score(total) for total in sums)
    return results[int(0.025 * draws)], results[int(0.975 * draws) - 1]


def rank_correlation(left: Sequence[float], right: Sequence[float]) -> float:
    """Return Spearman's rho; equal values share their mean rank."""
    return float(np.corrcoef(_ranks(left), _ranks(right))[0, 1])


def _ranks(values: Sequence[float]) -> np.ndarray:
    array = np.asarray(values, float)
    _, inverse, counts = np.unique(array, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    return (ends - (counts - 1) / 2)[inverse]
