"""Drawn cases of time stamps."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from wirecheck.text.timestamps import read_timestamp

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "reading" / "stamps.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["value"])
def test_a_value_is_the_time_stamp_that_is_drawn(case: dict[str, str]) -> None:
    stamp = read_timestamp(case["value"])

    assert (stamp or "") == case["stamp"]
