"""The scores on the gold stories do not sink below what was reached.

The floors are pinned together with a digest of the gold files: when those change, the figures are measured anew and
the floors set again, with a reason in the commit.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from benchmarks.gold import list_stories, load_score, write_reports

GOLD = Path(__file__).parents[3] / "shared" / "gold"
DIGEST = "b8775b04b7098f76"
FLOORS = {
    "quotes.recall": 0.985,
    "quotes.speaker": 0.95,
    "groups.recall": 0.93,
    "groups.precision": 0.95,
    "groups.relation": 0.94,
    "agreements.recall": 0.76,
    "conflicts.recall": 0.57,
    "conflicts.precision": 0.88,
    "compatible.recall": 0.63,
    "near_misses.kept": 0.81,
    "credits.recall": 0.89,
    "credits.precision": 0.91,
    "omissions.recall": 0.71,
}
"""A little below what was reached: int8 sums differ between processors, and one story more or less is no regression.

When agreements in other words came (agreements .661 to .745, compatible .432 to .512), three more near misses of 118
fell, and what one alone tells became whole assertions that no other document may tell too by even odds (omissions .812
to .765).

When a fact is also told where another finding shows only a part of its words (compatible .528 to .56, agreements of the
rewritten stories .527 to .573), seven more near misses fell: in five of them the sentences do state the fact that is
told, and the near miss stands beside it in both ("landed 178 of 369 punches" beside "28 of his 68").

When another judge of sentences came (agreements .753 to .766, compatible .56 to .648; of the stories set apart .455 to
.482 at .926 for .898, and .371 to .396), two utterances of 56 fell, one false one with them, and of 85 that one alone
tells two are left open.
"""

pytestmark = [
    pytest.mark.quality,
    pytest.mark.skipif(not GOLD.is_dir(), reason="needs the gold stories in ../shared/gold, which are not here"),
]


def digest_gold() -> str:
    parts = (p.read_bytes() for p in sorted([GOLD / "score.py", *GOLD.glob("*/gold.json")]))
    return hashlib.sha256(b"".join(parts)).hexdigest()[:16]


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    pairs = write_reports(list_stories(GOLD), tmp_path_factory.mktemp("reports"))
    result: dict[str, Any] = load_score(GOLD).score(pairs)[0]
    return result


def test_the_floors_were_measured_on_these_files() -> None:
    assert digest_gold() == DIGEST


@pytest.mark.parametrize("figure", sorted(FLOORS))
def test_a_figure_stays_above_its_floor(figure: str, figures: dict[str, Any]) -> None:
    assert figures[figure]["value"] >= FLOORS[figure], figures[figure]
