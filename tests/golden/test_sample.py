"""The demo report holds every thing that was planted in the sample coverage, found by content."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from wirecheck import Settings, compare
from wirecheck.model import Finding, QuoteGroup, Report, StoryReport
from wirecheck.sample import sample_folder

MORNING, EVENING = "MNA morning report", "MNA evening report"
COURIER, POST, HERALD = "Northern Courier", "evening-post", "harbour-herald"
DAILY, LEDGER, COASTWATCH = "capital-daily", "ledger", "coastwatch"


@pytest.fixture(scope="module")
def report() -> Report:
    with sample_folder() as folder:
        return compare([folder], settings=Settings(one_story=True))


@pytest.fixture(scope="module")
def story(report: Report) -> StoryReport:
    return report.stories[0]


def names(report: Report, documents: Iterator[str] | tuple[str, ...]) -> set[str]:
    return {report.document(d).name for d in documents}


def words(report: Report, finding: Finding) -> dict[str, str]:
    """Return what each document says of a finding, by name."""
    said: dict[str, str] = {}
    for span in finding.evidence:
        document = report.document(span.document)
        said[document.name] = f"{said.get(document.name, '')} {document.words(span)}"
    return said


def groups(report: Report, story: StoryReport, relation: str) -> list[tuple[QuoteGroup, dict[str, str]]]:
    """Return the quote groups of a relation, each with the words of every document in it."""
    quotations = {q.id: q for q in story.quotations}
    found = []
    for group in story.quote_groups:
        if group.relation == relation:
            said: dict[str, str] = {}
            for name in group.quotations:
                document = report.document(quotations[name].document)
                parts = " ".join(document.words(c) for c in quotations[name].contents)
                said[document.name] = f"{said.get(document.name, '')} {parts}"
            found.append((group, said))
    return found


def about(report: Report, story: StoryReport, left: tuple[str, str], right: tuple[str, str]) -> list[Finding]:
    """Return the findings in which one document says the one, and another document says the other."""
    return [
        f
        for f in story.findings
        if left[1] in words(report, f).get(left[0], "") and right[1] in words(report, f).get(right[0], "")
    ]


def test_all_eight_documents_are_read_without_a_problem(report: Report) -> None:
    assert len(report.documents) == 8
    assert report.problems == ()


def test_an_altered_word_of_the_harbour_master_is_found_and_drawn(report: Report, story: StoryReport) -> None:
    altered = [(g, said) for g, said in groups(report, story, "altered") if "should answer" in said.get(COURIER, "")]

    assert altered
    group, said = altered[0]
    assert {MORNING, POST, COURIER} <= set(said)
    drawn = {
        report.document(side.document).words(side)
        for difference in group.differences
        for side in (difference.left, difference.right)
        if side is not None
    }
    assert {"must", "should"} <= drawn
    assert "“must”" in group.reason
    assert "“should”" in group.reason


def test_no_two_findings_are_undecided_over_the_same_words(story: StoryReport) -> None:
    words = [frozenset(f.evidence) for f in story.findings if f.verdict == "undecided"]

    assert len(words) == len(set(words)) > 0


def test_a_quotation_cut_short_is_a_trim(report: Report, story: StoryReport) -> None:
    trimmed = [said for _, said in groups(report, story, "trimmed") if "north channel" in said.get(LEDGER, "")]

    assert any({MORNING, LEDGER} <= set(said) for said in trimmed)


def test_two_quotations_joined_into_one_are_a_splice(report: Report, story: StoryReport) -> None:
    spliced = [said for _, said in groups(report, story, "spliced") if "sound of that wall" in said.get(DAILY, "")]

    assert any({MORNING, DAILY} <= set(said) for said in spliced)


def test_indirect_speech_joins_the_quotation_that_it_retells(report: Report, story: StoryReport) -> None:
    retold = [said for _, said in groups(report, story, "paraphrased") if "not be reopened" in said.get(DAILY, "")]

    assert any(MORNING in said for said in retold)


def test_four_dead_stand_against_six(report: Report, story: StoryReport) -> None:
    found = [
        f
        for f in story.findings
        if f.verdict == "conflict"
        and f.kind == "quantity"
        and "ix" in words(report, f).get(DAILY, "")
        and any("our" in words(report, f).get(name, "") for name in (EVENING, HERALD))
    ]

    assert found


def test_a_toll_that_rose_is_an_update(report: Report, story: StoryReport) -> None:
    found = [
        f
        for f in story.findings
        if f.verdict == "compatible" and f.difference == "update" and {MORNING, EVENING} <= set(words(report, f))
    ]

    assert any("two" in words(report, f)[MORNING] and "Four" in words(report, f)[EVENING] for f in found)


def test_two_and_four_dead_are_no_conflict(report: Report, story: StoryReport) -> None:
    found = about(report, story, (MORNING, "two"), (EVENING, "Four"))

    assert found
    assert all(f.verdict != "conflict" for f in found)


def test_a_net_and_a_gross_sum_measure_different_things(report: Report, story: StoryReport) -> None:
    found = about(report, story, (EVENING, "4.8 million"), (LEDGER, "3.1 million"))

    assert [f.difference for f in found] == ["different-measure"]


def test_about_two_hundred_is_the_exact_number_rounded(report: Report, story: StoryReport) -> None:
    found = about(report, story, (MORNING, "212"), (HERALD, "about 200"))

    assert "rounding" in {f.difference for f in found}
    assert all(f.verdict == "compatible" for f in found)


def test_the_ministers_wrong_office_is_a_conflict_of_roles(report: Report, story: StoryReport) -> None:
    found = [f for f in story.findings if f.kind == "role" and f.verdict == "conflict"]

    assert any("Interior Minister" in words(report, f).get(COURIER, "") for f in found)


def test_the_order_of_the_closure_and_the_collision_is_a_conflict(report: Report, story: StoryReport) -> None:
    found = [f for f in story.findings if f.kind in ("order", "date") and f.verdict == "conflict"]

    assert any({HERALD, MORNING} <= set(words(report, f)) for f in found)


def test_the_worn_steering_pump_is_in_one_document_only(report: Report, story: StoryReport) -> None:
    found = [f for f in story.findings if "steering pump" in words(report, f).get(HERALD, "")]

    assert found
    assert {f.verdict for f in found} == {"single"}


def test_the_reprint_is_known_as_one(report: Report, story: StoryReport) -> None:
    found = {
        (line.relation, report.document(line.to).name)
        for line in story.lineage
        if line.source_is_document and report.document(line.source).name == MORNING
    }

    assert ("reprint", POST) in found
    assert ("rewrite", COURIER) in found


def test_the_claim_about_the_radar_goes_round_in_a_circle(report: Report, story: StoryReport) -> None:
    credited = {
        (report.document(line.to).name, report.document(line.source).name)
        for line in story.lineage
        if line.relation == "credit" and line.source_is_document
    }

    assert {(DAILY, COASTWATCH), (COASTWATCH, LEDGER), (LEDGER, DAILY)} <= credited


def test_a_claim_that_goes_round_in_a_circle_has_one_origin_at_most(report: Report, story: StoryReport) -> None:
    radar = [
        f
        for f in story.findings
        if f.verdict == "agree" and {DAILY, COASTWATCH, LEDGER} <= set(words(report, f)) and f.origins is not None
    ]

    assert radar
    assert all(f.origins is not None and f.origins.count == 1 for f in radar)
    assert all(f.origins is not None and f.origins.independence == "same-origin" for f in radar)


def test_the_herald_with_its_own_witnesses_shares_no_lineage(report: Report, story: StoryReport) -> None:
    entangled = {line.relation for line in story.lineage if report.document(line.to).name == HERALD}

    assert not entangled & {"reprint", "rewrite", "version"}


def test_page_furniture_is_marked_and_the_article_is_not(report: Report) -> None:
    by_name = {d.name: d for d in report.documents}
    herald = by_name[HERALD]

    assert "Continue reading the main story" in [herald.words(f) for f in herald.furniture]
    for document in report.documents:
        for phrase in ("Lady Verrin", "Thorne", "breakwater"):
            at = document.text.find(phrase)
            assert at < 0 or not document.is_furniture(at, at + len(phrase))


def test_markup_in_an_article_stays_text(report: Report) -> None:
    text = next(d.text for d in report.documents if d.name == COASTWATCH)

    assert '<script>document.body.innerHTML="SUNK"</script>' in text


def test_markup_in_an_article_is_escaped_on_the_page(report: Report) -> None:
    from wirecheck.report.html import render_html

    page = render_html(report)

    assert "<script>document.body" not in page
    assert "<img src=x" not in page


def test_every_finding_of_several_documents_tells_what_decided_it(story: StoryReport) -> None:
    several = [f for f in story.findings if len(f.documents) > 1]

    assert len(several) > 40
    assert [f.reason for f in several if not f.judgements] == []
    assert max(len(f.judgements) for f in several) == 3


def test_the_toll_that_conflicts_shows_both_figures(report: Report, story: StoryReport) -> None:
    found = next(f for f in story.findings if f.verdict == "conflict" and f.kind == "quantity")
    values = [v for j in found.judgements for v in j.values]

    assert {v.comparison for v in values} == {"excluded"}
    assert {report.document(s.document).words(s) for v in values for s in (v.left, v.right)} == {
        "Four people",
        "Six people",
    }


def test_what_comes_nearest_to_a_single_point_stands_in_silent_documents(story: StoryReport) -> None:
    singles = [f for f in story.findings if f.verdict == "single"]

    assert sum(bool(f.nearest) for f in singles) > len(singles) / 2
    assert all({n.document for n in f.nearest} <= set(f.silent) for f in singles)


def test_what_a_check_of_values_agrees_on_is_shown_as_equal(story: StoryReport) -> None:
    judged = [j for f in story.findings if f.verdict == "agree" and f.check == "roles" for j in f.judgements]

    assert judged
    assert all([v.comparison for v in j.values] == ["equal"] for j in judged)


# ---- the first screen


@pytest.fixture(scope="module")
def screen(report: Report) -> str:
    from wirecheck.report.terminal import render_terminal

    return render_terminal(report, width=100)


def test_the_first_screen_is_one(screen: str) -> None:
    assert screen.count("\n") <= 60


@pytest.mark.parametrize(
    ("heading", "planted"),
    [
        ("8 documents · 6 publishers · at most 6 origins", "published 14 October 2025 to 15 October 2025"),
        ("WHAT THEY SHARE", "“A passenger ferry with 212 people on board struck the north breakwater"),
        ("CONFLICTS", "“Six people were killed”"),
        ("CONFLICTS", "“Interior Minister”"),
        ("CONFLICTS", "opposite order"),
        ("THEY DIFFER, AND CAN BOTH BE RIGHT", "the count rose while the event went on"),
        ("QUOTATIONS CHANGED IN MEANING", "“must” where Northern Courier has “should”"),
        ("QUOTATIONS CHANGED IN MEANING", "joins in one quotation"),
        ("ONLY IN ONE REPORT", "a worn steering pump"),
        ("NOT ESTABLISHED", "share one (MNA morning report)"),
    ],
)
def test_the_first_screen_tells_what_was_planted(screen: str, heading: str, planted: str) -> None:
    text = " ".join(screen.split())
    part = text[text.index(heading) :]
    following = [part.find(h) for h in ("CONFLICTS", "THEY DIFFER", "QUOTATIONS", "ONLY IN ONE", "NOT EST", "More:")]
    end = min((at for at in following if at > 0), default=len(part))

    assert planted in part[:end]


def test_no_words_of_the_first_screen_hold_a_figure_that_one_of_its_documents_contradicts(
    report: Report, story: StoryReport
) -> None:
    from wirecheck.report.overview import build_overview

    shared = build_overview(report, story).group("shared").items

    assert shared
    for item in shared:
        assert item.words is not None
        words = report.document(item.words.document).words(item.words.spans[0])
        assert "killing two" not in words or MORNING not in names(report, item.row.documents)
