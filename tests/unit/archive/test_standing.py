"""Reuse leaves out what a publisher sets under its articles."""

from __future__ import annotations

import json
from pathlib import Path

from wirecheck.archive import open_archive

RIGHTS = "Copyright 2025 Elra Media. All rights reserved. This material may not be published or broadcast."
WRITER = "Mara Quill is a columnist of the Herald who has lived in Port Elra for more than twenty years now."
ONE = " ".join(f"The {w} clerk counted {w} crates on the quay before the tide came in." for w in "abcdef")
TWO = " ".join(f"A {w} lamp of the northern pier was lit by {w} pilots in the evening." for w in "ghijkl")


def list_pairs(folder: Path, texts: list[tuple[str, str]]) -> list[tuple[str, str, int]]:
    lines = [
        {"title": f"Title {n} of Elra", "publisher": p, "published": f"2025-03-{n + 1:02}", "text": text}
        for n, (p, text) in enumerate(texts)
    ]
    (folder / "a.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    with open_archive(folder / "archive", create=True) as archive:
        archive.add([folder / "a.jsonl"])
        names = {s.id: s.title or "" for s in archive.store.list_stored()}
        return [(names[s.left], names[s.right], s.words) for s in archive.reuse()]


def test_rights_at_the_end_of_a_paragraph_are_no_reuse(tmp_path: Path) -> None:
    assert list_pairs(tmp_path, [("Herald", f"{ONE} {RIGHTS}"), ("Post", f"{TWO} {RIGHTS}")]) == []


def test_who_writes_is_no_reuse_in_one_paper_and_is_in_another(tmp_path: Path) -> None:
    same, other = tmp_path / "same", tmp_path / "other"
    same.mkdir()
    other.mkdir()

    assert list_pairs(same, [("Herald", f"{ONE}\n\n{WRITER}"), ("Herald", f"{TWO}\n\n{WRITER}")]) == []
    assert len(list_pairs(other, [("Herald", f"{ONE}\n\n{WRITER}"), ("Post", f"{TWO}\n\n{WRITER}")])) == 1


def test_those_that_share_most_come_first(tmp_path: Path) -> None:
    texts = [("Herald", f"{ONE}\n\n{TWO}"), ("Post", ONE[:230]), ("Gazette", f"{ONE}\n\n{TWO} It rained.")]
    words = [count for _, _, count in list_pairs(tmp_path, texts)]

    assert len(words) == 3
    assert words == sorted(words, reverse=True)


BOX = "Please verify that you are no lamp by clicking the box. Invalid address of a pilot. You must select a harbour."
THREE = " ".join(f"In {w} the owner of a boat sold {w} nets to a fisher from the other shore." for w in "mnopqr")


def test_what_stands_in_articles_of_several_days_is_no_reuse(tmp_path: Path) -> None:
    texts = [("Herald", f"{text[:300]} {BOX} {text[300:]}") for text in (ONE, TWO, THREE)]

    assert list_pairs(tmp_path, texts) == []


def test_an_article_that_comes_again_on_several_days_is_reuse(tmp_path: Path) -> None:
    texts = [("Herald", f"{ONE} {TWO} It was day {n}.") for n in range(3)]

    assert len(list_pairs(tmp_path, texts)) == 3
