"""Two versions of a text: what is told of them is in the words of both."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wirecheck.text.versions import compare_versions, list_edits, tell_revision

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "text" / "versions.toml").read_text("utf-8"))["case"]
Text = st.lists(
    st.sampled_from(
        [
            "Two ",
            "7 ",
            "died",
            ". ",
            "\n\n",
            "Rhys Morgan ",
            "not ",
            "Correction: It said 7, not 9. ",
            "on Sunday ",
            "“",
            "m",
        ]
    ),
    max_size=12,
).map("".join)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["told"][:40] or c["later"][:40])
def test_a_version_tells_what_it_changed_and_what_its_note_says(case: dict[str, str]) -> None:
    revision = compare_versions(case["earlier"], case["later"])

    assert tell_revision(case["earlier"], case["later"], revision) == case["told"]


@given(Text, Text)
def test_what_changed_stands_in_both_versions_and_nothing_changed_in_one(earlier: str, later: str) -> None:
    revision = compare_versions(earlier, later)

    assert all(0 <= a < b <= len(later) for a, b in revision.notes)
    for old, new in revision.changes:
        assert "" != earlier[slice(*old)].strip().casefold() != later[slice(*new)].strip().casefold() != ""
    assert compare_versions(later, later).changes == ()


def test_words_that_were_put_in_have_their_place_in_the_earlier_text() -> None:
    earlier, later = "The ferry was safe on Monday.", "The ferry was not safe on Monday."

    ((kind, left, right),) = list_edits(earlier, later)

    assert (kind, earlier[: left[1]], later[slice(*right)]) == ("inserted", "The ferry was", "not")
