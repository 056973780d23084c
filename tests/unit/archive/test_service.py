"""One typed call for each thing: over files, over a folder, over an archive that is open."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.archive.test_archive import LINES, write_lines
from wirecheck import service
from wirecheck.archive import Filter, open_archive
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


def test_claims_and_drafts_are_asked_as_the_library_asks_them(tmp_path: Path) -> None:
    documents = service.compare([write_lines(tmp_path / "a.jsonl", LINES[:2])]).documents
    draft = tmp_path / "draft.txt"
    draft.write_text(documents[0].text, "utf-8")

    claimed = service.claim(documents[0].text.split(". ")[0], documents)
    drafted = service.check_draft(draft, documents)

    assert len(claimed.documents) == 2
    assert {i.verdict for i in drafted.items} <= {"verbatim", "supported", "paraphrased", "trimmed"}


def test_a_ruling_is_kept_and_listed_and_changes_nothing_that_was_found(folder: Path) -> None:
    (story,) = service.stories(folder, Filter(min_documents=2))
    before = service.story(folder, story.id)
    entry = service.decide(folder, "disputed", [story.id, "p1"], who="Jo Lind", note="asked")

    assert service.decisions(folder) == (entry,)
    after = service.story(folder, story.id)
    assert after.stories == before.stories
    assert service.changes(before, after) == ()
