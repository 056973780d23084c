"""Values of a claim and those of a sentence: which answer each other, and whether they exclude each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal, TypeVar

import numpy as np
from numpy.typing import NDArray

from wirecheck.claims.reading import Beside
from wirecheck.comparison.judge import Ruling
from wirecheck.comparison.story import AGREE, CLASH
from wirecheck.comparison.values import ORDER, quantity, time
from wirecheck.comparison.values.quantity import compare_over_time
from wirecheck.comparison.values.time import compare_times
from wirecheck.model import Comparison, PartialDate, Quantity, ValueComparison
from wirecheck.statements.measures import load_lists
from wirecheck.text.stems import stem

ONE_VALUE: tuple[Comparison, ...] = ("equal", "rounded", "coarser")
_ANSWERS: tuple[Comparison, ...] = (*ONE_VALUE, "later", "excluded")
Newer = Literal["left", "right"]
Value = TypeVar("Value", Quantity, PartialDate)


@dataclass(frozen=True, slots=True)
class Answer:
    """The value of a sentence that answers one of the claim, which stands on the left.

    `clash` and `agree`, from 0 to 1, say how surely the judge reads on both sides that it clashes or is agreed on.
    `is_close` says of two that exclude each other whether they are near enough to be one thing misreported.
    """

    value: ValueComparison
    clash: float
    agree: float
    is_close: bool

    @property
    def is_excluded(self) -> bool:
        return self.value.comparison == "excluded"

    @property
    def is_apart(self) -> bool:
        """True for two values that are not one, be it that a count has risen between them."""
        return self.value.comparison in ("excluded", "later")


def find_answers(beside: Beside, at: int) -> tuple[Answer, ...]:
    """Return what answers the figures and dates of a claim in a sentence, by its place, in the order of the claim.

    What excludes a value answers it only where no sentence that was read gives the value, and where it is no other
    value of the claim: "two of the four were hurt" is not excluded by "the four".
    """
    evidence, ruling = beside.evidence, beside.rulings[0, at]
    counted = [q.span for q, _ in evidence.quantities[0]]
    newer = _find_newer(beside) if _may_rise(beside, at) else ()
    figures = _answer(evidence.quantities, at, ruling, partial(compare_over_time, newer=newer), quantity.are_close)
    # "60 days" is counted already
    days = [
        [d for d in many if n or not any(d[0].span.overlap(s) for s in counted)]
        for n, many in enumerate(evidence.dates)
    ]
    found = [*figures, *_answer(days, at, ruling, compare_times, time.are_close)]
    return tuple(sorted(found, key=lambda a: (a.value.left, a.value.right)))


def _answer(
    values: Sequence[Sequence[tuple[Value, tuple[int, ...]]]],
    at: int,
    ruling: Ruling,
    compare: Callable[[Value, Value], ValueComparison],
    are_near: Callable[[Value, Value], bool],
) -> list[Answer]:
    """Return the best answer to each value of the claim; `values` has those of each sentence with their words."""
    found = []
    elsewhere = [v for n, many in enumerate(values) if n not in (0, at) for v, _ in many]
    for claimed, ours in values[0]:
        others = [v for v, _ in values[0] if v is not claimed]
        answers = []
        for value, theirs in values[at]:
            compared = compare(claimed, value)
            if compared.comparison not in _ANSWERS:
                continue
            clash, agree = (min(_best(ruling.left, ours, n), _best(ruling.right, theirs, n)) for n in (CLASH, AGREE))
            answer = Answer(compared, clash, agree, are_near(claimed, value))
            if not answer.is_apart or not any(compare(o, value).comparison in ONE_VALUE for o in others):
                answers.append(answer)
        answers.sort(key=lambda a: (ORDER.index(a.value.comparison), -round(a.clash + a.agree, 4), a.value.right))
        given = any(compare(claimed, v).comparison in ONE_VALUE for v in elsewhere)
        found += [a for a in answers[:1] if not (a.is_apart and given)]
    return found


def _may_rise(beside: Beside, at: int) -> bool:
    """Return whether a claim and a sentence tell of one count that rises while an event goes on, such as the dead."""
    lists = load_lists()
    ours, theirs = (
        {c for t in beside.read[n].tokens for c in lists.concepts.get(stem(t.lemma.lower()), ())} for n in (0, at)
    )
    return bool(ours & theirs & lists.rising)


def _find_newer(beside: Beside) -> tuple[Newer, ...]:
    """Return which side may be the later one, the claim or the document, by their days.

    Both may be where a day is not known, and on one day: a toll rises within hours.
    """
    claim, document = (d.published[:10] if d.published else "" for d in beside.dossier.documents)
    if min(len(claim), len(document)) < len("2025-10-14") or claim == document:
        return "left", "right"
    return ("left",) if claim > document else ("right",)


def _best(words: NDArray[np.float32], tokens: Sequence[int], channel: int) -> float:
    return max((float(words[n, channel]) for n in tokens if n < len(words)), default=0.0)
