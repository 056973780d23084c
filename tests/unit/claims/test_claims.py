"""Claims held against fictional documents: verdicts, words and reasons, and what changes nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

import wirecheck
from tests.claimed import CLAIM, DAY, LATER, TEXTS, make_documents, make_one
from wirecheck.claims import reading
from wirecheck.claims.values import find_answers
from wirecheck.errors import UsageError
from wirecheck.language.reading import Reading
from wirecheck.model import ClaimFinding, ClaimReport, Document
from wirecheck.report.claim import render_claim_json


@pytest.fixture(scope="module")
def report() -> ClaimReport:
    return wirecheck.check_claim(CLAIM, make_documents(), day=LATER)


def ask(claim: str, text: str, *, day: str | None = None, published: str | None = None) -> ClaimFinding:
    return wirecheck.check_claim(claim, [make_one("herald", text, published)], day=day).findings[0]


def test_each_document_has_one_finding_by_name(report: ClaimReport) -> None:
    assert [d.name for d in report.documents] == ["gazette", "herald", "post"]
    assert [f.document for f in report.findings] == [d.id for d in report.documents]


def test_a_document_that_repeats_the_claim_states_it_and_says_whose_words_they_are(report: ClaimReport) -> None:
    finding = report.findings[1]

    assert (finding.verdict, finding.difference) == ("states", None)
    assert "injuring 14 people" in " ".join(report.documents[1].words(s) for s in finding.spans)
    assert "attributing it to the coast guard" in finding.reason


def test_a_figure_that_excludes_the_claimed_one_contradicts_it(report: ClaimReport) -> None:
    finding = report.findings[2]

    assert finding.verdict == "contradicts"
    assert "14 people and 17 people exclude each other" in finding.reason
    assert [v.comparison for v in finding.values if v.kind == "quantity"] == ["excluded"]
    assert "17 people" in " ".join(report.documents[2].words(s) for s in finding.spans)


def test_a_document_about_something_else_is_silent_and_shows_what_comes_nearest(report: ClaimReport) -> None:
    finding = report.findings[0]

    assert (finding.verdict, finding.spans, finding.difference) == ("silent", (), None)
    assert finding.nearest is not None
    assert report.documents[0].words(finding.nearest) in TEXTS["gazette"]


def test_every_quotation_of_a_reason_stands_in_its_document(report: ClaimReport) -> None:
    for document, finding in zip(report.documents, report.findings, strict=True):
        quoted = finding.reason.partition("“")[2].rpartition("”")[0].removesuffix(" …")

        assert quoted in " ".join(document.text.split())


def test_what_is_found_of_a_document_depends_on_no_other(report: ClaimReport) -> None:
    for document, finding in zip(report.documents, report.findings, strict=True):
        assert wirecheck.check_claim(CLAIM, [document], day=LATER).findings == (finding,)


def test_the_order_of_the_documents_changes_no_byte(report: ClaimReport) -> None:
    again = wirecheck.check_claim(f"  {CLAIM}\n", make_documents()[::-1], day=LATER)

    assert render_claim_json(again) == render_claim_json(report)


def test_a_count_that_rises_while_an_event_goes_on_is_an_update_where_its_day_is_later() -> None:
    finding = ask(CLAIM, TEXTS["post"], day=DAY, published=LATER)

    assert (finding.verdict, finding.difference) == ("differs", "update")
    assert "14 people grew to 17 people" in finding.reason


@pytest.mark.parametrize("day", [None, DAY])
def test_on_one_day_or_without_a_day_a_rising_count_contradicts_nothing(day: str | None) -> None:
    assert ask(CLAIM, TEXTS["post"], day=day, published=DAY).difference == "update"


def test_a_higher_count_published_before_the_claim_was_made_contradicts_it() -> None:
    assert ask(CLAIM, TEXTS["post"], day=LATER, published=DAY).verdict == "contradicts"


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("Nobody was hurt when the Larkspur ran aground.", TEXTS["post"]),
        (CLAIM, "Nobody was hurt when the ferry Larkspur ran aground off Sorrel Point on Tuesday, the owner said.\n"),
        ("The harbour master of Sorrel Point resigned.", TEXTS["herald"]),
    ],
)
def test_what_is_denied_or_not_said_is_not_stated(claim: str, text: str) -> None:
    assert ask(claim, text).verdict != "states"


def test_what_only_may_be_is_not_stated() -> None:
    finding = ask(
        "The ferry Larkspur ran aground off Sorrel Point.",
        "The ferry Larkspur may have run aground off Sorrel Point, police said.\n",
    )

    assert finding.verdict != "states"


def test_a_figure_that_another_sentence_gives_excludes_nothing() -> None:
    text = f"{TEXTS['post']}\nOf the 17, 14 people were injured when the ferry ran aground; three were only shaken.\n"
    claim = reading.read_claim(CLAIM, LATER)
    (beside,) = reading.read_beside(claim, [make_one("post", text, DAY)])
    assert beside is not None

    found = [a for at in range(1, len(beside.sentences)) if (0, at) in beside.rulings for a in find_answers(beside, at)]

    assert not [a for a in found if a.is_excluded and a.value.kind == "quantity"]


def test_a_document_in_another_language_is_silent() -> None:
    document = replace(make_one("zeitung", "Die Fähre Larkspur lief am Dienstag auf Grund.\n", DAY), language="de")

    finding = wirecheck.check_claim(CLAIM, [document]).findings[0]

    assert (finding.verdict, finding.reason) == ("silent", "Zeitung is not in English.")


def test_a_document_that_a_rule_fails_on_is_a_problem_and_the_rest_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    real = reading._mask

    def fail(read: Reading) -> Document:
        if read.document.name == "post":
            raise IndexError
        return real(read)

    monkeypatch.setattr(reading, "_mask", fail)

    found = wirecheck.check_claim(CLAIM, make_documents(), day=LATER)

    assert [f.verdict for f in found.findings] == ["silent", "states", "silent"]
    assert [p.location for p in found.problems] == ["post"]


@pytest.mark.parametrize("claim", ["", "   ", "?!", "it was", "word " * 300])
def test_a_claim_that_says_nothing_or_is_too_long_is_refused(claim: str) -> None:
    with pytest.raises(UsageError, match="a claim"):
        wirecheck.check_claim(claim, make_documents())


@pytest.mark.parametrize("day", ["Tuesday", "2031-13-01", ""])
def test_a_day_that_is_none_is_refused(day: str) -> None:
    with pytest.raises(UsageError, match="a day such as"):
        wirecheck.check_claim(CLAIM, make_documents(), day=day)


def test_nothing_to_look_at_is_refused() -> None:
    with pytest.raises(UsageError, match="nothing to hold the claim against"):
        wirecheck.check_claim(CLAIM, [])


def test_a_document_without_a_sentence_is_silent() -> None:
    assert ask(CLAIM, "—\n").verdict == "silent"
