"""Judgements: what was concluded of two sentences, with the evidence as a sum that a reader can add up."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np

from wirecheck.comparison.evidence import BEARS, Values
from wirecheck.comparison.judge import Ruling
from wirecheck.comparison.story import AGREE, CERTAIN, Compared
from wirecheck.comparison.weighing import FEATURES, Weights, load_weights
from wirecheck.model import Feature, Judgement, Relation, Stated, ValueComparison

LEAST = 0.5
"""Likelihood from which on a relation is said to hold; all likelihoods are calibrated, so that this is "likelier
than not"."""
COVERS = 0.8
"""Share of the words of each of two sentences that must state what both agree on for the two to be equivalent. A
convention, not fitted: one word in five may be a byline, a hedge or a "meanwhile". Only the name of the relation
depends on it."""
MOST_WORDS = 6
"""Words that a feature shows of one side."""
_Named = tuple[str, str, str]


def judge_pair(
    compared: Compared,
    left: int,
    right: int,
    *,
    values: Sequence[ValueComparison] = (),
    relation: Relation | None = None,
) -> Judgement:
    """Return what was concluded of two sentences of a story, by their places; the spans are the words that bear it.

    `relation` is that which `values` show, where they decide. Raises `KeyError` for sentences that were not held
    together.
    """
    ruling = compared.ruling(left, right)
    if ruling is None:
        raise KeyError((left, right))
    sides = [
        Stated(compared.sentences[at].document, compared.span(at, compared.bearing(at, words, AGREE)))
        for at, words in ((left, ruling.left), (right, ruling.right))
    ]
    features = explain(compared, left, right)
    probability = sum_up(features)
    blocker = compared.blocked.get((min(left, right), max(left, right)))
    if relation is None:
        relation = "other" if blocker is not None else _name_relation(compared, (left, right), ruling)
    return Judgement(sides[0], sides[1], relation, probability, features, tuple(values), blocker)


def sum_up(features: Iterable[Feature]) -> float:
    """Return the probability that features give, from 0 to 1.

    >>> round(sum_up([Feature("a", "", "", 1.0), Feature("b", "", "", -1.0)]), 2)
    0.5
    """
    return 1.0 / (1.0 + math.exp(-sum(f.weight for f in features)))


def explain(compared: Compared, left: int, right: int, table: Weights | None = None) -> tuple[Feature, ...]:
    """Return what the likelihood that two sentences state one fact is made of; the weights add up to its logit.

    The first is what stands at the start, in a story of this size; then those of `weighing.FEATURES` that weigh
    anything, in their order.
    """
    if compared.sentences[left].words == compared.sentences[right].words:
        return (Feature("both are one sentence, word for word", "", "", math.log(CERTAIN / (1.0 - CERTAIN))),)
    table = table if table is not None else load_weights()
    pair = (min(left, right), max(left, right))
    weights = dict(zip(FEATURES, np.multiply(table.weights[AGREE], compared.features[pair]).tolist(), strict=True))
    many = f"{len(compared.sentences):,}"
    start = f"to begin with: how often two like sentences state one fact, in a story of {many}"
    found = [Feature(start, "", "", table.start[AGREE] + weights.pop("size"))]
    named = _name_features(compared, pair)
    for feature, weight in weights.items():
        if weight:
            name, ours, theirs = named[feature]
            found.append(Feature(name, *((ours, theirs) if left <= right else (theirs, ours)), weight))
    return tuple(found)


def _name_relation(compared: Compared, pair: tuple[int, int], ruling: Ruling) -> Relation:
    if ruling.agree < LEAST:
        return "other"
    whole = all(a.covered >= COVERS for a in compared.evidence.agree(pair, ruling))
    return "equivalent" if whole else "overlaps"


def _name_features(compared: Compared, pair: tuple[int, int]) -> dict[str, _Named]:
    """Return for each of `FEATURES` but the size its name in plain words and what it rests on on each side."""
    evidence, ruling = compared.evidence, compared.rulings[pair]
    left, right = pair
    given = dict(zip(FEATURES, compared.features[pair].tolist(), strict=True))
    agreed = evidence.agree(pair, ruling)
    both = agreed[0].stems.keys() & agreed[1].stems.keys()
    bearing = [{s for s, value in a.stems.items() if value >= BEARS} for a in agreed]
    figure, other_figure = evidence.compare_figures(pair, ruling)
    fewest = min(evidence.count[compared.sentences[at].document] for at in pair)
    speakers = _both(v.speaker_name if v is not None else None for v in (evidence.voices[at] for at in pair))
    clauses = compared.evidence.bearing.get(pair, (None, None))
    polarities = _both(s.polarity if s is not None else None for s in clauses)
    modalities = _both(s.modality if s is not None else None for s in clauses)

    def show(ours: set[str], theirs: set[str] | None = None) -> tuple[str, str]:
        theirs = ours if theirs is None else theirs
        return _list(evidence.show_words(left, ours)), _list(evidence.show_words(right, theirs))

    return {
        "judge: agree": (f"the judge reads one fact: {_likelihood(given['judge: agree'])}", "", ""),
        "judge: clash": (f"the judge reads a contradiction: {_likelihood(given['judge: clash'])}", "", ""),
        "judge: differ": (f"the judge reads one fact, told differently: {_likelihood(given['judge: differ'])}", "", ""),
        "nearest": (f"other sentences are nearer in meaning, by {-given['nearest']:.2f} in all", "", ""),
        "among": (f"each is the other's nearest in meaning, among {fewest} sentences or more", "", ""),
        "words": ("words that both have", *show(evidence.stems[left] & evidence.stems[right])),
        "agreed words": ("those of them that the judge finds to state the fact", *show(bearing[0] & bearing[1])),
        "other words": ("other words that the judge finds to state it", *show(bearing[0] - both, bearing[1] - both)),
        "verb": ("one verb for it", *show(agreed[0].verbs & agreed[1].verbs)),
        "figure": ("both give one figure for it", *_show_values(compared, figure)),
        "other figure": ("figures for it that cannot be one", *_show_values(compared, other_figure)),
        "day": ("both give one day or time for it", *_show_values(compared, evidence.compare_days(pair, ruling))),
        "speaker": ("both are words of one speaker", *speakers),
        "denied": ("one denies, the other affirms", *polarities),
        "reality": ("only one tells it as a fact", *modalities),
        "best": ("the judge finds better matches for them", "", ""),
        "covered": ("how much of each states it", f"{agreed[0].covered:.0%}", f"{agreed[1].covered:.0%}"),
    }


def _both(words: Iterable[str | None]) -> tuple[str, str]:
    ours, theirs = (w or "" for w in words)
    return ours, theirs


def _show_values(compared: Compared, values: Values) -> tuple[str, str]:
    if values.left is None or values.right is None:
        return "", ""
    ours, theirs = (" ".join(compared.dossier.words(s).split()) for s in (values.left, values.right))
    return ours, theirs


def _likelihood(logit: float) -> str:
    return f"{1.0 / (1.0 + math.exp(-logit)):.2f}".removeprefix("0")


def _list(words: Sequence[str]) -> str:
    return ", ".join([*words[:MOST_WORDS], "…"] if len(words) > MOST_WORDS else words)
