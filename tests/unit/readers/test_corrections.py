"""Notes of correction: what a paper withdraws is not its statement."""

from __future__ import annotations

import json

import pytest

from wirecheck.readers import read_bytes

BODY = "The bus fell 30 metres on Sunday near Oswin, and four people died, the police said.\n\nDivers came."


@pytest.mark.parametrize(
    "note",
    [
        "Correction: The article said that the bus fell 300 metres. It fell 30.",
        "(Corrects day of accident in paragraph 1 to Sunday, not Saturday)",
        "An earlier version of this article misstated the number of the dead. It was four, not nine.",
        "This story has been corrected to show that four people died, not nine.",
        "Editor’s note: an earlier headline gave a wrong place.",
        "Correction, March 5, 2021: a caption named the wrong driver.",
        "CORRECTION (5 March, 10:00): the bus fell 30 metres, not 300.",
        "Due to an editing error, a previous version of this report gave the height as 300 metres.",
        "The headline on an earlier version of this story gave the wrong day.",
        "(This March 3 story has been corrected to say four people, not nine, in paragraph 1)",
        "We previously reported that nine people died. We regret the error.",
        "An earlier version misstated the number of the dead. It was four, not nine.",
        "(Fixes day to Sunday in lead)",
        "UPDATE: the toll was corrected to 12",
        "UPDATE, 6 p.m.: An earlier toll of nine was wrong.",
        "UPDATE (5 March): we have corrected the toll from nine to four.",
        "EDITOR'S NOTE: This story has been corrected.",
        "This story corrects the number of the dead to four, not nine.",
        "Note: this report was corrected on 5 March",
        "We have corrected the toll in this story.",
        "Correction appended",
        "ERRATUM: The bus fell 30 metres, not 300.",
        "This story was corrected on 5 March. It gave the name of the driver, J. Pell, as Bell. We regret the error.",
        "An earlier version of this article gave the wrong height. The bus fell 30 metres, not 300.",
    ],
)
def test_a_note_of_correction_is_told_and_not_compared(note: str) -> None:
    (document,), problems = read_bytes("a.jsonl", json.dumps({"text": f"{BODY}\n\n{note}"}).encode())
    at = document.text.index(note)

    assert document.is_furniture(at, at + len(note))
    assert f"a correction, no part of what is compared: “{note}”" in [p.message for p in problems]


@pytest.mark.parametrize(
    "line",
    [
        "The minister corrected the figure on Monday, and said that an earlier version had been wrong.",
        "A court ordered the correction of the register, the mayor said.",
        "The previous version incorrectly routed calls, the telephone company said.",
        "An earlier version of the bill said that ministers could act alone.",
        "“We regret the error,” the minister said, and he paid for the repairs.",
        "UPDATE: Four more people were found alive on Monday.",
        "Update: the police said that the record had been corrected by a clerk.",
        "The toll was corrected to 12, the ministry said.",
    ],
)
def test_a_sentence_about_corrections_is_the_article(line: str) -> None:
    (document,), _ = read_bytes("a.jsonl", json.dumps({"text": f"{BODY}\n\n{line}"}).encode())
    at = document.text.index(line)

    assert not document.is_furniture(at, at + len(line))


@pytest.mark.parametrize(
    ("paragraph", "withdrawn"),
    [
        (
            "The bus fell 30 metres. An earlier version of this article said that it fell 300 metres. Divers came.",
            "An earlier version of this article said that it fell 300 metres.",
        ),
        (
            "The bus fell 30 metres. UPDATE: the toll was corrected to 12. Divers came.",
            "UPDATE: the toll was corrected to 12.",
        ),
        ("The bus fell 30 metres. Correction: it did not fall 300 metres.", "Correction: it did not fall 300 metres."),
        ("The bus (corrects height from 300 metres) fell 30 metres.", "(corrects height from 300 metres)"),
        (
            "Four people died, the police said. Earlier reports had said that nine people died.",
            "Earlier reports had said that nine people died",
        ),
        (
            "Initial reports had put the number of the dead at nine, but the police said on Monday that four died.",
            "Initial reports had put the number of the dead at nine",
        ),
        (
            "Four people died. Initial reports wrongly said that nine had died. Divers came.",
            "Initial reports wrongly said that nine had died",
        ),
        (
            "Four people died; earlier reports had wrongly spoken of nine.",
            "earlier reports had wrongly spoken of nine",
        ),
        (
            "“It fell.” This story has been corrected to show that the bus fell 30 metres, not 300. Divers came.",
            "This story has been corrected to show that the bus fell 30 metres, not 300.",
        ),
        ("This headline has been corrected. Four people died.", "This headline has been corrected."),
        (
            "An earlier version of this story misspelled the name of Mr. Pell. Divers came on Monday.",
            "An earlier version of this story misspelled the name of Mr. Pell.",
        ),
        (
            "UPDATE: we have corrected the toll from nine to four. Divers came on Monday.",
            "UPDATE: we have corrected the toll from nine to four.",
        ),
        (
            "(Corrects day to Sunday.) Four people died.",
            "(Corrects day to Sunday.)",
        ),
        (
            "The mayor spoke at noon. Earlier reports in local media gave the hour as ten, which the town hall denied.",
            "Earlier reports in local media gave the hour as ten",
        ),
    ],
)
def test_what_is_withdrawn_inside_a_paragraph_is_told_and_the_rest_is_the_article(
    paragraph: str, withdrawn: str
) -> None:
    (document,), problems = read_bytes("a.jsonl", json.dumps({"text": f"{BODY}\n\n{paragraph}"}).encode())
    at = document.text.index(paragraph)
    start = document.text.index(withdrawn, at)
    outside = [n for n in range(at, at + len(paragraph)) if not start <= n < start + len(withdrawn)]

    assert document.is_furniture(start, start + len(withdrawn))
    assert not any(document.is_furniture(n, n + 1) for n in outside if document.text[n].isalnum())
    assert f"a correction, no part of what is compared: “{withdrawn}”" in [p.message for p in problems]


@pytest.mark.parametrize(
    "paragraph",
    [
        "Initial reports say that nine people died, and the police asked drivers to stay away.",
        "Earlier reports by the inspectors said that the bridge was weak.",
        "The report had said that nine bridges were weak. The court asked for the correction of the register.",
        "He said: “An earlier version of this article of faith was kinder.” Divers came.",
        "The clerk read from the file. “Correction: nine people died,” she said.",
        "The earlier report had been lost. The corrected one gave four.",
    ],
)
def test_reports_that_are_news_themselves_are_the_article(paragraph: str) -> None:
    (document,), _ = read_bytes("a.jsonl", json.dumps({"text": f"{BODY}\n\n{paragraph}"}).encode())
    at = document.text.index(paragraph)

    assert not any(s.start < at + len(paragraph) and at < s.end for s in document.furniture)


def test_a_note_in_a_headline_is_told() -> None:
    title = "CORRECTED-Bus falls 30 metres near Oswin (Corrects height; it was 30 metres, not 300 metres)"
    (document,), problems = read_bytes("a.jsonl", json.dumps({"title": title, "text": BODY}).encode())

    assert document.title == title
    assert [document.words(s) for s in document.furniture] == ["(Corrects height; it was 30 metres, not 300 metres)"]
    assert [p.message for p in problems if "correction" in p.message]


def test_a_value_that_was_withdrawn_makes_no_conflict() -> None:
    import wirecheck
    from wirecheck.settings import Settings

    texts = {
        "a": "Bus crash near Oswin\n\nFour people died when a bus fell from a road near Oswin on Sunday, police said. "
        "Earlier reports had said that nine people died when the bus fell.",
        "b": "Bus falls near Oswin\n\nFour people died when a bus fell from a road near Oswin on Sunday, police said.",
    }
    documents = [
        d
        for name, text in texts.items()
        for d in read_bytes(
            f"{name}.jsonl", json.dumps({"name": name, "text": text, "published": "2025-01-05"}).encode()
        )[0]
    ]
    report = wirecheck.compare(documents, settings=Settings(one_story=True))
    findings = [f for s in report.stories for f in s.findings]

    assert findings
    assert not [f.reason for f in findings if f.verdict == "conflict" or "nine" in f.reason]
