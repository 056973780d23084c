"""Weighing for claims: all evidence of a claim and a sentence, added up to four likelihoods that make 1."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from wirecheck.claims.evidence import FEATURES

OUTCOMES = ("silent", "states", "contradicts", "differs")


class Likelihoods(NamedTuple):
    """What a sentence has to say to a claim: four likelihoods that make 1."""

    silent: float
    states: float
    contradicts: float
    differs: float

    @property
    def speaks(self) -> float:
        """How likely the sentence speaks of what is claimed at all."""
        return 1.0 - self.silent


@dataclass(frozen=True)
class Weights:
    """For each of `OUTCOMES` what stands at the start, and a row of what each of `FEATURES` weighs."""

    start: NDArray[np.float64]
    weights: NDArray[np.float64]


@cache
def load_weights() -> Weights:
    """Return the weights of `data/weights.json`, which `training.judge.weigh_claims` fits."""
    table = json.loads(resources.files("wirecheck.claims").joinpath("data", "weights.json").read_text("utf-8"))
    return Weights(
        np.array([table[o]["start"] for o in OUTCOMES]),
        np.array([[table[o]["weights"][f] for f in FEATURES] for o in OUTCOMES]),
    )


def weigh(values: NDArray[np.float64], table: Weights | None = None) -> Likelihoods:
    """Return how likely each outcome is for the values of `FEATURES`."""
    table = table if table is not None else load_weights()
    logits = table.start + table.weights @ values
    odds = np.exp(logits - logits.max())
    return Likelihoods(*(odds / odds.sum()).tolist())
