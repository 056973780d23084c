"""Verifying a report catches what was changed."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from tests.unit.archive.test_archive import LINES, write_lines
from wirecheck.archive import Archive, Filter, open_archive
from wirecheck.report.json import render_json
from wirecheck.report.verify import verify_report


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("verify")
    with open_archive(folder / "archive", create=True) as opened:
        opened.add([write_lines(folder / "a.jsonl", LINES)])
        yield opened


@pytest.fixture(scope="module")
def report(archive: Archive) -> Any:
    (story,) = archive.stories(Filter(search="Larkspur"))
    return json.loads(render_json(archive.compare(story.id)))


def test_a_report_as_it_was_made_holds(report: Any, archive: Archive) -> None:
    assert verify_report(report) == []
    assert verify_report(report, archive.document) == []


def test_one_changed_character_of_a_text_is_caught(report: Any) -> None:
    changed = copy.deepcopy(report)
    changed["documents"][0]["text"] = changed["documents"][0]["text"].replace("lamp", "lamb", 1)

    assert verify_report(changed)


def test_one_changed_character_of_a_quotation_is_caught(report: Any) -> None:
    changed = copy.deepcopy(report)
    span = changed["quotations"][0]["contents"][0]
    span["text"] = span["text"].replace("sail", "fail", 1)

    (fault,) = verify_report(changed)
    assert fault.startswith("quotations[0].contents[0]: ")


def test_one_shifted_offset_is_caught(report: Any) -> None:
    changed = copy.deepcopy(report)
    changed["quotations"][0]["contents"][0]["start"] += 1

    assert verify_report(changed)


def test_a_missing_document_is_caught(report: Any) -> None:
    changed = copy.deepcopy(report)
    del changed["documents"][0]

    assert verify_report(changed)


def test_a_document_that_the_archive_does_not_have_is_caught(report: Any) -> None:
    assert verify_report(report, lambda ident: None)


@pytest.mark.parametrize("field", ["publisher", "published", "title", "sha256"])
def test_changed_provenance_is_caught_by_the_archive(report: Any, archive: Archive, field: str) -> None:
    changed = copy.deepcopy(report)
    changed["documents"][0][field] = "2025-01-01"

    assert verify_report(changed, archive.document)


@pytest.mark.parametrize("value", [None, [], {}, {"format": "other/1"}, "x"])
def test_what_is_no_report_is_said_so(value: Any) -> None:
    assert len(verify_report(value)) == 1
