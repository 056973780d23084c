"""Every form of the report: the same bytes twice, exact words, and hostile text that stays text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from importlib import resources
from typing import Any

import jsonschema
import pytest
from markdown_it import MarkdownIt

from tests.builders import HOSTILE, make_document, make_hostile_report, make_report
from tests.judged import REPORTS
from wirecheck.errors import UsageError
from wirecheck.model import Report
from wirecheck.report.html import content_policy, render_html
from wirecheck.report.json import render_json
from wirecheck.report.markdown import render_markdown
from wirecheck.report.rows import Context
from wirecheck.report.schema import json_schema
from wirecheck.report.sections import list_sections
from wirecheck.report.terminal import render_terminal

FORMS: dict[str, Callable[[Report], str]] = {
    "json": render_json,
    "markdown": render_markdown,
    "html": render_html,
    "terminal": lambda report: render_terminal(report, width=100, color=True),
}
VOID = {"meta", "link", "input", "br", "img", "hr"}


class Page(HTMLParser):
    """What a browser makes of a page: elements with their attributes, and the text of the body."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.broken: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.broken.append(tag)

    def handle_data(self, data: str) -> None:
        if not {"script", "style"} & set(self.open):
            self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def spans_in(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if {"document", "start", "end", "text"} <= value.keys():
            yield value
        for inner in value.values():
            yield from spans_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans_in(inner)


def squeeze(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("form", FORMS)
def test_the_same_report_gives_the_same_text(form: str, report: str) -> None:
    assert FORMS[form](REPORTS[report]()) == FORMS[form](REPORTS[report]())


@pytest.mark.parametrize("form", FORMS)
def test_a_report_without_documents_is_a_report(form: str) -> None:
    assert FORMS[form](Report(documents=(), stories=()))


@pytest.mark.parametrize("form", FORMS)
def test_every_form_can_be_written_as_utf_8(form: str) -> None:
    assert FORMS[form](make_hostile_report()).encode("utf-8")


# ---- JSON


@pytest.mark.parametrize("report", REPORTS)
def test_the_json_keeps_its_schema(report: str) -> None:
    value = json.loads(render_json(REPORTS[report]()))

    jsonschema.validate(value, json_schema(), cls=jsonschema.Draft202012Validator)


def test_the_schema_is_a_schema_and_refuses_another_report() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())
    value = json.loads(render_json(make_report()))
    value["points"][0]["verdict"] = "perhaps"

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(value, json_schema())


def test_the_schema_in_the_package_is_the_one_that_the_types_give() -> None:
    shipped = (resources.files("wirecheck.report") / "static" / "wirecheck-report-1.schema.json").read_text("utf-8")

    assert json.loads(shipped) == json_schema()


@pytest.mark.parametrize("report", REPORTS)
def test_every_span_of_the_json_slices_to_its_words(report: str) -> None:
    value = json.loads(render_json(REPORTS[report]()))
    texts = {d["id"]: d["text"] for d in value["documents"]}
    spans = list(spans_in(value))

    assert len(spans) > 30
    assert all(texts[s["document"]][s["start"] : s["end"]] == s["text"] for s in spans)


def test_ids_are_unique_and_every_reference_is_one_of_them() -> None:
    value = json.loads(render_json(make_report()))
    points = [p["id"] for p in value["points"]]
    quotations = {q["id"] for q in value["quotations"]}
    actors = {a["id"] for a in value["actors"]}

    assert len(points) == len(set(points))
    assert {e["point"] for e in value["timeline"]} <= set(points)
    assert {q for g in value["quote_groups"] for q in g["quotations"]} <= quotations
    assert {q["speaker"] for q in value["quotations"]} <= actors | {None}


def test_the_text_of_an_article_comes_back_as_it_was() -> None:
    report = make_hostile_report()
    value = json.loads(render_json(report))

    assert [d["text"] for d in value["documents"]] == [d.text for d in report.documents]


def test_actors_of_two_stories_have_two_ids() -> None:
    report = make_report()
    first = report.stories[0]
    second = replace(first, story=replace(first.story, id="s2"))
    value = json.loads(render_json(replace(report, stories=(first, second))))
    ids = [a["id"] for a in value["actors"]]

    assert len(ids) == len(set(ids)) == 2 * len(first.actors)


# ---- the terminal


@pytest.mark.parametrize("width", [40, 60, 100, 120])
@pytest.mark.parametrize("report", REPORTS)
def test_no_line_of_the_terminal_report_is_wider_than_asked(report: str, width: int) -> None:
    from rich.cells import cell_len

    lines = render_terminal(REPORTS[report](), width=width).splitlines()

    assert max(map(cell_len, lines)) <= width


def test_a_terminal_without_colour_gets_no_escape_of_any_kind() -> None:
    text = render_terminal(make_hostile_report(), width=80)

    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)


def test_a_terminal_with_colour_gets_our_escapes_only() -> None:
    text = render_terminal(make_hostile_report(), width=80, color=True)
    ours = re.sub(r"\x1b\[[\d;]*m", "", text)

    assert "\x1b[" in text
    assert "\x1b" not in ours


def test_the_terminal_shows_the_reason_the_publisher_and_the_words() -> None:
    text = squeeze(render_terminal(make_report(), width=100, full=True))

    assert "The Harbour Herald says 14 people were hurt; Coastline Wire and the Tidewater Post say 17." in text
    assert "We will *not* sail again *until* every lamp on that channel is lit," in text


@pytest.mark.parametrize("report", REPORTS)
def test_a_section_in_a_terminal_is_printed_whole(report: str) -> None:
    made = REPORTS[report]()
    full = squeeze(render_terminal(made, full=True))
    parts = [p for s in made.stories for section in list_sections() for p in section.build(Context(made, s))]
    rows = [r for p in parts for r in p.rows if p.layout in ("rows", "compact")]

    assert all(squeeze(r.sentence) in full for r in rows if r.sentence.isprintable())
    assert "in the page and the JSON" not in full


@pytest.mark.parametrize("report", REPORTS)
def test_a_terminal_shows_the_overview_alone_where_nothing_more_is_asked_for(report: str) -> None:
    text = render_terminal(REPORTS[report]())
    full = render_terminal(REPORTS[report](), full=True)

    assert "CREDITS AND LINEAGE" in full
    assert "CREDITS AND LINEAGE" not in text
    assert full.startswith(text.split("More:")[0].rstrip())


def test_a_section_is_printed_alone_by_its_name() -> None:
    text = render_terminal(make_report(), sections=["quotations"])

    assert "QUOTATIONS  1" in text
    assert "WHAT THEY SHARE" not in text
    assert "CONFLICTS" not in text


def test_a_section_that_is_none_names_those_that_are() -> None:
    with pytest.raises(
        UsageError, match=r"no section is called conflict \(did you mean conflicts\?\); there are .*, problems"
    ):
        render_terminal(make_report(), sections=["conflict"])


def test_the_first_screen_says_what_could_not_be_read_and_what_to_do() -> None:
    for text in (render_terminal(make_report()), render_markdown(make_report())):
        assert squeeze(text).startswith("1 input could not be read and is not compared: broken.html")
        assert "Save it as text, HTML or PDF and compare again." in squeeze(text)


# ---- Markdown


def test_markdown_opens_with_the_overview() -> None:
    text = render_markdown(make_report())

    assert text.index("## What they share") < text.index("## Conflicts") < text.index("## What happened")
    assert "(s1-p1)" in text


def test_hostile_text_in_markdown_makes_no_element_of_its_own() -> None:
    html = MarkdownIt("commonmark", {"html": True}).render(render_markdown(make_hostile_report()))
    page = Page(html)

    assert {name for name, _ in page.elements} <= {"h1", "h2", "h3", "p", "ul", "li", "strong"}
    assert "<script>document.title='owned'</script>" in page.text


def test_markdown_folds_nothing() -> None:
    text = render_markdown(make_report())

    assert "Two documents have detail number 12 alike." in text


# ---- the page


@pytest.mark.parametrize("report", REPORTS)
def test_the_page_is_well_formed_and_its_ids_are_unique(report: str) -> None:
    page = Page(render_html(REPORTS[report]()))
    ids = [a["id"] for _, a in page.elements if "id" in a]

    assert page.broken == []
    assert page.open == []
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("report", REPORTS)
def test_every_link_of_the_page_leads_to_a_place_in_it(report: str) -> None:
    page = Page(render_html(REPORTS[report]()))
    ids = {a["id"] for _, a in page.elements if "id" in a}
    links = [str(a["href"]) for a in page.all("a")]

    assert links
    assert all(link[0] == "#" and link[1:] in ids for link in links)


def test_hostile_text_makes_no_element_and_no_attribute() -> None:
    page = Page(render_html(make_hostile_report()))
    attributes = {name for _, a in page.elements for name in a}

    assert len(page.all("script")) == 1
    assert not page.all("img")
    assert not page.all("svg")
    assert not {a for a in attributes if a.startswith("on")}
    assert "style" not in attributes
    assert "49" not in re.findall(r"\{\{ 7\*7 \}\}|49", page.text)
    assert "<script>document.title='owned'</script>" in page.text


def test_the_page_asks_for_nothing() -> None:
    html = render_html(make_report())
    page = Page(html)

    assert all(str(a["href"]).startswith("data:") for a in page.all("link"))
    assert not [a for _, a in page.elements if "src" in a]
    assert "@import" not in html
    assert "url(" not in html


def test_the_policy_of_the_page_names_its_style_and_its_script() -> None:
    html = render_html(make_report())
    style = html.split("<style>")[1].split("</style>")[0]
    script = html.split("<script>")[1].split("</script>")[0]
    policy = next(a["content"] for a in Page(html).all("meta") if a.get("http-equiv") == "Content-Security-Policy")

    assert policy == content_policy(style, script)
    assert str(policy).startswith("default-src 'none'; ")
    assert "unsafe" not in str(policy)


def test_an_address_that_is_not_of_the_web_is_no_link() -> None:
    documents = tuple(
        replace(make_document(n, f"{n} text.\n"), url=u)
        for n, u in (("a", "javascript:alert(1)"), ("b", "https://example.org/b?x=1&y=2"), ("c", "data:text/html,x"))
    )
    page = Page(render_html(Report(documents, ())))

    assert [a["href"] for a in page.all("a") if a.get("rel")] == ["https://example.org/b?x=1&y=2"]


def test_the_text_of_every_article_stands_whole_in_the_page() -> None:
    report = make_report()
    text = squeeze(Page(render_html(report)).text)

    for document in report.documents:
        for paragraph in document.text.split("\n\n"):
            assert squeeze(paragraph) in text


def test_furniture_is_marked_in_the_page() -> None:
    html = render_html(make_report())

    assert re.search(r'class="furniture"[^>]*>Sign up for our newsletter<', html)


def test_all_hostile_texts_are_in_the_hostile_report() -> None:
    assert all(h in make_hostile_report().documents[0].text for h in HOSTILE)
