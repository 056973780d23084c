"""Rulings on points and quotations: kept with their words, shown where these are, two people's side by side."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.builders import make_report
from tests.unit.archive.test_archive import LINES, write_lines
from wirecheck.archive import Archive, keeping, open_archive
from wirecheck.archive.deciding import RULINGS, make_finding_subject, place_decisions, shorten_words
from wirecheck.archive.packing import pack, unpack
from wirecheck.errors import UsageError
from wirecheck.model import Report, StoryReport
from wirecheck.report.json import build_json, render_json
from wirecheck.report.markdown import render_markdown


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path / "archive", create=True) as opened:
        opened.add([write_lines(tmp_path / "a.jsonl", LINES)])
        yield opened


def first_story(archive: Archive) -> str:
    return next(s.id for s in archive.stories() if len(s.members) > 1)


def quoted(report: Report) -> str:
    return next(q.id for q in report.stories[0].quotations)


def test_every_ruling_on_a_point_stands_with_it_in_the_report(archive: Archive) -> None:
    story = first_story(archive)
    for ruling in ("settled", "same-fact", "noted"):
        archive.decide(ruling, [story, "p2"], who="Jo Lind", note="I asked the port")
    report = archive.compare(story, keep=True)

    assert [(d.ruling, d.point) for d in report.decisions] == [
        ("settled", "s1-p2"),
        ("same-fact", "s1-p2"),
        ("noted", "s1-p2"),
    ]
    text = render_markdown(report)
    assert "Jo Lind ruled on" in text
    assert ": one fact. I asked the port" in text


def test_two_people_may_rule_otherwise_and_both_stand(archive: Archive) -> None:
    story = first_story(archive)
    archive.decide("settled", [story, "p1"], who="Jo Lind")
    archive.decide("disputed", [story, "p1"], who="Ann Berg")

    assert [(d.who, d.ruling, d.point) for d in archive.compare(story, keep=True).decisions] == [
        ("Jo Lind", "settled", "s1-p1"),
        ("Ann Berg", "disputed", "s1-p1"),
    ]


def test_a_later_ruling_of_the_same_person_sets_the_earlier_aside(archive: Archive) -> None:
    story = first_story(archive)
    for ruling, point in (("settled", "p1"), ("same-fact", "p1"), ("settled", "p2"), ("disputed", "p1")):
        archive.decide(ruling, [story, point], who="Jo Lind")

    assert [e.set_aside_by for e in archive.decisions()] == [4, None, None, None]
    archive.decide("withdrawn", ["4"], who="Jo Lind")
    assert [e.set_aside_by for e in archive.decisions()] == [None, None, None, 5, None]


def test_a_speaker_is_ruled_with_the_words_that_were_said(archive: Archive) -> None:
    story = first_story(archive)
    report = archive.compare(story, keep=True)
    archive.decide("speaker", [story, quoted(report), "  Mara  Quill "], who="Jo Lind")
    archive.decide("speaker", [story, quoted(report), "Nils Aarden"], who="Jo Lind")

    (decision,) = archive.compare(story, keep=True).decisions
    words = report.document(decision.spans[0].document).words(decision.spans[0])
    assert f"that Nils Aarden said “{shorten_words(words, 60)}” in " in decision.sentence
    assert decision.point is None
    json.loads(render_json(archive.compare(story, keep=True)))


@pytest.mark.parametrize(
    ("ruling", "ids"),
    [
        ("disputed", ["story"]),
        ("disputed", ["story", "p999"]),
        ("speaker", ["story", "x", "Jo"]),
        ("noted", ["story", "p1"]),
    ],
)
def test_a_ruling_on_nothing_is_refused_and_not_kept(archive: Archive, ruling: str, ids: list[str]) -> None:
    story = first_story(archive)
    with pytest.raises(UsageError):
        archive.decide(ruling, [story if i == "story" else i for i in ids], who="Jo Lind")

    assert archive.decisions() == ()


def test_a_speaker_without_a_name_is_refused(archive: Archive) -> None:
    story = first_story(archive)
    with pytest.raises(UsageError, match="give a name"):
        archive.decide("speaker", [story, quoted(archive.compare(story, keep=True)), " "], who="Jo Lind")


def test_a_ruling_goes_with_its_words_to_a_newer_version(archive: Archive, tmp_path: Path) -> None:
    story = first_story(archive)
    archive.decide("disputed", [story, "p1"], who="Jo Lind")
    changed = {**LINES[0], "text": f"{LINES[0]['text']}\nThe port was told on Friday.", "modified": "2025-03-09"}
    archive.add([write_lines(tmp_path / "b.jsonl", [changed])])

    (decision,) = archive.compare(story, keep=True).decisions
    assert archive.info().versions == 1
    assert decision.point == "s1-p1"


def test_what_is_kept_of_a_comparison_is_the_comparison(archive: Archive) -> None:
    story = first_story(archive)
    fresh = archive.compare(story)
    made = archive.compare(story, keep=True)
    (file,) = (archive.folder / "derived").glob("report-*.json")
    written = file.stat().st_mtime_ns
    kept = archive.compare(story, keep=True)

    assert fresh == made == kept
    assert build_json(fresh) == build_json(kept)
    assert file.stat().st_mtime_ns == written
    assert fresh.document(fresh.documents[0].id).text not in file.read_text("utf-8")


def test_a_ruling_says_what_its_point_says_and_an_old_one_what_it_is_of(archive: Archive) -> None:
    story = first_story(archive)
    reason = archive.compare(story, keep=True).stories[0].findings[0].reason
    archive.decide("settled", [story, "p1"], who="Jo Lind")
    subject = {**json.loads(archive.decisions()[0].subject), "said": "Jo says “a very long sentence " * 9}
    archive.store.add_decision(json.dumps(subject), "disputed", who="Ann", at="2025-01-01", note="")
    del subject["said"]
    archive.store.add_decision(json.dumps(subject), "disputed", who="Bo", at="2025-01-01", note="")
    first, long, old = (d.sentence for d in archive.compare(story, keep=True).decisions)

    assert f"that a point ({reason.removesuffix('.')}) is settled." in first
    assert "…”) is disputed." in long
    assert len(long) < 300
    assert f"that a point ({subject['kind']}, of “" in old


def test_of_kept_comparisons_the_newest_stay(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "MOST_KEPT", 1)
    *_, last = [s.id for s in archive.stories()]
    for story in archive.stories():
        archive.compare(story.id, keep=True)

    assert [p.stem for p in (archive.folder / "derived").glob("report-*.json")] == [f"report-{last}"]
    assert (archive.folder / "derived" / "stories.json").exists()


def test_a_kept_comparison_is_made_again_where_origins_were_ruled_or_the_file_was_changed(archive: Archive) -> None:
    story = first_story(archive)
    archive.compare(story, keep=True)
    (file,) = (archive.folder / "derived").glob("report-*.json")
    file.write_text(file.read_text("utf-8").replace("conflict", "agree"), "utf-8")
    members = archive.story(story).documents

    assert archive.compare(story, keep=True) == archive.compare(story)
    archive.decide("same-origin", members, who="Jo Lind")
    assert len(archive.compare(story, keep=True).stories[0].origins) == 1


def test_a_settled_point_makes_no_grouping_again(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    story = first_story(archive)
    archive.decide("settled", [story, "p1"], who="Jo Lind")
    monkeypatch.setattr("wirecheck.archive.listing._group", lambda *given: pytest.fail("it was grouped again"))

    assert archive.story(story).decisions


def test_packing_gives_back_every_value_of_a_report() -> None:
    for story in make_report().stories:
        packed = json.loads(json.dumps(pack(story)))

        assert unpack(StoryReport, packed) == story


@pytest.mark.parametrize("broken", [None, [], {"a": 1}, ["s", 1], "x"])
def test_what_is_no_packed_value_is_refused(broken: object) -> None:
    with pytest.raises(ValueError, match="expected"):
        unpack(StoryReport, broken)


def test_of_two_points_on_the_same_words_a_ruling_stands_with_the_one_of_its_values() -> None:
    report = make_report()
    story = report.stories[0]
    finding = next(f for f in story.findings if f.sides)
    other = replace(finding, sides=tuple(replace(side, value=f"other {side.value}") for side in finding.sides))
    both = replace(report, stories=(replace(story, findings=(other, finding)),), decisions=())
    subject = json.loads(make_finding_subject(both, "p2"))
    ruled = {"kind": finding.kind, "spans": finding.evidence, "values": tuple(subject["values"]), "ruling": "settled"}
    decision = replace(report.decisions[0], **ruled)

    assert place_decisions(replace(both, decisions=(decision,))).decisions[0].point == f"{story.story.id}-p2"


def test_a_ruling_stands_with_the_point_of_its_kind() -> None:
    report = make_report()
    story = report.stories[0]
    finding = story.findings[0]
    other = replace(finding, kind="event" if finding.kind != "event" else "date")
    decision = replace(report.decisions[0], ruling="settled", kind=finding.kind, spans=finding.evidence)
    twice = replace(report, stories=(replace(story, findings=(other, finding)),), decisions=(decision,))

    assert place_decisions(twice).decisions[0].point == f"{story.story.id}-p2"
    assert "speaker" in RULINGS
