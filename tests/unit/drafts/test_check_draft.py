"""What a check of a draft promises as a whole."""

from __future__ import annotations

import json
import re

import jsonschema
import pytest

from tests.drafting import check_texts, items_of, make_document
from wirecheck import check_draft
from wirecheck.cli import commands
from wirecheck.drafts import check_documents
from wirecheck.drafts.format import json_schema
from wirecheck.drafts.json import build_json, render_json
from wirecheck.drafts.page import render_html
from wirecheck.drafts.terminal import render_terminal
from wirecheck.errors import UsageError
from wirecheck.model import DraftReport

DRAFT = """\
High water in Lower Tarn

“The levee will last another spring,” said Ona Reed. The flood damaged 420 houses in Lower Tarn on Sunday.

“We told the council twice,” said Ona Reed.
"""
HERALD = """\
Levee will not hold, farmer warns

“The levee will not last another spring,” said Ona Reed, who farms below it. “We told the council twice, in May and \
in June, if I remember well.”

The flood damaged 240 houses in Lower Tarn on Sunday.
"""
POST = "Upper Tarn is dry\n\nThe flood spared all 96 houses in Upper Tarn, said Ivo Lang, the mayor.\n"


@pytest.fixture
def report() -> DraftReport:
    return check_texts(DRAFT, herald=HERALD, post=POST)


def test_the_json_fits_its_schema_and_every_span_slices_back(report: DraftReport) -> None:
    value = json.loads(render_json(report))

    jsonschema.validate(value, json_schema(), cls=jsonschema.Draft202012Validator)
    texts = {d["id"]: d["text"] for d in [value["draft"], *value["documents"]]}
    spans = re.findall(r'"document": "\w+",\s+"start"', json.dumps(value))
    found = list(_list_spans(value))
    assert len(found) == len(spans) > 5
    assert all(texts[s["document"]][s["start"] : s["end"]] == s["text"] for s in found)


def _list_spans(value: object) -> list[dict]:
    if isinstance(value, dict):
        own = [value] if value.keys() == {"document", "start", "end", "text"} else []
        return own + [s for inner in value.values() for s in _list_spans(inner)]
    return [s for inner in value for s in _list_spans(inner)] if isinstance(value, list) else []


def test_the_order_of_the_sources_changes_nothing() -> None:
    draft = make_document("draft", DRAFT, published=None)
    sources = [make_document("herald", HERALD), make_document("post", POST)]

    assert render_json(check_documents(draft, sources)) == render_json(check_documents(draft, sources[::-1]))


def test_what_the_cut_left_out_is_shown_with_the_words_that_limit(report: DraftReport) -> None:
    (item,) = [i for i in items_of(report, "quotation") if i.verdict == "trimmed"]
    (backing,) = item.sources

    assert backing.left_out is not None
    source = report.document(backing.document)
    assert source.words(backing.left_out) == "in May and in June, if I remember well"
    assert [source.words(s) for s in backing.lost] == ["if"]


def test_the_worst_comes_first(report: DraftReport) -> None:
    assert [i.verdict for i in report.faults] == ["altered", "conflict", "trimmed"]


def test_the_draft_is_no_source_of_itself() -> None:
    draft = make_document("draft", DRAFT)

    with pytest.raises(UsageError, match="nothing to hold the draft against"):
        check_draft(draft, [draft])


def test_a_file_with_several_texts_is_no_draft(tmp_path) -> None:
    (tmp_path / "two.jsonl").write_text('{"text": "One two three four."}\n{"text": "Five six seven eight."}\n')

    with pytest.raises(UsageError, match="one text was expected as the draft; it holds 2 documents"):
        check_draft(tmp_path / "two.jsonl", [make_document("herald", HERALD)])


def test_any_words_of_a_source_in_its_marks_are_not_altered() -> None:
    words = ["We", "told", "the", "council", "twice,", "in", "May", "and", "in", "June,", "if", "I", "remember", "well"]
    runs = [words[a:b] for a in range(0, 12, 2) for b in range(a + 3, 14, 3)]
    draft = "\n\n".join(f"“{' '.join(run)}”, said Ona Reed." for run in runs)

    items = items_of(check_texts(draft, herald=HERALD), "quotation")

    assert len(items) == len(runs)
    assert {i.verdict for i in items} <= {"verbatim", "trimmed"}


def test_the_page_escapes_the_draft_and_asks_for_nothing() -> None:
    page = render_html(check_texts("“The levee <script>alert(1) will hold,” said Ona Reed.", herald=HERALD))

    assert "&lt;script&gt;" in page
    assert "<script" not in page
    assert "default-src &#39;none&#39;; style-src" in page
    assert not re.search(r"(?:src|href)=.https?:|url\((?!.?data:)", page)


def test_every_item_of_the_page_leads_to_its_words_in_the_draft(report: DraftReport) -> None:
    page = render_html(report)
    ids = [i["id"] for i in build_json(report)["items"]]

    assert ids
    assert all(page.count(f'id="in-{i}"') == 1 and f'href="#in-{i}"' in page for i in ids)


def test_the_terminal_is_one_screen_with_the_faults_first(report: DraftReport) -> None:
    lines = render_terminal(report, width=100).splitlines()

    assert lines[0] == "draft, held against 2 sources: Herald and Post"
    assert lines[1].startswith("3 to look at (1 altered, 1 conflict, 1 trimmed);")
    assert len(lines) < 40
    assert any("*not*" in line for line in lines)


def test_the_exit_status_tells_whether_there_is_something_to_look_at(tmp_path) -> None:
    from click.testing import CliRunner

    (tmp_path / "herald.txt").write_text(HERALD, "utf-8")
    (tmp_path / "bad.txt").write_text(DRAFT, "utf-8")
    (tmp_path / "good.md").write_text("**“The levee will not last another spring,”** said Ona Reed.\n", "utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    run = CliRunner().invoke

    bad = run(commands, ["check-draft", str(tmp_path / "bad.txt"), str(tmp_path / "herald.txt")])
    good = run(commands, ["check-draft", str(tmp_path / "good.md"), str(tmp_path / "herald.txt")])
    unread = run(
        commands, ["check-draft", str(tmp_path / "good.md"), str(tmp_path / "herald.txt"), str(tmp_path / "empty.txt")]
    )

    assert (bad.exit_code, good.exit_code, unread.exit_code) == (1, 0, 3)
    assert "Nothing to look at" in good.output
    assert "empty.txt" in unread.output


def test_an_archive_gives_the_sources(tmp_path) -> None:
    from wirecheck.archive import open_archive

    for name, text in (("herald", HERALD), ("post", POST), ("other", "Lamp festival\n\nThe lamps were lit at nine.\n")):
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    (tmp_path / "draft.txt").write_text(DRAFT, "utf-8")
    with open_archive(tmp_path / "archive", create=True) as opened:
        opened.add([tmp_path / "herald.txt", tmp_path / "post.txt", tmp_path / "other.txt"])

    with open_archive(tmp_path / "archive") as opened:
        report = check_draft(tmp_path / "draft.txt", find_sources=opened.sources_of)

    assert "herald" in {d.name for d in report.documents}
    assert [i.verdict for i in report.faults] == ["altered", "conflict", "trimmed"]


def test_the_shipped_schema_is_the_one_that_the_types_give() -> None:
    from importlib import resources

    shipped = (resources.files("wirecheck.drafts") / "static" / "wirecheck-draft-1.schema.json").read_text("utf-8")

    assert json.loads(shipped) == json_schema()
