"""Single line breaks of pages: between paragraphs they part them, within a sentence they part nothing."""

from __future__ import annotations

import time

import pytest

from wirecheck.readers import read_bytes

FIRST = "The ferry Larkspur ran aground off Sorrel Point on Saturday, and 14 people were hurt, the coast guard said."
SECOND = "“We will not sail again until every lamp is lit,” said Mara Quill, the harbour master, at the quay at noon."
THIRD = "The ferry had 212 passengers on board, and divers were to look at the hull on Wednesday, the company said."


def read_body(body: str) -> str:
    head = "<head><title>Ferry aground</title></head>"
    page = f"<html>{head}<body><article><h1>Ferry aground</h1>{body}</article></body></html>"
    (document,), _ = read_bytes("a.html", page.encode())
    return document.text


@pytest.mark.parametrize("opening", ["<p>", "<div>", "<div><span>", "<font>"])
def test_paragraphs_with_one_break_between_them_stay_apart(opening: str) -> None:
    text = read_body(f"{opening}{FIRST}<br>{SECOND}<br/>\n{THIRD}")

    assert text.split("\n")[1:] == [FIRST, SECOND, THIRD]


def wrap(text: str, width: int) -> str:
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + len(word) >= width:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return "<br>".join([*lines, line])


@pytest.mark.parametrize("width", [40, 52, 66, 80])
def test_lines_that_were_wrapped_by_breaks_are_one_paragraph(width: int) -> None:
    text = read_body("".join(f"<p>{wrap(p, width)}</p>" for p in (FIRST, SECOND, THIRD)))

    assert text.split("\n")[1:] == [FIRST, SECOND, THIRD]


def test_wrapped_paragraphs_with_two_breaks_between_them_stay_apart() -> None:
    text = read_body(f"<div>{'<br><br>'.join(wrap(p, 60) for p in (FIRST, SECOND, THIRD))}</div>")

    assert text.split("\n")[1:] == [FIRST, SECOND, THIRD]


def test_a_break_before_a_word_in_its_own_tag_is_one_within_a_sentence() -> None:
    text = read_body(
        f"<p>The ferry ran aground<br><b>off Sorrel Point</b> on Saturday.</p><p>{SECOND}</p><p>{THIRD}</p>"
    )

    assert "The ferry ran aground off Sorrel Point on Saturday." in text


def test_rows_of_names_and_numbers_stay_apart() -> None:
    text = read_body(
        f"<p>{FIRST}</p><p>Mara Quill, harbour master<br>Nils Aarden, passenger<br>14 hurt</p><p>{THIRD}</p>"
    )

    assert "Mara Quill, harbour master\nNils Aarden, passenger\n14 hurt" in text


def test_a_page_of_breaks_takes_time_in_proportion() -> None:
    def measure(count: int) -> float:
        start = time.process_time()
        assert len(read_body(f"<p>{'a word<br>' * count}</p><p>{FIRST}</p>")) > 6 * count
        return time.process_time() - start

    measure(10)

    assert measure(8000) < 6 * measure(4000) + 0.5
