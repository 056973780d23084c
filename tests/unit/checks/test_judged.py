"""Judgements of findings: each finding of two short documents tells what decided it."""

from __future__ import annotations

from functools import cache

import pytest

from tests.builders import make_document
from wirecheck import Settings, compare
from wirecheck.checks._judged import TOLD
from wirecheck.model import Finding, Judgement, Report, Stated

FIRE = (
    "A fire at the Tarn paper mill killed 14 workers on Monday.\n\nThe mill was built in 1950.\n\n"
    "Bread was dear in the southern towns."
)
BLAZE = (
    "Fire broke out at the Tarn paper mill on Monday and 17 workers died.\n\nThe mill was built in 1950.\n\n"
    "The owner of the mill, Osk Paper, has built no mill since."
)
MAYOR = "“The mill must close for good before the winter,” said Mara Quill, the mayor of Tarn."
UNIONIST = "“The mill should close for good before the winter,” said Nils Aarden, a trade unionist."
TOLLS = (
    "Police in Halden said 14 dairies were burgled on Monday night.",
    "Police in Halden said 17 dairies were burgled on Monday night.",
)


@cache
def compare_two(left: str, right: str) -> Report:
    return compare(
        [
            make_document("a", left, publisher="The Herald", published="2024-05-17"),
            make_document("b", right, publisher="The Post", published="2024-05-17"),
        ],
        settings=Settings(one_story=True),
    )


def list_findings(left: str, right: str) -> tuple[Finding, ...]:
    (story,) = compare_two(left, right).stories
    return story.findings


def say(report: Report, stated: Stated) -> str:
    return " ".join(report.document(s.document).words(s) for s in stated.spans)


def judge(left: str, right: str, verdict: str, words: str) -> Judgement:
    """Return the first judgement of the finding of a verdict whose reason has some words."""
    return next(f for f in list_findings(left, right) if f.verdict == verdict and words in f.reason).judgements[0]


PAIRS = [(FIRE, BLAZE), (MAYOR, UNIONIST), TOLLS]


@pytest.mark.parametrize(("left", "right"), PAIRS)
def test_every_finding_of_two_documents_tells_what_decided_it(left: str, right: str) -> None:
    findings = list_findings(left, right)
    ids = {d.id for d in compare_two(left, right).documents}

    assert any(len(f.documents) > 1 for f in findings)
    assert [f.reason for f in findings if len(f.documents) > 1 and not f.judgements] == []
    assert all({j.left.document, j.right.document} == ids for f in findings for j in f.judgements)


def test_what_is_copied_needs_no_sum() -> None:
    judgement = judge(FIRE, BLAZE, "agree", "built in 1950")

    assert judgement.relation == "equivalent"
    assert [f.name for f in judgement.features] == ["both are one clause in the same words"]


def test_clauses_are_asked_before_sentences() -> None:
    judgement = judge(FIRE, BLAZE, "agree", "killed 14 workers")

    assert judgement.features[0].name == "to begin with: how often two clauses state the same"
    assert say(compare_two(FIRE, BLAZE), judgement.right) == "Fire broke out at the Tarn paper mill on Monday"


def test_figures_that_exclude_each_other_have_the_last_word() -> None:
    judgement = judge(*TOLLS, "conflict", "14")

    assert judgement.relation == "contradicts"
    assert [(v.kind, v.comparison) for v in judgement.values] == [("quantity", "excluded")]
    report = compare_two(*TOLLS)
    (value,) = judgement.values
    assert [report.document(s.document).words(s) for s in (value.left, value.right)] == ["14 dairies", "17 dairies"]
    assert "14 dairies" in say(report, judgement.left)
    assert judgement.probability > 0.5


def test_what_is_left_open_says_what_kept_the_clauses_from_agreeing() -> None:
    judgement = judge(FIRE, BLAZE, "undecided", "17 workers died")

    assert judgement.relation == "other"
    assert judgement.blocker == "their figures differ"


def test_like_words_of_two_speakers_are_blocked_with_both_names() -> None:
    blocked = [j for f in list_findings(MAYOR, UNIONIST) for j in f.judgements if j.blocker is not None]

    assert {j.blocker for j in blocked} >= {"two speakers: Mara Quill and Nils Aarden"}


def test_a_single_finding_has_the_nearest_words_of_the_silent_document() -> None:
    singles = [f for f in list_findings(FIRE, BLAZE) if f.verdict == "single"]
    near = {f.reason: f for f in singles if f.nearest}
    report = compare_two(FIRE, BLAZE)

    owner = next(f for reason, f in near.items() if "Osk Paper" in reason)
    assert [report.document(n.document).name for n in owner.nearest] == ["a"]
    assert report.document(owner.nearest[0].document).words(owner.nearest[0].span) == "The mill was built in 1950"
    assert owner.judgements[0].probability == pytest.approx(owner.nearest[0].probability, abs=1e-4)
    assert any("Bread was dear" in f.reason and not f.nearest for f in singles)


def test_what_is_far_from_a_single_finding_keeps_no_sum() -> None:
    judged = [j for f in list_findings(FIRE, BLAZE) if f.verdict == "single" for j in f.judgements]

    assert all(bool(j.features) == (j.probability >= TOLD) for j in judged if j.blocker is None)
    assert judged
