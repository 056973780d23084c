"""The timeline: what findings date, in order, each event once."""

from __future__ import annotations

from tests.builders import find_span, make_document
from wirecheck.language.dossier import Dossier
from wirecheck.language.reading import Reading
from wirecheck.model import Annotations, Document, Finding, PartialDate, Stated, Story
from wirecheck.report.build import build_timeline

HERALD = make_document("herald", "The ferry sank on 4 March. It had sailed since 1998. Divers came the day after.")
POST = make_document("post", "On 4 March the ferry sank. The owner spoke for three hours.")


def date(document: Document, words: str, value: str, kind: str = "date") -> PartialDate:
    return PartialDate(find_span(document, words), kind, value)  # type: ignore[arg-type]


def dossier() -> Dossier:
    return Dossier(
        Story("s1", "The ferry", (HERALD.id, POST.id)),
        (Reading(HERALD, (), ()), Reading(POST, (), ())),
        (
            Annotations(
                HERALD.id,
                dates=(
                    date(HERALD, "4 March", "2025-03-04"),
                    date(HERALD, "1998", "1998"),
                    date(HERALD, "the day after", ""),
                ),
            ),
            Annotations(
                POST.id,
                dates=(date(POST, "4 March", "2025-03-04"), date(POST, "three hours", "PT3H", "duration")),
            ),
        ),
    )


def finding(*words: tuple[Document, str], verdict: str = "agree") -> Finding:
    stated = tuple(Stated(d.id, (find_span(d, w),)) for d, w in words)
    return Finding(verdict, "event", "A reason.", stated, "test")  # type: ignore[arg-type]


def test_dates_stand_in_order_and_as_precise_as_they_are() -> None:
    sank = finding((HERALD, "The ferry sank on 4 March"), (POST, "On 4 March the ferry sank"))
    sailed = finding((HERALD, "It had sailed since 1998"), verdict="single")
    entries = build_timeline(dossier(), (sank, sailed))

    assert [(e.when, e.precision, e.point) for e in entries] == [
        ("1998", "year", "s1-p2"),
        ("2025-03-04", "day", "s1-p1"),
    ]
    assert [s.document for s in entries[1].spans] == sorted([HERALD.id, POST.id])


def test_durations_and_dates_that_could_not_be_resolved_are_left_out() -> None:
    findings = (
        finding((HERALD, "Divers came the day after"), verdict="single"),
        finding((POST, "The owner spoke for three hours"), verdict="single"),
    )

    assert build_timeline(dossier(), findings) == ()


def test_findings_with_the_same_words_for_a_date_are_one_entry() -> None:
    whole = finding((HERALD, "The ferry sank on 4 March"), (POST, "On 4 March the ferry sank"))
    part = finding((HERALD, "sank on 4 March"), verdict="single")
    entries = build_timeline(dossier(), (whole, part))

    assert [(e.point, e.spans) for e in entries] == [("s1-p1", whole.evidence)]


def test_of_one_day_what_more_documents_date_stands_first() -> None:
    alone = finding((POST, "On 4 March"), verdict="single")
    both = finding((HERALD, "The ferry sank on 4 March"), (POST, "the ferry sank"))
    other = finding((POST, "On 4 March the ferry sank"), (HERALD, "ferry sank on 4 March"))

    assert [e.point for e in build_timeline(dossier(), (alone, both))] == ["s1-p1", "s1-p2"]
    assert len(build_timeline(dossier(), (alone, other))) == 1
