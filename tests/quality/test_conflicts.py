"""Planted conflicts are found and harmless changes stay harmless: the checks keep what they see."""

from __future__ import annotations

import pytest

from benchmarks.conflicts import measure

FEWEST_FOUND = 72
"""Of 100 planted conflicts; 76 were found when this was set."""
MOST_FALSE = 1
"""Of 92 harmless changes and 7 unchanged stories; none was reported when this was set."""

pytestmark = pytest.mark.quality


def test_planted_conflicts_are_found_and_harmless_changes_are_not() -> None:
    asked, right, wrong = measure()
    planted = [k for k in asked if not k.startswith("harmless") and k != "unchanged"]
    harmless = [k for k in asked if k not in planted]

    assert sum(right[k] for k in planted) >= FEWEST_FOUND, wrong
    assert sum(asked[k] - right[k] for k in harmless) <= MOST_FALSE, wrong
