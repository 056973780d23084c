"""The sections of a report: every finding and quotation in one row, exact words, and titles that say what is below."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.builders import find_span, make_document, make_report
from tests.judged import REPORTS
from wirecheck.model import Finding, Quotation, QuoteGroup, Report, Span, Stated, Story, StoryReport, quotation_id
from wirecheck.report.markdown import render_markdown
from wirecheck.report.rows import Context
from wirecheck.report.sections import list_sections
from wirecheck.report.terminal import render_terminal


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("section", list_sections(), ids=lambda s: s.name)
def test_a_section_shows_exact_words_only(section: Any, report: str) -> None:
    value = REPORTS[report]()
    context = Context(value, value.stories[0] if section.scope == "story" else None)
    rows = [row for part in section.build(context) for row in part.rows]

    assert rows
    for row in rows:
        assert row.sentence
        for words in (w for e in row.evidence for w in e.words):
            assert words.spans
            assert all(s.document == words.document and context.words(s) for s in words.spans)
            assert all(any(s.covers(m.span) for s in words.spans) for m in words.marks)


def test_the_sections_come_in_the_order_of_the_manual() -> None:
    titles = [s.title for s in list_sections()]

    assert titles == [
        "What happened", "Conflicts", "Quotations", "Agreements", "Only one source", "Not decided", "Who", "Timeline",
        "Credits and lineage", "Decisions", "Problems",
    ]  # fmt: skip


def test_the_ids_of_rows_are_unique() -> None:
    report = make_report()
    context = Context(report, report.stories[0])
    ids = [r.id for s in list_sections() for p in s.build(context) for r in p.rows]

    assert len(ids) == len(set(ids))


def test_every_finding_has_its_row() -> None:
    report = make_report()
    context = Context(report, report.stories[0])
    ids = {r.id for s in list_sections() for p in s.build(context) for r in p.rows}

    assert {f"s1-p{n}" for n in range(1, len(report.stories[0].findings) + 1)} <= ids


def test_every_quotation_has_its_row() -> None:
    report = make_report()
    context = Context(report, report.stories[0])
    shown = {s for x in list_sections() for p in x.build(context) for r in p.rows for s in r.spans}

    assert all(c in shown for q in report.stories[0].quotations for c in q.contents)


def test_a_story_of_one_document_has_no_list_of_what_one_document_alone_states() -> None:
    document = make_document("herald", "A bridge was closed.\n", publisher="The Herald")
    stated = (Stated(document.id, (Span(document.id, 0, 20),)),)
    finding = Finding("single", "event", "Only The Herald says so.", stated, "agreement")
    story = StoryReport(Story("s1", "A bridge", (document.id,)), findings=(finding,))
    text = render_terminal(Report((document,), (story,)), width=80, full=True)

    assert "ONLY ONE SOURCE" not in text
    assert "Nothing to compare it with." in text


def test_a_story_without_conflicts_says_so() -> None:
    report = make_report()
    story = replace(report.stories[0], findings=tuple(f for f in report.stories[0].findings if f.verdict == "agree"))
    text = render_terminal(replace(report, stories=(story,)), width=100, full=True)

    assert "No conflict was found." in text
    assert "CONFLICTS ─" in text


def test_points_of_which_each_tells_a_part_are_no_compatible_differences() -> None:
    report = make_report()
    findings = tuple(
        replace(f, difference="partial") if f.verdict == "compatible" else f for f in report.stories[0].findings
    )
    text = render_terminal(
        replace(report, stories=(replace(report.stories[0], findings=findings),)), width=100, full=True
    )

    assert "Each tells a part  1" in text
    assert "They differ, and can both be right" not in text
    assert "THEY DIFFER" not in text
    assert "compatible difference" not in text


def test_a_quotation_in_several_relations_is_one_row_under_the_most_telling_one() -> None:
    report = make_report()
    context = Context(report, report.stories[0])
    section = next(s for s in list_sections() if s.name == "quotations")
    first = section.build(context)[0].rows

    assert [(r.label, len(r.evidence[0].words)) for r in first] == [("Altered", 4)]
    assert [n.text.split(":")[0] for n in first[0].notes] == ["Said by Mara Quill.", "Paraphrased", "Trimmed"]


def test_of_a_quotation_in_parts_the_parts_that_others_have_are_shown() -> None:
    left = make_document("a", "“Leaving is hard,” she said. “I look back and say that it was worth it.”")
    right = make_document("b", "“I look back and say that it was worth it,” she said.")
    parts = (
        find_span(left, "Leaving is hard,"),
        find_span(left, "I look back and say that it was worth it."),
    )
    whole = (find_span(right, "I look back and say that it was worth it,"),)
    quotations = tuple(Quotation(quotation_id(c), d.id, "direct", c) for d, c in ((left, parts), (right, whole)))
    group = QuoteGroup("g1", "verbatim", tuple(q.id for q in quotations), "u1", "a and b quote the same words.")
    story = StoryReport(Story("s1", "Leaving", (left.id, right.id)), quotations=quotations, quote_groups=(group,))
    section = next(s for s in list_sections() if s.name == "quotations")
    report = Report((left, right), (story,))
    (part,) = section.build(Context(report, story))

    assert [w.spans for w in part.rows[0].evidence[0].words] == [parts[1:], whole]


def test_an_open_speaker_is_shown_as_open_with_the_candidates() -> None:
    text = render_markdown(make_report())

    assert "Who said it is open: the coast guard or the island clinic; in courier" in text
