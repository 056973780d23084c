"""The judge: a ruling is of two sentences and of nothing else that is read with them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from wirecheck.comparison.context import put_alone
from wirecheck.comparison.judge import Judge, Ruling, load_judge

HERALD = put_alone("The ferry Larkspur ran aground off Sorrel Point, injuring 14 people.", document="a")
POST = put_alone("Off Sorrel Point the Larkspur ran aground and 17 people were hurt.", document="b")


def is_same(left: Ruling, right: Ruling) -> bool:
    return left[:3] == right[:3] and all(map(np.array_equal, left[3:], right[3:]))


def test_what_stands_twice_is_held_together_once_and_ruled_as_if_it_stood_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    judge = load_judge()
    alone = judge.rule([HERALD, POST], [(0, 1)])[0, 1]
    held = 0
    hold = Judge._hold

    def count(*given: Any) -> Ruling:
        nonlocal held
        held += 1
        return hold(*given)

    monkeypatch.setattr(Judge, "_hold", count)
    copies = [HERALD, POST, replace(HERALD, document="c"), replace(POST, document="d")]

    rulings = judge.rule(copies, [(0, 1), (0, 3), (1, 2), (2, 3)])

    assert held == 1
    assert all(is_same(rulings[pair], alone) for pair in ((0, 1), (0, 3), (2, 3)))
    assert is_same(rulings[1, 2], alone.swapped())


def test_the_same_words_behind_other_names_are_another_sentence() -> None:
    judge = load_judge()
    named = replace(HERALD, document="c", names=("Mara Ellin",))

    rulings = judge.rule([HERALD, POST, named], [(0, 1), (1, 2)])

    assert not is_same(rulings[0, 1], rulings[1, 2].swapped())
    assert is_same(rulings[1, 2], judge.rule([named, POST], [(1, 0)])[1, 0])
