"""Exports for other programs: each opens in a library of its own, gives exact words, the same bytes, and no formula."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import docx
import openpyxl
import pytest

from tests.builders import make_document, make_hostile_report, make_report
from tests.judged import make_judged_report
from wirecheck.errors import MissingExtraError, UsageError
from wirecheck.model import Finding, Report, Side, Stated, Story, StoryReport
from wirecheck.report.exports import export_report, find_target, list_exports
from wirecheck.report.json import build_json
from wirecheck.report.load import load_report
from wirecheck.report.table import DOCUMENTS, POINTS, WORDS
from wirecheck.report.tables import guard_cell

REPORTS: dict[str, Callable[[], Report]] = {
    "report": make_report,
    "hostile": make_hostile_report,
    "judged": make_judged_report,
    "empty": lambda: Report(documents=(), stories=()),
}
NAMES = [e.name for e in list_exports()]
FORMULAS = ("=HYPERLINK(1)", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", " =1")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read(report: Report) -> Any:
    """Return a report as a program reads it from its JSON."""
    return json.loads(json.dumps(build_json(report)))


def make_formulas() -> Report:
    """Return a report whose titles, publishers, values and quotations begin like formulas."""
    documents = tuple(
        make_document(f"{formula} {n}", f"{formula}\n\n{formula} people were hurt.\n", publisher=formula, title=formula)
        for n, formula in enumerate(FORMULAS)
    )
    spans = [d.span(d.text.index("\n\n") + 2, len(d.text) - 1) for d in documents]
    finding = Finding(
        "conflict",
        "quantity",
        "=1+1 is what they say",
        tuple(Stated(d.id, (s,)) for d, s in zip(documents, spans, strict=True)),
        "quantities",
        sides=tuple(Side(f, (d.id,), (s,)) for f, d, s in zip(FORMULAS, documents, spans, strict=True)),
    )
    story = StoryReport(Story("s1", "=1", tuple(d.id for d in documents)), findings=(finding,))
    return Report(documents=documents, stories=(story,))


def read_csv(report: Report, **filters: Any) -> list[dict[str, str]]:
    data = export_report(report, "csv", **filters)
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


# A report read back


@pytest.mark.parametrize("name", sorted(REPORTS))
def test_a_report_that_was_read_back_is_written_as_it_was(name: str) -> None:
    value = read(REPORTS[name]())

    assert build_json(load_report(value)) == value


def test_the_weight_that_the_overview_goes_by_is_read_back() -> None:
    report = make_report()
    (story,) = report.stories
    findings = tuple(replace(f, weight=n / 20) for n, f in enumerate(story.findings))
    weighed = replace(report, stories=(replace(story, findings=findings),))

    assert [p.finding.weight for p in load_report(read(weighed)).points()] == [f.weight for f in findings]


@pytest.mark.parametrize("value", [None, [], {}, {"format": "wirecheck-report/9"}, {"format": "wirecheck-report/1"}])
def test_what_is_no_report_is_refused_by_name(value: Any) -> None:
    with pytest.raises(UsageError, match=r"^paper.json is no whole report of Wirecheck: "):
        load_report(value, name="paper.json")


def test_a_report_that_was_changed_since_is_refused() -> None:
    value = read(make_report())
    value["points"][0]["reason"] = "The Harbour Herald is wrong."

    with pytest.raises(UsageError, match="digest"):
        load_report(value)


# All formats


@pytest.mark.parametrize("format", NAMES)
@pytest.mark.parametrize("name", sorted(REPORTS))
def test_a_report_gives_the_same_bytes_as_itself_read_back(name: str, format: str) -> None:
    report = REPORTS[name]()

    assert export_report(load_report(read(report)), format) == export_report(report, format)


@pytest.mark.parametrize("format", ["docx", "xlsx"])
def test_the_clock_changes_no_byte(format: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    before = export_report(make_report(), format)
    later = time.time() + 86_400
    monkeypatch.setattr(time, "time", lambda: later)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(later))

    assert export_report(make_report(), format) == before


@pytest.mark.parametrize(("format", "package"), [("docx", "docx"), ("xlsx", "openpyxl")])
def test_a_missing_package_is_named_with_the_line_that_installs_it(
    format: str, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, package, None)

    with pytest.raises(MissingExtraError, match=r"pip install '\.\[export\]'"):
        export_report(make_report(), format)


def test_a_file_tells_its_format_by_its_name_or_before_a_colon() -> None:
    found = [find_target(t) for t in ("a.csv", "a.CSL.json", "csv:a.txt", "ftm:b.json", "C:\\a.docx", "notes:-")]

    assert [(e.name, f) for e, f in found] == [
        ("csv", "a.csv"),
        ("csl", "a.CSL.json"),
        ("csv", "a.txt"),
        ("ftm", "b.json"),
        ("docx", "C:\\a.docx"),
        ("notes", "-"),
    ]


@pytest.mark.parametrize("target", ["a.pdf", "a.json", "pdf:a.csv.gz", "csv:"])
def test_a_file_without_a_format_is_refused_with_the_endings(target: str) -> None:
    with pytest.raises(UsageError, match=r"\.hypothesis\.json"):
        find_target(target)


def test_no_format_has_a_score_or_a_rating() -> None:
    for name in NAMES:
        data = export_report(make_report(), name)
        texts = (
            [zipfile.ZipFile(io.BytesIO(data)).read(n) for n in zipfile.ZipFile(io.BytesIO(data)).namelist()]
            if (data[:2] == b"PK")
            else [data]
        )

        assert not any(re.search(rb"ClaimReview|reviewRating|ratingValue|truth", text) for text in texts)


# Tables


def test_every_quotation_of_the_table_is_the_words_at_its_place() -> None:
    report = make_report()
    texts = {d.id: d.text for d in report.documents}
    rows = read_csv(report)

    assert len(rows) > 30
    assert list(rows[0]) == list(WORDS)
    assert all(texts[r["document"]][int(r["start"]) : int(r["end"])] == r["quote"] for r in rows)


def test_every_side_of_a_conflict_has_its_words_and_its_value() -> None:
    rows = [r for r in read_csv(make_report()) if r["point"] == "s1-p1"]

    assert {(r["value"], r["publisher"]) for r in rows} == {
        ("14 people", "The Harbour Herald"),
        ("17 people", "Tidewater Post"),
        ("17 people", "Coastline Wire"),
    }
    assert all(r["value"].split()[0] in r["quote"] for r in rows)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"verdict": "conflict"}, {"s1-p1", "s1-p2"}),
        ({"verdict": ["conflict", "single"], "kind": "event"}, {"s1-p17"}),
        ({"document": "courier"}, {"s1-p3", "s1-p4", "s1-p18"}),
        ({"document": "Tidewater Post", "kind": "order"}, {"s1-p2"}),
    ],
)
def test_a_filter_keeps_the_points_that_fit(filters: Any, expected: set[str]) -> None:
    assert {r["point"] for r in read_csv(make_report(), **filters)} == expected


@pytest.mark.parametrize("filters", [{"verdict": "true"}, {"kind": "figures"}, {"document": "The Tidewater Post"}])
def test_a_filter_that_nothing_can_fit_is_an_error_that_names_what_there_is(filters: Any) -> None:
    with pytest.raises(UsageError, match="there is "):
        export_report(make_report(), "csv", **filters)


def test_no_cell_of_the_csv_begins_a_formula() -> None:
    rows = list(csv.reader(io.StringIO(export_report(make_formulas(), "csv").decode("utf-8-sig"), newline="")))
    cells = [c for row in rows for c in row]

    assert len(cells) > 100
    assert not [c for c in cells if c.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))]
    assert "'=HYPERLINK(1) people were hurt." in cells


def test_plain_words_stay_as_they_are() -> None:
    words = ["14 people", "two = 2", "a-b", "", "“=”"]

    assert [guard_cell(w) for w in words] == words


def test_every_cell_of_the_workbook_is_text_or_a_number_and_no_formula() -> None:
    report = make_formulas()
    data = export_report(report, "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(data))
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        sheets = [file.read(n).decode() for n in file.namelist() if n.startswith("xl/worksheets/")]

    assert book.sheetnames == ["Points", "Words", "Documents"]
    assert not any("<f>" in s or "<f " in s for s in sheets)
    quotes = [row[list(WORDS).index("quote")] for row in book["Words"].iter_rows(min_row=2)]
    assert [c.data_type for c in quotes] == ["s"] * len(FORMULAS)
    assert all(c.quotePrefix for c in quotes)
    assert sorted(c.value for c in quotes) == sorted(d.text[d.text.index("\n\n") + 2 : -1] for d in report.documents)


def test_the_workbook_has_the_columns_that_are_promised() -> None:
    book = openpyxl.load_workbook(io.BytesIO(export_report(make_report(), "xlsx")))

    for title, columns in (("Points", POINTS), ("Words", WORDS), ("Documents", DOCUMENTS)):
        first, *rows = book[title].iter_rows(values_only=True)

        assert list(first) == list(columns)
        assert rows
        for row in rows:
            assert all(v is None or type(v) is kind for v, kind in zip(row, columns.values(), strict=True))


# DOCX


def open_parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.testzip() is None
        assert len(file.namelist()) == len(set(file.namelist()))
        return {name: file.read(name) for name in file.namelist()}


@pytest.mark.parametrize("name", sorted(REPORTS))
def test_every_part_of_the_docx_is_well_formed_typed_and_reached(name: str) -> None:
    parts = open_parts(export_report(REPORTS[name](), "docx"))
    types = ElementTree.fromstring(parts["[Content_Types].xml"])
    defaults = {e.get("Extension") for e in types if e.tag.endswith("Default")}
    overrides = {e.get("PartName") for e in types if e.tag.endswith("Override")}

    for part, data in parts.items():
        if part.endswith((".xml", ".rels")):
            ElementTree.fromstring(data)
        assert f"/{part}" in overrides or part.rpartition(".")[2] in defaults, part
        if part.endswith(".rels"):
            folder = part.replace("_rels/", "").rpartition("/")[0]
            for relation in ElementTree.fromstring(data):
                target = relation.get("Target", "")
                if relation.get("TargetMode") == "External":
                    assert re.fullmatch(r"https?://[!-~]+", target)
                else:
                    path = Path("/", folder, target).as_posix().lstrip("/")
                    assert str(Path("/" + path).resolve()).lstrip("/") in parts, target
    assert all(o.lstrip("/") in parts for o in overrides if o)


@pytest.mark.parametrize("name", ["report", "hostile", "judged"])
def test_every_footnote_is_referred_to_once_and_in_order(name: str) -> None:
    parts = open_parts(export_report(REPORTS[name](), "docx"))
    notes = ElementTree.fromstring(parts["word/footnotes.xml"])
    body = ElementTree.fromstring(parts["word/document.xml"])
    styles = ElementTree.fromstring(parts["word/styles.xml"])
    ids = [int(n.get(f"{W}id", "")) for n in notes]
    known = [s.get(f"{W}styleId") for s in styles.iter(f"{W}style")]

    assert ids[:2] == [-1, 0]
    assert ids[2:] == [int(r.get(f"{W}id", "")) for r in body.iter(f"{W}footnoteReference")]
    assert ids[2:] == list(range(1, len(ids) - 1))
    assert len(ids) > 3
    assert len(known) == len(set(known))
    used = {e.get(f"{W}val") for root in (notes, body) for t in ("pStyle", "rStyle") for e in root.iter(f"{W}{t}")}
    assert used <= set(known)


def test_a_footnote_has_the_exact_words_and_where_they_stand() -> None:
    report = make_report()
    notes = ElementTree.fromstring(open_parts(export_report(report, "docx"))["word/footnotes.xml"])
    texts = ["".join(t.text or "" for t in n.iter(f"{W}t")) for n in notes]
    herald = next(d for d in report.documents if d.name == "herald")
    words = "Divers were to look at the hull on Wednesday."
    at = herald.text.index(words)

    place = f"“{words}” — The Harbour Herald, {herald.title}, 2025-03-04, characters {at}–{at + len(words)}"

    assert any(place in text for text in texts)


def test_the_docx_opens_and_says_what_the_report_says() -> None:
    document = docx.Document(io.BytesIO(export_report(make_report(), "docx")))
    text = "\n".join(p.text for p in document.paragraphs)

    assert "s1-p1  The Harbour Herald says 14 people were hurt; Coastline Wire and the Tidewater Post say 17." in text
    assert document.core_properties.title == "Ferry runs aground off Sorrel Point; 14 hurt"


def test_a_filtered_docx_has_the_points_that_fit_and_no_other() -> None:
    document = docx.Document(io.BytesIO(export_report(make_report(), "docx", verdict="agree")))
    ids = re.findall(r"^(s1-p\d+) ", "\n".join(p.text for p in document.paragraphs), re.M)

    assert ids == [f"s1-p{n}" for n in range(4, 17)]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
@pytest.mark.parametrize("name", ["report", "hostile"])
def test_libreoffice_reads_the_docx(name: str, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(export_report(REPORTS[name](), "docx"))
    command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "a.docx")]
    subprocess.run(command, check=True, timeout=120, capture_output=True)

    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")


# Hypothes.is


@pytest.mark.parametrize("name", ["report", "hostile"])
def test_every_annotation_quotes_its_document_at_its_place(name: str) -> None:
    report = REPORTS[name]()
    texts = {f"urn:wirecheck:{d.id}": d.text for d in report.documents}
    value = json.loads(export_report(report, "hypothesis"))
    ids = [a["id"] for a in value["annotations"]]

    assert list(value) == ["annotations"]
    assert len(ids) == len(set(ids)) > 5
    for annotation in value["annotations"]:
        assert set(annotation) == {"id", "user", "user_info", "uri", "document", "target", "tags", "text"}
        assert annotation["tags"][0] == "wirecheck"
        (target,) = annotation["target"]
        quote, position = target["selector"]
        text = texts[target["source"]].encode("utf-8", "replace").decode()
        start, end = position["start"], position["end"]
        assert (quote["type"], position["type"]) == ("TextQuoteSelector", "TextPositionSelector")
        if name == "report":
            assert text[start:end] == quote["exact"]
            assert text[max(0, start - 32) : end + 32] == quote["prefix"] + quote["exact"] + quote["suffix"]
