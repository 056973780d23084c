"""Many articles in one text: exports of news databases."""

from __future__ import annotations

from wirecheck.model import Document
from wirecheck.readers import read_bytes

ONE = "The ferry sank on Monday off Port Elra, and twelve people died, the coast guard said."
TWO = "The bridge at Oswin was shut on Friday after a lorry hit its northern pier, the mayor said."

LEXIS = f"""
                               1 of 2 DOCUMENTS

                         The Harbour Herald (Oswin)

                              March 4, 2021 Thursday
                                 Final Edition

Ferry sinks off Port Elra

BYLINE: Ann Lowe

SECTION: NEWS; Pg. 1

LENGTH: 15 words

{ONE}

LOAD-DATE: March 5, 2021

LANGUAGE: ENGLISH

                     Copyright 2021 Harbour Herald Ltd
                            All Rights Reserved

                               2 of 2 DOCUMENTS

                              Tidewater Post

                              March 6, 2021 Saturday

Bridge shut at Oswin

BYLINE: By Jon Pell

LENGTH: 17 words

{TWO}

LOAD-DATE: March 6, 2021
"""

FACTIVA = f"""HD
Ferry sinks off Port Elra
BY
By Ann Lowe
WC
15 words
PD
4 March 2021
SN
The Harbour Herald
LP
{ONE}
TD
Divers came from Oswin.
Document HARHER0020210304eh340000b

HD
Bridge shut at Oswin
WC
17 words
PD
6 March 2021
SN
Tidewater Post
LP
{TWO}
Document TIDPST0020210306eh360000c
"""

PROQUEST = f"""Document 1 of 2

Ferry sinks off Port Elra

Author: Lowe, Ann

Publication title: The Harbour Herald

Publication date: Mar 4, 2021

Full text: {ONE}

Copyright: Harbour Herald Ltd Mar 4, 2021

____________________________________________________________

Document 2 of 2

Bridge shut at Oswin

Author: Pell, Jon

Publication title: Tidewater Post

Publication date: Mar 6, 2021

Full text: {TWO}
"""


def _show(document: Document) -> tuple[str | None, ...]:
    return (document.title, document.author, document.publisher, document.published)


def test_an_export_of_lexisnexis_is_its_articles() -> None:
    documents, problems = read_bytes("a.txt", LEXIS.encode())

    assert [_show(d) for d in documents] == [
        ("Ferry sinks off Port Elra", "Ann Lowe", "The Harbour Herald", "2021-03-04"),
        ("Bridge shut at Oswin", "Jon Pell", "Tidewater Post", "2021-03-06"),
    ]
    assert [d.text for d in documents] == [f"Ferry sinks off Port Elra\n\n{ONE}", f"Bridge shut at Oswin\n\n{TWO}"]
    assert problems == ()


def test_an_export_of_factiva_is_its_articles() -> None:
    documents, _ = read_bytes("a.txt", FACTIVA.encode())

    assert [_show(d) for d in documents] == [
        ("Ferry sinks off Port Elra", "Ann Lowe", "The Harbour Herald", "2021-03-04"),
        ("Bridge shut at Oswin", None, "Tidewater Post", "2021-03-06"),
    ]
    assert documents[0].text.endswith(f"{ONE}\n\nDivers came from Oswin.")


def test_an_export_of_proquest_is_its_articles() -> None:
    documents, _ = read_bytes("a.txt", PROQUEST.encode())

    assert [_show(d) for d in documents] == [
        ("Ferry sinks off Port Elra", "Lowe, Ann", "The Harbour Herald", "2021-03-04"),
        ("Bridge shut at Oswin", "Pell, Jon", "Tidewater Post", "2021-03-06"),
    ]
    assert [d.text.split("\n\n")[1] for d in documents] == [ONE, TWO]


def test_fields_behind_an_article_of_proquest_are_its_fields_and_not_its_text() -> None:
    first = (
        f"Ferry sinks off Port Elra\n\nAuthor: Lowe, Ann\n\nPublication info: The Harbour Herald ; Oswin 4 Mar 2021: A.3.\n\n"  # noqa: E501
        f"Full text: {ONE}\n\nTitle: Ferry sinks off Port Elra\n\nPages: A.3\n\nPublisher: Harbour Media\n\n"
    )
    second = (
        f"Bridge shut at Oswin\n\nFull text: {TWO}\n\nTitle: Bridge shut at Oswin\n\n"
        "Publication title: Tidewater Post; Oswin\n\nPublication date: Mar 6, 2021\n\nProQuest document ID: 12\n"
    )
    documents, problems = read_bytes("a.txt", f"Document 1 of 2\n\n{first}Document 2 of 2\n\n{second}".encode())

    assert [_show(d) for d in documents] == [
        ("Ferry sinks off Port Elra", "Lowe, Ann", "The Harbour Herald", "2021-03-04"),
        ("Bridge shut at Oswin", None, "Tidewater Post", "2021-03-06"),
    ]
    assert [d.text for d in documents] == [f"Ferry sinks off Port Elra\n\n{ONE}", f"Bridge shut at Oswin\n\n{TWO}"]
    assert problems == ()


def test_codes_of_factiva_may_stand_on_the_lines_of_their_values() -> None:
    text = "".join(
        f"HD   {title}\nWC   15 words\nPD   {day} March 2021\nSN   {name}\nLP   {body}\nAN   Document {code}\n\n"
        for title, day, name, body, code in (
            ("Ferry sinks off Port Elra", 4, "The Harbour Herald", ONE, "HARHER0020210304eh340000a"),
            ("Bridge shut at Oswin", 6, "Tidewater Post", TWO, "TIDPST0020210306eh360000c"),
        )
    )
    documents, _ = read_bytes("a.txt", text.encode())

    assert [_show(d) for d in documents] == [
        ("Ferry sinks off Port Elra", None, "The Harbour Herald", "2021-03-04"),
        ("Bridge shut at Oswin", None, "Tidewater Post", "2021-03-06"),
    ]


def test_an_export_that_lacks_documents_says_so() -> None:
    documents, problems = read_bytes("a.txt", LEXIS.replace("of 2", "of 3").encode())

    assert len(documents) == 2
    assert [p.message for p in problems] == ["3 documents were expected in the export; 2 were found"]


def test_articles_that_cannot_be_parted_are_told() -> None:
    text = f"Ferry sinks\nLENGTH: 15 words\n{ONE}\n\nBridge shut\nLENGTH: 17 words\n{TWO}\n"
    documents, problems = read_bytes("a.txt", text.encode())

    assert len(documents) == 1
    assert problems[0].message.startswith("2 articles seem to stand in one file")


def test_a_text_with_a_colon_is_no_export() -> None:
    (document,), problems = read_bytes("a.txt", f"Section: one\n\n{ONE}\n\nAuthor: unknown, she said.\n".encode())

    assert document.text.startswith("Section: one")
    assert problems == ()


LABELLED = f"""Title: Ferry sinks off Port Elra
Author: Ann Lowe
Source: The Harbour Herald
Date: March 4, 2021

{ONE}

Title: Bridge shut
Source: The Oswin Post
Date: March 5, 2021
Section: News

{TWO}
"""


def test_heads_of_labels_above_each_article_part_them() -> None:
    (first, second), problems = read_bytes("a.txt", LABELLED.encode())

    assert problems == ()
    assert (first.title, first.author, first.publisher) == (
        "Ferry sinks off Port Elra",
        "Ann Lowe",
        "The Harbour Herald",
    )
    assert (second.title, second.published, second.location) == ("Bridge shut", "2021-03-05", "a.txt:2")
    assert second.text.endswith(TWO)


def test_heads_of_labels_behind_other_words_are_told() -> None:
    (document,), problems = read_bytes("a.txt", f"{ONE}\n\n{LABELLED}".encode())

    assert ONE in document.text
    assert "2 articles seem to stand in one file" in problems[0].message


def test_labels_inside_an_article_are_its_words() -> None:
    text = f"{ONE}\n\nDate: 5 March\nPlace: the quay\nTitle: none\n\n{TWO}"
    (document,), _ = read_bytes("a.txt", text.encode())

    assert "Title: none" in document.text
