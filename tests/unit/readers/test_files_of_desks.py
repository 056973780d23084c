# ruff: noqa: E501 - markup is easier to read on one line
"""PDF, office documents and mail: what they say, where it is from, and what cannot be read."""

from __future__ import annotations

import csv
import io
import tracemalloc
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from wirecheck.readers import read_bytes, read_paths
from wirecheck.settings import Settings

ONE = "The ferry sank on Monday off Port Elra, and twelve people died, the coast guard said."
TWO = "“We ran for our lives,” said Ida Moor, who had been on the upper deck."


def make_pdf(pages: list[list[tuple[int, int, str]]]) -> bytes:
    """Return a PDF with words at places of each page; a page without words is blank, as a scan is."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for words in pages:
        escaped = [(x, y, t.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")) for x, y, t in words]
        stream = "".join(f"BT /F1 10 Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET\n" for x, y, text in escaped)
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}endstream")
        kids.append(len(objects) + 1)
        font = "<< /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {len(objects)} 0 R /Resources << /Font {font} >> >>"
        )
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{k} 0 R' for k in kids)}] >>"
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return (out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{end}").encode("latin-1")


def write_lines(x: int, y: int, text: str, width: int) -> list[tuple[int, int, str]]:
    import textwrap

    return [(x, y - 12 * n, line) for n, line in enumerate(textwrap.wrap(text, width))]


def make_zip(parts: Mapping[str, str | bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return held.getvalue()


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def make_docx(body: str) -> bytes:
    core = (
        '<p:coreProperties xmlns:p="urn:p" xmlns:dc="urn:dc"><dc:creator>Ann Lowe</dc:creator>'
        "<p:modified>2021-03-05T10:00:00Z</p:modified></p:coreProperties>"
    )
    document = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return make_zip({"[Content_Types].xml": "<a/>", "word/document.xml": document, "docProps/core.xml": core})


def test_a_pdf_is_read_without_heads_and_page_numbers() -> None:
    pytest.importorskip("pypdf")
    long = ONE + " The search went on through the night, and divers came from Oswin to look for those who were missing."
    ends = ["It was dark.", "Nobody was found alive.", "The mayor wept and left."]
    pages = [
        [(60, 770, "Harbour Herald"), *write_lines(60, 740, f"{end} {long} {end}", 70), (290, 30, f"{number}")]
        for number, end in enumerate(ends, start=1)
    ]
    (document,), problems = read_bytes("a.pdf", make_pdf(pages))

    assert document.text.count(ONE) == 3
    assert "Herald" not in document.text
    assert not any(line.strip().isdigit() for line in document.text.splitlines())
    assert problems == ()


def test_columns_of_a_pdf_are_read_one_after_the_other() -> None:
    pytest.importorskip("pypdf")
    left = " ".join([ONE] * 4)
    right = "The bridge at Oswin was shut on Friday after a lorry hit its northern pier, the mayor said. " * 4
    page = [*write_lines(50, 700, left, 42), *write_lines(320, 700, right, 42)]
    (document,), _ = read_bytes("a.pdf", make_pdf([page]))

    assert document.text.count(ONE) == 4
    assert document.text.rindex("ferry") < document.text.index("bridge")


def test_pages_that_are_pictures_and_a_broken_pdf_are_told() -> None:
    pytest.importorskip("pypdf")
    scans, broken = read_bytes("a.pdf", make_pdf([[], []])), read_bytes("a.pdf", b"%PDF-1.7 abc")

    assert scans[0] == broken[0] == ()
    assert "character recognition" in scans[1][0].message
    assert broken[1][0].message.startswith("a PDF was expected; it cannot be read")


def test_of_a_pdf_of_thousands_of_pages_the_first_hundreds_are_read() -> None:
    pytest.importorskip("pypdf")
    spelled = [chr(97 + n % 26) + chr(97 + n // 26) for n in range(600)]
    data = make_pdf([[(72, 700, f"The quay was shut, said the port of {name}.")] for name in spelled])
    (document,), problems = read_bytes("a.pdf", data)

    assert document.text.endswith("the port of ft.")
    assert [p.message for p in problems] == ["at most 500 pages were expected; the PDF has more; the rest was not read"]


def test_a_pdf_that_shows_a_long_page_again_and_again_is_cut_off_and_told() -> None:
    pytest.importorskip("pypdf")
    data = make_pdf([[(72, 700, "The quay was shut on Tuesday, the port said. " * 1200)]])
    _, problems = read_bytes("a.pdf", data.replace(b"/Kids [4 0 R]", b"/Kids [" + b"4 0 R " * 400 + b"]"))

    assert problems[0].message == "pages of words were expected; too much is drawn on page 38: the rest was not read"


def test_a_docx_has_its_paragraphs_and_what_it_says_of_itself() -> None:
    body = (
        f"<w:p><w:r><w:t>The ferry </w:t></w:r><w:r><w:t>{ONE[10:]}</w:t></w:r></w:p>"
        f"<w:p><w:del><w:r><w:delText>Nobody</w:delText><w:t>Nobody</w:t></w:r></w:del><w:ins><w:r><w:t>{TWO}</w:t></w:r></w:ins></w:p>"
    )
    (document,), problems = read_bytes("a.docx", make_docx(body))

    assert document.text == f"{ONE}\n\n{TWO}"
    assert (document.author, document.published, document.modified) == ("Ann Lowe", None, "2021-03-05T10:00:00+00:00")
    assert problems == ()


def test_an_odt_has_its_paragraphs() -> None:
    office, text = "urn:oasis:names:tc:opendocument:xmlns:office:1.0", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    content = (
        f'<o:document-content xmlns:o="{office}" xmlns:t="{text}"><o:body><o:text><t:h>Ferry sinks</t:h>'
        f"<t:p>The <t:span>ferry</t:span>{ONE[9:]}</t:p><t:p>Divers<t:note>1</t:note> came.</t:p></o:text></o:body></o:document-content>"
    )
    (document,), _ = read_bytes("a.odt", make_zip({"content.xml": content}))

    assert document.text == f"Ferry sinks\n\n{ONE}\n\nDivers came."


@pytest.mark.parametrize(
    "typed",
    [
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE x SYSTEM "http://desk.example/x.dtd">',
        '<!DOCTYPE x [<!ENTITY e "seven">]>',
        '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://desk.example/p"> %p;]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("suffix", ["docx", "odt"])
def test_a_document_with_entities_of_its_own_is_refused(typed: str, encoding: str, suffix: str) -> None:
    head = f'<?xml version="1.0" encoding="{encoding}"?>{typed}'
    docx = f'{head}<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>{ONE}</w:t></w:r></w:p></w:body></w:document>'
    odt = f'{head}<t:p xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0">{ONE}</t:p>'
    parts = {"word/document.xml": docx.encode(encoding)} if suffix == "docx" else {"content.xml": odt.encode(encoding)}
    documents, (problem,) = read_bytes(f"a.{suffix}", make_zip(parts))

    assert documents == ()
    assert "declares a document type or entities (DTD)" in problem.message


def test_a_message_has_its_headers_and_not_what_it_answers() -> None:
    message = (
        "From: Zoë Roe <zoe@herald.example>\r\nTo: desk@post.example\r\nSubject: =?utf-8?q?Ferry_=E2=80=93_what_we_know?=\r\n"
        "Date: Thu, 4 Mar 2021 10:00:00 +0100\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        f"{ONE}\r\n\r\nOn Wed, 3 Mar 2021, the desk wrote:\r\n> What do we know?\r\n"
    )
    (document,), problems = read_bytes("a.eml", message.encode())

    assert document.text == f"Ferry – what we know\n\n{ONE}"
    assert (document.author, document.publisher) == ("Zoë Roe", "herald.example")
    assert document.published == "2021-03-04T10:00:00+01:00"
    assert [p.message for p in problems] == ["the message that it answers was left out"]


def test_the_html_of_a_message_is_read_and_its_attachments_are_told() -> None:
    message = (
        "From: a@herald.example\nSubject: Ferry\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=XX\n\n"
        f"--XX\nContent-Type: text/html; charset=utf-8\n\n<p>{ONE}</p><p>{TWO}</p>\n--XX\nContent-Type: image/png\n"
        'Content-Disposition: attachment; filename="a.png"\n\nabc\n--XX--\n'
    )
    (document,), problems = read_bytes("a.eml", message.encode())

    assert document.text == f"Ferry\n\n{ONE}\n\n{TWO}"
    assert [p.message for p in problems] == ["an attachment was not read: image/png, a.png"]


def test_a_mailbox_is_its_messages(tmp_path: Path) -> None:
    message = "From x@y Thu Mar  4 10:00:00 2021\nFrom: {0}@herald.example\nSubject: {0}\n\n{1}\n>From the quay.\n\n"
    path = tmp_path / "a.mbox"
    path.write_text(message.format("ferry", ONE) + message.format("deck", TWO), "utf-8")
    documents, _ = read_paths([str(path)], settings=Settings())

    assert [(d.location, d.title) for d in documents] == [(f"{path}:1", "ferry"), (f"{path}:2", "deck")]
    assert documents[0].text.endswith("From the quay.")


def test_a_row_of_a_table_is_a_document() -> None:
    data = (
        'Headline;Body;Source;Date\n"Ferry ""Elra"" sinks";"The ferry sank on Monday.\nTwelve died.";The Herald;2021-03-04\n'
        ";;;\nBridge shut;=1+1 The bridge is shut.;Tidewater Post;soon\n"
    )
    documents, problems = read_bytes("a.csv", data.encode())

    assert [(d.location, d.title, d.publisher, d.published) for d in documents] == [
        ("a.csv:2", 'Ferry "Elra" sinks', "The Herald", "2021-03-04"),
        ("a.csv:5", "Bridge shut", "Tidewater Post", None),
    ]
    assert documents[0].text == 'Ferry "Elra" sinks\n\nThe ferry sank on Monday.\nTwelve died.'
    assert (
        documents[0].received
        == b'"Ferry ""Elra"" sinks";"The ferry sank on Monday.\nTwelve died.";The Herald;2021-03-04'
    )
    assert [p.message for p in problems] == ["published: a date such as 2025-02-13 was expected; found 'soon'"]


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.csv", "a,b\n1,2\n", 'a column "text", "body" or "content" was expected in the first row'),
        ("a.tsv", f"text\n{'x ' * 2_200_000}y\n", "the rest was not read"),
        ("a.csv", "text,title\n", "the table has none"),
        ("a.rtf", "{\\rtf1\\ansi The ferry sank.}", "this is an RTF document"),
    ],
)
def test_a_table_or_file_that_is_not_read_says_why(name: str, data: str, message: str) -> None:
    documents, problems = read_bytes(name, data.encode())

    assert documents == ()
    assert message in problems[-1].message


def test_a_long_article_in_a_table_is_read_whatever_limit_another_part_of_the_process_has_set() -> None:
    before = csv.field_size_limit(1000)
    try:
        documents, problems = read_bytes("a.csv", f"text\n{'The ferry sank. ' * 20_000}\n".encode())
    finally:
        csv.field_size_limit(before)

    assert not problems
    assert len(documents[0].text) > 300_000


def test_a_message_that_is_sent_on_is_the_text() -> None:
    data = (
        "From: Ed Orr <ed@desk.example>\nTo: x@y.example\nSubject: Fwd: Ferry sinks\nDate: Thu, 4 Mar 2021 12:00:00 +0000\n\n"
        "FYI\n\n---------- Forwarded message ---------\nFrom: Ann Lowe <ann@herald.example>\nDate: Thu, 4 Mar 2021\n"
        "Subject: Ferry sinks\n\nThe ferry sank on Monday.\n"
    )
    (document,), problems = read_bytes("a.eml", data.encode())

    assert document.text == "Fwd: Ferry sinks\n\nFYI\n\nThe ferry sank on Monday."
    assert [p.message for p in problems] == [
        "a message sent on; its head says: “From: Ann Lowe <ann@herald.example> Date: Thu, 4 Mar 2021 Subject: Ferry sinks”"
    ]


def test_headers_of_a_message_cost_no_more_than_they_are_long() -> None:
    """Half a megabyte took six gigabytes."""
    subject = b"=?utf-8?q?=41?= " * 30_000
    data = b"From: " + b"(" * 20_000 + b"\nSubject: " + subject + b"\nDate: " + b"(" * 20_000 + b"\n\nThe ferry sank.\n"
    tracemalloc.start()
    documents, problems = read_bytes("a.eml", data)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert len(documents) + len(problems) >= 1
    assert most < 50_000_000


@pytest.mark.parametrize("kind", ["multipart/mixed; boundary=b{n}\n\n--b{n}", "message/rfc822\n"])
def test_a_message_of_parts_in_parts_without_end_is_told_in_plain_words(kind: str) -> None:
    heads = "".join(f"Content-Type: {kind.format(n=n)}\n" for n in range(3000))
    documents, problems = read_bytes("a.eml", f"From: a@b.example\nSubject: Quay\n{heads}\nIt was shut.\n".encode())

    assert not documents
    assert [p.message for p in problems] == ["a message was expected; its parts are nested too deep to be read"]


def test_headers_of_a_message_are_read_in_any_encoding() -> None:
    data = (
        "From: Zoë Roe <zoe@herald.example>\nSubject: =?utf-8?b?UXVheSDigJxzaHV04oCd?= in\n Oster\n"
        "Date: Mon, 13 May 2024 10:00:00 +0200\n\nThe quay was shut.\n"
    )
    (document,), problems = read_bytes("a.eml", data.encode())

    assert (document.title, document.author) == ("Quay “shut” in Oster", "Zoë Roe")
    assert document.published == "2024-05-13T10:00:00+02:00"
    assert problems == ()


def test_a_text_of_many_notes_tells_some_and_how_many_more() -> None:
    _, problems = read_bytes("a.txt", b"It rained. Earlier reports had said so. " * 500)

    assert len([p for p in problems if "correction" in p.message]) == 21
    assert "480 more notes of correction, no part of it either" in [p.message for p in problems]


def test_a_row_that_is_longer_than_its_table_is_told() -> None:
    (document,), (problem,) = read_bytes("a.csv", f"title,text\nFerry,{ONE}\n".encode())

    assert document.text == "Ferry\n\nThe ferry sank on Monday off Port Elra"
    assert problem.message == "2 cells were expected as in the first row; found 4: what follows was not read"


def test_what_is_said_of_a_hostile_pdf_is_the_same_each_time() -> None:
    pytest.importorskip("pypdf")
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</Font<<>>>>>>"
    parts = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page]
    looped, places = b"%PDF-1.4\n", []
    for number, part in enumerate([*parts, b"<</Length 4 0 R>>stream\nx\nendstream"], start=1):
        places.append(b"%010d 00000 n \n" % len(looped))
        looped += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"xref\n0 5\n0000000000 65535 f \n" + b"".join(places) + b"trailer\n<</Size 5/Root 1 0 R>>\n"
    looped += table + b"startxref\n%d\n%%%%EOF\n" % len(looped)
    first, second = (read_bytes("a.pdf", looped)[1] for _ in range(2))

    assert first == second
    assert "loop" in first[0].message


@pytest.mark.parametrize(
    ("kind", "answered"),
    [
        ("plain", "Am 06.03.2021 um 09:00 schrieb Bo Lind:\n> Nine people died."),
        ("plain", "Le 6 mars 2021, Bo Lind <bo@post.example> a écrit :\n\n> Nine people died."),
        ("html", '<p>Bo Lind:</p><blockquote type="cite">Nine people died.</blockquote>'),
        ("html", '<div class="gmail_quote">Nine people died.</div>'),
    ],
)
def test_what_a_message_answers_is_left_out_in_any_language_and_in_html(kind: str, answered: str) -> None:
    body = f"<p>{ONE}</p>{answered}" if kind == "html" else f"{ONE}\n\n{answered}"
    head = f"From: Ann <ann@herald.example>\nSubject: Ferry\nMIME-Version: 1.0\nContent-Type: text/{kind}; charset=utf-8\n\n"
    (document,), problems = read_bytes("a.eml", f"{head}{body}\n".encode())

    assert ONE in document.text
    assert not any(word in document.text for word in ("Nine", "schrieb", "écrit"))
    assert "the message that it answers was left out" in [p.message for p in problems]
