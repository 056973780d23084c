"""Texts that their source cut off say so, whichever reader reads them."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from wirecheck.readers import read_bytes

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "reading" / "cut.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["mark"] or c["text"][-20:])
@pytest.mark.parametrize("file", ["a.txt", "a.jsonl"])
def test_a_cut_text_says_so(case: dict[str, str], file: str) -> None:
    data = json.dumps({"text": case["text"]}) if file == "a.jsonl" else case["text"]
    (document,), problems = read_bytes(file, data.encode())
    told = [p.message for p in problems if "cut it off" in p.message]

    assert told == (
        [f"a whole text was expected; its source cut it off (“{case['mark'][:60]}”)"] if case["mark"] else []
    )
    at = document.text.find(case["mark"])
    assert not case["mark"] or document.is_furniture(at, at + len(case["mark"]))
