"""The cases of tests/cases/drafts: what is said of each item of a draft."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.drafting import check_texts
from wirecheck.model import DraftReport

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "drafts" / "items.toml").read_text("utf-8"))["case"]


def show_items(report: DraftReport) -> set[str]:
    """Return the items as the cases write them; an exclamation mark says that an editor must look."""
    shown = set()
    for item in report.items:
        head = f"{item.kind} {item.verdict}"
        words = report.draft.words(item.span).split()
        shown |= {head, f"{head} {words[0]}"} | ({f"{head} !"} if item.look else set())
    return shown


@pytest.mark.parametrize("case", CASES, ids=lambda c: str(c["name"]))
def test_a_drawn_draft(case: dict[str, Any], request: pytest.FixtureRequest) -> None:
    if case.get("expect") == "fail":
        request.applymarker(pytest.mark.xfail(strict=True))
    sources = {k: v for k, v in case.items() if k in ("herald", "post", "wire")}

    shown = show_items(check_texts(case["draft"], suffix=case.get("suffix", "txt"), **sources))

    assert set(case.get("wanted", ())) <= shown
    assert not shown & set(case.get("absent", ()))
