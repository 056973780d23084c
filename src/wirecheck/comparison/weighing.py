"""Weighing: what the judge reads and what is known without it, added up to likelihoods that are calibrated.

Each likelihood is a sum of evidence in logits, so that it can be shown as one: what the judge reads in the two
sentences, which of their words it holds to say the same, whether each is the other's best match, and which figures,
days and speakers they share.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from wirecheck.comparison.judge import Ruling

LABELS = ("agree", "clash", "differ")
FEATURES = (
    "judge: agree",
    "judge: clash",
    "judge: differ",
    "nearest",
    "among",
    "words",
    "agreed words",
    "other words",
    "verb",
    "figure",
    "other figure",
    "day",
    "speaker",
    "denied",
    "reality",
    "best",
    "covered",
    "size",
)


@dataclass(frozen=True, slots=True)
class Weights:
    """For each label what stands at the start and what each of `FEATURES` weighs."""

    start: tuple[float, ...]
    weights: tuple[tuple[float, ...], ...]


@cache
def load_weights() -> Weights:
    """Return the weights of `data/weights.json`, which `training.judge.weigh` fits."""
    text = resources.files("wirecheck.comparison").joinpath("data", "weights.json").read_text("utf-8")
    table = json.loads(text)
    return Weights(
        tuple(table[label]["start"] for label in LABELS),
        tuple(tuple(table[label]["weights"][f] for f in FEATURES) for label in LABELS),
    )


def weigh_ruling(ruling: Ruling, values: NDArray[np.float64]) -> Ruling:
    """Return a ruling with its likelihoods replaced by those of all evidence, `values` of `FEATURES`."""
    table = load_weights()
    logits = [start + float(np.dot(weights, values)) for start, weights in zip(table.start, table.weights, strict=True)]
    agree, clash, differ = (1.0 / (1.0 + math.exp(-x)) for x in logits)
    return ruling._replace(agree=agree, clash=clash, differ=differ)
