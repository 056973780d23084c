"""Which documents of one story derive from each other: what is read, and what is kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from wirecheck.archive import deriving, open_archive
from wirecheck.archive.deriving import may_derive
from wirecheck.model import Document
from wirecheck.reuse import fingerprint

WIRE = (
    "The harbour office of Larkspur closed the north quay on Tuesday after a crane fell into the basin. Nobody "
    "was hurt. Two barges that carry gravel for the breakwater were turned away and will unload at Penhallow "
    "instead. Divers are to look at the crane on Thursday, and the quay opens again when the basin is clear, "
    "which may take until spring. The port earns a third of its dues at that quay, and its clerk expects the town"
    " to ask the county for a loan."
)
OWN = (
    "A crane toppled at Larkspur harbour on Tuesday. Fishermen who moor nearby say that it had leaned for weeks, "
    "and that they told the clerk so. Gravel barges are being sent to Penhallow. Sandra Vole, who runs the "
    "chandlery, fears for her trade: without barges no crews come in for rope, paint or tea. She wants the quay "
    "cleared before the regatta in May."
)


def write(path: Path, *texts: tuple[str, str]) -> Path:
    """Write documents of one day, each with its publisher."""
    lines = [
        json.dumps({"title": f"Crane falls at Larkspur {n}", "text": t, "publisher": p, "published": "2025-02-04"})
        for n, (p, t) in enumerate(texts)
    ]
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_texts_that_share_neither_words_nor_runs_are_not_read() -> None:
    wire, own, other = (
        fingerprint(Document(name, name, name, text, ""))
        for name, text in (
            ("a", WIRE),
            ("b", OWN),
            ("c", "Bakers went on strike over ovens, flour and the hours of night."),
        )
    )

    assert may_derive(wire, wire)
    assert not may_derive(own, other)


def test_a_story_of_a_reprint_and_a_report_has_two_origins(tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", ("The Wire", WIRE), ("The Larkspur Post", WIRE), ("The Chandler", OWN))
    with open_archive(tmp_path / "archive", create=True) as archive:
        archive.add([file])

        assert [(len(s.members), s.origins) for s in archive.stories()] == [(3, 2)]


def test_what_was_compared_is_not_compared_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    compare = deriving.compare_reuse

    def note(left: deriving.Worded, right: deriving.Worded) -> object:
        read.append(f"{left.document} {right.document}")
        return compare(left, right)

    monkeypatch.setattr(deriving, "compare_reuse", note)
    with open_archive(tmp_path / "archive", create=True) as archive:
        archive.add([write(tmp_path / "a.jsonl", ("The Wire", WIRE), ("The Larkspur Post", WIRE))])
        archive.stories()
        before = len(read)
        archive.add([write(tmp_path / "b.jsonl", ("The Ferry", WIRE))])
        (story,) = archive.stories()

    assert (before, len(read)) == (1, 3)
    assert len(set(read)) == 3
    assert story.origins == 1
