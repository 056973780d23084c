"""Conflicts of clock times compare instants, and one conflict is told once, in however many zones it is told."""

from __future__ import annotations

import pytest

from tests.builders import make_document
from wirecheck import Settings, compare
from wirecheck.model import Finding

WORDS = (
    "The bridge at Oswin was shut at {}, the port said. Ships waited.",
    "The bridge at Oswin was shut at {}, after a storm. It will stay shut.",
    "The bridge at Oswin was shut at {}, because of a storm, a clerk said.",
)


def find_conflicts(*times: str) -> list[Finding]:
    documents = [
        make_document(name, words.format(time), published="2021-05-06")
        for words, time, name in zip(WORDS, times, "abc", strict=False)
    ]
    report = compare(documents, settings=Settings(one_story=True))
    return [f for s in report.stories for f in s.findings if f.verdict == "conflict"]


@pytest.mark.parametrize(
    "times",
    [
        ("6 p.m. EDT on Tuesday", "2200 GMT on Tuesday", "midnight CEST on Tuesday"),
        ("6 p.m. EDT on Tuesday, 4 May 2021", "11 p.m. BST on Tuesday", "2200 GMT on 4 May"),
        ("9 p.m. PDT on Tuesday", "4 a.m. GMT on Wednesday", "1 p.m. JST on Wednesday, May 5"),
    ],
)
def test_forms_of_one_instant_are_no_conflict(times: tuple[str, str, str]) -> None:
    assert not find_conflicts(*times)


@pytest.mark.parametrize(
    ("times", "values"),
    [
        (
            ("6 p.m. EDT on Tuesday", "2200 GMT on Tuesday", "3 a.m. CEST on Wednesday"),
            ["6 p.m. EDT on Tuesday", "3 a.m. CEST on Wednesday"],
        ),
        (
            ("6 p.m. EDT on Tuesday, 4 May 2021", "9 p.m. EDT on Tuesday, 4 May 2021"),
            ["6 p.m. EDT on Tuesday, 4 May 2021", "9 p.m. EDT on Tuesday, 4 May 2021"],
        ),
        (
            ("6 p.m. EDT on Tuesday", "2300 GMT on Tuesday", "11:30 p.m. CEST on Tuesday"),
            ["6 p.m. EDT on Tuesday", "2300 GMT on Tuesday", "11:30 p.m. CEST on Tuesday"],
        ),
    ],
)
def test_one_conflict_of_instants_is_told_once(times: tuple[str, ...], values: list[str]) -> None:
    found = find_conflicts(*times)

    assert [[side.value for side in f.sides] for f in found] == [values]
