"""What every check keeps: sides, copies and order change no verdict, and every finding rests on words."""

from __future__ import annotations

import hashlib
import random

import pytest

from wirecheck import Settings, compare
from wirecheck.checks import Check, list_checks
from wirecheck.model import Document, Finding, StoryReport, digest_document

TEXTS = {
    "herald": (
        "The Herald",
        "Ferry Marisol runs aground off Tarn, 12 hurt\n\nThe ferry Marisol ran aground off Tarn on Monday morning, "
        "hurting at least 12 people, harbour master Karen Oduya said.\n\nThe ship was carrying 86 passengers from "
        "Tolm. The council approved a plan for a new lighthouse on Friday.\n\n“The engines simply stopped,” Oduya "
        "told The Herald.",
    ),
    "post": (
        "The Post",
        "Fifteen hurt as ferry grounds off Tarn\n\nFifteen people were hurt when the ferry Marisol ran aground off "
        "Tarn on Monday, harbour master Carol Oduya said.\n\nThe ship, which was carrying 86 passengers, had left Tolm "
        "an hour before. The council rejected a plan for a new lighthouse on Friday.\n\n“The engines stopped,” she "
        "said.",
    ),
    "wire": (
        "Coast News Agency",
        "TARN (CNA) - The ferry Marisol ran aground off Tarn on Monday, police said.\n\nTwelve people were hurt. The "
        "captain denied that he had been asleep.\n\nThe Marisol was built in 1984 and will be towed to "
        "Tolm on Wednesday.",
    ),
}


def make_documents(*names: str) -> list[Document]:
    documents = []
    for name in names:
        publisher, text = TEXTS[name.removesuffix("-copy")]
        if name.endswith("-copy"):
            publisher = f"{publisher} (copy)"
        digest = hashlib.sha256(text.encode()).hexdigest()
        identifier = digest_document(name, text)
        made = Document(
            identifier, name, name, text, digest, publisher=publisher, published="2031-05-06", language="en"
        )
        documents.append(made)
    return documents


def run(documents: list[Document]) -> StoryReport:
    (story,) = compare(documents, settings=Settings(one_story=True)).stories
    return story


def publishers(finding: Finding, documents: list[Document]) -> tuple[str, ...]:
    return tuple(sorted(d.publisher or "" for d in documents if d.id in finding.documents))


@pytest.fixture(scope="module")
def three() -> tuple[list[Document], StoryReport]:
    documents = make_documents("herald", "post", "wire")
    return documents, run(documents)


def test_swapping_the_sides_changes_no_verdict() -> None:
    documents = make_documents("herald", "post")
    renamed = [
        Document(d.id, other, d.location, d.text, d.sha256, publisher=d.publisher, published=d.published, language="en")
        for d, other in zip(documents, ("post", "herald"), strict=True)
    ]

    as_they_are = {(f.verdict, f.kind, f.evidence) for f in run(documents).findings if f.verdict != "undecided"}
    swapped = {(f.verdict, f.kind, f.evidence) for f in run(renamed).findings if f.verdict != "undecided"}

    assert as_they_are == swapped


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_a_document_agrees_with_its_own_copy_and_never_conflicts_with_it(name: str) -> None:
    findings = run(make_documents(name, f"{name}-copy")).findings

    assert {f.verdict for f in findings if len(f.documents) == 2} == {"agree"}
    assert not [f.reason for f in findings if f.verdict in ("single", "conflict")]


def test_shuffled_documents_give_the_same_findings(three: tuple[list[Document], StoryReport]) -> None:
    documents, expected = three
    for seed in range(3):
        shuffled = list(documents)
        random.Random(seed).shuffle(shuffled)

        assert run(shuffled) == expected


@pytest.mark.parametrize("check", list_checks(), ids=lambda check: check.name)
def test_every_check_says_who_it_is(check: Check) -> None:
    assert check.name
    assert check.version >= 1
    assert check.summary[0].isupper()


def test_every_finding_names_its_documents_and_slices_to_words(three: tuple[list[Document], StoryReport]) -> None:
    documents, story = three
    by_id = {d.id: d for d in documents}
    for finding in story.findings:
        assert finding.reason.endswith((".", "…")), finding.reason
        assert "\n" not in finding.reason
        for span in finding.evidence:
            assert by_id[span.document].words(span).strip()
        for document in finding.documents:
            assert (by_id[document].publisher or "") in finding.reason, finding.reason


def test_a_document_is_in_a_finding_or_silent_on_it(three: tuple[list[Document], StoryReport]) -> None:
    documents, story = three
    for finding in story.findings:
        assert set(finding.documents) | set(finding.silent) == {d.id for d in documents}
        assert not set(finding.documents) & set(finding.silent)


def test_a_yes_against_a_no_is_a_conflict(three: tuple[list[Document], StoryReport]) -> None:
    documents, story = three
    conflicts = [f for f in story.findings if f.verdict == "conflict" and f.kind == "polarity"]

    assert [publishers(f, documents) for f in conflicts] == [("The Herald", "The Post")]
    assert "approved a plan for a new lighthouse" in conflicts[0].reason
    assert "rejected a plan for a new lighthouse" in conflicts[0].reason


def test_conflicts_stand_before_agreements_and_these_before_single_sources(
    three: tuple[list[Document], StoryReport],
) -> None:
    verdicts = [f.verdict for f in three[1].findings]
    singles = [n for n, v in enumerate(verdicts) if v == "single"]
    conflicts = [n for n, v in enumerate(verdicts) if v == "conflict"]

    assert conflicts
    assert singles
    assert max(conflicts) < min(singles)


def test_no_agreement_covers_words_that_conflict(three: tuple[list[Document], StoryReport]) -> None:
    from wirecheck.checks._stated import Opposed

    findings = three[1].findings
    for agreement in (f for f in findings if f.verdict == "agree"):
        for conflict in (f for f in findings if f.verdict == "conflict"):
            spans = agreement.evidence
            crossed = [(a, b) for a in spans for b in spans if a.document != b.document and Opposed([conflict])(a, b)]

            assert not crossed, (agreement.reason, conflict.reason)
