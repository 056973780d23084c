"""What the judge is trained on is what its README says: whole, exact, and ours."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[2] / "training" / "data"
LISTS = ("agree", "quotes", "conflict", "compatible", "near")


def list_stories() -> Iterator[dict[str, Any]]:
    return map(json.loads, (DATA / "stories.jsonl").read_text("utf-8").splitlines())


def list_entries() -> Iterator[tuple[dict[str, Any], str, list[tuple[str, str]]]]:
    """Yield each entry of each story: the story, the name of the list, and its passages as document and words."""
    for story in list_stories():
        for kind in LISTS:
            for entry in story.get(kind, []):
                passages = entry["passages"] if isinstance(entry, dict) else entry
                yield story, kind, [(document, words) for document, words in passages]


def test_every_passage_of_a_written_story_is_an_exact_part_of_its_report() -> None:
    wrong = [
        (story["id"], kind, passage)
        for story, kind, passages in list_entries()
        for passage in passages
        if passage[1] not in story["documents"].get(passage[0], {"text": ""})["text"]
    ]

    assert wrong == []


def test_every_entry_is_of_two_reports_or_more() -> None:
    alone = [
        (story["id"], kind, passages)
        for story, kind, passages in list_entries()
        if len({document for document, _ in passages}) < 2
    ]

    assert alone == []


def test_the_readme_counts_what_is_there() -> None:
    stories = list(list_stories())
    counts = Counter(kind for _, kind, _ in list_entries())
    readme = (DATA / "README.md").read_text("utf-8")
    reports = sum(len(story["documents"]) for story in stories)

    assert len({story["id"] for story in stories}) == len(stories)
    assert f"{len(stories)} stories of two or three reports, {reports} in all" in readme
    for kind in ("agree", "near", "conflict", "compatible"):
        assert f"{counts[kind]:,}" in readme, kind
