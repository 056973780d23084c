"""The scores on PolNeAR's dev articles do not sink below what was reached.

A sample of the articles is scored here, so that the test stays short; `python -m benchmarks.quotations` scores all.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from benchmarks.quotations import main

SHARED = Path(__file__).parents[3] / "shared" / "data"
ARTICLES = 24
DIGEST = "d14c020e5c4a41b6"
FLOORS = {"direct": 0.95, "mixed": 0.86, "indirect": 0.70, "source": 0.85, "speaker": 0.85}

pytestmark = [
    pytest.mark.quality,
    pytest.mark.skipif(not (SHARED / "polnear").is_dir(), reason="needs PolNeAR in ../shared/data, which is not here"),
]


def digest_polnear() -> str:
    parts = (p.read_bytes() for p in sorted([SHARED / "score_polnear.py", *(SHARED / "polnear/dev").glob("*/*")]))
    return hashlib.sha256(b"".join(parts)).hexdigest()[:16]


@pytest.fixture(scope="module")
def figures() -> dict[str, float]:
    place = ["--polnear", str(SHARED / "polnear"), "--score", str(SHARED / "score_polnear.py")]
    printed = main([*place, "--articles", str(ARTICLES)])
    found = {kind: float(value) for kind, value in re.findall(r"^(\w+) .*'F1': ([\d.]+)", printed, re.MULTILINE)}
    source = re.search(r"= ([\d.]+); speaker unknown (\d+)/(\d+)", printed)
    assert source is not None
    found["source"] = float(source[1])
    found["speaker"] = 1 - int(source[2]) / int(source[3])
    return found


def test_the_floors_were_measured_on_these_files() -> None:
    assert digest_polnear() == DIGEST


@pytest.mark.parametrize("figure", sorted(FLOORS))
def test_a_figure_stays_above_its_floor(figure: str, figures: dict[str, float]) -> None:
    assert figures[figure] >= FLOORS[figure], figures
