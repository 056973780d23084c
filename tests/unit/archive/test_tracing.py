"""Tracing: the forms that words take in an archive, and what is only like them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from wirecheck.archive import Archive, open_archive
from wirecheck.errors import UsageError

HERALD = (
    "Harbour Warden Keeps Channel Closed\n\n"
    "PORT ELRA — Harbour warden Tamsin Orrell kept the northern channel of Port Elra closed on Tuesday after two "
    "lamps went dark.\n\n"
    "“We will not sail again until every lamp on that channel is lit, and the owners have been reckless,” Orrell said. "
    "“I am grateful to the pilots.”\n\n"
    "The pilots of Port Elra had asked for new lamps since spring."
)
POST = (
    "Orrell: Owners of Port Elra Lamps ‘Reckless’\n\n"
    "PORT ELRA — The northern channel of Port Elra stays closed, harbour warden Tamsin Orrell said on Tuesday, calling "
    "the owners of its lamps “reckless.”\n\n"
    "Orrell told the pilots that ships would not sail again until every lamp on the channel was lit.\n\n"
    "Two lamps of the northern channel went dark last week."
)
GAZETTE = (
    "Pilots Call Lamps of the Northern Channel a Danger\n\n"
    "PORT ELRA — Pilots of Port Elra welcomed that harbour warden Tamsin Orrell closed the northern channel.\n\n"
    "“We will sail again when every lamp on that channel is lit,” Orrell said, according to the Elra Herald.\n\n"
    "The channel has eleven lamps."
)
ELSEWHERE = (
    "Judge Fines Bakery in Midvale\n\n"
    "MIDVALE — Judge Piet Haan fined a bakery in Midvale on Monday and called its ovens “reckless” and a danger to the "
    "street.\n\n"
    "Bakers in Midvale said the smoke of the ovens had never hurt anybody, and that bread would be sold as before."
)


def write_story(path: Path) -> Path:
    rows = [
        ("Elra Herald", "2025-03-04", HERALD),
        ("Post", "2025-03-05", POST),
        ("Gazette", "2025-03-05", GAZETTE),
        ("Midvale Times", "2025-03-04", ELSEWHERE),
    ]
    lines = []
    for publisher, date, text in rows:
        title, _, body = text.partition("\n\n")
        url = f"https://{publisher.split()[0].lower()}.example/1"
        lines.append({"title": title, "publisher": publisher, "published": date, "url": url, "text": body})
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return path


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("traced")
    with open_archive(folder / "archive", create=True) as opened:
        opened.add([write_story(folder / "lines.jsonl")])
        yield opened


ASKED = "We will not sail again until every lamp on that channel is lit, and the owners have been reckless"


def test_a_word_in_marks_is_a_piece_of_the_passage_in_a_report_of_its_event_only(archive: Archive) -> None:
    found = archive.trace(ASKED).appearances
    pieces = [(a.document.publisher, a.document.words(a.span)) for a in found if a.form == "trimmed"]

    assert ("Post", "reckless") in pieces
    assert "Midvale Times" not in {publisher for publisher, _ in pieces}


def test_an_altered_form_is_drawn_word_by_word_and_named_with_whom_it_is_from(archive: Archive) -> None:
    (altered,) = [a for a in archive.trace(ASKED).appearances if a.document.publisher == "Gazette"]

    assert altered.form == "altered"
    assert ("dropped", "not", "") in altered.changes
    assert altered.reason == "Gazette credits Elra Herald beside the words."


def test_what_is_told_without_marks_is_found_by_the_comparison_of_its_story(archive: Archive) -> None:
    found = archive.trace(ASKED).appearances
    told = [
        a.document.words(a.span) for a in found if a.document.publisher == "Post" and "lamp" in a.document.words(a.span)
    ]

    assert told
    assert all("every lamp on the channel was lit" in words for words in told)


def test_what_was_said_besides_is_no_form(archive: Archive) -> None:
    found = archive.trace(ASKED).appearances

    assert not any("grateful" in a.document.words(a.span) for a in found)


def test_one_word_is_traced_to_wherever_it_stands(archive: Archive) -> None:
    found = archive.trace("reckless").appearances

    assert {a.document.publisher for a in found} == {"Elra Herald", "Post", "Midvale Times"}
    assert {a.form for a in found} == {"verbatim"}


def test_words_that_say_nothing_are_refused(archive: Archive) -> None:
    with pytest.raises(UsageError, match="a word that says something"):
        archive.trace("and of the")


def test_a_later_document_is_not_where_an_earlier_one_has_its_words_from(archive: Archive) -> None:
    (first,) = [a for a in archive.trace(ASKED).appearances if a.document.publisher == "Elra Herald"]

    assert first.source is None


def test_a_fragment_is_found_in_a_sentence_with_its_root_and_what_is_told_beside_it(tmp_path: Path) -> None:
    texts = (
        "“Keeping those lamps dark was recklessness and will cost us the winter trade,” harbour warden Tamsin Orrell "
        "said in Port Elra on Tuesday. “The mayor and I have talked, and both believe that the northern channel must "
        "stay closed,” Orrell said.",
        "Harbour warden Tamsin Orrell of Port Elra spoke of a “reckless plan” for the lamps on Tuesday. Orrell said "
        "that she and the mayor had spoken and “both believe that the northern channel must stay closed.”",
    )
    lines = [
        {"title": f"Lamps of Port Elra {n}", "publisher": p, "published": "2025-03-04", "text": text}
        for n, (p, text) in enumerate(zip(("Herald", "Post"), texts, strict=True))
    ]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    with open_archive(tmp_path / "archive", create=True) as archive:
        archive.add([tmp_path / "a.jsonl"])

        akin = archive.trace("reckless plan").appearances
        beside = archive.trace("The mayor and I have talked").appearances

    assert [a.document.words(a.span) for a in akin] == [
        "Keeping those lamps dark was recklessness and will cost us the winter trade",
        "reckless plan",
    ]
    assert [(a.document.words(a.span), a.form) for a in beside] == [
        ("The mayor and I have talked", "verbatim"),
        ("she and the mayor had spoken", "reworded"),
    ]


SLOGANS = (
    ("Herald", "“Yes we can,” said the candidate in Port Elra. The crowd sang it until night, and said yes again."),
    ("Post", "“Yes, we can!” it said on a hundred banners. A man asked whether he could come in; yes, said the guard."),
    ("Gazette", "The mayor said yes to a new bridge on Monday, and we asked whether the town can pay for it."),
    (
        "Times",
        "“Yes, we still can,” wrote a reader of Port Elra on Friday, some years after the candidate had said it.",
    ),
)


def test_a_slogan_is_found_as_it_is_and_not_its_single_words(tmp_path: Path) -> None:
    lines = [{"title": f"Elra {p}", "publisher": p, "published": "2025-03-04", "text": t} for p, t in SLOGANS]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    with open_archive(tmp_path / "archive", create=True) as archive:
        archive.add([tmp_path / "a.jsonl"])
        found = archive.trace("yes we can").appearances

    assert {(a.document.publisher, a.document.words(a.span), a.form) for a in found} == {
        ("Herald", "Yes we can", "verbatim"),
        ("Post", "Yes, we can", "verbatim"),
        ("Times", "Yes, we still can", "altered"),
    }
