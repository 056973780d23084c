"""Drawn cases of the report: dates, safe words, Markdown."""

from __future__ import annotations

import tomllib
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from tests.builders import make_document
from wirecheck.model import OriginGroup, Origins, Report
from wirecheck.report.markdown import escape_markdown
from wirecheck.report.plain import show_on_a_line
from wirecheck.report.rows import Context
from wirecheck.report.sections._points import list_origin_notes
from wirecheck.text.shown_dates import show_date

CASES = Path(__file__).parents[2] / "cases" / "report"


def read_cases(name: str) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = tomllib.loads((CASES / f"{name}.toml").read_text("utf-8"))["case"]
    return cases


class Shown(HTMLParser):
    """The text that a browser would show, and every element besides paragraphs."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags += [tag] if tag != "p" else []

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("dialect", ["commonmark", "gfm-like"])
@pytest.mark.parametrize("case", read_cases("markdown"), ids=lambda c: c["text"][:30])
def test_text_in_markdown_is_shown_and_does_nothing(case: dict[str, Any], dialect: str) -> None:
    reader = MarkdownIt(dialect, {"linkify": False})
    shown = Shown()
    shown.feed(reader.render(escape_markdown(case["text"])))

    assert shown.text.strip() == case.get("shown", case["text"])
    assert shown.tags == []


@pytest.mark.parametrize("case", read_cases("dates"), ids=lambda c: c["value"] or "nothing")
def test_a_date_is_shown_as_precise_as_it_is(case: dict[str, Any]) -> None:
    assert show_date(case["value"]) == case["shown"]


@pytest.mark.parametrize("case", read_cases("words"), ids=lambda c: ascii(c["text"])[:30])
def test_words_on_a_line_are_harmless(case: dict[str, Any]) -> None:
    assert show_on_a_line(case["text"]) == case["shown"]


@pytest.mark.parametrize("case", read_cases("origins"), ids=lambda c: c["name"])
def test_origins_are_told_in_words(case: dict[str, Any]) -> None:
    documents = {n: make_document(n, f"The text of {n}.") for n in "abcd"}
    groups = tuple(
        OriginGroup(tuple(documents[d].id for d in g["documents"]), g["reason"], (documents[g["documents"][0]].whole,))
        for g in case["groups"]
    )
    named = tuple(documents[d].id for g in case["groups"] for d in g["documents"])
    context = Context(Report(tuple(documents.values()), ()))
    notes = list_origin_notes(context, Origins(len(groups), case["independence"], groups), named)

    assert [("+" if n.detail else "") + n.text for n in notes] == case["lines"]
