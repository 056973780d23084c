"""The figures of `benchmarks.numbers` and `benchmarks.dates` do not sink below what was reached on these data."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from benchmarks.dates import score_files
from benchmarks.numbers import FILES, score_file

DATA = Path(__file__).parents[3] / "shared" / "data"
DIGEST_OF_TIMEBANK = "743dc4c452728357"
DIGEST_OF_SPECS = "808a3872eeae4f2d"

pytestmark = [
    pytest.mark.quality,
    pytest.mark.skipif(not DATA.is_dir(), reason="needs the public sets in ../shared/data, which are not here"),
]


def _digest(files: list[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def test_the_data_are_the_ones_that_the_floors_were_measured_on() -> None:
    specs = [DATA / "recognizers" / name for names in FILES.values() for name in names]

    assert _digest(sorted((DATA / "timebank").glob("*.tml"))) == DIGEST_OF_TIMEBANK
    assert _digest(specs) == DIGEST_OF_SPECS


@pytest.mark.parametrize(
    ("what", "name", "floor"),
    [
        ("numbers", "Number/English/NumberModel.json", 1.0),
        ("numbers", "Number/English/NumberModelExperimentalMode.json", 1.0),
        ("percentages", "Number/English/PercentModel.json", 1.0),
        ("currencies", "NumberWithUnit/English/CurrencyModel.json", 0.96),
    ],
)
def test_numbers_percentages_and_currencies_keep_their_floor(what: str, name: str, floor: float) -> None:
    right, cases, _ = score_file(what, DATA / "recognizers" / name)

    assert right / cases >= floor


@pytest.mark.parametrize(("half", "spans", "values"), [(0, 0.94, 0.82), (1, 0.92, 0.78)])
def test_dates_keep_their_floor_on_both_halves(half: int, spans: float, values: float) -> None:
    figures = score_files(sorted((DATA / "timebank").glob("*.tml"))[half::2])

    assert figures["relaxed"][2] >= spans
    assert figures["value"][2] >= values
