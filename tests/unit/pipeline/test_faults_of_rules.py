"""A rule that fails on one text costs what it would have found there, and says so; the rest of the run goes on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.builders import HERALD, WIRE
from wirecheck import annotators, compare, pipeline
from wirecheck.annotators import list_annotators
from wirecheck.archive import Filter, open_archive, steps
from wirecheck.errors import Error
from wirecheck.language.reading import Reading
from wirecheck.model import Annotation, Annotations, Document, digest_document
from wirecheck.settings import Settings

ONE_STORY = Settings(one_story=True)


def documents() -> list[Document]:
    return [Document(digest_document(n, t), n, f"{n}.txt", t, "") for n, t in (("herald", HERALD), ("wire", WIRE))]


def fail(*given: object, **named: object) -> object:
    raise IndexError("list index out of range")


def test_an_annotator_that_fails_on_one_document_costs_its_kind_there(monkeypatch: pytest.MonkeyPatch) -> None:
    def find(reading: Reading, known: Annotations) -> Iterator[Annotation]:
        if reading.document.name == "wire":
            fail()
        yield from own.find(reading, known)

    own = next(a for a in list_annotators() if a.kind == "quotations")
    rest = tuple(a for a in list_annotators() if a.kind != "quotations")
    monkeypatch.setattr(annotators, "list_annotators", lambda: (*rest, replace(own, find=find)))
    report = compare(documents(), settings=ONE_STORY)

    (problem,) = report.problems
    assert problem.location == "wire.txt"
    assert problem.message.startswith("its quotations were not found; this is a fault of Wirecheck (IndexError")
    assert {q.document for q in report.stories[0].quotations} == {documents()[0].id}
    assert any(f.verdict == "conflict" for f in report.stories[0].findings)


def test_a_text_that_cannot_be_read_by_the_model_is_a_document_without_sentences(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    own = pipeline.read_document
    monkeypatch.setattr(pipeline, "read_document", lambda d: fail() if d.name == "wire" else own(d))
    report = compare(documents(), settings=ONE_STORY)

    assert [p.location for p in report.problems] == ["wire.txt"]
    assert "its sentences were not read" in report.problems[0].message
    assert len(report.documents) == 2


def test_a_story_whose_comparison_fails_is_listed_without_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "run_checks", fail)
    report = compare(documents(), settings=ONE_STORY)

    assert report.problems[0].message.startswith("its story (documents: 2) was not compared;")
    assert report.stories[0].story.documents == tuple(d.id for d in documents())
    assert not report.stories[0].findings


def test_what_the_caller_can_mend_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(document: Document) -> Reading:
        raise Error("the reading model needs a file")

    monkeypatch.setattr(pipeline, "read_document", refuse)

    with pytest.raises(Error, match="reading model"):
        compare(documents(), settings=ONE_STORY)


def test_a_document_whose_fingerprint_fails_is_stored_and_the_next_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = steps.fingerprint
    monkeypatch.setattr(steps, "fingerprint", lambda d: fail() if d.name == "a" else own(d))
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(f"{HERALD} {name}", "utf-8")
    with open_archive(tmp_path / "archive", create=True) as archive:
        added = archive.add([tmp_path / "a.txt", tmp_path / "b.txt"])
        names = [d.name for d in archive.documents()]
        stories = archive.stories(Filter(min_documents=1))
        again = archive.problems()
        faults = archive.check()

    assert names == ["a", "b"]
    assert again == added.problems
    assert faults == ()
    assert ["it is stored, but joins no story" in p.message for p in added.problems] == [True]
    assert [m.name for s in stories for m in s.members] == ["b"]


def test_a_fingerprint_that_fails_when_it_is_made_again_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(f"{HERALD} {name}", "utf-8")
    with open_archive(tmp_path / "archive", create=True) as archive:
        archive.add([tmp_path / "a.txt", tmp_path / "b.txt"])
        own = steps.fingerprint
        monkeypatch.setattr(steps, "VERSION", steps.VERSION + 1)
        monkeypatch.setattr(steps, "fingerprint", lambda d: fail() if d.name == "a" else own(d))
        made = steps.bring_up_to_date(archive.store)
        told = archive.problems()

    assert made == 1
    assert [p.location for p in told] == [str(tmp_path / "a.txt")]
    assert told[0].message.startswith(steps.JOINS_NO_STORY)
