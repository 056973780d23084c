"""Facts that several documents state, and the words by which each states them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np

from wirecheck.checks._facts import _show
from wirecheck.model import Span
from wirecheck.points.facts import Fact

WORDS = {0: [0.9, 0.9], 1: [0.9, 0.5], 2: [0.9, 0.85]}
"""How surely each clause of three sentences, of a word each, says what the others do."""


def make_compared() -> Any:
    def span(at: int, clauses: Iterable[int], words: Any = None, *, without: Any = ()) -> tuple[Span, ...]:
        return tuple(Span(f"d{at}", 10 * n, 10 * n + 9) for n in clauses)

    def support(at: int, units: Sequence[Sequence[int]], words: Any, channel: int) -> list[float]:
        return [float(words[list(unit), channel].mean()) for unit in units]

    sentences = [SimpleNamespace(document=f"d{at}") for at in WORDS]
    clauses = [((0,), (1,)) for _ in WORDS]
    return SimpleNamespace(
        span=span, support=support, sentences=sentences, clauses=clauses, inside=lambda at, clause: ()
    )


def show(second: int) -> list[tuple[str, list[int]]]:
    """Return what two sentences show of a fact, where their first clauses stand against each other."""
    words = {at: np.array(WORDS[at], dtype=np.float32) for at in (0, second)}
    fact = Fact({0: {0, 1}, second: {0, 1}}, words)

    def opposed(left: Span, right: Span) -> bool:
        return left.document != right.document and left.start == right.start == 0

    return [(s.document, [x.start for x in s.spans]) for s in _show(make_compared(), fact, opposed)]  # type: ignore[arg-type]


def test_a_sentence_whose_bearing_clause_stands_against_another_shows_nothing_else_of_itself() -> None:
    assert show(1) == [("d0", [10])]


def test_clauses_that_bear_the_fact_as_well_are_shown_without_those_that_stand_against_each_other() -> None:
    assert show(2) == [("d0", [10]), ("d2", [10])]
