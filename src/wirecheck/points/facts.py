"""Facts: a graph over rulings. One fact is the sentences of several documents that state it, with the words that do.

A pair of sentences that agree is in one fact. A third sentence joins it only by way of the words that the pair agrees
on, and where it agrees with the other members that it was held against: nothing is joined by way of a sentence that
states two things.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from wirecheck.comparison.story import AGREE, EMPTY, Compared

CONSISTENT = 0.5
"""Likelihood that a sentence must reach by mean with the members that it was held against to join them; one that was
not held against a member counts as 0. Of .35 to .75, .5 finds the most agreements of the dev stories (.64) at the best
precision (.85)."""
LEAST_CONSISTENT = 0.3
"""Likelihood that it must reach with each of them."""
OVERLAP = 0.7
"""Share of its words that a pair of a sentence must have in common with those by which it is in a fact. Of .3 to .7
there is little between them; the highest joins the fewest."""


@dataclass(eq=False)
class Fact:
    """Places of sentences, and which of their clauses state the fact."""

    members: dict[int, set[int]] = field(default_factory=dict)
    words: dict[int, NDArray[np.float32]] = field(default_factory=dict)
    """For each of them the likelihood of each of its words, the best of all pairs."""
    likelihood: float = 1.0
    """The best likelihood of a pair of it."""

    def add(self, at: int, clauses: set[int], words: NDArray[np.float32]) -> None:
        self.members.setdefault(at, set()).update(clauses)
        known = self.words.get(at)
        self.words[at] = words if known is None else np.maximum(known, words)


def find_facts(compared: Compared, agree: Callable[[int, int], bool]) -> list[Fact]:
    """Return the facts that two or more documents state, the surest pair's first.

    `agree` rules whether two sentences, by their places, state one fact.
    """
    edges = sorted(
        (-round(ruling.agree, 4), left, right)
        for (left, right), ruling in compared.rulings.items()
        if compared.sentences[left].document != compared.sentences[right].document and agree(left, right)
    )
    facts: list[Fact] = []
    of: dict[int, list[Fact]] = {}
    for minus, left, right in edges:
        ruling = compared.rulings[left, right]
        words = {left: ruling.left[:, AGREE], right: ruling.right[:, AGREE]}
        homes = {
            at: [f for f in of.get(at, ()) if _share_words(compared, at, f.words[at], words[at]) >= OVERLAP]
            for at in (left, right)
        }
        fact = _find_home(compared, homes, left, right)
        if fact is None:
            fact = Fact(likelihood=-minus)
            facts.append(fact)
        for at, whole in ((left, ruling.left), (right, ruling.right)):
            if at not in fact.members:
                of.setdefault(at, []).append(fact)
            fact.add(at, set(compared.bearing(at, whole, AGREE)), words[at])
    return facts


def _find_home(compared: Compared, homes: dict[int, list[Fact]], left: int, right: int) -> Fact | None:
    """Return the fact that two sentences state or that one of them joins, or None."""
    for fact in homes[left]:
        if fact in homes[right]:
            return fact
    for known, new in ((left, right), (right, left)):
        for fact in homes[known]:
            if new not in fact.members and _fits(compared, fact, new):
                return fact
    return None


def _fits(compared: Compared, fact: Fact, at: int) -> bool:
    """Return whether a sentence agrees with the members of a fact."""
    own = compared.sentences[at].document
    values = []
    for member in fact.members:
        if compared.sentences[member].document != own:
            ruling = compared.ruling(at, member)
            values.append(ruling.agree if ruling is not None else 0.0)
    return bool(values) and min(values) >= LEAST_CONSISTENT and sum(values) / len(values) >= CONSISTENT


def _share_words(compared: Compared, at: int, left: NDArray[np.float32], right: NDArray[np.float32]) -> float:
    """Return how much the words of two facts of one sentence have in common, from 0 to 1 (weighted Jaccard)."""
    tokens = compared.read[at].tokens
    own = [i for i in range(min(len(left), len(right), len(tokens))) if tokens[i].upos not in EMPTY]
    most = float(np.maximum(left[own], right[own]).sum())
    return float(np.minimum(left[own], right[own]).sum()) / most if most > 0.0 else 1.0
