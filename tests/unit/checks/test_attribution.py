"""Drawn cases: the same words given to two people."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.drawing import PUBLISHERS, draw
from wirecheck.checks.attribution import check_attribution

CASES = Path(__file__).parents[2] / "cases" / "checks" / "attribution.toml"


@pytest.mark.parametrize("case", tomllib.loads(CASES.read_text("utf-8"))["case"], ids=lambda c: c["name"])
def test_the_same_words_under_two_names_are_judged_as_drawn(case: dict[str, Any]) -> None:
    texts = {p: case[p] for p in PUBLISHERS if p in case}
    found = list(check_attribution(draw(texts), ()))
    swapped = list(check_attribution(draw(dict(reversed(texts.items()))), ()))

    assert [f.verdict for f in found] == case["found"]
    assert [f.verdict for f in swapped] == case["found"]


def test_the_reason_names_publishers_and_people() -> None:
    words = "I have signed every paper that they put before me"
    dossier = draw(
        {"herald": f"“⟦Jon Pell|{words}⟧,” said Jon Pell.", "post": f"“⟦Mara Voss|{words}⟧,” said Mara Voss."}
    )

    (found,) = check_attribution(dossier, ())

    assert found.reason == (
        "The Herald gives “I have signed every paper that they put before” … to Jon Pell, "
        "The Post gives it to Mara Voss."
    )
