"""What would take too long is cut off, and says so; what an article has is not."""

from __future__ import annotations

import re
import time

from wirecheck import compare
from wirecheck.model import Document, digest_document
from wirecheck.settings import Settings


def write_table(name: str, lines: int, offset: int) -> Document:
    text = " ".join(f"The man was {20 + (7 * n + offset) % 70} years old when he died." for n in range(lines))
    return Document(digest_document(name, text), name, f"{name}.txt", text, "")


def test_many_short_sentences_with_one_number_each_end_in_time_and_say_what_was_cut_off() -> None:
    start = time.process_time()
    report = compare([write_table("a", 78, 0), write_table("b", 78, 1)], settings=Settings(one_story=True))

    assert time.process_time() - start < 60  # it took minutes; twelve seconds on a slow core
    assert [p.location for p in report.problems] == ["a.txt", "b.txt"]
    for problem in report.problems:
        said = r"so that it ends in time, \d+ of its statements, this one first, were held against the 30 nearest"
        assert re.match(said, problem.message)
        assert problem.span is not None


def test_as_many_as_an_article_has_are_not_cut_off() -> None:
    report = compare([write_table("a", 12, 0), write_table("b", 12, 1)], settings=Settings(one_story=True))

    assert report.problems == ()
