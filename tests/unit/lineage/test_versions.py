"""Two versions of one address: the newer one replaces the older, and what it corrects is shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from wirecheck import Settings, compare
from wirecheck.archive import open_archive
from wirecheck.model import Report
from wirecheck.report.overview import build_overview
from wirecheck.report.terminal import render_terminal

NOTE = "Correction: An earlier version of this article said that the bus fell 300 metres. It fell 30 metres."
FIRST = {
    "url": "https://herald.example/larn-bus",
    "publisher": "The Larn Herald",
    "title": "Bus falls into ravine near Larn",
    "published": "2024-03-03T08:00:00Z",
    "text": "A bus fell 300 metres into a ravine near Larn on Saturday, police said. Nine people were killed. The "
    "driver, Tomas Rell, was among the dead.",
}
SECOND = {
    **FIRST,
    "url": "https://herald.example/larn-bus?utm_source=feed",
    "modified": "2024-03-03T12:00:00Z",
    "text": f"{FIRST['text'].replace('300', '30')}\n\n{NOTE}",
}
OTHER = {
    "url": "https://post.example/ravine",
    "publisher": "Morning Post",
    "title": "Nine dead as bus falls into ravine near Larn",
    "published": "2024-03-03T13:00:00Z",
    "text": "A bus fell 30 metres into a ravine near Larn on Saturday, officials said. Nine people died. Rescuers "
    "worked through the night.",
}
TOLD = f"“30 metres” now stands where “300 metres” stood; its note says “{NOTE}”"


def write(folder: Path, *lines: dict[str, str]) -> Path:
    path = folder / "bus.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return path


def on_one_line(report: Report) -> str:
    return " ".join(render_terminal(report, width=100, color=False).split())


def test_versions_do_not_contradict_each_other(tmp_path: Path) -> None:
    report = compare([write(tmp_path, FIRST, SECOND, OTHER)], settings=Settings(one_story=True))

    (found,) = [p for p in report.points(kind="quantity") if "300 metres" in p.finding.reason]
    assert (found.finding.verdict, found.finding.difference) == ("compatible", "update")
    assert found.finding.reason.endswith("; bus-2 is a newer version of bus-1.")


def test_who_repeats_the_withdrawn_value_still_contradicts_the_correction(tmp_path: Path) -> None:
    late = {**OTHER, "text": OTHER["text"].replace("30 metres", "300 metres")}
    report = compare([write(tmp_path, FIRST, SECOND, late)], settings=Settings(one_story=True))

    assert any("bus-2 is a newer version of bus-1" in p.finding.reason for p in report.points(verdict="conflict"))


def test_the_report_shows_old_words_new_words_and_the_note(tmp_path: Path) -> None:
    report = compare([write(tmp_path, FIRST, SECOND, OTHER)], settings=Settings(one_story=True))
    (story,) = report.stories
    (version,) = [x for x in story.lineage if x.relation == "version"]
    by_id = {d.id: d for d in report.documents}

    assert version.reason == f"bus-2 is a newer version of bus-1: {TOLD}"
    assert {by_id[s.document].words(s) for s in version.evidence} == {"300 metres", "30 metres", NOTE}
    assert build_overview(report, story).group("corrected").notes == (version.reason,)


@pytest.mark.parametrize("earlier", [False, True])
def test_a_story_of_an_archive_shows_what_a_version_corrected(tmp_path: Path, earlier: bool) -> None:
    with open_archive(tmp_path / "archive", create=True) as archive:
        archive.add([write(tmp_path, FIRST, SECOND, OTHER)])
        (listing,) = archive.stories()
        report = archive.compare(listing.id, earlier=earlier)

    assert len(report.documents) == (3 if earlier else 2)
    assert TOLD in on_one_line(report)
