# ruff: noqa: E501 - pages are easier to read on one line
"""Pages laid out by tables, and tables of data."""

from __future__ import annotations

import pytest

from wirecheck.readers import read_bytes

HEAD = "<html><head><title>Ferry sinks off Port Elra</title></head><body>"
WORDS = "The ferry sank on Monday off Port Elra, and twelve people died, the coast guard said."
MORE = "The search went on through the night, and divers came from Oswin."


def test_the_article_in_a_cell_keeps_its_paragraphs() -> None:
    page = f"{HEAD}<table><tr><td>Menu<br>Home</td><td><h1>Ferry sinks off Port Elra</h1><p>{WORDS}</p><p>{MORE}</p></td></tr></table>"
    (document,), _ = read_bytes("a.html", page.encode())

    assert document.text.splitlines()[-2:] == [WORDS, MORE]
    assert "|" not in document.text


def test_line_breaks_of_a_cell_are_paragraphs() -> None:
    page = f"{HEAD}<table><tr><td><h1>Ferry sinks off Port Elra</h1>{WORDS}<br><br>{MORE}<br><br>It was bad.</td></tr></table>"
    (document,), _ = read_bytes("a.html", page.encode())

    assert document.text.splitlines()[-3:] == [WORDS, MORE, "It was bad."]


def test_a_table_of_figures_stays_one() -> None:
    rows = "".join(f"<tr><td>Oswin {n}</td><td>{n * 100}</td></tr>" for n in range(1, 4))
    page = (
        f"{HEAD}<article><h1>Ferry sinks off Port Elra</h1><p>{WORDS}</p><p>{MORE}</p><table>{rows}</table></article>"
    )
    (document,), _ = read_bytes("a.html", page.encode())

    assert "| Oswin 2 | 200 |" in document.text


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        (
            "<p>The ferry <b>sank</b> on <a href=x>Monday</a>.</p><p>It rained.</p>",
            ["The ferry sank on Monday.", "It rained."],
        ),
        (
            "<div>The ferry <i>Elra</i> sank.<br>“We <em>ran</em>,” he said.</div>",
            ["The ferry Elra sank.", "“We ran,” he said."],
        ),
        ("<p><span class=drop>T</span>he ferry sank.</p>", ["The ferry sank."]),
        ("<p><b>The</b> <i>ferry</i> sank.</p>", ["The ferry sank."]),
        ("<div><span>Herald</span><span>5 May</span></div><p>It sank.</p>", ["Herald", "5 May", "It sank."]),
    ],
)
def test_a_sentence_of_a_short_page_is_not_taken_apart_at_its_tags(page: str, lines: list[str]) -> None:
    (document,), _ = read_bytes("a.html", f"<html><body>{page}</body></html>".encode())

    assert document.text.split("\n") == lines
