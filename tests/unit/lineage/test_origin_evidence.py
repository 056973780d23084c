"""What counts as evidence for one origin, what does not, and how a reason names it."""

from __future__ import annotations

import numpy as np
import pytest

from wirecheck.language import Sentence
from wirecheck.language.dossier import Dossier
from wirecheck.language.reading import Reading
from wirecheck.lineage import count_origins, trace_lineage
from wirecheck.model import Actor, Annotations, Credit, Document, Origins, Quotation, Span, quotation_id
from wirecheck.model.annotation import CreditKind
from wirecheck.reuse import find_reuse
from wirecheck.stories import one_story
from wirecheck.text.sentences import split_paragraphs, split_sentences


def make(name: str, text: str, publisher: str) -> Document:
    return Document(name, name, f"{name}.txt", text, "", publisher=publisher)


def span_of(document: Document, words: str) -> Span:
    at = document.text.index(words)
    return document.span(at, at + len(words))


def credit(document: Document, words: str, credited: str, kind: CreditKind, *, own: bool = False) -> Credit:
    span = span_of(document, words)
    start = document.text.rfind(". ", 0, span.start) + 1
    end = document.text.find(".", span.end)
    return Credit(span, credited, kind, own, document.span(start, len(document.text) if end < 0 else end + 1))


def quote(document: Document, words: str, source: str, actor: Actor) -> Quotation:
    contents = (span_of(document, words),)
    return Quotation(
        quotation_id(contents), document.id, "direct", contents, source=span_of(document, source), speaker=actor.id,
        speaker_name=actor.name,
    )  # fmt: skip


def count(
    documents: list[Document],
    words: list[str],
    credits: list[Credit] | None = None,
    quotations: list[Quotation] | None = None,
    actors: list[Actor] | None = None,
) -> Origins:
    """Return the origins of the point that the words, one run of each document, state."""
    readings, annotations = [], []
    for document in documents:
        paragraphs = tuple(split_paragraphs(document))
        nothing = np.zeros(384, np.float32)
        sentences = tuple(Sentence(s.start, s.end, (), (), nothing) for s in split_sentences(document, paragraphs))
        readings.append(Reading(document, paragraphs, sentences))
        annotations.append(
            Annotations(
                document.id,
                credits=tuple(c for c in credits or () if c.span.document == document.id),
                quotations=tuple(q for q in quotations or () if q.document == document.id),
            )
        )
    dossier = Dossier(one_story(documents)[0], tuple(readings), tuple(annotations), tuple(actors or ()))
    dossier = dossier.having(reuse=find_reuse(dossier))
    dossier = dossier.having(lineage=trace_lineage(dossier))
    spans = [span_of(d, w) for d, w in zip(documents, words, strict=True)]
    return count_origins(dossier, [d.id for d in documents], spans)


SAID = "couples on the island are to be treated as couples on the shore"


@pytest.mark.parametrize(
    ("sentence", "independence"),
    [
        (f"“{SAID},” Ann Roe said of the ruling.", "not-recorded"),
        (f"“{SAID},” Ann Roe said as she deleted her Twitter account.", "not-recorded"),
        (f"“{SAID},” Ann Roe said in an e-mail.", "not-recorded"),
        (f"“{SAID},” Ann Roe wrote on Twitter.", "same-origin"),
        (f"“{SAID},” Ann Roe said in a statement.", "same-origin"),
        (f"“{SAID},” the complaint says, as Ann Roe had it.", "same-origin"),
    ],
)
def test_only_a_text_that_is_quoted_makes_one_origin_of_a_quotation(sentence: str, independence: str) -> None:
    left = make("left", f"The bells rang at noon. {sentence}", "Elra Post")
    right = make("right", f"Fog lay on the harbour. {sentence}", "Oder Times")
    actor = Actor("a1", "Ann Roe", "person", ("Ann Roe",), (span_of(left, "Ann Roe"), span_of(right, "Ann Roe")))
    quotations = [quote(d, SAID, "Ann Roe", actor) for d in (left, right)]

    assert count([left, right], [SAID, SAID], quotations=quotations, actors=[actor]).independence == independence


def test_a_name_with_its_title_is_no_shared_text() -> None:
    title = "Ann Roe, senior vice president and general manager of ferries"
    left = make("left", f"The boats stay in port, says {title}.", "Elra Post")
    right = make("right", f"New lamps come in spring. Tickets will cost more: {title}.", "Oder Times")

    assert count([left, right], [title, title]).independence == "not-recorded"


def test_a_witness_in_a_paper_that_credits_an_agency_may_be_the_agencys() -> None:
    text = "“It was loud,” said Ann Roe, who stood on the quay. Reuters contributed to this report."
    left = make("left", text, "Elra Post")
    actor = Actor("a1", "Ann Roe", "person", ("Ann Roe",), (span_of(left, "Ann Roe"),))
    agency = credit(left, "Reuters contributed to this report", "Reuters", "agency")
    quotations = [quote(left, "It was loud", "Ann Roe", actor)]

    assert count([left], ["It was loud"], [agency], quotations, [actor]).independence != "independent"
    assert count([left], ["It was loud"], [], quotations, [actor]).independence == "independent"


@pytest.mark.parametrize(
    ("text", "words", "credited", "kind", "reason"),
    [
        ("It burned, a statement said.", "a statement said", "statement", "document", "a statement"),
        ("It burned. A statement said so.", "A statement said", "A statement", "document", "a statement"),
        ("It burned, according to the Heron Census.", "according to the Heron Census", "Heron Census", "document",
         "the Heron Census"),
        ("It burned, according to tax returns.", "according to tax returns", "tax returns", "document", "tax returns"),
        ("It burned, a town clerk said in notice.", "said in notice", "notice", "document", "a notice"),
        ("It burned, the Elra Chronicle reports.", "the Elra Chronicle reports", "Elra Chronicle", "publisher",
         "the Elra Chronicle"),
        ("It burned, he said in a WQX op-ed.", "in a WQX op-ed", "WQX", "broadcast", "WQX"),
        ("It burned, she said on Facebook.", "said on Facebook", "Facebook", "social", "Facebook"),
    ],
)  # fmt: skip
def test_a_reason_names_what_is_credited_with_its_article(
    text: str, words: str, credited: str, kind: CreditKind, reason: str
) -> None:
    document = make("left", text, "Elra Post")
    (group,) = count([document], ["It burned"], [credit(document, words, credited, kind)]).groups

    assert group.reason in (f"Elra Post has it from {reason}.", "Elra Post does not say where it has this from.")
    assert "does not" not in group.reason or ". A" in text


def test_an_invitation_to_read_on_is_no_reporting() -> None:
    text = "Read the latest news and analysis from Elra Post on the fire."
    document = make("left", text, "Elra Post")
    own = credit(document, "analysis from Elra Post", "Elra Post", "publisher", own=True)

    assert count([document], ["the fire"], [own]).independence == "not-recorded"
