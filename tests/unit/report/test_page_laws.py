"""Laws of the page: whatever the text and wherever the spans, every word stands in it once, every link leads on."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import make_document
from wirecheck.model import Document, Finding, Report, Stated, Story, StoryReport
from wirecheck.report.html import render_html
from wirecheck.report.json import render_json
from wirecheck.report.markdown import render_markdown
from wirecheck.report.plain import show_plainly
from wirecheck.report.terminal import render_terminal

TEXTS = st.text(st.sampled_from("ab \n\t.“”<>&'\"\x00é\u2028漢"), min_size=1, max_size=60).filter(str.strip)


class Sheets(HTMLParser):
    """The text of every document of a page, by segment, and all ids and links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.segments: list[tuple[int, str]] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.shown: list[tuple[int, int]] = []
        self._inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.ids += [str(found["id"])] if "id" in found else []
        self.links += [str(found["href"])] if tag == "a" else []
        for place in str(found.get("data-at") or "").split():
            start, end = re.findall(r"\d+", place)[1:]
            self.shown.append((int(start), int(end)))
        self._inside = "data-s" in found
        if self._inside:
            self.segments.append((int(str(found["data-s"])), ""))

    def handle_endtag(self, tag: str) -> None:
        self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            start, text = self.segments[-1]
            self.segments[-1] = (start, text + data)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    document = make_document("d", draw(TEXTS))
    length = len(document.text)
    place = st.tuples(st.integers(0, length), st.integers(0, length)).map(sorted).filter(lambda p: p[0] < p[1])
    spans = [document.span(*p) for p in draw(st.lists(place, min_size=1, max_size=5))]
    furniture = draw(st.lists(place, max_size=1))
    title = draw(st.none() | place)
    document = replace(
        document,
        furniture=tuple(document.span(*p) for p in furniture),
        title_span=document.span(*title) if title is not None else None,
    )
    stated = (Stated(document.id, tuple(spans)),)
    findings = tuple(
        Finding(verdict, "event", "A reason.", stated, "test")  # type: ignore[arg-type]
        for verdict in ("agree", "undecided")
    )
    return Report((document,), (StoryReport(Story("s1", "A story", (document.id,)), findings=findings),))


def words_of(document: Document) -> str:
    return re.sub(r"\s+", "", show_plainly(document.text))


@settings(max_examples=150)
@given(reports())
def test_every_word_of_a_document_stands_in_the_page_once_and_in_order(report: Report) -> None:
    sheets = Sheets(render_html(report))
    shown = "".join(text for _, text in sheets.segments)

    assert re.sub(r"\s+", "", shown) == words_of(report.documents[0])
    assert [s for s, _ in sheets.segments] == sorted(s for s, _ in sheets.segments)


@settings(max_examples=150)
@given(reports())
def test_nothing_that_is_highlighted_begins_or_ends_inside_a_segment(report: Report) -> None:
    sheets = Sheets(render_html(report))

    assert sheets.shown
    for start, text in sheets.segments:
        assert not any(start < border < start + len(text) for place in sheets.shown for border in place)


@settings(max_examples=150)
@given(reports())
def test_every_link_leads_to_one_place(report: Report) -> None:
    sheets = Sheets(render_html(report))

    assert len(sheets.ids) == len(set(sheets.ids))
    assert {link[1:] for link in sheets.links} <= set(sheets.ids)


@settings(max_examples=50)
@given(reports())
def test_every_form_can_show_any_text(report: Report) -> None:
    assert render_json(report)
    assert render_markdown(report)
    assert render_terminal(report, width=60)
