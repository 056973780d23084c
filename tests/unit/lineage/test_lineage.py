"""Who has it from whom, and how many origins a point has."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from wirecheck.language import Sentence
from wirecheck.language.dossier import Dossier
from wirecheck.language.reading import Reading
from wirecheck.lineage import count_origins, list_origins, trace_lineage
from wirecheck.lineage.publishers import canonical_publisher, dateline_agency, first_author
from wirecheck.model import Actor, Annotations, Credit, Document, Quotation, Role, Span, quotation_id
from wirecheck.model.annotation import CreditKind
from wirecheck.reuse import find_reuse
from wirecheck.stories import one_story
from wirecheck.text.sentences import split_paragraphs, split_sentences

WIRE = (
    "The island ferry Larkspur ran aground off Sorrel Point early on Tuesday with forty people on board, "
    "injuring fourteen. "
    "Rescue boats from three harbours reached the rocks within an hour and took everybody off. "
    "The lamps in the channel had been out since the weekend, and nobody had been sent to mend them. "
    "Crews in orange coats carried the injured up the steps of the old quay while families waited behind a rope."
)
OWN = "Bakers in the town sent bread to the quay, where a brass band that had come for a wedding played until evening."


def make_document(name: str, text: str, **fields: str | None) -> Document:
    return Document(name, name, f"{name}.txt", text, "", **fields)  # type: ignore[arg-type]


def credit(
    document: Document, words: str, credited: str, kind: CreditKind = "publisher", *, own: bool = False
) -> Credit:
    at = document.text.index(words)
    end = document.text.find(".", at) + 1
    start = document.text.rfind(".", 0, at) + 1
    return Credit(
        document.span(at, at + len(words)), credited, kind, own, document.span(start, max(end, at + len(words)))
    )


def make_dossier(
    documents: Sequence[Document],
    credits: Sequence[Credit] = (),
    quotations: Sequence[Quotation] = (),
    actors: Sequence[Actor] = (),
    *,
    alike: bool = False,
) -> Dossier:
    """Return a dossier whose sentences all mean the same (`alike`) or nothing alike."""
    readings, annotations = [], []
    count = 0
    for document in sorted(documents, key=lambda d: d.name):
        paragraphs = split_paragraphs(document)
        sentences = []
        for span in split_sentences(document, paragraphs):
            embedding = np.zeros(384, dtype=np.float32)
            embedding[0 if alike else count % 384] = 1.0
            count += 1
            sentences.append(Sentence(span.start, span.end, (), (), embedding))
        readings.append(Reading(document, tuple(paragraphs), tuple(sentences)))
        annotations.append(
            Annotations(
                document.id,
                credits=tuple(c for c in credits if c.span.document == document.id),
                quotations=tuple(q for q in quotations if q.document == document.id),
            )
        )
    dossier = Dossier(one_story(documents)[0], tuple(readings), tuple(annotations), tuple(actors))
    dossier = dossier.having(reuse=find_reuse(dossier))
    return dossier.having(lineage=trace_lineage(dossier))


def span_of(document: Document, words: str) -> Span:
    at = document.text.index(words)
    return document.span(at, at + len(words))


def quote(document: Document, words: str, source: str, speaker: str, name: str) -> Quotation:
    contents = (span_of(document, words),)
    return Quotation(
        quotation_id(contents), document.id, "direct", contents, source=span_of(document, source), speaker=speaker,
        speaker_name=name,
    )  # fmt: skip


HERALD = make_document("herald", WIRE, publisher="Sorrel Herald", published="2025-03-04")


def test_a_text_under_another_name_is_a_reprint() -> None:
    wire = make_document("wire", f"SORREL POINT (Reuters) - {WIRE}", publisher="Reuters", published="2025-03-04")
    (edge,) = make_dossier([wire, HERALD]).lineage

    assert (edge.source, edge.to, edge.relation, edge.directed) == ("wire", "herald", "reprint", True)
    assert "Reuters is a news agency" in edge.reason


def test_a_text_of_an_agency_in_two_papers_is_one_common_source() -> None:
    post = make_document("post", f"SORREL POINT (AP) — {WIRE}", publisher="Elra Post", published="2025-03-04")
    edges = make_dossier([post, HERALD]).lineage

    assert {e.relation for e in edges} == {"common-source"}
    assert {e.source for e in edges if not e.source_is_document} == {"The Associated Press"}


def test_a_rewrite_that_credits_has_it_from_whom_it_credits() -> None:
    text = f"{WIRE[: WIRE.index('Crews')]}The Sorrel Herald reported it. {OWN} {OWN} {OWN}"
    post = make_document("post", text, publisher="Elra Post")
    dossier = make_dossier([post, HERALD], [credit(post, "The Sorrel Herald reported", "Sorrel Herald")])
    (edge,) = dossier.lineage

    assert (edge.source, edge.to, edge.directed) == ("herald", "post", True)
    assert "Elra Post credits Sorrel Herald" in edge.reason


def test_dates_alone_do_not_tell_who_has_it_from_whom() -> None:
    post = make_document("post", WIRE, publisher="Elra Post", published="2025-03-05")
    (edge,) = make_dossier([post, HERALD]).lineage

    assert (edge.source, edge.directed) == ("herald", False)


def test_a_newer_text_of_one_publisher_is_a_version() -> None:
    late = make_document("late", f"{WIRE} {OWN}", publisher="The Sorrel Herald", published="2025-03-05")
    (edge,) = make_dossier([late, HERALD]).lineage

    assert (edge.source, edge.to, edge.relation, edge.directed) == ("herald", "late", "version", True)


def test_one_speech_in_two_reports_is_no_derivation() -> None:
    speech = f"“{WIRE}”"
    left = make_document("left", f"{speech} {OWN}", publisher="Elra Post")
    right = make_document(
        "right", f"{speech} Nobody in the harbour office answered the telephone.", publisher="Sorrel Herald"
    )

    assert make_dossier([left, right]).lineage == ()


def test_a_credit_to_another_of_a_publishers_documents_names_the_publisher_only() -> None:
    post = make_document("post", f"{OWN} The Sorrel Herald reported last year that lamps fail.", publisher="Elra Post")
    (edge,) = make_dossier([post, HERALD], [credit(post, "The Sorrel Herald reported", "Sorrel Herald")]).lineage

    assert (edge.source, edge.source_is_document, edge.relation) == ("Sorrel Herald", False, "credit")


def test_credits_in_a_circle_are_said_and_undirected() -> None:
    names = ("Elra Post", "Sorrel Herald", "Oder Times")
    documents = []
    circle = []
    for number, name in enumerate(names):
        source = names[(number + 1) % 3]
        document = make_document(
            f"d{number}", f"{OWN[number * 3 :]} Boats came late, {source} reported.", publisher=name
        )
        documents.append(document)
        circle.append(credit(document, f"{source} reported", source))
    lineage = make_dossier(documents, circle, alike=True).lineage

    assert len(lineage) == 3
    assert not any(e.directed for e in lineage)
    assert all("run in a circle through Elra Post, Oder Times and Sorrel Herald" in e.reason for e in lineage)


def test_a_publisher_that_only_the_story_knows_is_credited_by_name() -> None:
    post = make_document("post", "Lamps were out, according to the shipping blog Coastwatch.", publisher="Elra Post")
    blog = make_document("blog", "Lamps had been out in the channel since Sunday.", publisher="Coastwatch")
    (edge,) = make_dossier([post, blog], alike=True).lineage

    assert (edge.source, edge.to, edge.relation) == ("blog", "post", "credit")


def test_a_word_that_is_a_publishers_name_is_no_credit() -> None:
    post = make_document(
        "post", "Time will tell whether lamps matter, the mayor of the town said.", publisher="Elra Post"
    )
    other = make_document("other", "Lamps had been out in the channel since Sunday.", publisher="Time")

    assert make_dossier([post, other], alike=True).lineage == ()


def test_the_initials_of_an_agency_name_it() -> None:
    post = make_document("post", "PORT (ENA) — Lamps were out.", publisher="Elra Post")
    wire = make_document("wire", "Lamps had been out in the channel since Sunday.", publisher="Elra News Agency")
    (edge,) = make_dossier([post, wire], [credit(post, "(ENA)", "ENA", "agency")], alike=True).lineage

    assert (edge.source, edge.to) == ("wire", "post")


def test_documents_of_one_text_are_one_origin_of_the_story() -> None:
    post = make_document("post", f"SORREL POINT (AP) — {WIRE}", publisher="Elra Post")
    own = make_document("own", OWN, publisher="Oder Times")
    origins = list_origins(make_dossier([post, HERALD, own]))

    assert [(o.name, o.documents) for o in origins] == [
        ("The Associated Press", ("herald", "post")),
        ("Oder Times", ("own",)),
    ]


def test_a_shared_sentence_makes_one_origin_of_a_point() -> None:
    post = make_document("post", f"{WIRE} {OWN}", publisher="Elra Post")
    dossier = make_dossier([post, HERALD])
    spans = [span_of(d, "injuring fourteen") for d in (post, HERALD)]
    origins = count_origins(dossier, ["post", "herald"], spans)

    assert (origins.count, origins.independence) == (1, "same-origin")
    assert origins.groups[0].reason.startswith("Sorrel Herald and Elra Post share the words “The island ferry")


def test_one_agency_credited_by_both_is_one_origin() -> None:
    left = make_document("left", f"{OWN} Fourteen were hurt, Reuters reported.", publisher="Elra Post")
    right = make_document("right", "Reuters said fourteen people had been hurt.", publisher="Oder Times")
    dossier = make_dossier(
        [left, right],
        [credit(left, "Reuters reported", "Reuters", "agency"), credit(right, "Reuters said", "Reuters", "agency")],
    )
    spans = [span_of(left, "Fourteen were hurt"), span_of(right, "fourteen people had been hurt")]
    origins = count_origins(dossier, ["left", "right"], spans)

    assert (origins.count, origins.independence) == (1, "same-origin")
    assert origins.groups[0].reason == "Elra Post and Oder Times both have it from Reuters."


def test_a_credit_elsewhere_in_the_text_is_no_origin_of_this_point() -> None:
    left = make_document("left", f"{OWN} Fourteen were hurt. Lamps were out, Reuters reported.", publisher="Elra Post")
    right = make_document("right", f"{OWN[5:]} Fourteen died. Reuters said lamps were out.", publisher="Oder Times")
    dossier = make_dossier(
        [left, right],
        [credit(left, "Reuters reported", "Reuters", "agency"), credit(right, "Reuters said", "Reuters", "agency")],
    )
    origins = count_origins(
        dossier, ["left", "right"], [span_of(left, "Fourteen were hurt"), span_of(right, "Fourteen died")]
    )

    assert (origins.count, origins.independence) == (2, "not-recorded")


def test_nothing_to_go_by_is_not_recorded() -> None:
    left = make_document("left", "Fourteen people were hurt.", publisher="Elra Post")
    right = make_document("right", "The number of the hurt is fourteen.", publisher="Oder Times")
    origins = count_origins(make_dossier([left, right]), ["right", "left"], [left.span(0, 26), right.span(0, 35)])

    assert (origins.count, origins.independence) == (2, "not-recorded")
    assert [g.reason for g in origins.groups] == [
        "Elra Post does not say where it has this from.",
        "Oder Times does not say where it has this from.",
    ]


def test_interviews_of_their_own_make_documents_independent() -> None:
    left = make_document("left", "Fourteen were hurt, Mara Quill told the Elra Post.", publisher="Elra Post")
    right = make_document("right", "A nurse told the Oder Times that fourteen had been hurt.", publisher="Oder Times")
    dossier = make_dossier(
        [left, right],
        [
            credit(left, "told the Elra Post", "Elra Post", own=True),
            credit(right, "told the Oder Times", "Oder Times", own=True),
        ],
    )
    origins = count_origins(
        dossier, ["left", "right"], [span_of(left, "Fourteen were hurt"), span_of(right, "fourteen had been hurt")]
    )

    assert (origins.count, origins.independence) == (2, "independent")


def test_one_interview_does_not_make_two_documents_independent() -> None:
    left = make_document("left", "Fourteen were hurt, Mara Quill told the Elra Post.", publisher="Elra Post")
    right = make_document("right", "The number of the hurt is fourteen.", publisher="Oder Times")
    dossier = make_dossier([left, right], [credit(left, "told the Elra Post", "Elra Post", own=True)])
    origins = count_origins(dossier, ["left", "right"], [span_of(left, "Fourteen were hurt"), right.span(0, 35)])

    assert (origins.count, origins.independence) == (2, "not-established")


def test_a_quotation_of_one_published_statement_has_one_origin() -> None:
    words = "Every lamp on that channel will be lit before we sail again"
    left = make_document("left", f"“{words},” Mara Quill said in a statement on Tuesday.", publisher="Elra Post")
    right = make_document("right", f"Mara Quill was brief. “{words},” she said.", publisher="Oder Times")
    mentions = (span_of(left, "Mara Quill"), span_of(right, "Mara Quill"))
    actor = Actor("a1", "Mara Quill", "person", ("Mara Quill",), mentions)
    quotations = [quote(left, words, "Mara Quill", "a1", "Mara Quill"), quote(right, words, "she", "a1", "Mara Quill")]
    dossier = make_dossier([left, right], quotations=quotations, actors=[actor])
    origins = count_origins(dossier, ["left", "right"], [span_of(left, words), span_of(right, words)])

    assert (origins.count, origins.independence) == (1, "same-origin")
    assert origins.groups[0].reason == "Elra Post and Oder Times quote one statement."


def test_witnesses_whom_only_one_document_names_are_reporting_of_its_own() -> None:
    left = make_document("left", "“It was loud,” said Ann Roe, who stood on the quay.", publisher="Elra Post")
    right = make_document("right", "“We heard it crack,” said Bo Hale, a baker.", publisher="Oder Times")
    actors = [
        Actor("a1", "Ann Roe", "person", ("Ann Roe",), (span_of(left, "Ann Roe"),)),
        Actor("a2", "Bo Hale", "person", ("Bo Hale",), (span_of(right, "Bo Hale"),)),
    ]
    quotations = [
        quote(left, "It was loud", "Ann Roe", "a1", "Ann Roe"),
        quote(right, "We heard it crack", "Bo Hale", "a2", "Bo Hale"),
    ]
    dossier = make_dossier([left, right], quotations=quotations, actors=actors)
    origins = count_origins(
        dossier, ["left", "right"], [span_of(left, "It was loud"), span_of(right, "We heard it crack")]
    )

    assert origins.independence == "independent"


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("“It was loud,” said Ann Roe, the secretary of state.", "Ann Roe", "secretary of state"),
        ("“It was loud,” Ann Roe told reporters.", "Ann Roe", None),
        ("“It was loud,” Ann Roe said at a news conference.", "Ann Roe", None),
        ("“It was loud,” Ann Roe writes in her book.", "Ann Roe", None),
        ("“It was loud,” Roe said.", "Roe", None),
        ("“It was loud,” Ann Roe said.", "Ann Roe", None),
        ("“It was loud,” said his daughter, Ann Roe.", "Ann Roe", "daughter"),
        ("“It was loud,” Ann Roe, a columnist, wrote on Monday.", "Ann Roe", "columnist"),
        ("“It was loud,” a harbour pilot of forty years said.", "harbour pilot", None),
    ],
)
def test_who_speaks_to_all_is_no_witness_of_one_document(text: str, name: str, role: str | None) -> None:
    left = make_document("left", text, publisher="Elra Post")
    right = make_document("right", "“We heard it crack,” said Bo Hale, a baker.", publisher="Oder Times")
    roles = (Role(role, (span_of(left, role),)),) if role is not None else ()
    actors = [
        Actor("a1", name, "person", (name,), (span_of(left, name),), roles),
        Actor("a2", "Bo Hale", "person", ("Bo Hale",), (span_of(right, "Bo Hale"),)),
    ]
    quotations = [
        quote(left, "It was loud", name, "a1", name),
        quote(right, "We heard it crack", "Bo Hale", "a2", "Bo Hale"),
    ]
    dossier = make_dossier([left, right], quotations=quotations, actors=actors)
    origins = count_origins(
        dossier, ["left", "right"], [span_of(left, "It was loud"), span_of(right, "We heard it crack")]
    )

    assert origins.independence == "not-established"


def test_a_point_of_one_document_with_a_credit_has_that_origin() -> None:
    left = make_document("left", "Fourteen were hurt, Reuters reported.", publisher="Elra Post")
    dossier = make_dossier([left], [credit(left, "Reuters reported", "Reuters", "agency")])
    origins = count_origins(dossier, ["left"], [span_of(left, "Fourteen were hurt")])

    assert (origins.count, origins.independence) == (1, "same-origin")
    assert origins.groups[0].reason == "Elra Post has it from Reuters."


def test_names_of_publishers_are_folded() -> None:
    assert canonical_publisher("AP") == canonical_publisher("The Associated Press")
    assert canonical_publisher("The Sorrel Herald") == canonical_publisher("Sorrel Herald")
    assert canonical_publisher("Elra Post (Web)") == "elra post"
    assert canonical_publisher("") == ""


def test_a_dateline_names_its_agency() -> None:
    found = dateline_agency(make_document("d", "SORREL POINT, Elra (AP) — It sank."))

    assert found is not None
    assert found[0] == "The Associated Press"
    assert dateline_agency(make_document("d", "SORREL POINT (Elra Post) — It sank.")) is None
    assert dateline_agency(make_document("d", "The ferry (Larkspur) sank.")) is None


def test_a_desk_is_no_author() -> None:
    assert first_author(make_document("d", "x", author="Herald Staff")) == ""
    assert first_author(make_document("d", "x", author="Ida Moor, Bo Hale")) == "ida moor"
