"""The overview: what an editor wants first, in an order that an editor would choose."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import find_span, make_document, make_report
from wirecheck.model import (
    Document,
    Finding,
    Nearest,
    Origin,
    Origins,
    Quotation,
    QuoteGroup,
    Report,
    Side,
    Span,
    Stated,
    Story,
    StoryReport,
    WordDifference,
    quotation_id,
)
from wirecheck.report.overview import MOST, Overview, build_overview
from wirecheck.report.rows import Context
from wirecheck.report.telling import CHANGED, weigh_alteration


def make_story(documents: list[Document], *findings: Finding, groups: tuple[QuoteGroup, ...] = ()) -> Report:
    quotations = {q: Quotation(q, q.split(":")[0], "direct", _spans(q)) for g in groups for q in g.quotations}
    story = StoryReport(
        Story("s1", "Bridge closed", tuple(d.id for d in documents)),
        findings=findings,
        quotations=tuple(quotations.values()),
        quote_groups=groups,
        origins=tuple(Origin(f"o{n}", d.name, (d.id,)) for n, d in enumerate(documents)),
    )
    return Report(tuple(documents), (story,))


def _spans(quotation: str) -> tuple[Span, ...]:
    document, place = quotation.split(":")
    start, end = map(int, place.split("-"))
    return (Span(document, start, end),)


def agree(*stated: tuple[Document, str], weight: float = 0.5, check: str = "agreement", **more: object) -> Finding:
    spans = tuple(Stated(d.id, (find_span(d, words),)) for d, words in stated)
    names = " and ".join(d.name for d, _ in stated)
    return Finding("agree", "event", f"{names} state it.", spans, check, weight=weight, **more)  # type: ignore[arg-type]


def alone(document: Document, words: str, weight: float = 0.5, nearest: tuple[Nearest, ...] = ()) -> Finding:
    stated = (Stated(document.id, (find_span(document, words),)),)
    reason = f"Only {document.name} states “{words}”."
    return Finding("single", "event", reason, stated, "agreement", weight=weight, nearest=nearest)


def overview(report: Report) -> Overview:
    return build_overview(report, report.stories[0])


def shown(report: Report, group: str) -> list[str]:
    items = overview(report).group(group).items  # type: ignore[arg-type]
    return [report.document(i.words.document).words(i.words.spans[0]) for i in items if i.words is not None]


HERALD = """\
Storm closes Vell bridge

The Vell bridge closed on Monday after a storm tore two cables.

Lifeboats carried 40 people across the river, the harbour office said. She was shocked.

In 1987 another storm had closed the bridge for nine weeks, an archivist said.
"""
POST = """\
Storm closes Vell bridge

A storm tore two cables and the Vell bridge closed on Monday.

Lifeboats carried 40 people across the river. She was shocked.

In 1987 another storm had closed the bridge for nine weeks.
"""


@pytest.fixture
def herald() -> Document:
    return make_document("herald", HERALD, title="Storm closes Vell bridge", published="2031-05-06")


@pytest.fixture
def post() -> Document:
    return make_document("post", POST, title="Storm closes Vell bridge", published="2031-05-06")


def test_a_title_is_no_core_fact_where_a_sentence_states_it(herald: Document, post: Document) -> None:
    title = agree((herald, "Storm closes Vell bridge"), (post, "Storm closes Vell bridge"), weight=0.9)
    text = agree(
        (herald, "The Vell bridge closed on Monday after a storm tore two cables"),
        (post, "A storm tore two cables and the Vell bridge closed on Monday"),
        weight=0.6,
    )

    assert shown(make_story([herald, post], title, text), "shared") == [
        "The Vell bridge closed on Monday after a storm tore two cables"
    ]


def test_what_is_told_in_other_words_is_told_once(herald: Document, post: Document) -> None:
    first = agree(
        (herald, "The Vell bridge closed on Monday after a storm tore two cables"),
        (post, "A storm tore two cables and the Vell bridge closed on Monday"),
        weight=0.8,
    )
    again = agree((herald, "a storm tore two cables"), (post, "A storm tore two cables"), weight=0.7)

    assert len(overview(make_story([herald, post], first, again)).group("shared").items) == 1


def test_fragments_and_other_years_come_after_the_news(herald: Document, post: Document) -> None:
    fragment = agree((herald, "She was shocked"), (post, "She was shocked"), weight=0.9)
    old = agree(
        (herald, "In 1987 another storm had closed the bridge for nine weeks"),
        (post, "In 1987 another storm had closed the bridge for nine weeks"),
        weight=0.8,
    )
    news = agree(
        (herald, "Lifeboats carried 40 people across the river"),
        (post, "Lifeboats carried 40 people across the river"),
        weight=0.7,
    )

    assert shown(make_story([herald, post], fragment, old, news), "shared")[0].startswith("Lifeboats")


def test_the_words_of_an_agreement_hold_little_that_one_alone_says(herald: Document, post: Document) -> None:
    found = agree(
        (herald, "Lifeboats carried 40 people across the river, the harbour office said"),
        (post, "Lifeboats carried 40 people across the river"),
    )

    assert shown(make_story([herald, post], found), "shared") == ["Lifeboats carried 40 people across the river"]


def test_an_agreement_tells_how_many_state_it_and_which(herald: Document, post: Document) -> None:
    third = make_document("courier", "Nothing of it stands here at all.\n")
    words = "Lifeboats carried 40 people across the river"
    item = overview(make_story([third, herald, post], agree((herald, words), (post, words)))).group("shared").items[0]

    both = overview(make_story([herald, post], agree((herald, words), (post, words))))

    assert item.who.startswith("in at least 2 of 3")
    assert "courier" not in item.who
    assert both.group("shared").items[0].who == "in both"


def test_what_another_document_nearly_states_is_not_the_first_that_one_alone_has(
    herald: Document, post: Document
) -> None:
    near = (Nearest(post.id, find_span(post, "the Vell bridge closed on Monday"), 0.6),)
    known = alone(herald, "The Vell bridge closed on Monday after a storm tore two cables", 0.9, near)
    new = alone(herald, "Lifeboats carried 40 people across the river, the harbour office said", 0.6)

    assert shown(make_story([herald, post], known, new), "alone")[0].startswith("Lifeboats")


def test_whose_words_are_shown_is_said_where_the_others_have_other_words(herald: Document, post: Document) -> None:
    found = agree(
        (herald, "The Vell bridge closed on Monday after a storm tore two cables"),
        (post, "A storm tore two cables and the Vell bridge closed on Monday"),
    )

    assert overview(make_story([herald, post], found)).group("shared").items[0].voice == "herald"


def test_a_figure_that_one_document_lacks_is_not_shown_as_shared(post: Document) -> None:
    words = "Lifeboats carried 40 people across the river, and 12 of them were hurt"
    other = make_document("courier", f"{words}.\n")
    found = agree((other, words), (post, "Lifeboats carried 40 people across the river"), weight=0.9)

    assert shown(make_story([other, post], found), "shared") == ["Lifeboats carried 40 people across the river"]


def test_a_value_that_another_contradicts_is_not_shown_as_shared(herald: Document) -> None:
    long = "A storm that came at night tore two cables of the Vell bridge, and the bridge closed on Tuesday"
    short = "A storm tore two cables, and the Vell bridge was closed after that"
    one, other = make_document("one", f"{long}.\n"), make_document("other", f"{short}.\n")
    shared = agree((one, long), (other, short))
    sides = (
        Side("Tuesday", (one.id,), (find_span(one, "Tuesday"),)),
        Side("Monday", (herald.id,), (find_span(herald, "Monday"),)),
    )
    stated = tuple(Stated(s.documents[0], s.spans) for s in sides)
    conflict = Finding("conflict", "date", "one says Tuesday, herald Monday.", stated, "dates", sides=sides)

    assert shown(make_story([herald, one, other], conflict, shared), "shared") == [short]


@pytest.mark.parametrize(
    ("origins", "told"),
    [
        (Origins(1, "same-origin", ()), "in both from 1 origin"),
        (Origins(2, "independent", ()), "in both from 2 independent origins"),
        (Origins(2, "not-established", ()), "in both"),
        (Origins(1, "not-recorded", ()), "in both"),
    ],
)
def test_how_many_origins_stand_behind_what_is_shared_is_told(
    herald: Document, post: Document, origins: Origins, told: str
) -> None:
    words = "Lifeboats carried 40 people across the river"
    found = agree((herald, words), (post, words), origins=origins)

    assert overview(make_story([herald, post], found)).group("shared").items[0].count == told


# ---- quotations


@pytest.mark.parametrize(
    ("left", "right", "words", "changes"),
    [
        ("We will sail again when it is lit", "We will not sail again when it is lit", ("will", "not"), True),
        ("The company must answer for it", "The company should answer for it", ("must", "should"), True),
        ("We lost 12 of the cars", "We lost 14 of the cars", ("12", "14"), True),
        ("We saw the ship go down", "We saw the vessel go down", ("ship", "vessel"), False),
        ("We saw a ship go down", "We saw the ship go down", ("a", "the"), False),
    ],
)
def test_a_denial_a_modal_verb_and_a_figure_change_the_meaning(
    left: str, right: str, words: tuple[str, str], changes: bool
) -> None:
    one, other = make_document("one", f"“{left},” she said."), make_document("other", f"“{right},” she said.")
    ids = tuple(quotation_id((find_span(d, t),)) for d, t in ((one, left), (other, right)))
    difference = WordDifference("replaced", find_span(one, words[0]), find_span(other, words[1]))
    group = QuoteGroup("g1", "altered", ids, "u1", "They differ.", differences=(difference,))
    report = make_story([one, other], groups=(group,))
    found = overview(report).group("quotations")

    assert (weigh_alteration(Context(report, report.stories[0]), (group,)) >= CHANGED) == changes
    assert [i.row.id for i in found.items] == (["s1-u1"] if changes else [])


def test_a_quotation_that_differs_in_one_word_stands_apart_from_those_changed_in_meaning() -> None:
    one = make_document("one", "“We saw the ship go down,” she said.")
    other = make_document("other", "“We saw the vessel go down,” she said.")
    spans = find_span(one, "We saw the ship go down"), find_span(other, "We saw the vessel go down")
    difference = WordDifference("replaced", find_span(one, "ship"), find_span(other, "vessel"))
    reason = "One has “ship” where Other has “vessel”."
    ids = tuple(quotation_id((s,)) for s in spans)
    group = QuoteGroup("g1", "altered", ids, "u1", reason, differences=(difference,))
    report = make_story([one, other], groups=(group,))
    said = tuple(replace(q, speaker_name="Ona Reed") for q in report.stories[0].quotations)
    found = overview(replace(report, stories=(replace(report.stories[0], quotations=said),)))

    assert found.group("quotations").items == ()
    (item,) = found.group("wording").items
    assert item.row.id == "s1-u1"
    assert item.row.sentence == f"{reason} Said by Ona Reed."
    assert found.rest == ()


def test_a_changed_quotation_shows_one_form_with_what_differs() -> None:
    report = make_report()
    (item,) = overview(report).group("quotations").items
    (form,) = item.contexts
    words = [report.document(form.document).words(m.span) for m in form.marks]

    assert "not" in words
    assert report.document(form.document).words(form.spans[0]).startswith("We will not sail again")


def test_a_value_that_says_little_by_itself_has_its_sentence() -> None:
    one = make_document("one", "The mayor, who has held the office for years, said that it cost $5 million.")
    other = make_document("other", "It was rebuilt at a cost of $7 million, the council was told on Monday.")
    sides = tuple(Side(v, (d.id,), (find_span(d, v),)) for d, v in ((one, "$5 million"), (other, "$7 million")))
    stated = tuple(Stated(s.documents[0], s.spans) for s in sides)
    finding = Finding("conflict", "quantity", "one says $5 million, other $7 million.", stated, "x", sides=sides)
    (item,) = overview(make_story([one, other], finding)).group("conflicts").items
    texts = {d.id: d.text for d in (one, other)}

    assert [texts[w.document][w.spans[0].start : w.spans[0].end] for w in item.contexts] == [one.text, other.text]
    assert [m.span for w in item.contexts for m in w.marks] == [x for s in sides for x in s.spans]


# ---- the whole


def test_the_overview_of_a_report_holds_each_kind_of_item() -> None:
    report = make_report()
    found = overview(report)

    assert [g.name for g in found.groups] == ["shared", "conflicts", "differences", "quotations", "alone", "open"]
    assert found.line == "4 documents · 3 publishers · at most 3 origins · published 4 March 2025 to 5 March 2025"
    assert [i.row.verdict for i in found.group("conflicts").items] == ["conflict", "conflict"]
    assert [p.location for p in found.unread] == ["broken.html"]
    assert ("agreements" in {section for _, _, section in found.rest}) == (found.group("shared").left > 0)


def test_every_item_is_a_row_of_the_report_with_its_words() -> None:
    report = make_report()
    context = Context(report, report.stories[0])
    ids = [i.row.id for i in overview(report).items]

    assert len(ids) == len(set(ids)) > 5
    for item in overview(report).items:
        assert item.row.documents
        assert all(context.words(s) for w in (item.words, item.around) if w is not None for s in w.spans)


def test_no_group_is_longer_than_a_screen_allows() -> None:
    report = make_report()
    many = replace(report.stories[0], findings=report.stories[0].findings * 4)
    found = build_overview(replace(report, stories=(many,)), many)

    assert all(len(g.items) <= MOST.get(g.name, 0) for g in found.groups)


def test_one_document_has_an_overview_too() -> None:
    one = make_document("one", "Only this stands here.\n")
    found = overview(make_story([one]))

    assert found.line == "1 document · nothing to compare it with"
    assert found.groups == ()


def test_copies_of_one_text_count_once_and_what_they_alone_have_one_report_has() -> None:
    text = "The bridge closed on Monday after the storm.\n\nTwo cables tore near the northern tower in the night."
    own = replace(make_document("own", text), publisher="Herald")
    copy = replace(make_document("copy", f"{text}"), publisher=None)
    other = replace(make_document("other", f"{text.split(chr(10))[0]}\n\nThe ferry sails instead."), publisher="Post")
    closed, cables = (
        "The bridge closed on Monday after the storm",
        "Two cables tore near the northern tower in the night",
    )
    report = make_story(
        [copy, own, other],
        agree((copy, closed), (own, closed), (other, closed)),
        agree((copy, cables), (own, cables)),
    )
    found = overview(report)

    assert found.line.startswith("2 documents · 1 copy of one of them, not counted · 2 publishers")
    assert [(i.row.id, i.count) for i in found.group("shared").items] == [("s1-p1", "in both")]
    assert [(i.row.id, i.section, i.row.label) for i in found.group("alone").items] == [
        ("s1-p2", "agreements", "Only one")
    ]
    assert [i.voice for i in found.group("alone").items] == [Context(report, report.stories[0]).shown(own.id)]


def test_a_line_says_what_marked_words_are_where_some_are_marked() -> None:
    plain = make_document("plain", "The bridge closed on Monday.")

    assert "what an item is about" in overview(make_report()).legend
    assert overview(make_story([plain])).legend == ""
