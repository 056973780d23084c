"""Floors of `trace` on the quotations of the gold stories."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from benchmarks.gold import list_stories, load_score
from benchmarks.trace import add_stories, trace_groups
from wirecheck.archive import open_archive

GOLD = Path(__file__).parents[3] / "shared" / "gold"
pytestmark = [
    pytest.mark.quality,
    pytest.mark.skipif(not GOLD.is_dir(), reason="needs the gold stories in ../shared/gold, which are not here"),
]


def test_trace_finds_the_forms_of_gold_quotations_and_little_else() -> None:
    stories = list_stories(GOLD)
    with tempfile.TemporaryDirectory() as folder, open_archive(Path(folder) / "archive", create=True) as archive:
        found = trace_groups(archive, stories, add_stories(archive, stories), load_score(GOLD))
    direct = [hit for a in found if a.relation != "paraphrased" for _, hit in a.others]
    told = [hit for a in found if a.relation == "paraphrased" for _, hit in a.others]

    assert all(a.itself for a in found)
    assert sum(direct) >= 0.99 * len(direct)
    assert sum(told) >= 0.87 * len(told)
    assert sum(len(a.strays) for a in found) <= 0.2 * sum(a.count for a in found)
