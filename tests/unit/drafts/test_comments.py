"""The DOCX with comments: the text stays, the comments stand at the words."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import pytest
from docx.shared import RGBColor

from tests.drafting import make_document
from wirecheck.drafts import check_documents
from wirecheck.drafts.docx import render_docx
from wirecheck.model import Document, DraftReport
from wirecheck.readers import read_bytes

HERALD = (
    "“The levee will not last another spring,” said Ona Reed. The flood damaged 240 houses in Lower Tarn on Sunday."
)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def make_docx() -> bytes:
    document = docx.Document()
    document.add_heading("The levee", 1)
    paragraph = document.add_paragraph("“The levee will ")
    paragraph.add_run("last").bold = True
    run = paragraph.add_run(" another spring,” said Ona Reed. The flood damaged 4")
    run.font.color.rgb = RGBColor(0x11, 0x22, 0x33)
    paragraph.add_run("20 houses in Lower\tTarn on Sunday.").italic = True
    document.add_table(1, 1).cell(0, 0).text = "“Nobody has these words at all,” said Ona Reed."
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def check(draft: Document) -> DraftReport:
    return check_documents(draft, [make_document("herald", HERALD)])


def read_docx(data: bytes) -> Document:
    (document,), _ = read_bytes("draft.docx", data)
    return document


def list_texts(data: bytes) -> list[str]:
    body = docx.Document(io.BytesIO(data)).element.body
    return ["".join(t.text or "" for t in p.iter(f"{_W}t", f"{_W}tab")) for p in body.iter(f"{_W}p")]


def list_commented(data: bytes) -> list[str]:
    """Return the words that each comment stands at, by its number."""
    body = docx.Document(io.BytesIO(data)).element.body
    found: dict[str, str] = {}
    open_: list[str] = []
    for element in body.iter():
        number = element.get(f"{_W}id", "")
        if element.tag == f"{_W}commentRangeStart":
            open_.append(number)
        elif element.tag == f"{_W}commentRangeEnd":
            open_.remove(number)
        elif element.tag == f"{_W}t":
            for one in open_:
                found[one] = found.get(one, "") + (element.text or "")
    return [found[n] for n in sorted(found, key=int)]


def test_a_docx_draft_keeps_its_text_and_has_comments_at_the_words() -> None:
    data = make_docx()
    report = check(read_docx(data))

    made = render_docx(report)

    assert list_texts(made) == list_texts(data)
    assert list_commented(made) == [report.draft.words(i.span) for i in sorted(report.faults, key=lambda i: i.span)]
    assert list_commented(made)[:2] == ["The levee will last another spring,", "420 houses"]


def test_runs_that_are_cut_keep_their_looks() -> None:
    data = make_docx()

    made = docx.Document(io.BytesIO(render_docx(check(read_docx(data)))))

    looks = {}
    for run in made.paragraphs[1].runs:
        for letter in run.text:
            looks[len(looks)] = (letter, bool(run.bold), bool(run.italic), str(run.font.color.rgb))
    before = {}
    for run in docx.Document(io.BytesIO(data)).paragraphs[1].runs:
        for letter in run.text:
            before[len(before)] = (letter, bool(run.bold), bool(run.italic), str(run.font.color.rgb))
    assert looks == before


def test_a_comment_says_what_the_source_has() -> None:
    made = docx.Document(io.BytesIO(render_docx(check(read_docx(make_docx())))))

    first = next(iter(made.comments))
    assert first.author == "Wirecheck"
    assert first.text.splitlines() == [
        "Altered quotation. The draft leaves out “not”, which Herald has.",
        "Herald: “The levee will not last another spring”",
    ]


@pytest.mark.parametrize("suffix", ["txt", "md", "html"])
def test_another_draft_becomes_a_docx_of_its_paragraphs(suffix: str) -> None:
    text = {
        "txt": "The levee\n\n“The levee will last another spring,” said Ona Reed.\n",
        "md": "# The levee\n\n“The levee will **last** another spring,” said Ona Reed.\n",
        "html": "<html><body><article><h1>The levee</h1><p>“The levee will <b>last</b> another spring,” said Ona "
        "Reed, who farms below it and knows the river well.</p></article></body></html>",
    }[suffix]
    report = check(make_document("draft", text, suffix=suffix))

    made = render_docx(report)

    assert [t for t in list_texts(made) if t] == [p for p in report.draft.text.splitlines() if p.strip()]
    assert "The levee will last another spring," in list_commented(made)


def test_the_same_draft_gives_the_same_bytes() -> None:
    report = check(read_docx(make_docx()))

    assert render_docx(report) == render_docx(replace(report))
