"""One typed call for each thing: over files, over a folder, over an archive that is open."""

from __future__ import annotations

from pathlib import Path

import pytest

import wirecheck
from tests.unit.archive.test_archive import LINES, write_lines
from wirecheck import service
from wirecheck.archive import Filter, open_archive
from wirecheck.errors import UsageError
from wirecheck.library import compare
from wirecheck.report.json import build_json


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    service.add(tmp_path / "archive", [write_lines(tmp_path / "a.jsonl", LINES)])
    return tmp_path / "archive"


def test_files_are_compared_as_the_library_compares_them(tmp_path: Path) -> None:
    file = write_lines(tmp_path / "a.jsonl", LINES[:2])

    assert build_json(service.compare([file])) == build_json(compare([file]))


def test_documents_that_were_read_are_added_beside_paths(tmp_path: Path) -> None:
    report = service.compare([write_lines(tmp_path / "a.jsonl", LINES[:2])])
    rest = write_lines(tmp_path / "b.jsonl", LINES[2:])

    both = service.add(tmp_path / "archive", [*report.documents, rest])
    again = service.add(tmp_path / "archive", report.documents)

    assert (both.stored, both.known) == (3, 0)
    assert (again.stored, again.known) == (0, 2)
    assert {d.id for d in service.documents(tmp_path / "archive")} >= {d.id for d in report.documents}
    assert service.problems(tmp_path / "archive") == ()


def test_a_folder_and_an_open_archive_answer_the_same(folder: Path) -> None:
    with open_archive(folder) as opened:
        for where in (folder, opened):
            (story,) = service.stories(where, Filter(min_documents=2))
            assert len(service.story(where, story.id).stories[0].findings) > 0
            assert [h.document.publisher for h in service.search(where, "bakers")] == ["The Courier"]
            assert len(service.trace(where, "until every lamp on that channel is lit").appearances) == 2
            assert service.info(where).documents == 3
            assert service.document(where, story.documents[0]) is not None
            assert service.document(where, "nothing") is None
        assert service.reuse(folder) == service.reuse(opened)


def test_points_are_chosen_by_verdict_and_by_document(folder: Path) -> None:
    (story,) = service.stories(folder, Filter(min_documents=2))
    report = service.story(folder, story.id)
    every = service.points(report)
    verdict = every[0].finding.verdict
    some = service.points(report, verdicts=(verdict,))

    assert [p.id for p in every] == [f"s1-p{n}" for n in range(1, len(every) + 1)]
    assert [p.id for p in some] == [p.id for p in every if p.finding.verdict == verdict]
    both = service.points(report, documents=story.documents)
    assert both
    assert all(set(story.documents) <= set(p.finding.documents) for p in both)
    with pytest.raises(UsageError, match="no document x in this report"):
        service.points(report, documents=("x",))


def test_a_ruling_is_kept_and_listed_and_changes_nothing_that_was_found(folder: Path) -> None:
    (story,) = service.stories(folder, Filter(min_documents=2))
    before = service.story(folder, story.id)
    entry = service.decide(folder, "disputed", [story.id, "p1"], who="Jo Lind", note="asked")

    assert service.decisions(folder) == (entry,)
    after = service.story(folder, story.id)
    assert after.stories == before.stories
    assert service.changes(before, after) == ()


@pytest.mark.skipif(hasattr(wirecheck, "check_claim"), reason="claims are part of this build")
def test_a_build_without_claims_says_so() -> None:
    with pytest.raises(UsageError, match="claims are not part of this build"):
        service.claim("Two died.", ["a.txt"])


@pytest.mark.skipif(hasattr(wirecheck, "check_draft"), reason="drafts are part of this build")
def test_a_build_without_drafts_says_so() -> None:
    with pytest.raises(UsageError, match="drafts are not part of this build"):
        service.check_draft("draft.txt", ["a.txt"])
